"""The clock and the dice of a generated year, and what was counted on the way."""

from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from random import Random

from approvals.actions.decisions import Answer, decide
from approvals.enums import RowKind
from approvals.models import Case, InboxRow
from organizations.calendar import is_workday
from organizations.models import Account
from tests.factories import NOW
from tests.year.province import People, Province


@dataclass(frozen=True)
class Size:
    """How large a year is.

    Attributes:
        branches: Re-elections; three people are nominated in each.
        days: How long the story is followed.
        ask_at: So many people wait before letters go out, unless somebody waits for two weeks.
        meet_at: So many items wait before a meeting is held, unless one waits for two weeks.
        forms: Every so many candidates fill in the whole form and hand over files; others only hand in.
        trouble: So many times as often as usual something goes wrong, so that a small year sees all of it.
    """

    branches: int
    days: int
    ask_at: int
    meet_at: int
    forms: int
    trouble: int = 1


@dataclass
class Year:
    """One generated year.

    Attributes:
        size, province, people: What it is about.
        rng: The only source of chance, so that a seed tells one story.
        at: The moment.
        done: How often each act was done.
        days: How many days were worked.
        drifted: What was found in the inboxes before the upkeep of a night could mend it.
    """

    size: Size
    province: Province
    people: People
    rng: Random
    at: datetime = NOW
    done: Counter = field(default_factory=Counter)
    clicks: int = 0
    days: int = 0
    drifted: list[str] = field(default_factory=list)

    def chance(self, percent: float) -> bool:
        """Throw the dice."""
        return self.rng.random() * 100 < percent

    def rare(self, percent: float) -> bool:
        """Throw the dice for what goes another way than usual."""
        return self.chance(percent * self.size.trouble)

    def key(self) -> str:
        """Draw a fresh click."""
        self.clicks += 1
        return f"year-{self.clicks}"

    def next_workday(self) -> None:
        """Go on by a day or two, to a day on which offices work."""
        self.at += timedelta(days=1 + self.rng.randrange(2))
        while not is_workday(self.at.date()):
            self.at += timedelta(days=1)

    def to_do(self, *steps: str) -> Iterator[InboxRow]:
        """Give one line of somebody's inbox for each open seat at some steps, in the order in which they came."""
        seen: set[int] = set()
        rows = InboxRow.objects.filter(kind=RowKind.TODO, step__in=steps).order_by("seat", "account")
        for row in list(rows.select_related("account", "case__subject", "seat__stage__organization")):
            if row.seat_id not in seen:
                seen.add(row.seat_id)
                yield row

    def say(self, row: InboxRow, verb: str, *, by: Account | None = None, **answer: object) -> None:
        """Say something on the seat of a line."""
        if verb == "refuse":
            answer = {"reason": "条件尚不具备", "reason_for_person": "任职条件还不具备。"} | answer
        decide(seat_pk=row.seat_id, answer=Answer(verb, **answer), by=by or row.account, at=self.at, key=self.key())
        self.done[f"{row.step}: {verb}"] += 1

    def fresh(self, case: Case) -> Case:
        """Read a case again."""
        return Case.objects.select_related("matter", "organization", "subject__account", "policy").get(pk=case.pk)
