"""What the branch does after the vote: enter the paper count, report the result."""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime

from django.db import transaction
from django.utils.timezone import localdate
from django.utils.translation import gettext as _

from approvals.actions.acting import acting_on, lock_case
from approvals.actions.cases import sealed_for
from approvals.actions.decisions import decide
from approvals.actions.speaking import Answer, settle
from approvals.enums import Verb
from approvals.errors import OwnCase
from approvals.models import Case, Decision, Seat
from organizations.actions.invitations import Issued
from organizations.actions.people import register_person
from organizations.identity import seal_for
from organizations.models import Account
from workflows.appointment_review.actions.elections_naming import put_on_list, said_before, seat_at
from workflows.appointment_review.actions.nominating import Nominee, let_in
from workflows.appointment_review.election_errors import CountFaulty, HeldTooEarly, WindowOver
from workflows.appointment_review.election_models import ElectionNominee, ElectionPlan, ElectionResult, NomineeVotes
from workflows.appointment_review.election_queries import ballot_of, window_of
from workflows.appointment_review.election_words import COUNT, told
from workflows.appointment_review.enums import CountOutcome, Origin
from workflows.appointment_review.rules.elections import OFFICERS, Count, Judged, Votes, count_problems, judge

Invited = tuple[ElectionNominee, Issued]


@dataclass(frozen=True)
class WriteIn:
    """Somebody voters wrote in.

    Attributes:
        title: The post.
        nominee: Who; used only when the name won.
        yes: Votes.
    """

    title: str
    nominee: Nominee
    yes: int


@dataclass(frozen=True)
class PaperCount:
    """What the branch copies from its paper.

    Attributes:
        held_on: Day of the election.
        count: The numbers.
        votes: Yes, no and abstentions by key of the nominee.
        counters: Names of those who counted and watched the count.
        written_in: People who were not on the list.
    """

    held_on: date
    count: Count
    votes: Mapping[int, tuple[int, int, int]]
    counters: str
    written_in: Sequence[WriteIn] = ()


@transaction.atomic
def enter_count(
    *, case_pk: int, paper: PaperCount, by: Account, at: datetime, key: str
) -> tuple[ElectionResult, list[Invited]]:
    """Enter a count: winners go on to the approval, others are not elected, or the election failed and is held again.

    Args:
        case_pk: Key of the matter's own path.
        paper: What the paper says.
        by, at: Who enters it for the branch, and when.
        key: Idempotency key drawn with the form.

    Returns:
        The attempt with its outcome, and the invitations of winners from outside who had no account; the attempt
        entered before, and no invitation, when the key is known.

    Raises:
        ElectionElsewhere, NotEntitled: no count is asked for now, or not of this account.
        OwnCase: the account's own name is on the ballot, or was written in and won.
        HeldTooEarly, WindowOver: the day lies outside the approved window.
        CountFaulty: the numbers contradict each other.
        CaseRunning, NameWrong, IdentityNumberWrong: about somebody who was written in and won.
    """
    own = lock_case(case_pk)
    if said_before(key, by):
        return ElectionResult.objects.filter(plan=own.pk).latest("attempt"), []
    seat = seat_at(own, "election", by, at)
    plan = ElectionPlan.objects.get(case=own)
    _demand_day(own, paper.held_on, at)
    ballot = ballot_of(plan)
    if any(one.person_id == by.person_id for one in ballot):
        raise OwnCase
    lines = _lines(paper, ballot)
    numbers = own.policy.parameters
    judged = judge(
        paper.count,
        lines,
        seats=plan.seats,
        numerator=numbers["quorum_numerator"],
        denominator=numbers["quorum_denominator"],
    )
    result = _write(own, plan, paper, judged, by, at)
    invited = _write_votes(own, result, paper, ballot, judged, by, at)
    _speak(seat, result, judged, by, at, key)
    return result, invited


@transaction.atomic
def report_result(*, case_pk: int, by: Account, at: datetime, key: str) -> Decision:
    """Hand in the report of the result.

    Raises:
        ElectionElsewhere, NotEntitled: it is not asked for now, or not of this account.
    """
    own = lock_case(case_pk)
    known = said_before(key, by)
    if known:
        return known
    seat = seat_at(own, "report", by, at)
    return decide(seat_pk=seat.pk, answer=Answer(Verb.HAND_IN), by=by, at=at, key=key)


def _demand_day(own: Case, held_on: date, at: datetime) -> None:
    since, until = window_of(own)
    if held_on > until:
        raise WindowOver(until=until)
    if not since <= held_on <= localdate(at):
        raise HeldTooEarly(since=since)


def _lines(paper: PaperCount, ballot: Sequence[ElectionNominee]) -> list[Votes]:
    """Bring the votes into lines for the rules; keys are those of nominees, or places of names written in.

    Raises:
        CountFaulty: something is missing, or the numbers contradict each other.
    """
    missing = ["votes_missing"] if any(one.pk not in paper.votes for one in ballot) else []
    if missing:
        raise CountFaulty(told(missing, COUNT))
    lines = [Votes(one.pk, one.title, *paper.votes[one.pk]) for one in ballot]
    lines += [Votes(("written in", place), one.title, one.yes) for place, one in enumerate(paper.written_in)]
    problems = count_problems(paper.count, lines)
    names = {one.person.name for one in ballot} | {one.nominee.name for one in paper.written_in}
    if not paper.counters.strip():
        problems.append("counters_missing")
    if names & set(re.split(r"[\s、，,；;/]+", paper.counters)):
        problems.append("counter_stands")
    if problems:
        raise CountFaulty(told(problems, COUNT))
    return lines


def _write(
    own: Case, plan: ElectionPlan, paper: PaperCount, judged: Judged, by: Account, at: datetime
) -> ElectionResult:
    count = paper.count
    return ElectionResult.objects.create(
        plan=plan,
        attempt=1 + ElectionResult.objects.filter(plan=plan).count(),
        held_on=paper.held_on,
        entitled=count.entitled,
        present=count.present,
        issued=count.issued,
        returned=count.returned,
        valid=count.valid,
        committee_present=count.committee_present,
        counters=seal_for(None, {"counters": paper.counters.strip()})["counters"],
        outcome=CountOutcome.FAILED if judged.why_failed else CountOutcome.HELD,
        why_failed=list(judged.why_failed),
        vacant=judged.vacant,
        entered_by=by,
        entered_at=at,
    )


def _write_votes(
    own: Case,
    result: ElectionResult,
    paper: PaperCount,
    ballot: Sequence[ElectionNominee],
    judged: Judged,
    by: Account,
    at: datetime,
) -> list[Invited]:
    rows, invited = [], []
    for one in ballot:
        yes, no, abstain = paper.votes[one.pk]
        elected = one.pk in judged.elected
        rows.append(NomineeVotes(result=result, nominee=one, yes=yes, no=no, abstain=abstain, elected=elected))
    for place, one in enumerate(paper.written_in):
        if ("written in", place) in judged.elected:
            line, issued = _winner_from_outside(own, result.plan, one, by, at)
            invited += [(line, issued)] if issued else []
            rows.append(NomineeVotes(result=result, nominee=line, yes=one.yes, elected=True))
    NomineeVotes.objects.bulk_create(rows)
    if judged.why_failed:
        return invited
    stays = {row.nominee.case_id for row in rows if row.elected}
    lost = {row.nominee.case_id for row in rows if not row.elected and row.nominee.case_id} - stays
    meeting = _("Members' meeting of {day}").format(day=result.held_on)
    for pk in sorted(lost):
        with acting_on(pk, by=by, at=at) as act:
            key = f"count:{result.pk}:{pk}"
            settle(act, "ballot", Answer(Verb.PASS_OVER), key=key, on_behalf_of=meeting, entered_by=by)
    return invited


def _winner_from_outside(
    own: Case, plan: ElectionPlan, one: WriteIn, by: Account, at: datetime
) -> tuple[ElectionNominee, Issued | None]:
    """Nobody takes office unvetted: whoever was written in and won is vetted now."""
    person = register_person(name=one.nominee.name, identity_number=one.nominee.identity_number, by=None, at=at)
    if person.pk == by.person_id:
        raise OwnCase
    issued = let_in(person, one.nominee, by=None, at=at) if one.title in OFFICERS else None
    return put_on_list(own, plan, person, one.title, Origin.WRITE_IN, by=by, at=at), issued


def _speak(seat: Seat, result: ElectionResult, judged: Judged, by: Account, at: datetime, key: str) -> None:
    facts = {
        "attempt": result.attempt,
        "held_on": str(result.held_on),
        "entitled": result.entitled,
        "present": result.present,
        "issued": result.issued,
        "returned": result.returned,
        "valid": result.valid,
        "why_failed": result.why_failed,
    }
    with acting_on(result.plan_id, by=by, at=at) as act:
        names = {"elected": "、".join(_names(result))}
        act.log("election.counted", facts=facts, sealed=sealed_for(act.case, names))
    verb = Verb.FAIL if judged.why_failed else Verb.HAND_IN
    decide(seat_pk=seat.pk, answer=Answer(verb, facts=facts), by=by, at=at, key=key)


def _names(result: ElectionResult) -> list[str]:
    elected = NomineeVotes.objects.filter(result=result, elected=True).select_related("nominee__person")
    return [row.nominee.person.name for row in elected]
