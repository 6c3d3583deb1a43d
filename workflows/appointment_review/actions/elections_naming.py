"""What the branch does before the vote: request 1, the list of names, request 2."""

from datetime import datetime

from django.db import transaction

from approvals.actions.acting import Acting, acting_on, lock_case
from approvals.actions.cases import sealed_for, withdraw_case
from approvals.actions.decisions import decide, entitled
from approvals.actions.speaking import Answer
from approvals.enums import CaseState, MatterKind, SeatState, Verb
from approvals.errors import NotEntitled
from approvals.models import Case, Decision, Seat
from organizations.actions.invitations import Issued
from organizations.actions.people import register_person
from organizations.enums import BRANCH_KINDS, PostSource, Title
from organizations.models import Account, Person
from workflows.appointment_review.actions.elections_opening import Seats, plan_facts
from workflows.appointment_review.actions.nominating import Nominee, let_in
from workflows.appointment_review.actions.opening import Intent, demand_free_post, demand_unvetted, open_in_matter
from workflows.appointment_review.election_errors import (
    ElectionElsewhere,
    NamedAlready,
    NominationIncomplete,
    NoSuchSeat,
    PlanFaulty,
)
from workflows.appointment_review.election_models import ElectionNominee, ElectionPlan
from workflows.appointment_review.election_queries import nominees_of, problems_of_list
from workflows.appointment_review.election_words import PLAN, nomination_told, told
from workflows.appointment_review.enums import NomineeStanding, Origin, Track
from workflows.appointment_review.rules.elections import OFFICERS, plan_problems

BEFORE_THE_VOTE = ("second_request", "election")  # from here the branch may go back and name others


@transaction.atomic
def ask_for_election(*, case_pk: int, seats: Seats, by: Account, at: datetime, key: str) -> Decision:
    """Hand in the first request: what is elected, by how many, and when.

    Args:
        case_pk: Key of the matter's own path.
        seats: The plan of the branch.
        by, at: Who hands it in for the branch, and when.
        key: Idempotency key drawn with the form.

    Returns:
        The decision; the first one when the key is known.

    Raises:
        ElectionElsewhere, NotEntitled: it is not asked for now, or not of this account.
        PlanFaulty: the seats do not fit the branch.
        PostAlreadyFilled: a by-election of a secretary where the post is not vacant.
    """
    own = lock_case(case_pk)
    known = said_before(key, by)
    if known:
        return known
    seat = seat_at(own, "first_request", by, at)
    if own.matter.kind == MatterKind.BY_ELECTION and seats.secretaries:
        demand_free_post(own.organization, seats.planned_on)
    plan = ElectionPlan.objects.get(case=own)
    plan.secretaries, plan.deputies, plan.members = seats.secretaries, seats.deputies, seats.members
    plan.voters, plan.planned_on, plan.reason = seats.voters, seats.planned_on, seats.reason
    problems = plan_problems(
        voters=seats.voters or 0,
        seats=plan.seats,
        whole_committee=own.matter.kind == MatterKind.ELECTION,
        is_branch=own.organization.kind in BRANCH_KINDS,
    )
    if problems:
        raise PlanFaulty(told(problems, PLAN))
    plan.save()
    with acting_on(own.pk, by=by, at=at) as act:
        act.log("election.planned", facts=plan_facts(plan))
    return decide(seat_pk=seat.pk, answer=Answer(Verb.HAND_IN), by=by, at=at, key=key)


@transaction.atomic
def name_person(
    *, case_pk: int, title: str, nominee: Nominee, by: Account, at: datetime
) -> tuple[ElectionNominee, Issued | None]:
    """Put somebody on the list; for secretary and deputy the vetting begins at once.

    Args:
        case_pk: Key of the matter's own path.
        title: ``secretary``, ``deputy`` or ``member``.
        nominee: Who.
        by, at: Who enters it for the branch, and when.

    Returns:
        The line of the list, and the invitation where one was issued.

    Raises:
        ElectionElsewhere, NotEntitled: names are not collected now, or not by this account.
        NoSuchSeat, NamedAlready: as they say.
        CaseRunning: the person is being vetted elsewhere.
        NameWrong, IdentityNumberWrong, OtherPersonWithNumber: who it is cannot be told.
    """
    own = lock_case(case_pk)
    seat_at(own, "nomination", by, at)
    plan = ElectionPlan.objects.get(case=own)
    # The seat of the branch is the right to name; entering a person is then the system's.
    person = register_person(name=nominee.name, identity_number=nominee.identity_number, by=None, at=at)
    issued = let_in(person, nominee, by=None, at=at) if title in OFFICERS else None
    return put_on_list(own, plan, person, title, Origin.NOMINATED, by=by, at=at), issued


def put_on_list(
    own: Case, plan: ElectionPlan, person: Person, title: str, origin: Origin, *, by: Account, at: datetime
) -> ElectionNominee:
    """Write somebody on the list and open the case where the post is vetted; the matter's path is locked.

    Raises:
        NoSuchSeat, NamedAlready, CaseRunning: as they say.
    """
    if not plan.seats.get(title):
        raise NoSuchSeat(title=Title(title).label if title in Title.values else title)
    if any(one.person_id == person.pk and _same_line(one, title) for one in nominees_of(plan)):
        raise NamedAlready(name=person.name)
    # A line whose case is over makes room: somebody who withdrew or was refused may be named again.
    earlier = ElectionNominee.objects.filter(plan=plan, person=person, title=title)
    earlier.exclude(standing=NomineeStanding.TAKEN_OFF).update(standing=NomineeStanding.TAKEN_OFF)
    line = ElectionNominee(plan=plan, person=person, title=title, origin=origin, named_by=by, named_at=at)
    if title in OFFICERS:
        demand_unvetted(person)
        intent = Intent(title, PostSource.ELECTED, plan.reason)
        open_in_matter(
            matter=own.matter, track=Track.ELECTION, person=person, intent=intent, by=by, at=at,
            beside=lambda case: _write_with(line, case),
        )  # fmt: skip
    else:
        line.save()
    with acting_on(own.pk, by=by, at=at) as act:
        log_name(act, "nominee.named", line)
    return line


@transaction.atomic
def take_off(*, nominee_pk: int, reason: str, by: Account, at: datetime) -> None:
    """Take somebody off the list while names are collected; a case that was opened is withdrawn.

    Raises:
        ElectionElsewhere, NotEntitled: names are not collected now, or not by this account.
    """
    line = ElectionNominee.objects.select_related("person", "case").get(pk=nominee_pk)
    own = lock_case(line.plan_id)
    seat_at(own, "nomination", by, at)
    on_it = ElectionNominee.objects.filter(pk=line.pk).exclude(standing=NomineeStanding.TAKEN_OFF)
    if not on_it.update(standing=NomineeStanding.TAKEN_OFF):  # a second click
        return
    if line.case is not None and line.case.state == CaseState.OPEN:
        withdraw_case(case_pk=line.case.pk, by=by, at=at, reason=reason)
    with acting_on(own.pk, by=by, at=at) as act:
        log_name(act, "nominee.taken_off", line)


@transaction.atomic
def close_nomination(*, case_pk: int, by: Account, at: datetime, key: str) -> Decision:
    """Say that the list is complete.

    Raises:
        ElectionElsewhere, NotEntitled: as above.
        NominationIncomplete: too few or too many stand.
    """
    own = lock_case(case_pk)
    known = said_before(key, by)
    if known:
        return known
    seat = seat_at(own, "nomination", by, at)
    _demand_list(own)
    return decide(seat_pk=seat.pk, answer=Answer(Verb.HAND_IN), by=by, at=at, key=key)


@transaction.atomic
def ask_for_candidates(*, case_pk: int, by: Account, at: datetime, key: str) -> Decision:
    """Hand in the second request: may these people stand?

    Raises:
        ElectionElsewhere, NotEntitled: as above.
    """
    own = lock_case(case_pk)
    known = said_before(key, by)
    if known:
        return known
    seat = seat_at(own, "second_request", by, at)
    return decide(seat_pk=seat.pk, answer=Answer(Verb.HAND_IN), by=by, at=at, key=key)


@transaction.atomic
def name_others(*, case_pk: int, reason: str, by: Account, at: datetime, key: str) -> Decision:
    """Go back to the nomination before the vote, such as when somebody who may stand withdrew.

    Whoever may stand already keeps the leave and waits; those named anew are vetted and asked for in another second
    request.

    Args:
        case_pk: Key of the matter's own path.
        reason: Why, for the record.
        by, at: Who does it for the branch, and when.
        key: Idempotency key drawn with the form.

    Returns:
        The decision; the first one when the key is known.

    Raises:
        ElectionElsewhere, NotEntitled: the vote is over or not prepared yet, or not by this account.
        ReasonMissing: as it says.
    """
    own = lock_case(case_pk)
    known = said_before(key, by)
    if known:
        return known
    step = own.step if own.step in BEFORE_THE_VOTE else "election"
    seat = seat_at(own, step, by, at)
    answer = Answer(Verb.RETURN, reason, goes_to="nomination")
    return decide(seat_pk=seat.pk, answer=answer, by=by, at=at, key=key)


def seat_at(own: Case, step: str, by: Account, at: datetime) -> Seat:
    """Find the open seat of the branch at a step.

    Raises:
        ElectionElsewhere: the matter is at another step.
        NotEntitled: the account does not act for the branch.
    """
    seat = Seat.objects.filter(stage__case=own, stage__step=step, stage__outcome="", state=SeatState.OPEN).first()
    if seat is None:
        raise ElectionElsewhere
    if not entitled(seat, by, at=at):
        raise NotEntitled
    return seat


def said_before(key: str, by: Account) -> Decision | None:
    """Find what the same click said already."""
    return Decision.objects.filter(key=key, by=by).first()


def log_name(act: Acting, verb: str, line: ElectionNominee) -> None:
    """Note in the matter's record that a name came on or off the list; the name itself is sealed."""
    facts = {"title": line.title, "origin": line.origin, "case": line.case.number if line.case else ""}
    act.log(verb, facts=facts, sealed=sealed_for(act.case, {"name": line.person.name}))


def _demand_list(own: Case) -> None:
    problems = problems_of_list(ElectionPlan.objects.select_related("case__policy").get(case=own))
    if problems:
        raise NominationIncomplete(nomination_told(problems))


def _same_line(line: ElectionNominee, title: str) -> bool:
    """One line a post, and one of the two vetted posts only, unless the case behind it is over."""
    over = line.case is not None and line.case.state != CaseState.OPEN
    return not over and (line.title == title or {line.title, title} <= set(OFFICERS))


def _write_with(line: ElectionNominee, case: Case) -> None:
    line.case = case
    line.save()
