"""Terms and vacancies: how long, and how urgent. Pure."""

from dataclasses import dataclass
from datetime import date

# Days before the end of a term on which somebody is reminded; docs/regulations.md, terms (opinion of 2018-07-12).
STEPS = (30, 60, 120, 180)
# What ends within these days is done first.
FIRST_DAYS = 30
# A post vacant for longer is a matter for the superior; docs/regulations.md, local practice.
LONG_VACANT_DAYS = 90


@dataclass(frozen=True, slots=True)
class TermState:
    """How a term stands on a day.

    Attributes:
        kind: ``overdue``, ``vacant``, ``due`` or ``open`` (no end is known).
        days: Days over, vacant or left; None when unknown.
        soon: The term ends within ``FIRST_DAYS`` days.
        long: Vacant for more than ``LONG_VACANT_DAYS`` days.
    """

    kind: str
    days: int | None
    soon: bool = False
    long: bool = False


def term_state(*, has_secretary: bool, due_on: date | None, vacant_since: date | None, on: date) -> TermState:
    """Say how a term stands.

    Args:
        has_secretary: Whether the post is held; somebody acting does not hold it.
        due_on: Last day of the term.
        vacant_since: First day without a secretary, where known.
        on: Today.

    Returns:
        The state; the last day of the term itself is not overdue.

    Source: Opinion on terms of grass-roots organizations, 2018-07-12; DOMAIN ledgers, terms and vacancies.
    """
    if not has_secretary:
        days = (on - vacant_since).days if vacant_since else None
        return TermState("vacant", days, long=days is not None and days > LONG_VACANT_DAYS)
    if due_on is None:
        return TermState("open", None)
    left = (due_on - on).days
    return TermState("overdue", -left) if left < 0 else TermState("due", left, soon=left <= FIRST_DAYS)
