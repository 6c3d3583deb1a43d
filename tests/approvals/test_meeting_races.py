"""Several people at the same meeting at once: each act has one effect, and nobody waits for anybody for ever."""

from collections import Counter
from datetime import timedelta
from functools import partial

import pytest
from django.db import connection

from approvals.actions.cases import withdraw_case
from approvals.actions.meeting_closing import confirm_meeting
from approvals.actions.meeting_results import Resolved, enter_result
from approvals.models import AgendaItem, Case, Decision, Meeting
from approvals.rules.meetings import Count
from audit.errors import Refusal
from audit.models import Entry
from tests import factories as make
from tests.at_once import at_once
from tests.cast import build_cast
from tests.meetings import SESSION, entered, in_session, publish_meetings, to_deliberation

LATER = SESSION + timedelta(hours=2)
RACES = 6
pytestmark = pytest.mark.django_db(transaction=True)


def what_came(*acts) -> list[str]:
    """Let several acts fall at the same moment; give what came of each: ``done``, or the name of the refusal."""
    return [_named(error) for error in at_once(*acts)]


def _named(error: BaseException | None) -> str:
    if error is None:
        return "done"
    return type(error).__name__ if isinstance(error, Refusal) else repr(error)


@pytest.fixture
def committee():
    cast = build_cast()
    publish_meetings(cast)
    return cast


def held(cast, number: int, people: int = 1) -> tuple[Meeting, list[Case]]:
    """Hold a meeting about so many people."""
    cases = [to_deliberation(cast, f"第{number}次{place}") for place in range(people)]
    return in_session(cast, cases, number=f"HY{number}", title=f"第{number}次会议"), cases


def test_two_recorders_enter_the_same_item_what_came(committee):
    other = make.reviewer("贺云舟", "organizer", committee.province)
    for number in range(RACES):
        meeting, (case,) = held(committee, number)
        item = AgendaItem.objects.get(meeting=meeting)
        results = {committee.han: Count(8), other: Count(7, 1)}
        click = partial(enter_result, item_pk=item.pk, edition=item.edition, at=SESSION)
        came = what_came(*(partial(click, resolved=Resolved("agree", count), by=by) for by, count in results.items()))
        assert sorted(came) == ["EnteredMeanwhile", "done"]
        first = list(results)[came.index("done")]
        item.refresh_from_db()
        assert (item.edition, item.entered_by, item.agree) == (1, first, results[first].agree)
        assert Entry.objects.filter(verb="meeting.result_entered", subject=case.number).count() == 1


def test_the_same_chair_confirms_twice_what_came(committee):
    for number in range(RACES):
        meeting, cases = held(committee, number, people=3)
        entered(committee, meeting)
        click = partial(confirm_meeting, meeting_pk=meeting.pk, by=committee.zhou, at=LATER)
        assert what_came(click, click) == ["done", "done"]
        assert_settled_once(meeting, cases)


def test_two_chairs_confirm_what_came(committee):
    for number in range(RACES):
        meeting, cases = held(committee, number, people=2)
        entered(committee, meeting)
        click = partial(confirm_meeting, meeting_pk=meeting.pk, at=LATER)
        came = what_came(partial(click, by=committee.zhou), partial(click, by=committee.qian))
        assert sorted(came) == ["AlreadyConfirmed", "done"]
        assert_settled_once(meeting, cases)


def test_a_case_is_withdrawn_while_its_meeting_is_confirmed(committee):
    first = Counter()
    for number in range(2 * RACES):
        meeting, cases = held(committee, number, people=2)
        entered(committee, meeting)
        gone, stays = cases[number % 2], cases[1 - number % 2]
        came = what_came(
            partial(confirm_meeting, meeting_pk=meeting.pk, by=committee.zhou, at=LATER),
            partial(withdraw_case, case_pk=gone.pk, reason="支部撤回", by=committee.han, at=LATER),
        )
        assert came == ["done", "done"]
        gone.refresh_from_db()
        spoken = decided_in(gone)
        assert (gone.state, decided_in(stays), spoken in (0, 1)) == ("withdrawn", 1, True)
        confirmed = Entry.objects.get(verb="meeting.confirmed", subject=f"HY{number}")
        assert (confirmed.facts["settled"], confirmed.facts["fell_away"]) == (1 + spoken, 1 - spoken)
        first["meeting" if spoken else "withdrawal"] += 1
    print(f"\n{2 * RACES} withdrawals beside a confirmation on {connection.vendor}: {dict(first)} came first")


def decided_in(case: Case) -> int:
    """Count what the meeting decided in a case."""
    return Decision.objects.filter(seat__stage__case=case, seat__stage__step="deliberation").count()


def assert_settled_once(meeting: Meeting, cases: list[Case]) -> None:
    meeting.refresh_from_db()
    assert meeting.state == "confirmed"
    assert Entry.objects.filter(verb="meeting.confirmed", subject=meeting.number).count() == 1
    for case in cases:
        closed = Entry.objects.filter(stream=f"case:{case.number}", step="deliberation", verb="stage.closed")
        assert (decided_in(case), closed.count()) == (1, 1)
