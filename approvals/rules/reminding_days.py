"""On which days people are reminded of a step: counted as the sweep counts them. Pure: no database, no clock."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, timedelta

from organizations.rules.workdays import add_working_days

DAY = timedelta(days=1)
REPEATS = 3
SOON, TODAY, LATE, SUPERIOR, ESCALATION = "soon", "today", "late", "superior", "escalation"


@dataclass(frozen=True)
class Numbers:
    """What a policy says of reminders, in working days; 0 is never.

    Attributes:
        before: Ahead of the due day.
        again: Between reminders of what is late.
        superior: Late after which the organizer above is told.
        escalation: Late after which the committee secretary above is told.
    """

    before: int
    again: int
    superior: int
    escalation: int


def reminding_days(
    due: date, numbers: Numbers, is_workday: Callable[[date], bool], *, opened: date | None = None
) -> list[tuple[str, date]]:
    """List the days on which a step reminds if nobody speaks, the first repeats only.

    Args:
        due: The last day of its time limit.
        numbers: What the policy says.
        is_workday: Says whether a day is worked.
        opened: Day on which it opened; nobody is reminded ahead on that day.

    Returns:
        Pairs of what for (``soon``, ``today``, ``late``, ``superior``, ``escalation``) and day, in order.

    Source: docs/notifications.md, "Remind many"; ``approvals.actions.reminding`` says the same in SQL.
    """
    found = [(TODAY, due)]
    soon = _first_ahead(due, numbers.before, is_workday) if numbers.before else due
    if opened is not None:
        soon = max(soon, opened + DAY)
    if soon < due:
        found.append((SOON, soon))
    if numbers.again:
        found += [(LATE, _after(due, numbers.again * time, is_workday)) for time in range(1, REPEATS + 1)]
    if numbers.superior:
        found.append((SUPERIOR, _after(due, numbers.superior, is_workday)))
    if numbers.escalation:
        found.append((ESCALATION, _after(due, numbers.escalation, is_workday)))
    order = (SOON, TODAY, LATE, SUPERIOR, ESCALATION)
    return sorted(found, key=lambda each: (each[1], order.index(each[0])))


def _first_ahead(due: date, before: int, is_workday: Callable[[date], bool]) -> date:
    """Find the first day from which the due day lies within so many working days."""
    day = due
    while _after(day - DAY, before, is_workday) >= due:
        day -= DAY
    return day


def _after(day: date, count: int, is_workday: Callable[[date], bool]) -> date:
    return add_working_days(day, count, is_workday).day
