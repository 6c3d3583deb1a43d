"""Changes of the calendar in words: what was changed, and which time limits moved with it."""

import json
from dataclasses import dataclass
from datetime import date, datetime

from django.utils.translation import ngettext

from audit.models import Entry
from audit.verbs import name_of
from organizations.calendar_changes import Change, Moved

SHOWN = 5


@dataclass(frozen=True)
class ToldChange:
    """One change that was made, ready to read.

    Attributes:
        at, by, what, subject, reason: When, by whom, what kind of change, of which year, day or organization, and why.
        count: How many time limits moved.
        moved: Those that were kept with the change.
    """

    at: datetime
    by: str
    what: str
    subject: str
    reason: str
    count: int
    moved: list[Moved]


def told_change(words: str, change: Change) -> str:
    """Say after a change how many time limits moved with it."""
    count = len(change.moved)
    return (
        words + " " + ngettext("{n} time limit moved with it.", "{n} time limits moved with it.", count).format(n=count)
    )


def changes_of(subject: str = "", *, offices: bool = False) -> list[ToldChange]:
    """List the latest changes of the calendar, the newest first.

    Args:
        subject: How what was changed begins, such as a year.
        offices: Whether closed days of single offices are meant, not the days of everybody.
    """
    entries = Entry.objects.filter(stream="calendar", subject__startswith=subject)
    entries = (
        entries.filter(verb__startswith="calendar.office")
        if offices
        else entries.exclude(verb__startswith="calendar.office")
    )
    return [_told(entry) for entry in entries.order_by("-seq")[:SHOWN]]


def _told(entry: Entry) -> ToldChange:
    facts = json.loads(entry.body)["facts"]
    limits = [
        Moved(number, step, date.fromisoformat(was), date.fromisoformat(now))
        for number, step, was, now in facts.get("limits", [])
    ]
    reason = facts.get("reason") or facts.get("source") or ""
    return ToldChange(
        at=entry.at, by=entry.actor_name, what=name_of(entry.verb), subject=entry.subject, reason=reason,
        count=facts.get("moved", 0), moved=limits,
    )  # fmt: skip
