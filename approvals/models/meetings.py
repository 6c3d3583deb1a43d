"""Meetings that decide: who was there, what was on the agenda, how it was voted."""

from datetime import date

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from approvals.enums import CaseState, ItemResult, MeetingState
from approvals.models.cases import Case
from approvals.models.stages import Stage
from organizations.models import Account, PartyOrganization
from organizations.queries import organization_scope


class MeetingQuerySet(models.QuerySet["Meeting"]):
    """Questions about meetings."""

    def visible_to(self, account: Account, *, on: date) -> "MeetingQuerySet":
        """Keep the meetings of organizations whose cases the account may look into on that day.

        Args:
            account: Who asks.
            on: The day at which roles have to hold.
        """
        return self.filter(organization_scope(account, "see_cases", on=on, through="organization"))


class Meeting(models.Model):
    """A meeting of a committee that decides on cases (会议)."""

    number = models.CharField(_("number"), max_length=40, unique=True)
    organization = models.ForeignKey(PartyOrganization, on_delete=models.PROTECT, related_name="meetings")
    title = models.CharField(_("title"), max_length=120)
    held_at = models.DateTimeField(_("held at"))
    place = models.CharField(_("place"), max_length=120)
    state = models.CharField(max_length=12, choices=MeetingState.choices, default=MeetingState.PLANNED)
    made_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    made_at = models.DateTimeField()
    entered_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )
    entered_at = models.DateTimeField(null=True, blank=True)
    confirmed_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )
    confirmed_at = models.DateTimeField(null=True, blank=True)

    objects = MeetingQuerySet.as_manager()

    class Meta:
        verbose_name = _("meeting")
        ordering = ["-held_at", "-id"]
        constraints = [
            models.CheckConstraint(
                name="meeting_confirmed_by_somebody_else",
                condition=Q(confirmed_by=None) | ~Q(confirmed_by=F("entered_by")),
            ),
            models.CheckConstraint(
                name="meeting_confirmed_has_moment",
                condition=Q(state="confirmed", confirmed_at__isnull=False, confirmed_by__isnull=False)
                | (~Q(state="confirmed") & Q(confirmed_at=None, confirmed_by=None)),
            ),
        ]
        indexes = [models.Index(fields=["organization", "-held_at", "-id"], name="meeting_by_organization")]

    def __str__(self) -> str:
        return self.number


class MeetingMember(models.Model):
    """Somebody who belongs to a meeting; an account is not needed."""

    meeting = models.ForeignKey(Meeting, on_delete=models.PROTECT, related_name="members")
    place = models.PositiveSmallIntegerField()
    name = models.CharField(_("name"), max_length=60)
    post = models.CharField(_("post"), max_length=80, blank=True)
    account = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )
    is_chair = models.BooleanField(default=False)
    present = models.BooleanField(null=True, blank=True)

    class Meta:
        ordering = ["meeting_id", "place"]
        constraints = [
            models.UniqueConstraint(fields=["meeting", "place"], name="meeting_member_place_once"),
            models.UniqueConstraint(fields=["meeting"], condition=Q(is_chair=True), name="one_chair_a_meeting"),
        ]

    def __str__(self) -> str:
        return self.name


class AgendaItem(models.Model):
    """One case on an agenda, and what the meeting resolved about it (议题)."""

    meeting = models.ForeignKey(Meeting, on_delete=models.PROTECT, related_name="items")
    place = models.PositiveSmallIntegerField()
    case = models.ForeignKey(Case, on_delete=models.PROTECT, related_name="agenda_items")
    # A stage is opened anew after a deferral, so each stands on one agenda only.
    stage = models.OneToOneField(Stage, on_delete=models.PROTECT, related_name="agenda_item")
    result = models.CharField(max_length=12, choices=ItemResult.choices, blank=True)
    agree = models.PositiveSmallIntegerField(default=0)
    against = models.PositiveSmallIntegerField(default=0)
    abstain = models.PositiveSmallIntegerField(default=0)
    review_on = models.DateField(null=True, blank=True)
    returns_to = models.CharField(max_length=60, blank=True, default="")
    sealed = models.JSONField(default=dict)
    entered_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )
    entered_at = models.DateTimeField(null=True, blank=True)
    edition = models.PositiveIntegerField(default=0)
    settled_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        ordering = ["meeting_id", "place", "id"]
        constraints = [
            models.CheckConstraint(
                name="agenda_result_is_entered_by_somebody",
                condition=Q(result="", entered_at=None, entered_by=None)
                | (~Q(result="") & Q(entered_at__isnull=False, entered_by__isnull=False)),
            ),
            models.CheckConstraint(
                name="only_a_deferral_has_a_day",
                condition=Q(result="defer", review_on__isnull=False) | (~Q(result="defer") & Q(review_on=None)),
            ),
            models.CheckConstraint(
                name="only_a_return_names_a_step",
                condition=(Q(result="return") & ~Q(returns_to="")) | (~Q(result="return") & Q(returns_to="")),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.meeting_id}/{self.place}"

    @property
    def stands(self) -> bool:
        """Say whether the case still waits for this meeting; it may have been withdrawn or returned meanwhile."""
        return self.stage.outcome == "" and self.case.state == CaseState.OPEN


class ItemRecusal(models.Model):
    """Somebody who stepped out for one item (本项回避)."""

    item = models.ForeignKey(AgendaItem, on_delete=models.PROTECT, related_name="recusals")
    member = models.ForeignKey(MeetingMember, on_delete=models.PROTECT, related_name="recusals")
    reason = models.CharField(max_length=120)

    class Meta:
        ordering = ["id"]
        constraints = [models.UniqueConstraint(fields=["item", "member"], name="recused_once_an_item")]

    def __str__(self) -> str:
        return f"{self.item_id}: {self.member_id}"
