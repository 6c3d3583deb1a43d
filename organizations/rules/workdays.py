"""Counting working days. Which days are worked comes as an argument (organizations/calendar.py)."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, timedelta

DAY = timedelta(days=1)
IsWorkday = Callable[[date], bool]


@dataclass(frozen=True, slots=True)
class Due:
    """A counted day, with the arithmetic that people may ask for.

    Attributes:
        start: Day from which was counted; it does not count itself.
        count: Working days, or plain days when ``plain``.
        day: The last day of the time limit.
        skipped: Runs of days left out because of a holiday, as pairs of first and last day.
        worked: Weekend days that count because they are worked.
        provisional: A year without an official notice was touched.
        plain: Plain days were counted and only the end was moved to a working day.
    """

    start: date
    count: int
    day: date
    skipped: tuple[tuple[date, date], ...] = ()
    worked: tuple[date, ...] = ()
    provisional: bool = False
    plain: bool = False

    def as_json(self) -> dict[str, object]:
        """Give the arithmetic as it is stored beside the due moment."""
        return {
            "start": self.start.isoformat(),
            "count": self.count,
            "unit": "days" if self.plain else "working_days",
            "day": self.day.isoformat(),
            "skipped": [[first.isoformat(), last.isoformat()] for first, last in self.skipped],
            "worked": [day.isoformat() for day in self.worked],
            "provisional": self.provisional,
        }


def add_working_days(
    start: date, count: int, is_workday: IsWorkday, *, is_provisional: Callable[[date], bool] = lambda day: False
) -> Due:
    """Count working days from a day that does not count itself.

    Args:
        start: Day of the event, Asia/Shanghai.
        count: Working days; negative counts back; 0 is the first working day not before ``start``.
        is_workday: Says whether a day is worked.
        is_provisional: Says whether a day lies in a year without an official notice.

    Returns:
        The last day of the limit with its arithmetic.

    Source: Measures on Holidays for Festivals and Memorial Days (2024); docs/regulations.md, time limits.
    """
    if count == 0:
        end = roll_forward(start, is_workday)
        return _explained(start, 0, end, is_workday, is_provisional)
    step, left, day = (DAY, count, start) if count > 0 else (-DAY, -count, start)
    while left:
        day += step
        left -= is_workday(day)
    return _explained(start, count, day, is_workday, is_provisional)


def add_plain_days(
    start: date, count: int, is_workday: IsWorkday, *, is_provisional: Callable[[date], bool] = lambda day: False
) -> Due:
    """Count plain days; a limit that ends on a day off ends on the next working day.

    Args:
        start: Day of the event; it does not count itself.
        count: Days, 0 or more.
        is_workday: Says whether a day is worked.
        is_provisional: Says whether a day lies in a year without an official notice.

    Returns:
        The last day of the limit with its arithmetic; ``skipped`` holds the days the end was moved over.
    """
    plain_end = start + count * DAY
    end = roll_forward(plain_end, is_workday)
    skipped = ((plain_end, end - DAY),) if end != plain_end else ()
    return Due(start, count, end, skipped, (), is_provisional(end), plain=True)


def working_days_between(first: date, last: date, is_workday: IsWorkday) -> int:
    """Count the working days after ``first`` up to and with ``last``; negative when ``last`` lies before.

    Args:
        first, last: Days, Asia/Shanghai.
        is_workday: Says whether a day is worked.

    Returns:
        Number of working days; 0 for the same day.
    """
    if last < first:
        return -working_days_between(last, first, is_workday)
    return sum(is_workday(first + number * DAY) for number in range(1, (last - first).days + 1))


def roll_forward(day: date, is_workday: IsWorkday) -> date:
    """Give the day itself when it is worked, else the next one that is."""
    while not is_workday(day):
        day += DAY
    return day


def roll_back(day: date, is_workday: IsWorkday) -> date:
    """Give the day itself when it is worked, else the last one before it that was."""
    while not is_workday(day):
        day -= DAY
    return day


def _explained(start: date, count: int, end: date, is_workday: IsWorkday, is_provisional) -> Due:
    low, high = (start + DAY, end) if end > start else (end, start - DAY)
    days = [low + number * DAY for number in range((high - low).days + 1)] if low <= high else []
    return Due(
        start,
        count,
        end,
        skipped=tuple(run for run in _runs_off(days, is_workday) if _has_holiday(run)),
        worked=tuple(day for day in days if day.weekday() >= 5 and is_workday(day)),
        provisional=any(is_provisional(day) for day in (start, end)),
    )


def _runs_off(days: list[date], is_workday: IsWorkday) -> list[tuple[date, date]]:
    runs: list[tuple[date, date]] = []
    for day in days:
        if is_workday(day):
            continue
        if runs and runs[-1][1] == day - DAY:
            runs[-1] = (runs[-1][0], day)
        else:
            runs.append((day, day))
    return runs


def _has_holiday(run: tuple[date, date]) -> bool:
    first, last = run
    return any((first + number * DAY).weekday() < 5 for number in range((last - first).days + 1))
