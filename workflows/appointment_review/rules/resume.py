"""The résumé: months, their order, and the time nobody has accounted for."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from organizations.rules.days import DayUnreadable, read_month

PRESENT = "present"
LONGEST_GAP = 1  # full months between two entries that need no word
Month = tuple[int, int]


@dataclass(frozen=True)
class Gap:
    """Time between two entries.

    Attributes:
        from_month, to_month: First and last empty month.
        months: How many.
        after_row: Key of the entry before it.
    """

    from_month: Month
    to_month: Month
    months: int
    after_row: int

    @property
    def key(self) -> str:
        """Name the gap by its months, so that a reason lapses when the gap changes: ``2014-07_2015-02``."""
        return f"{written(self.from_month)}_{written(self.to_month)}"


def gaps(rows: Iterable[Mapping[str, object]]) -> list[Gap]:
    """Find the months between entries that no entry covers.

    Args:
        rows: Entries with ``id``, ``start`` and ``end``; those whose months cannot be read are passed over.

    Returns:
        Gaps of more than one month, the earliest first.

    Source: docs/regulations.md, registration form: the résumé is continuous, with no gap of more than one month.
    """
    known = sorted((span for span in map(_span, rows) if span), key=lambda span: span[:2])
    found, reached = [], None
    for start, end, key in known:
        if reached is not None and start - reached[0] - 1 > LONGEST_GAP:
            first, last = reached[0] + 1, start - 1
            found.append(Gap(_month(first), _month(last), last - first + 1, reached[1]))
        if reached is None or end > reached[0]:
            reached = (end, key)
    return found


def in_order(rows: Iterable[Mapping[str, object]]) -> list[Mapping[str, object]]:
    """Sort entries by their first month; those still without one stay at the end in the order they were added."""
    return sorted(rows, key=lambda row: month_of(row.get("start", "")) or (9999, 0))


def month_of(text: object) -> Month | None:
    """Read a month as typed; None when there is none."""
    try:
        return read_month(str(text))
    except DayUnreadable:
        return None


def written(month: Month) -> str:
    """Write a month the one way it is stored: ``2015-03``."""
    return f"{month[0]:04d}-{month[1]:02d}"


def _span(row: Mapping[str, object]) -> tuple[int, int, int] | None:
    start, end = month_of(row.get("start", "")), month_of(row.get("end", ""))
    if start is None or (end is None and row.get("end") != PRESENT):
        return None
    return _index(start), _index(end or (9998, 12)), int(row["id"])


def _index(month: Month) -> int:
    return month[0] * 12 + month[1] - 1


def _month(index: int) -> Month:
    return index // 12, index % 12 + 1
