"""A standing notice and an open letter follow the calendar: never fewer working days than they say, never earlier."""

from datetime import date, timedelta

import pytest

from approvals.models import Letter
from audit.models import Entry
from audit.verify import verify_log
from organizations.calendar import arithmetic_sentence
from organizations.calendar_actions import close_office, set_calendar_day
from tests import factories as make
from tests.letters import asked_cases, departments, in_force, sent
from tests.notices.notices import cleared, on_notice
from workflows.notices.actions.confirming import NoticeRunning
from workflows.notices.actions.publishing import take_down
from workflows.notices.models import PublicNotice

pytestmark = pytest.mark.django_db
WEDNESDAY, LAST, LATER = date(2026, 11, 25), date(2026, 11, 30), date(2026, 12, 1)


def off(cast, day=WEDNESDAY, *, worked=False):
    return set_calendar_day(day=day, is_workday=worked, name="台风", reason="停工通知", by=cast.xu, at=make.NOW)


def moved_of(change, number):
    return [(each.was, each.now) for each in change.moved if each.number == number]


def test_a_day_off_lets_a_standing_notice_end_later_for_everybody_on_it(cast):
    case = on_notice(cast)
    notice = PublicNotice.objects.get()
    assert notice.ends_at.astimezone(make.NOW.tzinfo).date() == LAST
    change = off(cast)
    ended = notice.ends_at
    notice.refresh_from_db()
    assert notice.ends_at.astimezone(make.NOW.tzinfo).date() == LATER
    assert "11月25日" in arithmetic_sentence(notice.counted)
    assert (LAST, LATER) in moved_of(change, case.number)
    entry = Entry.objects.get(verb="notice.recounted")
    assert (entry.stream, entry.actor_name) == (f"case:{case.number}", "徐行")
    assert verify_log().holds
    assert take_down(at=ended + timedelta(seconds=1)) == 0
    with pytest.raises(NoticeRunning):
        cleared(case, cast.shi, at=ended + timedelta(seconds=1))
    assert take_down(at=notice.ends_at + timedelta(seconds=1)) == 1


def test_a_notice_never_ends_earlier_than_it_says(cast):
    on_notice(cast)
    off(cast, date(2026, 11, 28), worked=True)
    assert PublicNotice.objects.get().ends_at.astimezone(make.NOW.tzinfo).date() == LAST
    assert not Entry.objects.filter(verb="notice.recounted").exists()


def test_closed_days_of_the_office_do_not_count_for_the_public(cast):
    on_notice(cast)
    before = PublicNotice.objects.get().ends_at
    days = {"first_on": WEDNESDAY, "last_on": WEDNESDAY}
    close_office(organization=cast.province, **days, reason="搬迁", by=cast.xu, at=make.NOW)
    assert PublicNotice.objects.get().ends_at == before


def test_a_notice_that_is_over_stays_as_it_was(cast):
    on_notice(cast)
    notice = PublicNotice.objects.get()
    take_down(at=notice.ends_at + timedelta(seconds=1))
    off(cast)
    assert PublicNotice.objects.get().ends_at == notice.ends_at


def test_a_letter_is_due_later_when_a_day_before_its_day_is_off(cast):
    in_force(cast)
    departments("南岭省公安厅")
    cases = asked_cases(cast, 2)
    (letter,) = sent(cast, cases)
    change = off(cast)
    moved = Letter.objects.get()
    assert moved.due_at > letter.due_at
    assert len(moved_of(change, letter.number)) == 1
    entries = Entry.objects.filter(verb="letter.recounted")
    assert {entry.subject for entry in entries} == {case.number for case in cases}
    off(cast, worked=True)
    assert Letter.objects.get().due_at == moved.due_at
    assert verify_log().holds
