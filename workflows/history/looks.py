"""Who looked: how often, how many people, at what."""

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime

from audit.models import Entry
from workflows.history.queries import LOOKS, UNMASKED


@dataclass(frozen=True)
class Looker:
    """One person who looked.

    Attributes:
        name: The name as it was then.
        times: How often.
        last_at: When last.
    """

    name: str
    times: int
    last_at: datetime


@dataclass(frozen=True)
class Looked:
    """Who looked at a case.

    Attributes:
        times: Looks altogether.
        numbers: How many of them at the identity number.
        people: Who, the most frequent first.
    """

    times: int
    numbers: int
    people: list[Looker]


def looked_at(entries: Iterable[Entry]) -> Looked:
    """Count who looked, from the entries about a case."""
    looks = [entry for entry in entries if entry.verb in LOOKS]
    often = Counter((entry.actor_id, entry.actor_name) for entry in looks)
    last = {(entry.actor_id, entry.actor_name): entry.at for entry in looks}
    people = [Looker(name, times, last[actor, name]) for (actor, name), times in often.most_common()]
    return Looked(len(looks), sum(entry.verb == UNMASKED for entry in looks), people)
