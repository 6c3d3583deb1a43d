"""``audit``: checking the whole log, beside hashing the same bytes and nothing else."""

import hashlib
import json

from django.db import transaction

from audit import chain, log
from audit.models import Entry
from audit.verify import rows, verify_log
from config.bench.frame import Contender, Line, measure
from config.bench.world import World, analyze

ENTRIES, PER_STREAM = 100_000, 25


def run(world: World, *, rounds: int) -> list[Line]:
    """Measure the check of a hundred thousand entries in streams as long as a case.

    Args:
        world: The database of the bench.
        rounds: How many rounds.
    """
    fill(world)
    entries = Entry.objects.count()
    spelled = [json.dumps({name: row[name] for name in chain.COVERED}).encode() for row in rows()]
    contenders = [
        Contender("verify_log(): chains, heads, checkpoints", lambda _none: _verified(), entries // 1000),
        Contender("bound: SHA-256 over the bytes in memory", lambda _none: _hashed(spelled), entries // 1000),
    ]
    return measure("audit", contenders, unit="1000 rows", rounds=rounds)


def fill(world: World) -> None:
    """Write entries as cases write them."""
    for start in range(0, ENTRIES // PER_STREAM, 400):
        drafts = {
            f"case:BA{number:06d}": [
                log.Draft(verb="seat.agree", at=world.at, actor_id=1, actor_name="林秋", subject=f"BA{number:06d}",
                          step="first", step_title="First", facts={"visit": place, "place": 1})
                for place in range(PER_STREAM)
            ]
            for number in range(start, min(start + 400, ENTRIES // PER_STREAM))
        }  # fmt: skip
        with transaction.atomic():
            log.append_all(drafts)
    analyze()


def _verified() -> None:
    assert not verify_log().faults


def _hashed(spelled: list[bytes]) -> None:
    for text in spelled:
        hashlib.sha256(text).hexdigest()
