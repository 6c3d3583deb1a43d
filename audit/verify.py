"""Checks the whole log and names the first entry that does not hold."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path

from django.db import connection

from audit import chain, checkpoints, signing, statements
from audit.log import LOCKED_PREFIXES
from audit.models import Checkpoint, Entry, Head

CHUNK = 5000
COLUMNS = (*chain.COVERED, "hash")
AT = COLUMNS.index("at")
REFUSALS = {"postgresql": ("rows", "table"), "sqlite": ("update", "delete", "replace")}
TRIGGERS = {
    "postgresql": "SELECT tgname FROM pg_trigger WHERE tgenabled <> 'D'",
    "sqlite": "SELECT name FROM sqlite_master WHERE type = 'trigger'",
}


@dataclass(frozen=True)
class Report:
    """What a verification found.

    Attributes:
        entries, streams: How many held.
        checkpoint: Number of the newest checkpoint that was compared, if any.
        faults: The first fault of each stream that has one, in the order of the streams.
        troubles: Codes about checkpoints and refusals of the database, such as ``checkpoint 3: unsigned``.
    """

    entries: int
    streams: int
    checkpoint: int | None
    faults: tuple[chain.Fault, ...]
    troubles: tuple[str, ...]

    @property
    def holds(self) -> bool:
        """Say whether nothing was found."""
        return not self.faults and not self.troubles

    @property
    def first(self) -> str:
        """Name the first thing found: ``stream#seq code``, or a trouble; empty when all holds."""
        if self.faults:
            fault = self.faults[0]
            return f"{fault.stream}#{fault.seq} {fault.code}"
        return self.troubles[0] if self.troubles else ""


def verify_log(*, since: Path | None = None) -> Report:
    """Check every entry, every checkpoint, and the refusals of the database.

    Args:
        since: A checkpoint file kept elsewhere to compare with, besides the newest one of the state folder.

    Raises:
        ValueError: ``since`` is not a checkpoint file.
    """
    known, troubles = _checkpoint_files(since)
    seen = _seen(known)
    found = list(chain.walk_all(rows(), seen))
    ends = [item for item in found if isinstance(item, chain.Head)]
    faults = [item for item in found if isinstance(item, chain.Fault)]
    return Report(
        entries=sum(end.seq for end in ends),
        streams=len(ends),
        checkpoint=max((int(str(file.row["number"])) for file in known), default=None),
        faults=(*faults, *_surplus(ends)),
        troubles=(*troubles, *_broken_checkpoints(), *missing_refusals()),
    )


def rows() -> Iterator[dict[str, object]]:
    """Yield every entry as ``chain`` reads it, stream by stream."""
    stored = Entry.objects.order_by("stream", "seq").values_list(*COLUMNS)
    for row in stored.iterator(chunk_size=CHUNK):
        yield {**dict(zip(COLUMNS, row, strict=True)), "at": chain.moment_text(row[AT])}


def missing_refusals() -> list[str]:
    """Name the triggers that should keep the log append-only and are not there."""
    with connection.cursor() as cursor:
        cursor.execute(TRIGGERS[connection.vendor])
        there = {name for (name,) in cursor.fetchall()}
    tables = (Entry._meta.db_table, Checkpoint._meta.db_table)
    wanted = [f"{table}_keep_{what}" for table in tables for what in REFUSALS[connection.vendor]]
    return [f"{name}: gone" for name in wanted if name not in there]


def _checkpoint_files(since: Path | None) -> tuple[list[checkpoints.CheckpointFile], list[str]]:
    last = Checkpoint.objects.order_by("number").last()
    newest = checkpoints.latest_file()
    troubles = []
    if last and (newest is None or newest.name < checkpoints.file_of(last.number).name):
        troubles.append(f"checkpoint {last.number}: file missing")
    files = [checkpoints.read_file(since)] if since else []
    if newest:
        try:
            files.append(checkpoints.read_file(newest))
        except ValueError:
            troubles.append(f"{newest.name}: unreadable")
    for file in files:
        troubles += _file_troubles(file)
    return files, troubles


def _file_troubles(file: checkpoints.CheckpointFile) -> Iterator[str]:
    name = f"checkpoint {file.row['number']}"
    stored = Checkpoint.objects.filter(number=file.row["number"]).first()
    if stored is None:
        yield f"{name}: row missing"
    elif checkpoints.row_of(stored) != file.row:
        yield f"{name}: row and file differ"
    if not statements.states_its_heads(file.row, file.heads):
        yield f"{name}: file altered"
    key = signing.public_keys().get(str(file.row["key_id"]))
    if key is None or not statements.signature_holds(file.row, key):
        yield f"{name}: file unsigned"


def _broken_checkpoints() -> Iterator[str]:
    broken = statements.first_broken(checkpoints.all_rows(), signing.public_keys())
    if broken:
        yield "checkpoint {}: {}".format(*broken)


def _seen(files: list[checkpoints.CheckpointFile]) -> Mapping[str, Mapping[int, str]]:
    # Head rows are read before the entries: what is written meanwhile only adds entries behind them.
    ends = [chain.Head(*row) for row in Head.objects.values_list("stream", "seq", "hash")]
    seen: dict[str, dict[int, str]] = {}
    for end in (*ends, *(head for file in files for head in file.heads)):
        if seen.setdefault(end.stream, {}).setdefault(end.seq, end.hash) != end.hash:
            seen[end.stream][end.seq] = ""  # two witnesses disagree: no entry can satisfy both
    return seen


def _surplus(ends: list[chain.Head]) -> Iterator[chain.Fault]:
    # Read again after the entries: a row that was written meanwhile has moved its head along.
    known = dict(Head.objects.values_list("stream", "seq"))
    for end in ends:
        if not end.stream.startswith(LOCKED_PREFIXES) and end.seq > known.get(end.stream, 0):
            yield chain.Fault(end.stream, known.get(end.stream, 0) + 1, "surplus")
