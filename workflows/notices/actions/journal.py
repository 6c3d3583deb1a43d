"""The store's own journal: what was done to objections, closed to everybody but the discipline officers, chained.

Once a day it counts what lies in the store, and the end of the chain goes into the audit log, where it is signed with
everything else. That entry is written every day, whether anything was handed in or not.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from django.db import transaction

from workflows.notices import box
from workflows.notices.models import Objection, ObjectionEntry
from workflows.notices.rules import entry_digest

CONTEXT = "objection journal"


@dataclass(frozen=True)
class Verdict:
    """What a check of the store found.

    Attributes:
        entries: How many entries the journal has.
        broken: Places that do not follow from the one before.
        gone: Keys of objections that were counted once and are gone, or whose box is another one.
    """

    entries: int
    broken: list[int]
    gone: list[str]

    @property
    def holds(self) -> bool:
        """Whether nothing was taken or changed."""
        return not self.broken and not self.gone


@transaction.atomic
def write(content: Mapping[str, object], *, counted_on: date | None = None) -> ObjectionEntry:
    """Chain an entry.

    Args:
        content: What happened, as JSON.
        counted_on: The day, for the one entry of each day that counts the store.

    Raises:
        box.NoKey: no public key is known here.
    """
    # The first entry is the lock: whoever waited for it reads the end of the chain afterwards.
    ObjectionEntry.objects.select_for_update().order_by("place").first()
    last = ObjectionEntry.objects.order_by("-place").first()
    before, place = (last.digest, last.place + 1) if last else ("", 1)
    closed = box.close(dict(content), context=f"{CONTEXT}:{place}")
    digest = entry_digest(before, closed)
    return ObjectionEntry.objects.create(place=place, box=closed, before=before, digest=digest, counted_on=counted_on)


def contents() -> dict[str, str]:
    """Fingerprint what lies in the store: the digest of each box by the key of its objection."""
    held = Objection.objects.order_by("pk").values_list("pk", "box")
    return {str(pk): entry_digest("", closed) for pk, closed in held}


def verify() -> Verdict:
    """Hold the journal against itself and against the store.

    Raises:
        box.NoKey: the private key is not known here.
        box.BoxBroken: an entry was altered.
    """
    before, broken, counted = "", [], {}
    entries = list(ObjectionEntry.objects.order_by("place"))
    for number, entry in enumerate(entries, start=1):
        if (entry.place, entry.before, entry.digest) != (number, before, entry_digest(before, entry.box)):
            broken.append(entry.place)
        counted |= box.open_box(entry.box, context=f"{CONTEXT}:{entry.place}").get("boxes", {})
        before = entry.digest
    now = contents()
    return Verdict(len(entries), broken, sorted(key for key, digest in counted.items() if now.get(key) != digest))
