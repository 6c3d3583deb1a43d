"""Files whose row was rolled back with the request that kept them: sealed, unreadable, and swept away after a day."""

import uuid
from collections.abc import Iterator
from datetime import datetime, timedelta
from functools import partial
from itertools import islice
from pathlib import Path

from django.conf import settings
from django.db import transaction

from audit import log
from workflows.shared.models import StoredFile

KEPT_FOR = timedelta(days=1)  # far longer than any request takes to commit
AT_ONCE = 500
REMOVED = "file.orphans_removed"


def remove_orphans(*, at: datetime) -> int:
    """Remove files that no row knows and that are older than a day; the log is told first, then they go.

    Args:
        at: The moment of the sweep, timezone-aware.

    Returns:
        How many were removed.
    """
    removed, old = 0, _old_files(at)
    while some := list(islice(old, AT_ONCE)):
        keys = [key for key, _ in some]
        known = set(StoredFile.objects.filter(pk__in=keys).values_list("pk", flat=True))
        orphans = [path for key, path in some if key not in known]
        if orphans:
            _remove(orphans, at)
        removed += len(orphans)
    return removed


def _old_files(at: datetime) -> Iterator[tuple[uuid.UUID, Path]]:
    before = (at - KEPT_FOR).timestamp()
    for path in sorted(Path(settings.STATE_DIR, "files").glob("[0-9a-f][0-9a-f]/*")):
        key = _key_of(path)
        if key is not None and path.stat().st_mtime < before:
            yield key, path


def _key_of(path: Path) -> uuid.UUID | None:
    try:
        key = uuid.UUID(path.name)
    except ValueError:  # not ours: left alone
        return None
    return key if path.name == str(key) else None


@transaction.atomic
def _remove(orphans: list[Path], at: datetime) -> None:
    facts = {"count": len(orphans), "files": [path.name for path in orphans]}
    log.record("files", REMOVED, by=None, at=at, facts=facts)
    for path in orphans:
        transaction.on_commit(partial(path.unlink, missing_ok=True))
