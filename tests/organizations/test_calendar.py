"""Counting working days by our own calendar."""

import json
from datetime import date, datetime, timedelta
from zoneinfo import ZoneInfo

import chinese_calendar
import pytest
from django.core.management import CommandError, call_command
from django.utils import translation

from audit.models import Entry
from organizations.actions.shared import NotYourDuty, ReasonMissing
from organizations.calendar import (
    arithmetic_sentence,
    calendar,
    due_after,
    due_after_days,
    next_working_day,
    recomputed,
    working_days_left,
)
from organizations.calendar_actions import set_calendar_day, set_calendar_year
from organizations.models import CalendarDay, CalendarYear
from organizations.rules.workdays import add_plain_days, add_working_days, roll_forward, working_days_between
from organizations.signals import calendar_changed

HERE = ZoneInfo("Asia/Shanghai")
pytestmark = pytest.mark.django_db


def count(start: date, days: int) -> date:
    return add_working_days(start, days, calendar().is_workday).day


@pytest.mark.parametrize(
    ("start", "days", "end"),
    [
        (date(2026, 2, 12), 5, date(2026, 2, 26)),
        (date(2026, 4, 30), 5, date(2026, 5, 11)),
        (date(2026, 9, 28), 5, date(2026, 10, 10)),
        (date(2026, 11, 23), 5, date(2026, 11, 30)),
        (date(2026, 2, 13), 1, date(2026, 2, 14)),
        (date(2026, 11, 20), 1, date(2026, 11, 23)),
        (date(2026, 11, 30), -5, date(2026, 11, 23)),
        (date(2026, 10, 3), 0, date(2026, 10, 8)),
        (date(2028, 2, 28), 1, date(2028, 2, 29)),
    ],
)
def test_working_days_are_counted_from_the_day_after(start, days, end):
    assert count(start, days) == end


def test_every_day_from_2007_to_2026_agrees_with_a_second_library():
    ours, day, differing = calendar(), date(2007, 1, 1), []
    while day.year < 2027:
        if ours.is_workday(day) != chinese_calendar.is_workday(day):
            differing.append(day)
        day += timedelta(days=1)
    assert differing == []


def test_a_year_without_a_notice_gives_provisional_days_and_never_fails():
    at = datetime(2026, 12, 28, 10, tzinfo=HERE)
    due_at, arithmetic = due_after(at, 5)
    assert (due_at.date(), arithmetic["provisional"]) == (date(2027, 1, 5), True)
    assert due_after(datetime(2031, 5, 6, 9, tzinfo=HERE), 30)[1]["provisional"] is True
    assert due_after(datetime(2026, 11, 23, 9, tzinfo=HERE), 5)[1]["provisional"] is False


def test_a_limit_lasts_until_the_end_of_its_last_day():
    due_at, arithmetic = due_after(datetime(2026, 9, 28, 23, 30, tzinfo=HERE), 5)
    assert due_at == datetime(2026, 10, 10, 23, 59, 59, 999999, tzinfo=HERE)
    assert arithmetic == {
        "start": "2026-09-28",
        "count": 5,
        "unit": "working_days",
        "day": "2026-10-10",
        "skipped": [["2026-10-01", "2026-10-07"]],
        "worked": ["2026-10-10"],
        "provisional": False,
    }


def test_the_day_of_a_moment_is_that_of_the_province():
    utc = datetime(2026, 11, 22, 17, 0, tzinfo=ZoneInfo("UTC"))
    assert due_after(utc, 1)[1]["start"] == "2026-11-23"


def test_the_arithmetic_is_told_in_one_sentence():
    _due_at, arithmetic = due_after(datetime(2026, 9, 28, 9, tzinfo=HERE), 5)
    with translation.override("zh-hans"):
        assert arithmetic_sentence(arithmetic) == "5 个工作日，自9月28日起：跳过10月1日至7日，10月10日上班"
        provisional = {**arithmetic, "skipped": [["2026-12-31", "2027-01-03"]], "worked": [], "provisional": True}
        assert arithmetic_sentence(provisional) == (
            "5 个工作日，自9月28日起：跳过12月31日至1月3日（当年放假通知尚未公布，暂按法定节假日计算）"
        )
    with translation.override("en"):
        assert arithmetic_sentence(arithmetic) == "5 working days from 28 Sep: 1 Oct to 7 left out, 10 Oct is worked"


def test_a_plain_limit_that_ends_on_a_day_off_rolls_to_the_next_working_day():
    due_at, arithmetic = due_after_days(datetime(2026, 9, 3, 9, tzinfo=HERE), 30)
    assert (due_at.date(), arithmetic["skipped"]) == (date(2026, 10, 8), [["2026-10-03", "2026-10-07"]])
    on_the_day = add_plain_days(date(2026, 11, 2), 30, calendar().is_workday)
    assert (on_the_day.day, on_the_day.skipped) == (date(2026, 12, 2), ())


def test_days_left_are_zero_on_the_last_day_and_negative_after_it():
    due_at = due_after(datetime(2026, 11, 23, 9, tzinfo=HERE), 5)[0]
    left = [working_days_left(day, due_at) for day in (date(2026, 11, 23), date(2026, 11, 30), date(2026, 12, 2))]
    assert left == [5, 0, -2]
    assert working_days_between(date(2026, 9, 30), date(2026, 10, 8), calendar().is_workday) == 1
    assert roll_forward(date(2026, 10, 1), calendar().is_workday) == date(2026, 10, 8)
    assert next_working_day(date(2026, 11, 20)) == date(2026, 11, 23)


def test_an_administrator_changes_a_day_and_due_days_follow(cast, at):
    heard = []

    def listen(first, last, **_):
        heard.append((first, last))

    calendar_changed.connect(listen)
    before = due_after(at, 5)
    set_calendar_day(day=date(2026, 11, 25), is_workday=False, name="台风", reason="省政府通知停工", by=cast.xu, at=at)
    calendar_changed.disconnect(listen)
    after = recomputed(before[1])
    assert (before[0].date(), after[0].date()) == (date(2026, 11, 30), date(2026, 12, 1))
    assert after[1]["skipped"] == [["2026-11-25", "2026-11-25"]]
    assert heard == [(date(2026, 11, 25), date(2026, 11, 25))]
    assert count(date(2026, 9, 28), 5) == date(2026, 10, 10)
    entry = Entry.objects.get(stream="calendar")
    assert (entry.verb, entry.subject, entry.actor_name) == ("calendar.day_set", "2026-11-25", "徐行")


def test_nobody_else_changes_the_calendar_and_a_reason_is_asked(cast, at):
    facts = {"day": date(2026, 11, 25), "is_workday": False, "name": "", "at": at}
    for other in (cast.lin, cast.an, cast.jian):
        with pytest.raises(NotYourDuty):
            set_calendar_day(**facts, reason="x", by=other)
    with pytest.raises(ReasonMissing):
        set_calendar_day(**facts, reason="  ", by=cast.xu)
    assert (CalendarDay.objects.count(), CalendarYear.objects.count()) == (0, 0)


def test_the_notice_of_a_year_makes_its_days_official(at):
    start = datetime(2026, 12, 28, 10, tzinfo=HERE)
    assert due_after(start, 5)[1]["provisional"] is True
    changed = set_calendar_year(
        year=2027, days={date(2027, 1, 4): (False, "元旦")}, official=True, source="放假通知", by=None, at=at
    )
    due_at, arithmetic = due_after(start, 5)
    assert (due_at.date(), arithmetic["provisional"], changed.days > 1) == (date(2027, 1, 5), False, True)


def test_a_year_is_set_from_a_file(tmp_path, capsys):
    file = tmp_path / "2027.yaml"
    file.write_text(
        "year: 2027\nsource: 关于2027年部分节假日安排的通知\n"
        "off:\n  - {from: 2027-10-01, to: 2027-10-07, name: 国庆节}\nwork: [2027-10-09]\n",
        encoding="utf-8",
    )
    call_command("set_calendar_year", file, json=True)
    assert json.loads(capsys.readouterr().out)["official"] is True
    assert count(date(2027, 9, 30), 2) == date(2027, 10, 9)
    assert list(CalendarDay.objects.filter(is_workday=True).values_list("day", flat=True)) == [date(2027, 10, 9)]


@pytest.mark.parametrize(
    "content",
    [
        "just text",
        "year: 2027\nsource: x",
        "year: 2027\nsource: x\noff: [2026-01-01]",
        "year: 2027\noff: [soon]",
        "a: [",
        "year: 2027\noff: [2027-01-01]",
    ],
)
def test_a_calendar_file_that_says_nothing_clear_is_refused(tmp_path, content):
    file = tmp_path / "year.yaml"
    file.write_text(content, encoding="utf-8")
    with pytest.raises(CommandError) as refused:
        call_command("set_calendar_year", file)
    assert refused.value.returncode == 1
    assert CalendarYear.objects.count() == 0
