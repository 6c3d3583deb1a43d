"""What a change of the calendar did to time limits that were counted before."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime

from django.db import transaction
from django.utils.timezone import localdate

from organizations.calendar import end_of_day, forget_calendar, recomputed
from organizations.models import Account, CalendarYear
from organizations.signals import calendar_changed

# As many are kept with the change in the log; the number of all of them is kept, too.
KEPT = 200


@dataclass(frozen=True)
class Moved:
    """One time limit that ends on another day now.

    Attributes:
        number, step: Which case, and the name of its step.
        was, now: The last day before the change and after it.
    """

    number: str
    step: str
    was: date
    now: date

    def as_json(self) -> list[str]:
        """Give it as it is kept in the log."""
        return [self.number, self.step, self.was.isoformat(), self.now.isoformat()]


@dataclass(frozen=True)
class Change:
    """What a change of the calendar came to.

    Attributes:
        days: How many days are worked or off now that were not before.
        moved: The time limits that moved with them.
    """

    days: int
    moved: tuple[Moved, ...]

    def as_facts(self) -> Mapping[str, object]:
        """Give it as facts for the log."""
        return {"moved": len(self.moved), "limits": [each.as_json() for each in self.moved[:KEPT]]}


def crosses(counted: Mapping[str, object], ends_at: datetime, *, first: date, last: date) -> bool:
    """Say whether stored arithmetic touches days that changed.

    Args:
        counted: The arithmetic as ``due_after`` gave it; empty where nothing was counted.
        ends_at: The moment that is in force; where somebody set it by hand, the arithmetic no longer speaks for it.
        first, last: Days between which the calendar changed.
    """
    if not counted or end_of_day(date.fromisoformat(str(counted["day"]))) != ends_at:
        return False
    return date.fromisoformat(str(counted["start"])) <= last and first <= localdate(ends_at)


def put_later(
    counted: Mapping[str, object], ends_at: datetime, *, first: date, last: date
) -> tuple[datetime, dict[str, object]] | None:
    """Count again what was promised to people outside the house; a promise is never shortened.

    Args:
        counted, ends_at, first, last: As for ``crosses``.

    Returns:
        The later moment with its arithmetic; None where nothing becomes later.
    """
    if not crosses(counted, ends_at, first=first, last=last):
        return None
    again = recomputed(counted)
    return again if again[0] > ends_at else None


def follow(
    days: int, *, first: date, last: date, by: Account | None, at: datetime, organization: int | None = None
) -> Change:
    """Let everything that was counted follow the calendar, inside the transaction that changed it.

    Args:
        days: How many days changed.
        first, last: Between which days.
        organization: Key of the organization whose days changed; None for everybody.
        by, at: Who changed it, and when.

    Returns:
        What came of it.
    """
    forget_calendar()
    transaction.on_commit(forget_calendar)
    answers = calendar_changed.send(
        sender=CalendarYear, first=first, last=last, organization=organization, by=by, at=at
    )
    return Change(days, tuple(moved for _receiver, answer in answers for moved in answer or ()))
