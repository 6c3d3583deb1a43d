"""The only door into the log."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import Protocol
from unicodedata import normalize

from django.db import connection
from django.db.models import Max, Subquery
from django.utils.encoding import force_str

from audit import chain
from audit.models import Entry, Head
from audit.rules import tells_a_personal_number

# Streams whose writers hold the lock of the case or matter; every other stream is locked by its own head row.
LOCKED_PREFIXES = ("case:", "matter:")
LOOKUP_CHUNK = 400
TEXTS = ("actor_name", "verb", "subject", "step", "step_title")


class Actor(Protocol):
    """Who acted: anything with a key and a name."""

    pk: int
    name: str


@dataclass(frozen=True, kw_only=True)
class Draft:
    """One entry before it is chained.

    Attributes:
        verb: A past fact, such as ``appointment_review.concluded``.
        at: Moment of the act, timezone-aware.
        actor_id, actor_name: Who acted; None and empty for the system or for a secret ballot.
        subject: What it is about, usually a case number.
        step, step_title: The step's stable name and its title as it read then.
        facts: JSON-able values that may be read in clear.
        sealed: Personal values, already sealed, by name.
    """

    verb: str
    at: datetime
    actor_id: int | None = None
    actor_name: str = ""
    subject: str = ""
    step: str = ""
    step_title: str = ""
    facts: Mapping[str, object] = field(default_factory=dict)
    sealed: Mapping[str, str] = field(default_factory=dict)


def end_of(stream: str) -> dict[str, Subquery]:
    """Give the end of a case's or matter's stream as columns ``log_seq`` and ``log_hash`` of a read under its lock.

    Args:
        stream: ``case:<number>`` or ``matter:<number>``.
    """
    last = Entry.objects.filter(stream=stream).order_by("-seq")
    return {f"log_{name}": Subquery(last.values(name)[:1]) for name in ("seq", "hash")}


def append(stream: str, entries: Sequence[Draft], *, locked: bool, end: tuple[int, str] | None = None) -> list[Entry]:
    """Chain entries to the end of a stream, inside the caller's transaction.

    Args:
        stream: ``case:<number>``, ``matter:<number>``, or a stream with its own lock such as ``files``.
        entries: What happened, in order.
        locked: True when the caller holds the lock of the case or matter; must fit the stream's name.
        end: Number and hash of the last entry, where the caller read them under that lock with ``end_of``.

    Returns:
        The stored entries.

    Raises:
        ValueError: a programming error: wrong lock, no transaction, or a personal number in clear.
    """
    _demand(connection.in_atomic_block, "the log is written inside a transaction")
    _demand(locked == stream.startswith(LOCKED_PREFIXES), f"wrong lock for stream {stream}")
    if not entries:
        return []
    if locked:
        last = chain.Head(stream, *end) if end else _last_entry(stream)
        return Entry.objects.bulk_create(_chained(last, entries))
    head = _locked_head(stream)
    rows = Entry.objects.bulk_create(_chained(chain.Head(stream, head.seq, head.hash), entries))
    Head.objects.filter(pk=stream).update(seq=rows[-1].seq, hash=rows[-1].hash)
    return rows


def append_all(entries: Mapping[str, Sequence[Draft]]) -> int:
    """Chain entries to many case or matter streams at once; the caller holds each lock.

    Args:
        entries: Drafts by stream.

    Returns:
        How many entries were stored.

    Raises:
        ValueError: as in ``append``.
    """
    _demand(connection.in_atomic_block, "the log is written inside a transaction")
    _demand(all(name.startswith(LOCKED_PREFIXES) for name in entries), "wrong lock for a stream")
    ends = _last_entries(list(entries))
    rows = [row for name, drafts in entries.items() for row in _chained(ends[name], drafts)]
    Entry.objects.bulk_create(rows, batch_size=2000)
    return len(rows)


def record(
    stream: str,
    verb: str,
    *,
    by: Actor | None,
    at: datetime,
    subject: str = "",
    facts: Mapping[str, object] | None = None,
    sealed: Mapping[str, str] | None = None,
) -> Entry:
    """Chain one entry to a stream that has its own lock.

    Args:
        stream: Such as ``files``, ``exports``, ``sign_in``, ``grants`` or ``unmask`` (docs/audit.md lists them).
        verb, at, subject, facts, sealed: As in ``Draft``.
        by: Who acted, or None for the system.

    Returns:
        The stored entry.

    Raises:
        ValueError: as in ``append``.
    """
    draft = Draft(
        verb=verb,
        at=at,
        actor_id=by.pk if by else None,
        actor_name=by.name if by else "",
        subject=subject,
        facts=facts or {},
        sealed=sealed or {},
    )
    return append(stream, [draft], locked=False)[0]


def _demand(holds: bool, sentence: str) -> None:
    if not holds:
        raise ValueError(sentence)


def _last_entry(stream: str) -> chain.Head:
    last = Entry.objects.filter(stream=stream).order_by("-seq").values_list("seq", "hash").first()
    return chain.Head(stream, *(last or (0, chain.GENESIS)))


def _last_entries(streams: list[str]) -> dict[str, chain.Head]:
    ends = {name: chain.Head(name, 0, chain.GENESIS) for name in streams}
    for start in range(0, len(streams), LOOKUP_CHUNK):
        begun = Entry.objects.filter(stream__in=streams[start : start + LOOKUP_CHUNK]).values("stream")
        for name in begun.annotate(last=Max("seq")).values_list("stream", flat=True):
            ends[name] = _last_entry(name)
    return ends


def _locked_head(stream: str) -> Head:
    waiting = Head.objects.select_for_update(no_key=True)
    head = waiting.filter(pk=stream).first()
    if head is None:
        # Two first writers: the slower insert waits for the faster one, does nothing, and then finds its row.
        Head.objects.bulk_create([Head(stream=stream, seq=0, hash=chain.GENESIS)], ignore_conflicts=True)
        head = waiting.get(pk=stream)
    return head


def _chained(end: chain.Head, drafts: Sequence[Draft]) -> list[Entry]:
    rows = []
    for draft in drafts:
        columns = _columns(end, draft)
        end = chain.Head(end.stream, end.seq + 1, chain.entry_hash({**columns, "at": chain.moment_text(draft.at)}))
        rows.append(Entry(**columns, hash=end.hash))
    return rows


def _columns(end: chain.Head, draft: Draft) -> dict[str, object]:
    _demand(draft.at.tzinfo is not None, "a moment needs its time zone")
    texts = {name: normalize("NFC", force_str(getattr(draft, name))) for name in TEXTS}
    facts = chain.canonical(draft.facts)
    _demand(
        not tells_a_personal_number("\n".join((facts, *texts.values()))),
        f"a personal number stands in clear in {draft.verb}; seal it (docs/audit.md)",
    )
    return {
        "stream": end.stream,
        "seq": end.seq + 1,
        "at": draft.at,
        "actor_id": draft.actor_id,
        **texts,
        "body": f'{{"facts":{facts},"sealed":{chain.canonical(draft.sealed)}}}',
        "previous": end.hash,
    }
