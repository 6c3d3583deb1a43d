"""A log of some hundred entries, written through the only door."""

from dataclasses import dataclass
from datetime import datetime, timedelta

from django.db import transaction

from audit.log import Draft, append, record


@dataclass(frozen=True)
class Somebody:
    """Anything with a key and a name."""

    pk: int
    name: str


LIN = Somebody(7, "林晓")


def write_log(at: datetime, *, cases: int = 20, acts: int = 8, reads: int = 40) -> None:
    """Write cases with their acts, and reads of files between them."""
    with transaction.atomic():
        for case in range(cases):
            number = f"KP-2026-{case:06d}"
            drafts = [
                Draft(
                    verb="stage.decided",
                    at=at + timedelta(minutes=act),
                    actor_id=LIN.pk,
                    actor_name=LIN.name,
                    subject=number,
                    step="party_levels",
                    step_title="逐级审核",
                    facts={"visit": act, "outcome": "agreed"},
                    sealed={"why": f"v1|a|{case}"},
                )
                for act in range(acts)
            ]
            append(f"case:{number}", drafts, locked=True)
        for read in range(reads):
            record("files", "file.read", by=LIN, at=at, subject=f"KP-2026-{read % 5:06d}", facts={"file": read})
