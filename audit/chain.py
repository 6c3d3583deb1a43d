"""The hash chain of a stream: pure, standard library only, shared with the stand-alone verifier."""

import hashlib
import json
import unicodedata
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date, datetime, timezone
from decimal import Decimal
from uuid import UUID

GENESIS = "0" * 64
COVERED = (
    "stream", "seq", "at", "actor_id", "actor_name", "verb", "subject", "step", "step_title", "body", "previous",
)  # fmt: skip


@dataclass(frozen=True)
class Fault:
    """Names the first entry of a stream that does not hold.

    Attributes:
        stream, seq: Where; ``seq`` is the number that was expected there.
        code: ``altered`` (hash differs), ``missing`` (a gap), ``unlinked`` (previous differs), ``cut`` (the end is
            gone), ``forked`` (a checkpoint saw another entry there) or ``unknown`` (a head without entries).
    """

    stream: str
    seq: int
    code: str


@dataclass(frozen=True)
class Head:
    """The end of a stream: how many entries, and the hash of the last."""

    stream: str
    seq: int
    hash: str


def canonical(value: object) -> str:
    """Return the one spelling of a JSON value: sorted keys, no spaces, NFC, moments in UTC.

    Raises:
        TypeError: the value is not JSON-able.
        ValueError: the value holds NaN or infinity.
    """
    return json.dumps(_normal(value), ensure_ascii=False, sort_keys=True, separators=(",", ":"), allow_nan=False)


def entry_hash(row: Mapping[str, object]) -> str:
    """Return the SHA-256 over the canonical bytes of every stored column but the hash itself.

    Args:
        row: The columns of an entry; ``at`` as ``moment_text`` spells it.
    """
    kept = {name: row[name] for name in COVERED}
    text = json.dumps(kept, ensure_ascii=False, sort_keys=True, separators=(",", ":"))
    return hashlib.sha256(text.encode("utf-8", "surrogatepass")).hexdigest()


def moment_text(at: datetime) -> str:
    """Return a moment in UTC to the microsecond, ending in Z."""
    return at.astimezone(timezone.utc).strftime("%Y-%m-%dT%H:%M:%S.%fZ")  # noqa: UP017


def walk(stream: str, rows: Iterable[Mapping[str, object]], head: Head | None = None) -> Iterator[Fault | Head]:
    """Check one stream from its start; yields one fault and stops, or yields the head reached.

    Args:
        stream: The stream's name.
        rows: Its entries by ascending ``seq``.
        head: Where to start after, when the earlier part was checked before.
    """
    seq, last = (head.seq, head.hash) if head else (0, GENESIS)
    for row in rows:
        seq += 1
        fault = _fault(row, seq, last)
        if fault:
            yield Fault(stream, seq, fault)
            return
        last = str(row["hash"])
    yield Head(stream, seq, last)


def _fault(row: Mapping[str, object], seq: int, previous: str) -> str | None:
    if row["seq"] != seq:
        return "missing"
    if entry_hash(row) != row["hash"]:
        return "altered"
    return None if row["previous"] == previous else "unlinked"


def _normal(value: object) -> object:
    if isinstance(value, str):
        return unicodedata.normalize("NFC", str(value))
    if isinstance(value, Mapping):
        return {unicodedata.normalize("NFC", str(key)): _normal(item) for key, item in value.items()}
    if isinstance(value, (list, tuple)):
        return [_normal(item) for item in value]
    if isinstance(value, datetime):
        return moment_text(value)
    if isinstance(value, date):
        return value.isoformat()
    return str(value) if isinstance(value, (Decimal, UUID)) else value
