"""Reads the log for screens and reports."""

from django.db.models import QuerySet

from audit.checkpoints import current_heads
from audit.models import Checkpoint, Entry

READ_VERBS = ("file.read", "file.downloaded", "value.unmasked")
VERIFIED = "audit.verified"
PAGE = 50


def entries_of(stream: str) -> QuerySet[Entry]:
    """Return the entries of one stream, first to last."""
    return Entry.objects.filter(stream=stream).order_by("seq")


def entries_about(subject: str) -> QuerySet[Entry]:
    """Return everything about a subject, usually a case number, from all streams, by time."""
    return Entry.objects.filter(subject=subject).order_by("at", "stream", "seq")


def last_checkpoint() -> Checkpoint | None:
    """Return the newest checkpoint."""
    return Checkpoint.objects.order_by("number").last()


def last_verification() -> Entry | None:
    """Return the entry about the newest verification."""
    return Entry.objects.filter(verb=VERIFIED).order_by("-at", "-seq").first()


def size() -> dict[str, int]:
    """Count entries and streams; a stream has no gaps, so its end tells its length."""
    heads = current_heads()
    return {"entries": sum(head.seq for head in heads), "streams": len(heads)}
