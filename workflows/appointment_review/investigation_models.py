"""What an investigation keeps: team, challenges, talks, tally, report and signatures (考察)."""

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from approvals.models import Case, Seat, Stage
from workflows.appointment_review.enums import Conclusion, Leaving, Relation, TalkKind

ACCOUNT = settings.AUTH_USER_MODEL


class Investigation(models.Model):
    """One visit of the step: who goes when, and whom to call."""

    case = models.ForeignKey(Case, on_delete=models.PROTECT, related_name="investigations")
    stage = models.OneToOneField(Stage, on_delete=models.PROTECT, related_name="investigation")
    from_on = models.DateField(_("from"))
    until_on = models.DateField(_("until"))
    contact = models.CharField(_("contact"), max_length=120)
    people = models.PositiveIntegerField(_("people in the unit"))
    set_up_by = models.ForeignKey(ACCOUNT, on_delete=models.PROTECT, related_name="+")
    set_up_at = models.DateTimeField()
    announced_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        app_label = "workflows"
        constraints = [
            models.CheckConstraint(name="investigation_runs_forward", condition=Q(from_on__lte=F("until_on")))
        ]

    def __str__(self) -> str:
        return f"{self.case_id}"


class TeamMember(models.Model):
    """One investigator; whoever left stays on record."""

    investigation = models.ForeignKey(Investigation, on_delete=models.PROTECT, related_name="members")
    account = models.ForeignKey(ACCOUNT, on_delete=models.PROTECT, related_name="+")
    seat = models.OneToOneField(Seat, on_delete=models.PROTECT, related_name="team_member")
    is_head = models.BooleanField(default=False)
    hints = models.JSONField(default=list)
    added_at = models.DateTimeField()
    no_conflict_at = models.DateTimeField(null=True, blank=True)
    left_at = models.DateTimeField(null=True, blank=True)
    left_why = models.CharField(max_length=12, choices=Leaving.choices, blank=True)
    left_sealed = models.TextField(blank=True)

    class Meta:
        app_label = "workflows"
        ordering = ["id"]
        constraints = [
            models.UniqueConstraint(fields=["investigation", "account"], name="investigator_once"),
            models.UniqueConstraint(
                fields=["investigation"], condition=Q(is_head=True, left_at=None), name="one_head_of_a_team"
            ),
            models.CheckConstraint(
                name="investigator_left_why",
                condition=Q(left_at=None, left_why="") | (Q(left_at__isnull=False) & ~Q(left_why="")),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.investigation_id}/{self.account_id}"


class Challenge(models.Model):
    """What a candidate holds against an announced investigator, and what somebody else decided (回避申请)."""

    member = models.OneToOneField(TeamMember, on_delete=models.PROTECT, related_name="challenge")
    sealed_grounds = models.TextField()
    made_at = models.DateTimeField()
    upheld = models.BooleanField(null=True, blank=True)
    sealed_reason = models.TextField(blank=True)
    decided_by = models.ForeignKey(ACCOUNT, on_delete=models.PROTECT, null=True, blank=True, related_name="+")
    decided_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        app_label = "workflows"
        ordering = ["id"]
        constraints = [
            models.CheckConstraint(
                name="challenge_decided_with_moment",
                condition=Q(upheld=None, decided_at=None, decided_by=None)
                | Q(upheld__isnull=False, decided_at__isnull=False, decided_by__isnull=False),
            )
        ]

    def __str__(self) -> str:
        return f"{self.member_id}"


class TalkRecord(models.Model):
    """One talk, typed or kept on paper; talkee and text are sealed under the candidate's key."""

    investigation = models.ForeignKey(Investigation, on_delete=models.PROTECT, related_name="talks")
    kind = models.CharField(_("how it is kept"), max_length=8, choices=TalkKind.choices)
    held_on = models.DateField(_("day"))
    place = models.CharField(_("place"), max_length=120)
    keeper = models.CharField(_("who keeps the paper"), max_length=60, blank=True)
    pages = models.PositiveSmallIntegerField(_("pages"), null=True, blank=True)
    relation = models.CharField(_("relation to the candidate"), max_length=16, choices=Relation.choices)
    sealed_talkee = models.TextField()
    sealed_text = models.TextField(blank=True)
    present = models.ManyToManyField(TeamMember, related_name="talks")
    recorded_by = models.ForeignKey(ACCOUNT, on_delete=models.PROTECT, related_name="+")
    recorded_at = models.DateTimeField()
    key = models.CharField(max_length=64, unique=True)

    class Meta:
        app_label = "workflows"
        ordering = ["held_on", "id"]
        constraints = [
            models.CheckConstraint(
                name="talk_on_paper_is_kept",
                condition=(Q(kind="paper", pages__gt=0) & ~Q(keeper="")) | (Q(kind="typed") & ~Q(sealed_text="")),
            )
        ]

    def __str__(self) -> str:
        return f"{self.investigation_id} {self.held_on}"


class Tally(models.Model):
    """The counted papers of the democratic appraisal (民主测评), entered by one and confirmed by another."""

    investigation = models.OneToOneField(Investigation, on_delete=models.PROTECT, related_name="tally")
    held_on = models.DateField(_("day"))
    opinions_issued = models.PositiveIntegerField(_("opinion forms given out"), default=0)
    opinions_returned = models.PositiveIntegerField(_("opinion forms returned"), default=0)
    issued = models.PositiveIntegerField(_("papers given out"))
    returned = models.PositiveIntegerField(_("papers returned"))
    valid = models.PositiveIntegerField(_("valid papers"))
    excellent = models.PositiveIntegerField(_("excellent"))
    competent = models.PositiveIntegerField(_("competent"))
    basically_competent = models.PositiveIntegerField(_("basically competent"))
    not_competent = models.PositiveIntegerField(_("not competent"))
    entered_by = models.ForeignKey(ACCOUNT, on_delete=models.PROTECT, related_name="+")
    entered_at = models.DateTimeField()
    confirmed_by = models.ForeignKey(ACCOUNT, on_delete=models.PROTECT, null=True, blank=True, related_name="+")
    confirmed_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        app_label = "workflows"
        constraints = [
            models.CheckConstraint(
                name="tally_adds_up",
                condition=Q(returned__lte=F("issued"), valid__lte=F("returned"))
                & Q(valid=F("excellent") + F("competent") + F("basically_competent") + F("not_competent")),
            ),
            models.CheckConstraint(name="opinions_add_up", condition=Q(opinions_returned__lte=F("opinions_issued"))),
            models.CheckConstraint(
                name="tally_confirmed_by_another",
                condition=Q(confirmed_by=None, confirmed_at=None)
                | (Q(confirmed_by__isnull=False, confirmed_at__isnull=False) & ~Q(confirmed_by=F("entered_by"))),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.investigation_id}"


class Report(models.Model):
    """The report under its four headings, with weaknesses; sealed under the candidate's key (考察报告)."""

    investigation = models.OneToOneField(Investigation, on_delete=models.PROTECT, related_name="report")
    version = models.PositiveSmallIntegerField(default=1)
    sealed = models.TextField()
    conclusion = models.CharField(_("conclusion"), max_length=16, choices=Conclusion.choices)
    saved_by = models.ForeignKey(ACCOUNT, on_delete=models.PROTECT, related_name="+")
    saved_at = models.DateTimeField()

    class Meta:
        app_label = "workflows"

    def __str__(self) -> str:
        return f"{self.investigation_id} v{self.version}"


class ReportSignature(models.Model):
    """One investigator stands by one version of the report; never changed."""

    report = models.ForeignKey(Report, on_delete=models.PROTECT, related_name="signatures")
    version = models.PositiveSmallIntegerField()
    member = models.ForeignKey(TeamMember, on_delete=models.PROTECT, related_name="signatures")
    name = models.CharField(max_length=60)
    signed_at = models.DateTimeField()

    class Meta:
        app_label = "workflows"
        ordering = ["id"]
        constraints = [
            models.UniqueConstraint(fields=["report", "version", "member"], name="report_signed_once_a_version")
        ]

    def __str__(self) -> str:
        return f"{self.report_id} v{self.version}"
