"""Days as offices write them: 2019.07.01, 2019年7月1日, 201503, 2015年3月, 至今."""

import calendar
import re
from datetime import date, datetime, timedelta

from organizations.rules.text import compact

OPEN_END = frozenset({"至今", "现在", "今", "长期", "在任", "无"})
_DAY = re.compile(r"(\d{4})[.\-/年](\d{1,2})[.\-/月](\d{1,2})日?(?:\d{1,2}:\d{2}(?::\d{2}(?:\.\d+)?)?)?")
_MONTH = re.compile(r"(\d{4})[.\-/年](\d{1,2})月?")
_DIGITS = re.compile(r"(\d{4})(\d{2})(\d{2})?")
# Spreadsheets count days from here; the day numbers below span the years 1920 to 2119.
_FIRST = date(1899, 12, 30)
_NUMBERS = range(7306, 80354)


class DayUnreadable(ValueError):
    """Text that names no day."""


def read_day(value: object, *, last: bool = False) -> date | None:
    """Read a day from a cell or a form field.

    Args:
        value: A date, a moment, a day number of a spreadsheet, or text in one of the usual spellings.
        last: A month without a day means its last day instead of its first.

    Returns:
        The day; None when nothing is there or it says 至今.

    Raises:
        DayUnreadable: the text names no day, or one that does not exist.
    """
    if value is None or isinstance(value, datetime):
        return value.date() if value else None
    if isinstance(value, date):
        return value
    if isinstance(value, int | float) and int(value) in _NUMBERS:
        return _FIRST + timedelta(days=int(value))
    if isinstance(value, float):
        return _from_number(value, last)
    return _from_text(compact(str(value)), last)


def read_month(value: object) -> tuple[int, int] | None:
    """Read a month from a form field: 2015年3月, 2015.3, 201503.

    Args:
        value: As for ``read_day``.

    Returns:
        Year and month; None for 至今 or nothing.

    Raises:
        DayUnreadable: the text names no month.
    """
    day = read_day(value)
    return (day.year, day.month) if day else None


def _from_number(value: float, last: bool) -> date | None:
    """Read 1990.02 that a spreadsheet took for a number; of 1990.1 nobody knows whether it was typed as 1990.10."""
    text = str(int(value)) if value.is_integer() else repr(value)
    if text.endswith(".1"):
        raise DayUnreadable(text)
    return _from_text(text, last)


def _from_text(text: str, last: bool) -> date | None:
    text = text.rstrip(".。")
    if not text or text in OPEN_END or text in "-—/":
        return None
    for pattern in (_DAY, _MONTH, _DIGITS):
        found = pattern.fullmatch(text)
        if found:
            return _made(*(int(part) for part in found.groups() if part), last=last)
    raise DayUnreadable(text)


def _made(year: int, month: int, day: int | None = None, *, last: bool) -> date:
    try:
        if day is None:
            day = calendar.monthrange(year, month)[1] if last else 1
        made = date(year, month, day)
    except (ValueError, calendar.IllegalMonthError):
        raise DayUnreadable(f"{year}-{month}-{day}") from None
    if not 1900 <= year < 2120:
        raise DayUnreadable(str(year))
    return made
