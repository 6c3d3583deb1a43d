"""The working-day calendar: what people set in the table, and for years nobody has set, what the law says.

A time limit ends with its last day: the due moment is the last microsecond of that day in the province, so that the
day of the moment is the day that is shown, and anything later is late.
"""

import time
from collections import defaultdict
from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from datetime import date, datetime, timedelta
from datetime import time as clock
from functools import lru_cache

from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.utils.translation import ngettext, pgettext

from organizations.models import CalendarDay, CalendarYear, Closure
from organizations.rules import holidays_of_state, workdays
from organizations.rules.workdays import Due

# Another process that changed a year is heard of after this many seconds at the latest.
FRESH_SECONDS = 30


@dataclass(frozen=True, slots=True)
class Calendar:
    """All set days and years of a region, read once.

    Attributes:
        days: Worked or not, by day, for years that were set.
        years: Official or provisional, by year that was set.
        closed: Days on which one office is closed.
    """

    days: Mapping[date, bool] = field(default_factory=dict)
    years: Mapping[int, bool] = field(default_factory=dict)
    closed: frozenset[date] = frozenset()

    def is_workday(self, day: date) -> bool:
        """Say whether a day is worked."""
        if day in self.closed:
            return False
        if day.year not in self.years:
            worked, _name = holidays_of_state.special_days(day.year).get(day, (None, ""))
        else:
            worked = self.days.get(day)
        return day.weekday() < 5 if worked is None else worked

    def is_provisional(self, day: date) -> bool:
        """Say whether a day lies in a year without an official notice."""
        return not self.years.get(day.year, holidays_of_state.is_official(day.year))


def calendar(region: str = "", *, organization: int | None = None) -> Calendar:
    """Give the calendar, kept per process for some seconds.

    Args:
        region: A region with days of its own; empty for the whole country.
        organization: Key of the organization whose closed days are left out; None for no office in particular.

    Returns:
        The calendar.
    """
    freshness = int(time.monotonic() // FRESH_SECONDS)
    found = _calendar(region, freshness)
    closed = _closed(freshness).get(organization) if organization else None
    return replace(found, closed=closed) if closed else found


def forget_calendar() -> None:
    """Read the calendar anew next time; called by whoever changes it."""
    _calendar.cache_clear()
    _closed.cache_clear()


@lru_cache(maxsize=8)
def _calendar(region: str, _freshness: int) -> Calendar:
    years = dict(CalendarYear.objects.filter(region=region).values_list("year", "official"))
    days = CalendarDay.objects.filter(region=region, day__year__in=years).values_list("day", "is_workday")
    return Calendar(dict(days) if years else {}, years)


@lru_cache(maxsize=2)
def _closed(_freshness: int) -> dict[int, frozenset[date]]:
    days: defaultdict[int, set[date]] = defaultdict(set)
    for closure in Closure.objects.filter(taken_back_at=None):
        length = (closure.last_on - closure.first_on).days + 1
        days[closure.organization_id].update(closure.first_on + timedelta(days=number) for number in range(length))
    return {organization: frozenset(closed) for organization, closed in days.items()}


def is_workday(day: date) -> bool:
    """Say whether a day is worked in the whole country."""
    return calendar().is_workday(day)


def due_after(
    at: datetime, working_days: int, *, organization: int | None = None
) -> tuple[datetime, dict[str, object]]:
    """Count working days from a moment; the day of the moment does not count.

    Args:
        at: Moment of the event, timezone-aware.
        working_days: Working days; negative counts back.
        organization: Key of the organization whose closed days are left out.

    Returns:
        The due moment, which is the last of its day in the province, and the arithmetic to store beside it.
    """
    now = calendar(organization=organization)
    due = workdays.add_working_days(_day(at), working_days, now.is_workday, is_provisional=now.is_provisional)
    return end_of_day(due.day), due.as_json()


def due_after_days(at: datetime, days: int, *, organization: int | None = None) -> tuple[datetime, dict[str, object]]:
    """Count plain days from a moment; a limit that ends on a day off ends on the next working day.

    Args:
        at: Moment of the event, timezone-aware.
        days: Plain days.
        organization: As for ``due_after``.

    Returns:
        As for ``due_after``.
    """
    now = calendar(organization=organization)
    due = workdays.add_plain_days(_day(at), days, now.is_workday, is_provisional=now.is_provisional)
    return end_of_day(due.day), due.as_json()


def recomputed(
    arithmetic: Mapping[str, object], *, organization: int | None = None
) -> tuple[datetime, dict[str, object]]:
    """Count again what was counted before the calendar changed.

    Args:
        arithmetic: As ``due_after`` or ``due_after_days`` gave it.
        organization: As it was counted for.

    Returns:
        The due moment and the arithmetic by today's calendar.
    """
    start = end_of_day(date.fromisoformat(str(arithmetic["start"])))
    count = due_after_days if arithmetic["unit"] == "days" else due_after
    return count(start, int(str(arithmetic["count"])), organization=organization)


def working_days_left(on: date, due_at: datetime) -> int:
    """Count the working days from a day to a due moment.

    Args:
        on: Today, in the province.
        due_at: The due moment.

    Returns:
        0 on the last day, negative when it is over.
    """
    return workdays.working_days_between(on, _day(due_at), calendar().is_workday)


def next_working_day(day: date) -> date:
    """Give the first working day after a day: the day on which a notice begins to count."""
    return workdays.add_working_days(day, 1, calendar().is_workday).day


def end_of_day(day: date) -> datetime:
    """Give the last moment of a day in the province."""
    return timezone.make_aware(datetime.combine(day, clock.max), timezone.get_default_timezone())


def arithmetic_sentence(arithmetic: Mapping[str, object]) -> str:
    """Say in one sentence how a day was counted.

    Args:
        arithmetic: As ``due_after`` gave it.

    Returns:
        Such as ``5 个工作日，自9月28日起：跳过10月1日至7日，10月10日上班``.
    """
    count, start = abs(int(str(arithmetic["count"]))), date.fromisoformat(str(arithmetic["start"]))
    if arithmetic["unit"] == "days":
        head = ngettext("{n} day from {day}", "{n} days from {day}", count)
    else:
        head = ngettext("{n} working day from {day}", "{n} working days from {day}", count)
    parts = [_("{days} left out").format(days=_run(first, last)) for first, last in _pairs(arithmetic["skipped"])]
    parts += [_("{day} is worked").format(day=_spoken(date.fromisoformat(day))) for day in _texts(arithmetic["worked"])]
    sentence = head.format(n=count, day=_spoken(start))
    if parts:
        sentence += pgettext("between a sum and how it was counted", ": ") + pgettext("in a list", ", ").join(parts)
    if arithmetic["provisional"]:
        sentence += _(" (provisional until the official notice)")
    return sentence


def _run(first: str, last: str) -> str:
    start, end = date.fromisoformat(first), date.fromisoformat(last)
    if start == end:
        return _spoken(start)
    if (start.year, start.month) == (end.year, end.month):
        return pgettext("days of one month", "{first} to {last}").format(first=_spoken(start), last=end.day)
    return pgettext("days of two months", "{first} to {last}").format(first=_spoken(start), last=_spoken(end))


def _spoken(day: date) -> str:
    return date_format(day, pgettext("format of a day", "j M"))


def _pairs(value: object) -> list[tuple[str, str]]:
    return [(str(first), str(last)) for first, last in value] if isinstance(value, list) else []


def _texts(value: object) -> list[str]:
    return [str(each) for each in value] if isinstance(value, list) else []


def _day(at: datetime) -> date:
    return timezone.localtime(at, timezone.get_default_timezone()).date()


__all__ = [
    "Calendar",
    "Due",
    "arithmetic_sentence",
    "calendar",
    "due_after",
    "due_after_days",
    "end_of_day",
    "forget_calendar",
    "is_workday",
    "next_working_day",
    "recomputed",
    "working_days_left",
]
