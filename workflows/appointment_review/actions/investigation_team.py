"""Setting up an investigation team, declaring to be without conflict, leaving, replacing."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime

from django.db import transaction
from django.utils.timezone import localdate

from approvals.actions.acting import Acting, acting_on
from approvals.actions.acting_together import lock_cases
from approvals.actions.adding import add_seat, remove_seat
from approvals.actions.cases import sealed_for
from approvals.actions.recusing import bow_out
from approvals.enums import CaseState
from approvals.errors import NotEntitled, ReasonMissing
from approvals.models import Case, Stage
from organizations.identity import seal_for
from organizations.models import Account
from workflows.appointment_review.enums import Leaving
from workflows.appointment_review.errors import (
    InvestigationOver,
    NotForATeam,
    NotOnTheTeam,
    OnOwnTeam,
    TeamIncomplete,
    TeamThere,
    WasOnTheTeam,
    WindowBackwards,
)
from workflows.appointment_review.investigation_models import Investigation, TeamMember
from workflows.appointment_review.investigation_queries import STEP, barred_from_teams, hints_for, manages
from workflows.appointment_review.rules.investigation import team_problem


@dataclass(frozen=True)
class Plan:
    """Who goes when.

    Attributes:
        accounts: The team.
        head: One of them.
        from_on, until_on: First and last day of the work.
        contact: Whom to call, as printed on the notice.
        people: How many work in the unit.
    """

    accounts: Sequence[Account]
    head: Account | None
    from_on: date
    until_on: date
    contact: str
    people: int


@transaction.atomic
def set_up_teams(*, cases: Sequence[int], plan: Plan, by: Account, at: datetime) -> list[Investigation]:
    """Set up the same team for one or many cases; all or none.

    Args:
        cases: Keys of cases that wait at the investigation.
        plan: Who goes when.
        by, at: Who sets it up, and when.

    Returns:
        The investigations, in the order of the cases' keys.

    Raises:
        NotEntitled, InvestigationOver, TeamThere: somebody else looks after a case, or it is elsewhere.
        TeamIncomplete, OnOwnTeam, WindowBackwards: the plan is not in order.
    """
    if plan.until_on < plan.from_on:
        raise WindowBackwards
    lock_cases(cases)
    made = []
    for case_pk in sorted(set(cases)):
        with acting_on(case_pk, by=by, at=at) as act:
            made.append(_set_up(act, plan))
    return made


def _set_up(act: Acting, plan: Plan) -> Investigation:
    stage = open_stage_of(act)
    demand_manager(act, stage)
    if Investigation.objects.filter(stage=stage).exists():
        raise TeamThere(number=act.case.number)
    _check(act.case, plan)
    investigation = Investigation.objects.create(
        case=act.case,
        stage=stage,
        from_on=plan.from_on,
        until_on=plan.until_on,
        contact=plan.contact.strip(),
        people=plan.people,
        set_up_by=act.by,
        set_up_at=act.at,
    )
    act.log("investigation.set_up", stage=stage, facts={"from_on": str(plan.from_on), "until_on": str(plan.until_on)})
    join(act, investigation, stage, plan.accounts, head=plan.head)
    return investigation


def _check(case: Case, plan: Plan) -> None:
    at_least = case.policy.parameters.get("investigators_at_least", 2)
    own = case.account
    problem = team_problem(
        accounts=[account.pk for account in plan.accounts],
        head=plan.head.pk if plan.head else None,
        at_least=at_least,
        subject_account=own.pk if own else None,
    )
    if problem == "own_case":
        raise OnOwnTeam(name=case.subject_name)
    if problem:
        raise TeamIncomplete(count=at_least)


def join(
    act: Acting, investigation: Investigation, stage: Stage, accounts: Sequence[Account], *, head: Account | None
) -> None:
    """Put people on a team: each gets a seat and a line in the inbox, and what the system noticed is kept.

    Raises:
        NotForATeam: somebody administers the system, or fills in the form.
    """
    on = localdate(act.at)
    barred = barred_from_teams(act.case, accounts, on=on)
    if barred:
        raise NotForATeam(name=barred[0].name)
    hints = hints_for(act.case, accounts, on=on)
    for account in accounts:
        seat = add_seat(act, stage, account)
        TeamMember.objects.create(
            investigation=investigation,
            account=account,
            seat=seat,
            is_head=account == head,
            hints=hints.get(account.pk, []),
            added_at=act.at,
        )
    key = f"investigation:{investigation.pk}:{'-'.join(str(account.pk) for account in accounts)}"
    act.tell("work_asked", to=[account.pk for account in accounts], key=key, link=link_of(act.case))


def declare_free(*, case_pk: int, by: Account, at: datetime) -> None:
    """Say before the work begins that there is no conflict; hints that were shown are dismissed with it.

    Raises:
        NotOnTheTeam, InvestigationOver: as they say.
    """
    with acting_on(case_pk, by=by, at=at) as act:
        stage = open_stage_of(act)
        member = member_of(act, stage, declared=False)
        if TeamMember.objects.filter(pk=member.pk, no_conflict_at=None).update(no_conflict_at=at):
            act.log("investigator.no_conflict", stage=stage, facts={"hints": member.hints})


def step_back(*, case_pk: int, reason: str, by: Account, at: datetime) -> None:
    """Leave a team because of a conflict; whoever steps back here does nothing more in the case.

    Raises:
        NotOnTheTeam, InvestigationOver, ReasonMissing: as they say.
    """
    with acting_on(case_pk, by=by, at=at) as act:
        member = member_of(act, open_stage_of(act), declared=False)
        leave(act, member, why=Leaving.RECUSED, reason=reason)
        bow_out(act, member.seat, by, reason=reason.strip())


def replace_member(
    *, case_pk: int, member_pk: int, replacement: Account, reason: str, by: Account, at: datetime
) -> None:
    """Let somebody else take the place of an investigator; a head's successor is head.

    Args:
        case_pk: The case.
        member_pk: Whose place; somebody who has left already may still be followed by another.
        replacement: Who takes it.
        reason: Why; needed for somebody who has not left.
        by, at: Who replaces, and when.

    Raises:
        NotEntitled, InvestigationOver, WasOnTheTeam, OnOwnTeam, ReasonMissing: as they say.
    """
    with acting_on(case_pk, by=by, at=at) as act:
        stage = open_stage_of(act)
        demand_manager(act, stage)
        member = TeamMember.objects.select_related("seat__stage", "investigation").get(pk=member_pk)
        if member.investigation.stage_id != stage.pk:
            raise NotOnTheTeam
        if member.left_at is None:
            leave(act, member, why=Leaving.REPLACED, reason=reason)
        follow(act, stage, member, replacement)


def follow(act: Acting, stage: Stage, member: TeamMember, replacement: Account) -> None:
    """Put somebody in the place of a member who left, and show the candidate the new name.

    Raises:
        WasOnTheTeam, OnOwnTeam: as they say.
    """
    investigation = member.investigation
    if replacement == act.case.account:
        raise OnOwnTeam(name=act.case.subject_name)
    if TeamMember.objects.filter(investigation=investigation, account=replacement).exists():
        raise WasOnTheTeam(name=replacement.name)
    here = TeamMember.objects.filter(investigation=investigation, left_at=None)
    head = None if here.filter(is_head=True).exists() else replacement
    join(act, investigation, stage, [replacement], head=head)
    if investigation.announced_at and act.case.account:
        key = f"investigation:{investigation.pk}:named:{replacement.pk}"
        act.tell("team_announced", to=act.case.account, key=key, link=f"/my/{act.case.number}/team/")


def leave(act: Acting, member: TeamMember, *, why: str, reason: str) -> None:
    """Take somebody off a team, with the reason sealed.

    Raises:
        ReasonMissing: nothing was written.
    """
    words = reason.strip()
    if not words:
        raise ReasonMissing
    sealed = seal_for(act.case.subject, {STEP: words})[STEP]
    TeamMember.objects.filter(pk=member.pk).update(left_at=act.at, left_why=why, left_sealed=sealed)
    member.seat.stage.case = act.case
    remove_seat(act, member.seat)
    act.log(
        "investigator.left",
        stage=member.seat.stage,
        facts={"who": member.account_id, "why": why},
        sealed=sealed_for(act.case, {"reason": words}),
    )


def open_stage_of(act: Acting) -> Stage:
    """Give the open stage of the investigation.

    Raises:
        InvestigationOver: the case is elsewhere.
    """
    stages = Stage.objects.select_related("organization", "task").filter(case=act.case, step=STEP, outcome="")
    stage = stages.first() if act.case.state == CaseState.OPEN else None
    if stage is None:
        raise InvestigationOver(number=act.case.number)
    stage.case, stage.task.process = act.case, act.case.process
    return stage


def demand_manager(act: Acting, stage: Stage) -> None:
    """Refuse whoever does not look after the team.

    Raises:
        NotEntitled: as it says; also for the person concerned.
    """
    if act.by == act.case.account or not manages(act.by, stage, at=act.at):
        raise NotEntitled


def member_of(act: Acting, stage: Stage, *, declared: bool = True) -> TeamMember:
    """Give the place of who acts on the team.

    Raises:
        NotOnTheTeam: there is none, or it was left, or no conflict has not been declared yet.
    """
    found = TeamMember.objects.select_related("seat__stage", "investigation", "account")
    member = found.filter(investigation__stage=stage, account=act.by, left_at=None).first()
    if member is None or (declared and member.no_conflict_at is None):
        raise NotOnTheTeam
    return member


def link_of(case: Case) -> str:
    """Give the address of an investigation."""
    return f"/matters/case/{case.number}/investigation/"
