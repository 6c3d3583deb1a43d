"""What an election keeps beside the path of its matter."""

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from approvals.models import Case
from organizations.enums import Title
from organizations.models import Person
from workflows.appointment_review.enums import CountOutcome, NomineeStanding, Origin
from workflows.appointment_review.rules.elections import DEPUTY, MEMBER, SECRETARY

ELECTED_TITLES = [choice for choice in Title.choices if choice[0] in (SECRETARY, DEPUTY, MEMBER)]


class Campaign(models.Model):
    """Elections of many branches opened at once, with one plan and one timetable (集中换届)."""

    name = models.CharField(_("name of the campaign"), max_length=80)
    request_by = models.DateField(_("requests in by"))
    nominate_by = models.DateField(_("candidates named by"))
    planned_on = models.DateField(_("elections held by"))
    reason = models.TextField(_("reason"))
    opened_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    opened_at = models.DateTimeField()

    class Meta:
        app_label = "workflows"

    def __str__(self) -> str:
        return self.name


class ElectionPlan(models.Model):
    """What a branch asks to elect; an election at the end of a term or a by-election, as the matter's kind says."""

    case = models.OneToOneField(Case, on_delete=models.PROTECT, primary_key=True, related_name="election")
    campaign = models.ForeignKey(Campaign, on_delete=models.PROTECT, null=True, blank=True, related_name="plans")
    secretaries = models.PositiveSmallIntegerField(_("secretaries"), default=1)
    deputies = models.PositiveSmallIntegerField(_("deputies"), default=0)
    members = models.PositiveSmallIntegerField(_("committee members"), default=0)
    voters = models.PositiveSmallIntegerField(_("members with the right to vote"), null=True, blank=True)
    planned_on = models.DateField(_("planned day"))
    reason = models.TextField(_("reason"))
    reminded_on = models.DateField(_("first reminder"), null=True, blank=True)

    class Meta:
        app_label = "workflows"

    def __str__(self) -> str:
        return f"{self.case_id}"

    @property
    def seats(self) -> dict[str, int]:
        """The seats by title."""
        return {SECRETARY: self.secretaries, DEPUTY: self.deputies, MEMBER: self.members}


class ElectionNominee(models.Model):
    """Somebody on the list of an election; secretary and deputies have a case of their own, members have none."""

    plan = models.ForeignKey(ElectionPlan, on_delete=models.PROTECT, related_name="nominees")
    person = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+")
    title = models.CharField(_("post"), max_length=24, choices=ELECTED_TITLES)
    case = models.ForeignKey(Case, on_delete=models.PROTECT, null=True, blank=True, related_name="nominations")
    origin = models.CharField(max_length=12, choices=Origin.choices, default=Origin.NOMINATED)
    standing = models.CharField(max_length=12, choices=NomineeStanding.choices, default=NomineeStanding.PENDING)
    named_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    named_at = models.DateTimeField()

    class Meta:
        app_label = "workflows"
        ordering = ["id"]
        constraints = [
            models.UniqueConstraint(
                fields=["plan", "person", "title"], condition=~Q(standing="taken_off"), name="nominated_once_a_post"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.plan_id} {self.title}"


class ElectionResult(models.Model):
    """The paper count of one attempt, as the branch entered it; never changed."""

    plan = models.ForeignKey(ElectionPlan, on_delete=models.PROTECT, related_name="results")
    attempt = models.PositiveSmallIntegerField()
    held_on = models.DateField(_("day of the election"))
    entitled = models.PositiveSmallIntegerField(_("members with the right to vote"))
    present = models.PositiveSmallIntegerField(_("present"))
    issued = models.PositiveSmallIntegerField(_("ballots issued"))
    returned = models.PositiveSmallIntegerField(_("ballots returned"))
    valid = models.PositiveSmallIntegerField(_("valid ballots"))
    committee_present = models.PositiveSmallIntegerField(_("committee members present"), null=True, blank=True)
    counters = models.TextField()  # names of those who counted, sealed under the house's key
    outcome = models.CharField(max_length=8, choices=CountOutcome.choices)
    why_failed = models.JSONField(default=list)
    vacant = models.PositiveSmallIntegerField(default=0)
    entered_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    entered_at = models.DateTimeField()

    class Meta:
        app_label = "workflows"
        ordering = ["attempt"]
        constraints = [models.UniqueConstraint(fields=["plan", "attempt"], name="attempt_once")]

    def __str__(self) -> str:
        return f"{self.plan_id}/{self.attempt}"


class NomineeVotes(models.Model):
    """What one person got in one attempt; never changed."""

    result = models.ForeignKey(ElectionResult, on_delete=models.PROTECT, related_name="votes")
    nominee = models.ForeignKey(ElectionNominee, on_delete=models.PROTECT, related_name="votes")
    yes = models.PositiveSmallIntegerField()
    no = models.PositiveSmallIntegerField(default=0)
    abstain = models.PositiveSmallIntegerField(default=0)
    elected = models.BooleanField(default=False)

    class Meta:
        app_label = "workflows"
        ordering = ["id"]
        constraints = [models.UniqueConstraint(fields=["result", "nominee"], name="votes_once")]

    def __str__(self) -> str:
        return f"{self.result_id} {self.nominee_id}"
