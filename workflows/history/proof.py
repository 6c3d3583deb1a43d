"""Is the record of one case whole: its chain walked now, against what the last checkpoint saw."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime

from approvals.actions.acting import stream_of
from approvals.models import Case
from audit import chain, checkpoints
from audit.models import Entry
from audit.verify import COLUMNS


@dataclass(frozen=True)
class Proof:
    """What was found.

    Attributes:
        whole: Nothing was found wrong.
        entries: How many entries hold.
        broken_at: Number of the first entry that does not, 0 when all do.
        last_hash: Hash of the last entry that holds.
    """

    whole: bool
    entries: int
    broken_at: int
    last_hash: str


def prove(case: Case, *, with_checkpoint: bool = False) -> Proof:
    """Walk the chain of a case.

    Args:
        case: The case.
        with_checkpoint: Also compare with the newest checkpoint file, which is as long as there are cases.
    """
    stream = stream_of(case)
    found = chain.walk(stream, _rows(stream), _seen(stream) if with_checkpoint else None)
    if isinstance(found, chain.Fault):
        return Proof(False, found.seq - 1, found.seq, "")
    return Proof(found.seq > 0, found.seq, 0 if found.seq else 1, found.hash)


def lines_of(case: Case) -> Iterator[dict[str, object]]:
    """Yield the entries of a case as the verifier outside reads them."""
    return _rows(stream_of(case))


def _rows(stream: str) -> Iterator[dict[str, object]]:
    for row in Entry.objects.filter(stream=stream).order_by("seq").values_list(*COLUMNS):
        columns: Mapping[str, object] = dict(zip(COLUMNS, row, strict=True))
        at = columns["at"]
        yield {**columns, "at": chain.moment_text(at) if isinstance(at, datetime) else at}


def _seen(stream: str) -> dict[int, str]:
    newest = checkpoints.latest_file()
    heads = checkpoints.read_file(newest).heads if newest else ()
    return {head.seq: head.hash for head in heads if head.stream == stream}
