"""How long terms, extensions and deadlines run, in plain days."""

from datetime import date, timedelta


def term_end(*, from_on: date, years: int) -> date:
    """Say when a term is over.

    Args:
        from_on: First day of the term.
        years: Full years; 3 for a branch, 5 for a committee.

    Returns:
        The same day ``years`` later; 28 February for a leap day.

    Source: Opinions on the Terms of Party Grassroots Organizations (2018).
    """
    try:
        return from_on.replace(year=from_on.year + years)
    except ValueError:
        return from_on.replace(year=from_on.year + years, day=28)


def latest_extension(*, due_on: date, days: int) -> date:
    """Say until when a term may be extended at most, counted from the day it was due.

    Source: Opinions on the Terms of Party Grassroots Organizations (2018): not more than a year, with approval.
    """
    return due_on + timedelta(days=days)


def latest_acting_day(*, from_on: date, days: int) -> date:
    """Say until when somebody may act for a vacant post at most, counted from the first day."""
    return from_on + timedelta(days=days)


def review_open_until(*, told_on: date, days: int) -> date:
    """Say until which day a review may be asked for, counted from the day the person was told.

    Source: Civil Servants Law, art. 95, by analogy: within 30 days of knowing.
    """
    return told_on + timedelta(days=days)
