"""The notice of investigation, and what the candidate may hold against a name on it."""

from datetime import datetime

from django.utils.timezone import localdate

from approvals.actions.acting import acting_on
from approvals.actions.cases import sealed_for
from approvals.actions.inbox import inform
from approvals.actions.recusing import bow_out
from approvals.errors import NotEntitled
from organizations.identity import seal_for
from organizations.models import Account
from workflows.appointment_review.actions.investigation_team import (
    demand_manager,
    follow,
    leave,
    link_of,
    open_stage_of,
)
from workflows.appointment_review.enums import Leaving
from workflows.appointment_review.errors import (
    AlreadyAnnounced,
    ChallengeForOthers,
    ChallengeKnown,
    GroundsMissing,
    NothingToChallenge,
    TeamIncomplete,
)
from workflows.appointment_review.investigation_models import Challenge, Investigation, TeamMember
from workflows.appointment_review.investigation_queries import STEP, deciders_of, decides_challenges


def announce(*, case_pk: int, by: Account, at: datetime) -> None:
    """Publish the notice of investigation: the candidate is shown names, days and contact.

    Raises:
        NotEntitled, InvestigationOver, TeamIncomplete, AlreadyAnnounced: as they say.
    """
    with acting_on(case_pk, by=by, at=at) as act:
        stage = open_stage_of(act)
        demand_manager(act, stage)
        investigation = Investigation.objects.filter(stage=stage).first()
        if investigation is None:
            raise TeamIncomplete(count=act.case.policy.parameters.get("investigators_at_least", 2))
        if not Investigation.objects.filter(pk=investigation.pk, announced_at=None).update(announced_at=at):
            raise AlreadyAnnounced
        act.log("investigation.announced", stage=stage)
        if act.case.account:
            key = f"investigation:{investigation.pk}:announced"
            act.tell("team_announced", to=act.case.account, key=key, link=f"/my/{act.case.number}/team/")


def challenge_member(*, case_pk: int, member_pk: int, grounds: str, by: Account, at: datetime) -> Challenge:
    """Ask, as the candidate, that an announced investigator be replaced.

    Args:
        case_pk: The candidate's own case.
        member_pk: Whose name.
        grounds: Why; sealed.
        by, at: The candidate, and when.

    Returns:
        The challenge; leaders at the place are told.

    Raises:
        NotEntitled, GroundsMissing, NothingToChallenge, ChallengeKnown, InvestigationOver: as they say.

    Source: Civil Servants Law, art. 77: persons concerned may ask for a recusal.
    """
    words = grounds.strip()
    if not words:
        raise GroundsMissing
    with acting_on(case_pk, by=by, at=at) as act:
        if by.person_id is None or act.case.subject_id != by.person_id:
            raise NotEntitled
        stage = open_stage_of(act)
        announced = TeamMember.objects.filter(investigation__announced_at__isnull=False, left_at=None)
        member = announced.filter(pk=member_pk, investigation__stage=stage).first()
        if member is None:
            raise NothingToChallenge
        if Challenge.objects.filter(member=member).exists():
            raise ChallengeKnown
        sealed = seal_for(act.case.subject, {STEP: words})[STEP]
        made = Challenge.objects.create(member=member, sealed_grounds=sealed, made_at=at)
        act.log("challenge.made", stage=stage, facts={"who": member.account_id}, sealed=sealed_for(
            act.case, {"grounds": words}
        ))  # fmt: skip
        deciders = deciders_of(stage, on=localdate(at))
        inform(act.case, deciders, step=stage.step, step_title=stage.step_title, sender="", at=at)
        act.tell("challenge_made", to=deciders, key=f"challenge:{made.pk}", link=link_of(act.case))
        return made


def decide_challenge(
    *,
    challenge_pk: int,
    upheld: bool,
    reason: str,
    replacement: Account | None,
    by: Account,
    at: datetime,
) -> None:
    """Decide a challenge, as somebody other than whom it is about.

    Args:
        challenge_pk: Which.
        upheld: Whether the investigator has to leave.
        reason: Why; the candidate reads it.
        replacement: Who takes the place; None leaves that to whoever looks after the team.
        by, at: Who decides, and when.

    Raises:
        ChallengeForOthers, GroundsMissing, NothingToChallenge, InvestigationOver, WasOnTheTeam, OnOwnTeam:
            as they say.
    """
    words = reason.strip()
    if not words:
        raise GroundsMissing
    member = TeamMember.objects.select_related("seat__stage", "investigation").get(challenge=challenge_pk)
    with acting_on(member.investigation.case_id, by=by, at=at) as act:
        stage = open_stage_of(act)
        if by == act.case.account or not decides_challenges(by, stage, at=at):
            raise ChallengeForOthers
        sealed = seal_for(act.case.subject, {STEP: words})[STEP]
        undecided = Challenge.objects.filter(pk=challenge_pk, upheld=None, member__left_at=None)
        if not undecided.update(upheld=upheld, sealed_reason=sealed, decided_by=by, decided_at=at):
            raise NothingToChallenge
        facts = {"who": member.account_id, "upheld": upheld}
        act.log("challenge.decided", stage=stage, facts=facts, sealed=sealed_for(act.case, {"reason": words}))
        if upheld:
            leave(act, member, why=Leaving.CHALLENGED, reason=words)
            bow_out(act, member.seat, member.account, reason=words)
            if replacement is not None:
                follow(act, stage, member, replacement)
        key = f"challenge:{challenge_pk}:decided"
        act.tell("challenge_decided", to=act.case.account, key=key, link=f"/my/{act.case.number}/team/")
