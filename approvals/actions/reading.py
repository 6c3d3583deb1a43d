"""Marking what was laid before somebody for information as read."""

from datetime import datetime

from approvals.models import InboxRow


def mark_read(*, row: InboxRow, at: datetime) -> None:
    """Remember the first moment somebody opened a row that is for information.

    Args:
        row: A row of the reader's own inbox.
        at: The moment.
    """
    InboxRow.objects.filter(pk=row.pk, read_at=None).update(read_at=at)
