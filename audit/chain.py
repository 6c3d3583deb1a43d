"""The hash chain of a stream: pure, standard library only, shared with the stand-alone verifier."""

import hashlib
import json
import unicodedata
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date, datetime, timezone
from decimal import Decimal
from itertools import groupby
from operator import itemgetter
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
            gone), ``forked`` (a checkpoint or head row saw another entry there) or ``surplus`` (more entries than the
            head row knows).
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


def walk(stream: str, rows: Iterable[Mapping[str, object]], seen: Mapping[int, str] | None = None) -> Fault | Head:
    """Check one stream from its start.

    Args:
        stream: The stream's name.
        rows: Its entries by ascending ``seq``, with the columns of ``COVERED`` and ``hash``.
        seen: Hashes that must stand at a ``seq``, as checkpoints and head rows saw them.

    Returns:
        The first fault, else the end that was reached.
    """
    seen = seen or {}
    seq, last = 0, GENESIS
    for row in rows:
        seq += 1
        fault = _fault(row, seq, last) or ("forked" if seen.get(seq, row["hash"]) != row["hash"] else None)
        if fault:
            return Fault(stream, seq, fault)
        last = str(row["hash"])
    return Fault(stream, seq + 1, "cut") if max(seen, default=0) > seq else Head(stream, seq, last)


def walk_all(rows: Iterable[Mapping[str, object]], seen: Mapping[str, Mapping[int, str]]) -> Iterator[Fault | Head]:
    """Check every stream; yields a fault or the end reached for each.

    Args:
        rows: The entries of all streams, each stream together and by ascending ``seq``.
        seen: As in ``walk``, by stream; a stream seen before and now without entries is cut.
    """
    met = set()
    for stream, its_rows in groupby(rows, key=itemgetter("stream")):
        name = str(stream)
        if name in met:
            yield Fault(name, 0, "forked")
            return
        met.add(name)
        yield walk(name, its_rows, seen.get(name))
    for name in sorted(seen.keys() - met):
        if max(seen[name], default=0) > 0:
            yield Fault(name, 1, "cut")


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
