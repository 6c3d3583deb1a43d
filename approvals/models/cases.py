"""Matters and cases: rows of ours beside the Viewflow process, never subclasses of it."""

from datetime import date

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _
from viewflow.workflow.models import Process

from approvals.enums import CaseState, MatterKind, Phase
from approvals.models.policies import Policy
from organizations.models import Account, PartyOrganization, Person
from organizations.queries import organization_scope


class CaseQuerySet(models.QuerySet["Case"]):
    """Questions about cases."""

    def visible_to(self, account: Account, *, on: date) -> "CaseQuerySet":
        """Keep the cases the account may look into as a reviewer or an auditor; nobody looks into his own this way.

        Args:
            account: Who asks.
            on: The day at which roles have to hold.
        """
        scope = organization_scope(account, "see_cases", on=on, through="organization")
        return self.filter(scope).exclude(subject=account.person_id or 0)

    def with_files_for(self, account: Account, *, on: date) -> "CaseQuerySet":
        """Keep the cases whose forms and materials the account may read; nobody reads his own this way."""
        scope = organization_scope(account, "see_files", on=on, through="organization")
        return self.filter(scope).exclude(subject=account.person_id or 0)

    def with_history_for(self, account: Account, *, on: date) -> "CaseQuerySet":
        """Keep the cases whose whole history the account may read."""
        scope = organization_scope(account, "see_history", on=on, through="organization")
        return self.filter(scope).exclude(subject=account.person_id or 0)

    def with_messages_for(self, account: Account, *, on: date) -> "CaseQuerySet":
        """Keep the cases of which the account may read who was told what: the office in charge, and auditors.

        Args:
            account: Who asks.
            on: The day at which roles have to hold.
        """
        office = organization_scope(account, "see_files", on=on, through="organization")
        auditors = organization_scope(account, "see_history", on=on, through="organization")
        return self.filter(office | auditors).exclude(subject=account.person_id or 0)

    def about(self, account: Account) -> "CaseQuerySet":
        """Keep the cases the account is the candidate of."""
        return self.filter(subject=account.person_id or 0)


class Matter(models.Model):
    """What one body asks and another answers, with its documents (事项)."""

    number = models.CharField(_("number"), max_length=40, unique=True)
    kind = models.CharField(_("kind"), max_length=24, choices=MatterKind.choices)
    organization = models.ForeignKey(PartyOrganization, on_delete=models.PROTECT, related_name="matters")
    title = models.CharField(_("title"), max_length=200)
    state = models.CharField(max_length=12, choices=CaseState.choices, default=CaseState.OPEN)
    opened_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    opened_at = models.DateTimeField()
    closed_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        verbose_name = _("matter")
        ordering = ["-opened_at", "-id"]
        constraints = [
            models.CheckConstraint(
                name="matter_closed_has_moment",
                condition=Q(state="open", closed_at=None) | (~Q(state="open") & Q(closed_at__isnull=False)),
            )
        ]
        indexes = [models.Index(fields=["organization", "state"], name="matter_by_organization")]

    def __str__(self) -> str:
        return self.number


class Case(models.Model):
    """One path inside a matter: a person's (个案), or the matter's own, which has no person (docs/adr/0007)."""

    process = models.OneToOneField(Process, on_delete=models.PROTECT, primary_key=True, related_name="case")
    matter = models.ForeignKey(Matter, on_delete=models.PROTECT, related_name="cases")
    flow = models.CharField(max_length=60)
    track = models.CharField(max_length=24)
    number = models.CharField(_("number"), max_length=40, unique=True)
    subject = models.ForeignKey(Person, on_delete=models.PROTECT, null=True, blank=True, related_name="cases")
    subject_name = models.CharField(max_length=120)
    subject_search = models.CharField(max_length=200, blank=True, db_index=True)
    organization = models.ForeignKey(PartyOrganization, on_delete=models.PROTECT, related_name="cases")
    policy = models.ForeignKey(Policy, on_delete=models.PROTECT, related_name="cases")
    origin = models.ForeignKey("self", on_delete=models.PROTECT, null=True, blank=True, related_name="followers")
    state = models.CharField(max_length=12, choices=CaseState.choices, default=CaseState.OPEN)
    phase = models.CharField(max_length=12, choices=Phase.choices, default=Phase.SUBMIT)
    phase_since = models.DateTimeField()
    expected_on = models.DateField(_("usually done by"), null=True, blank=True)
    step = models.CharField(max_length=40, blank=True)
    step_organization = models.ForeignKey(
        PartyOrganization, on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )
    opened_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="opened_cases")
    opened_at = models.DateTimeField()
    closed_at = models.DateTimeField(null=True, blank=True)

    objects = CaseQuerySet.as_manager()

    class Meta:
        verbose_name = _("case")
        ordering = ["-opened_at", "-pk"]
        constraints = [
            # Nobody is vetted twice at once (docs/regulations.md, joint vetting).
            models.UniqueConstraint(
                fields=["subject", "flow"],
                condition=Q(state="open", track__in=["assignment", "election"], subject__isnull=False),
                name="vetted_once_at_a_time",
            ),
            models.UniqueConstraint(
                fields=["organization", "flow"],
                condition=Q(state="open", subject=None),
                name="one_open_matter_a_branch",
            ),
            models.UniqueConstraint(
                fields=["subject", "organization", "flow"], condition=Q(state="open"), name="one_open_case_per_branch"
            ),
            models.CheckConstraint(
                name="case_closed_has_moment",
                condition=Q(state="open", closed_at=None) | (~Q(state="open") & Q(closed_at__isnull=False)),
            ),
        ]
        indexes = [
            models.Index(fields=["organization", "state"], name="case_by_organization"),
            models.Index(fields=["state", "-opened_at"], name="case_by_state"),
        ]

    def __str__(self) -> str:
        return self.number

    @property
    def account(self) -> Account | None:
        """The account of the person concerned, if there is a person and the person has one."""
        return getattr(self.subject, "account", None)

    @property
    def is_of_matter(self) -> bool:
        """Say whether this is the matter's own path."""
        return self.subject_id is None
