"""Every time limit of twenty years, held against an oracle that reads another library."""

from bisect import bisect_right
from datetime import date, timedelta

import chinese_calendar
import pytest

from organizations.calendar import calendar, forget_calendar
from organizations.rules.workdays import add_working_days

pytestmark = pytest.mark.django_db
FIRST, LAST = date(2007, 1, 1), date(2026, 12, 31)
DAYS = [FIRST + timedelta(days=number) for number in range((LAST - FIRST).days + 1)]
LONGEST = 30


def test_every_day_from_2007_to_2026_with_one_to_thirty_working_days_ends_where_the_oracle_says():
    forget_calendar()
    ours = {day for day in DAYS if calendar().is_workday(day)}
    worked = [day for day in DAYS if chinese_calendar.is_workday(day)]
    counted, differing = 0, []
    for start in DAYS:
        before = bisect_right(worked, start)
        for count, expected in enumerate(worked[before : before + LONGEST], start=1):
            counted += 1
            due = add_working_days(start, count, ours.__contains__)
            if due.day != expected:
                differing.append((start, count, due.day, expected))
    assert differing == []
    assert counted > LONGEST * (len(DAYS) - 2 * LONGEST)
