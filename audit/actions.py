"""What an auditor does with the log; each act is itself an entry."""

from datetime import datetime
from pathlib import Path
from typing import BinaryIO

from django.db import transaction

from audit.export import write_export
from audit.log import Actor, record
from audit.queries import VERIFIED
from audit.verify import Report, verify_log


def verify_and_record(*, by: Actor | None, at: datetime, since: Path | None = None) -> Report:
    """Check the whole log and keep the outcome in the stream ``audit``.

    Args:
        by: Who asked, or None for the daily run.
        at: Moment of asking, timezone-aware.
        since: A checkpoint file kept elsewhere.

    Raises:
        ValueError: ``since`` is not a checkpoint file.
    """
    report = verify_log(since=since)
    facts = {"holds": report.holds, "entries": report.entries, "streams": report.streams, "first": report.first}
    with transaction.atomic():
        record("audit", VERIFIED, by=by, at=at, facts=facts)
    return report


def export_log(target: BinaryIO, *, by: Actor | None, at: datetime) -> None:
    """Write the whole log to a zip, after the export itself has been recorded.

    Args:
        target: Where to; opened for writing bytes.
        by: Who exports, or None for the command line.
        at: Moment of asking, timezone-aware.
    """
    with transaction.atomic():
        record("exports", "audit.exported", by=by, at=at)
    write_export(target)
