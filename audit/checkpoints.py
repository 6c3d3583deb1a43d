"""Makes checkpoints, and writes each one to a file that can be carried out of the house."""

import json
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from django.conf import settings
from django.db import connection, transaction

from audit import signing
from audit.chain import GENESIS, Head, moment_text
from audit.merkle import digest_of_heads, root_of_heads
from audit.models import Checkpoint
from audit.statements import key_id_of, statement_bytes, statement_hash

ENDS = """
SELECT e.stream, e.seq, e.hash FROM audit_entry e
JOIN (SELECT stream, MAX(seq) AS seq FROM audit_entry GROUP BY stream) m ON m.stream = e.stream AND m.seq = e.seq
"""


@dataclass(frozen=True)
class CheckpointFile:
    """A checkpoint as it was written out.

    Attributes:
        row: The statement and its signature, columns as in the table, ``made_at`` as text.
        heads: Every stream's end.
    """

    row: dict[str, object]
    heads: tuple[Head, ...]


def make_checkpoint(*, at: datetime) -> Checkpoint:
    """Sign where every stream ends now, store it, and write it to the state folder.

    Args:
        at: Moment of making, timezone-aware.
    """
    with transaction.atomic():
        heads = current_heads()
        last = Checkpoint.objects.order_by("number").last()
        row = {
            "number": last.number + 1 if last else 1,
            "made_at": moment_text(at),
            "entries": sum(head.seq for head in heads),
            "streams": len(heads),
            "root": root_of_heads(heads),
            "heads_digest": digest_of_heads(heads),
            "previous": statement_hash(row_of(last)) if last else GENESIS,
            "key_id": key_id_of(signing.public_key()),
        }
        row["signature"] = signing.sign(statement_bytes(row))
        made = Checkpoint.objects.create(**{**row, "made_at": at})
    _write(CheckpointFile(row, tuple(heads)))
    return made


def current_heads() -> list[Head]:
    """Return the end of every stream, by one statement and so of one moment."""
    with connection.cursor() as cursor:
        cursor.execute(ENDS)
        return sorted((Head(*row) for row in cursor.fetchall()), key=lambda head: head.stream)


def row_of(checkpoint: Checkpoint) -> dict[str, object]:
    """Return a checkpoint's columns as ``statements`` reads them."""
    columns = {field.name: getattr(checkpoint, field.name) for field in Checkpoint._meta.fields}
    return {**columns, "made_at": moment_text(checkpoint.made_at)}


def all_rows() -> Iterator[dict[str, object]]:
    """Yield every stored checkpoint by ascending number."""
    return map(row_of, Checkpoint.objects.order_by("number"))


def file_of(number: int) -> Path:
    """Return where a checkpoint's file belongs."""
    return _folder() / f"checkpoint-{number:06d}.json"


def latest_file() -> Path | None:
    """Return the newest checkpoint file of the state folder."""
    return max(_folder().glob("checkpoint-*.json"), default=None)


def read_file(path: Path) -> CheckpointFile:
    """Read a checkpoint file.

    Raises:
        ValueError: it is not one.
    """
    try:
        data = json.loads(path.read_text())
        heads = tuple(Head(*head) for head in data.pop("heads"))
        statement_hash(data)
    except (KeyError, TypeError, AttributeError) as error:
        raise ValueError("not a checkpoint file") from error
    return CheckpointFile(data, heads)


def _folder() -> Path:
    return Path(settings.STATE_DIR) / "checkpoints"


def _write(file: CheckpointFile) -> None:
    _folder().mkdir(mode=0o700, parents=True, exist_ok=True)
    path = file_of(int(str(file.row["number"])))
    draft = path.with_suffix(".draft")
    heads = [[head.stream, head.seq, head.hash] for head in file.heads]
    draft.write_text(json.dumps({**file.row, "heads": heads}, ensure_ascii=False))
    draft.replace(path)
