"""What stands in the grid of letters, and what one sentence answers for a whole list."""

from collections.abc import Collection, Mapping
from datetime import date

NOT_ASKED, NOT_SENT, UNANSWERED, LATE, WAITING, TO_CHECK = (
    "not_asked",
    "not_sent",
    "unanswered",
    "late",
    "waiting",
    "to_check",
)
NO_FINDING, FINDING, WAIVED, NO_LONGER = "no_finding", "finding", "waived", "no_longer"


def standing(*, answer: str, seat: str, entered: bool, due_on: date, review_on: date | None, today: date) -> str:
    """Say how a department's answer about one person stands.

    Args:
        answer: What is written down so far: ``no_finding``, ``finding``, ``wait``, ``waived`` or nothing.
        seat: State of the seat: ``open``, ``spoken`` or ``closed``.
        entered: Whether an answer was typed in that a second person has still to check.
        due_on: Last day of the letter.
        review_on: Day until which a wait was agreed on; None without one.
        today: Calendar day.

    Returns:
        One of the words of this module.

    Source: docs/letters.md; silence is never consent, so an unanswered line stays unanswered however late.
    """
    if seat == "closed":
        return NO_LONGER
    if seat == "spoken":
        return answer or WAIVED
    if entered:
        return TO_CHECK
    if is_late(due_on=due_on, review_on=review_on, today=today):
        return LATE
    return WAITING if answer == "wait" else UNANSWERED


def is_late(*, due_on: date, review_on: date | None, today: date) -> bool:
    """Say whether an answer is overdue: after the day agreed on by telephone, else after the day of the letter."""
    return today > last_day(due_on=due_on, review_on=review_on)


def last_day(*, due_on: date, review_on: date | None) -> date:
    """Give the day until which an answer is awaited: that of the letter, or a later one agreed on by telephone."""
    return max(due_on, review_on or due_on)


def answers_of(people: Collection[int], *, findings: Mapping[int, str], left_out: Collection[int]) -> dict[int, str]:
    """Spread “no finding except the following” over a list.

    Args:
        people: Keys of the lines that are still open.
        findings: Texts by key, for the exceptions.
        left_out: Keys of those about whom nothing is said yet.

    Returns:
        ``finding`` or ``no_finding`` by key, in the order of ``people``.

    Raises:
        KeyError: an exception or omission names nobody on the list.
        ValueError: an exception without words, or one who is left out at the same time.
    """
    for key in (*findings, *left_out):
        if key not in people:
            raise KeyError(key)
    if any(not text.strip() for text in findings.values()) or set(findings) & set(left_out):
        raise ValueError("an exception needs words")
    return {key: FINDING if key in findings else NO_FINDING for key in people if key not in left_out}
