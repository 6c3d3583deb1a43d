"""What branches and the committees above do about an election: three requests, the names, the vote."""

from datetime import timedelta

from approvals.actions.decisions import Answer
from approvals.models import InboxRow
from organizations.identity import identity_of
from tests import factories as make
from tests.year.clock import Year
from workflows.appointment_review.actions.elections_counting import PaperCount, WriteIn, enter_count, report_result
from workflows.appointment_review.actions.elections_naming import (
    ask_for_candidates,
    ask_for_election,
    close_nomination,
    name_person,
)
from workflows.appointment_review.actions.elections_opening import Seats, Timetable, open_campaign, withdraw_election
from workflows.appointment_review.actions.elections_replies import NotThisOne, decide_candidates
from workflows.appointment_review.actions.nominating import Nominee
from workflows.appointment_review.election_models import ElectionPlan
from workflows.appointment_review.election_queries import ballot_of, in_the_running, nominees_of, problems_of_list
from workflows.appointment_review.rules.elections import Count

REASON = "本届支部任期将满，按期组织换届选举，健全支部班子。"
WHY = NotThisOne("党龄存疑，需进一步核实。", "入党时间需要进一步核实。")
VOTERS = 6


def open_next(year: Year, place: int) -> None:
    """Open the elections of one county with one plan and one timetable."""
    county, today = year.province.counties[place], year.at.date()
    timetable = Timetable(
        f"第{place + 1}区集中换届", today + timedelta(days=10), today + timedelta(days=30),
        today + timedelta(days=150), REASON,
    )  # fmt: skip
    opened, found = open_campaign(organizations=county.branches, timetable=timetable, by=county.organizer, at=year.at)
    assert not found.barred, found.barred
    year.done["campaigns"] += 1
    year.done["elections opened"] += len(opened)


def work(year: Year) -> None:
    """Do what waits at branches and at the levels above."""
    for row in year.to_do(*STEPS):
        if not year.chance(80):
            continue
        STEPS[row.step](year, row)


def _first_request(year: Year, row: InboxRow) -> None:
    if year.rare(1):
        organizer = next(c.organizer for c in year.province.counties if row.case.organization in c.branches)
        withdraw_election(case_pk=row.case_id, by=organizer, at=year.at, reason="支部推迟换届")
        year.done["election withdrawn"] += 1
        return
    plan = ElectionPlan.objects.get(case=row.case_id)
    seats = Seats(plan.planned_on, plan.reason, secretaries=1, deputies=2, voters=VOTERS)
    ask_for_election(case_pk=row.case_id, seats=seats, by=row.account, at=year.at, key=year.key())
    year.done["request 1"] += 1


def _approval(year: Year, row: InboxRow) -> None:
    if year.rare(3):
        target = {"first_approval": "first_request", "confirmation": "report"}[row.step]
        year.say(row, "return", goes_to=target, reason="请核对人数。")
    elif year.rare(1):
        year.say(row, "refuse")
    else:
        year.say(row, "agree")


def _confirmation(year: Year, row: InboxRow) -> None:
    if row.case.subject_id is None:
        _approval(year, row)


def _nomination(year: Year, row: InboxRow) -> None:
    plan = ElectionPlan.objects.select_related("case__policy").get(case=row.case_id)
    for problem, title, needed in problems_of_list(plan):
        assert problem == "too_few", (problem, title)
        named = sum(one.title == title and in_the_running(one) for one in nominees_of(plan))
        for _place in range(needed - named):
            nominee = _somebody(year, plan, title)
            name_person(case_pk=row.case_id, title=title, nominee=nominee, by=row.account, at=year.at)
            year.done["people named"] += 1
    close_nomination(case_pk=row.case_id, by=row.account, at=year.at, key=year.key())
    year.done["list closed"] += 1


def _somebody(year: Year, plan: ElectionPlan, title: str) -> Nominee:
    old = year.province.old.pop(plan.case.organization_id, None) if title == "secretary" else None
    if old is not None and year.chance(35):  # whoever holds the post stands again
        make.account(old.name, person=old)
        return Nominee(old.name, identity_of(old))
    person, number = year.people.person()
    make.account(person.name, person=person)
    return Nominee(person.name, number)


def _second_request(year: Year, row: InboxRow) -> None:
    ask_for_candidates(case_pk=row.case_id, by=row.account, at=year.at, key=year.key())
    year.done["request 2"] += 1


def _second_approval(year: Year, row: InboxRow) -> None:
    if year.rare(2):
        year.say(row, "return", goes_to="nomination" if year.chance(50) else "second_request", reason="请再酝酿。")
    elif year.rare(1):
        year.say(row, "refuse")
    else:
        standing = [one for one in nominees_of(ElectionPlan.objects.get(case=row.case_id)) if in_the_running(one)]
        some = year.rng.choice(standing)
        refused = {some.pk: WHY} if year.rare(6) and row.seat.stage.decides else {}
        decide_candidates(
            seat_pk=row.seat_id, answer=Answer("agree"), refused=refused, by=row.account, at=year.at, key=year.key()
        )
        year.done["second_approval: agree"] += 1
        year.done["may not stand"] += len(refused)


def _election(year: Year, row: InboxRow) -> None:
    ballot = ballot_of(ElectionPlan.objects.get(case=row.case_id))
    votes = {one.pk: (5, 1, 0) for one in ballot}
    count, written = Count(VOTERS, VOTERS, VOTERS, VOTERS, VOTERS), []
    if year.rare(5):
        count, votes = Count(VOTERS, 4, 4, 4, 4), {one.pk: (3, 1, 0) for one in ballot}
    elif year.rare(5):  # nobody has a majority for one post
        votes[year.rng.choice(ballot).pk] = (2, 4, 0)
    elif year.rare(5):  # somebody who was never vetted wins
        loser = year.rng.choice(ballot)
        votes[loser.pk] = (1, 4, 1)
        person, number = year.people.person()
        make.account(person.name, person=person)
        written = [WriteIn(loser.title, Nominee(person.name, number), 4)]
    paper = PaperCount(year.at.date(), count, votes, "监票人甲、监票人乙", written)
    result, _invited = enter_count(case_pk=row.case_id, paper=paper, by=row.account, at=year.at, key=year.key())
    year.done[f"election {result.outcome}"] += 1
    year.done["winners never vetted"] += len(written)


def _report(year: Year, row: InboxRow) -> None:
    report_result(case_pk=row.case_id, by=row.account, at=year.at, key=year.key())
    year.done["reports"] += 1


STEPS = {
    "first_request": _first_request,
    "first_approval": _approval,
    "nomination": _nomination,
    "second_request": _second_request,
    "second_approval": _second_approval,
    "election": _election,
    "report": _report,
    "confirmation": _confirmation,
}
