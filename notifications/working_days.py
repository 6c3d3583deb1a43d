"""Which days are worked: the room that keeps the calendar says so; without one, Monday to Friday."""

from collections.abc import Callable
from datetime import date

WorkDays = Callable[[date], bool]


def _monday_to_friday(day: date) -> bool:
    return day.weekday() < 5


_known: list[WorkDays] = [_monday_to_friday]


def register(is_workday: WorkDays) -> None:
    """Take another calendar; the room that keeps it does so in ``AppConfig.ready``.

    Args:
        is_workday: Says whether a day is worked in the whole country.
    """
    _known[:] = [is_workday]


def is_workday(day: date) -> bool:
    """Say whether a day is worked."""
    return _known[0](day)
