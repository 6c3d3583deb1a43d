"""Who may open the pages of an investigation, and what they may do there."""

from dataclasses import dataclass
from datetime import datetime

from django.http import Http404
from django.utils.timezone import localdate

from approvals.models import Case, Stage
from organizations.models import Account
from organizations.queries import reads_files_at
from workflows.appointment_review.candidate_queries import reviewers_see_files
from workflows.appointment_review.investigation_models import TeamMember
from workflows.appointment_review.investigation_queries import (
    Work,
    decides_challenges,
    last_stage,
    manages,
    work_of,
)


@dataclass(frozen=True)
class Door:
    """What somebody may do in an investigation.

    Attributes:
        case, stage, work: What it is about; no work before a team was set up.
        member: The place on the team, if any.
        manages: Whether they set up and look after the team.
        decides: Whether they may decide a challenge.
        open: Whether the step is open.
        of_body: Whether they read the files of the body that investigates.
    """

    case: Case
    stage: Stage
    work: Work | None
    member: TeamMember | None
    manages: bool
    decides: bool
    open: bool
    of_body: bool

    @property
    def works(self) -> bool:
        """Whether they may write records now."""
        return self.open and self.member is not None and self.member.no_conflict_at is not None

    @property
    def reads(self) -> bool:
        """Whether they may read talks, tally and report: the team, and once handed in the body it was done for."""
        return self.works or (not self.open and self.of_body)


def door_to(number: str, account: Account, *, at: datetime) -> Door:
    """Open the door to an investigation.

    Args:
        number: Number of the case.
        account: Who asks.
        at: The moment at which roles and grants have to hold.

    Raises:
        Http404: there is none, it is about this very person, or it is none of their business.
    """
    found = Case.objects.select_related(
        "subject__account", "organization", "matter", "process", "policy", "proposal", "opened_by"
    )
    case = found.filter(number=number[:40], flow="appointment_review").first()
    stage = last_stage(case) if case else None
    if stage is None or (account.person_id is not None and case.subject_id == account.person_id):
        raise Http404
    stage.case = case
    work, still_open = work_of(stage), stage.outcome == ""
    if work:
        work.investigation.case, work.investigation.stage = case, stage
    member = work.member(account) if work and still_open else None
    leads = still_open and manages(account, stage, at=at)
    decides = still_open and decides_challenges(account, stage, at=at)
    if not (member or leads or decides) and not reviewers_see_files(account, case, on=localdate(at)):
        raise Http404
    of_body = reads_files_at(account, stage.organization_id, on=localdate(at))
    return Door(case, stage, work, member, leads, decides, still_open, of_body)
