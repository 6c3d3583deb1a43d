"""Keeps the log silent about pages on which somebody may object, and on which objections are read."""

import logging

from django.conf import settings


class Unlogged(logging.Filter):
    """Drops what is logged about requests to such pages; of a fault only its kind is told."""

    def filter(self, record: logging.LogRecord) -> bool:
        """Say whether a record may be written, after taking out what it must not tell."""
        request = getattr(record, "request", None)
        path = str(getattr(request, "path", ""))
        if not path.startswith(settings.UNLOGGED):
            return True
        if record.levelno < logging.ERROR:
            return False
        kind = record.exc_info[0].__name__ if record.exc_info and record.exc_info[0] else "fault"
        record.msg, record.args = "a page that is not logged failed: %s", (kind,)
        record.exc_info = record.exc_text = record.stack_info = record.request = None
        return True
