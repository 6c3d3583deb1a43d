"""Stages, seats and decisions: a step opened at one organization, and what is said there."""

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _
from viewflow.workflow.models import Task

from approvals.enums import Outcome, Rule, SeatOrigin, SeatState, Verb
from approvals.models.cases import Case
from organizations.models import Department, PartyOrganization


class Stage(models.Model):
    """A step opened at one organization; it closes with one outcome (审批环节)."""

    case = models.ForeignKey(Case, on_delete=models.PROTECT, related_name="stages")
    task = models.OneToOneField(Task, on_delete=models.PROTECT, related_name="stage")
    step = models.CharField(max_length=40)
    step_title = models.CharField(max_length=80)
    visit = models.PositiveSmallIntegerField()
    organization = models.ForeignKey(PartyOrganization, on_delete=models.PROTECT, related_name="stages")
    organization_name = models.CharField(max_length=120)
    decides = models.BooleanField(default=False)
    rule = models.CharField(max_length=12, choices=Rule.choices)
    needed = models.PositiveSmallIntegerField(default=1)
    entitled = models.PositiveSmallIntegerField(default=1)
    apart_from = models.JSONField(default=list)
    outcome = models.CharField(max_length=12, choices=Outcome.choices, blank=True)
    goes_to = models.CharField(max_length=40, blank=True)
    why = models.JSONField(default=dict)
    opened_at = models.DateTimeField()
    due_at = models.DateTimeField(null=True, blank=True)
    closes_at = models.DateTimeField(null=True, blank=True)
    counted = models.JSONField(default=dict)
    not_before = models.DateField(null=True, blank=True)
    closed_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        ordering = ["id"]
        constraints = [
            models.UniqueConstraint(fields=["case", "step", "visit"], name="stage_visit_once"),
            models.CheckConstraint(
                name="stage_outcome_has_moment",
                condition=Q(outcome="", closed_at=None) | (~Q(outcome="") & Q(closed_at__isnull=False)),
            ),
            models.CheckConstraint(name="only_a_return_goes_back", condition=Q(goes_to="") | Q(outcome="returned")),
        ]
        indexes = [
            models.Index(fields=["closes_at"], condition=Q(outcome="", closes_at__isnull=False), name="stage_closing"),
            models.Index(fields=["due_at"], condition=Q(outcome=""), name="stage_due"),
        ]

    def __str__(self) -> str:
        return f"{self.step} {self.visit}"


class Seat(models.Model):
    """One place in a stage that must speak (审批位)."""

    stage = models.ForeignKey(Stage, on_delete=models.PROTECT, related_name="seats")
    place = models.PositiveSmallIntegerField()
    roles = models.JSONField(default=list)
    organization = models.ForeignKey(PartyOrganization, on_delete=models.PROTECT, related_name="+")
    department = models.ForeignKey(Department, on_delete=models.PROTECT, null=True, blank=True, related_name="seats")
    holder = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, blank=True, related_name="seats"
    )
    claimed_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )
    claimed_at = models.DateTimeField(null=True, blank=True)
    origin = models.CharField(max_length=12, choices=SeatOrigin.choices, default=SeatOrigin.POLICY)
    state = models.CharField(max_length=12, choices=SeatState.choices, default=SeatState.OPEN)
    opened_at = models.DateTimeField()
    spoken_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        ordering = ["stage_id", "place"]
        constraints = [
            models.UniqueConstraint(fields=["stage", "place"], name="seat_place_once"),
            models.UniqueConstraint(
                fields=["stage", "holder"], condition=Q(holder__isnull=False), name="seat_holder_once"
            ),
            models.UniqueConstraint(
                fields=["stage", "department"], condition=Q(department__isnull=False), name="seat_department_once"
            ),
            models.CheckConstraint(
                name="seat_spoken_has_moment",
                condition=Q(state="spoken", spoken_at__isnull=False) | (~Q(state="spoken") & Q(spoken_at=None)),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.stage_id}/{self.place}"


class Decision(models.Model):
    """What was said on a seat, by whom, when and why (审批意见); never changed."""

    seat = models.ForeignKey(Seat, on_delete=models.PROTECT, related_name="decisions")
    verb = models.CharField(max_length=12, choices=Verb.choices)
    by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="decisions")
    by_name = models.CharField(max_length=60)
    by_post = models.CharField(max_length=160, blank=True)
    on_behalf_of = models.CharField(max_length=160, blank=True)
    entered_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )
    at = models.DateTimeField()
    reason = models.TextField(_("opinion"), blank=True)
    reason_for_person = models.TextField(_("reason for the person"), blank=True)
    key = models.CharField(max_length=64, unique=True)
    facts = models.JSONField(default=dict)

    class Meta:
        ordering = ["id"]
        constraints = [models.UniqueConstraint(fields=["seat"], name="one_decision_a_seat")]
        indexes = [models.Index(fields=["by", "-at", "-id"], name="decision_by_person")]

    def __str__(self) -> str:
        return f"{self.verb} {self.seat_id}"
