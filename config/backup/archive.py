"""One archive of a place, and an empty place filled from one; every promise is counted and compared."""

import hashlib
import json
import os
import shutil
import tarfile
import tempfile
from datetime import datetime
from pathlib import Path

from django.conf import settings
from django.db import connection
from django.utils.translation import gettext_lazy as _

from audit.errors import Refusal
from config.backup.tables import read_tables, write_tables

FOLDERS = ("files", "keys", "checkpoints")  # of the state folder; whatever else lies there can be made again
MANIFEST = "manifest.json"


class PlaceNotEmpty(Refusal):
    code = "place_not_empty"
    message = _("This place is not empty: {what}. A backup is restored only where nothing is yet.")


class ArchiveUnfit(Refusal):
    code = "archive_unfit"
    message = _("This archive cannot be restored here: {why}.")


def make_backup(target: Path, *, at: datetime, keys: bool = True) -> dict[str, object]:
    """Write database, files, keys and checkpoints of this place into one archive that only its owner reads.

    The database is written first: files are kept before their rows, so every row of the archive has its file.

    Args:
        target: The archive; must not exist yet.
        at: The moment, for the manifest.
        keys: Whether the keys go with it; without them, what is sealed opens only where the keys are brought as well.

    Returns:
        The manifest: engine, row counts, migrations, audit root, and a hash for each file.

    Raises:
        FileExistsError: there is a file at ``target``.
    """
    descriptor = os.open(target, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    with tempfile.TemporaryDirectory(dir=settings.STATE_DIR) as name, os.fdopen(descriptor, "wb") as file:
        work = Path(name)
        (work / "database").mkdir()
        found = write_tables(work / "database")
        parts = {"database": work / "database"} | {name: Path(settings.STATE_DIR, name) for name in FOLDERS}
        if not keys:
            del parts["keys"]
        hashes = {}
        with tarfile.open(fileobj=file, mode="w:gz", compresslevel=1) as archive:
            for part, folder in parts.items():
                for path in sorted(path for path in folder.rglob("*") if path.is_file()):
                    inside = f"{part}/{path.relative_to(folder)}"
                    hashes[inside] = _hash(path)
                    archive.add(path, inside, recursive=False)
            manifest = {"made_at": at.isoformat(), "engine": connection.vendor, **found, "files": hashes}
            (work / MANIFEST).write_text(json.dumps(manifest, ensure_ascii=False, sort_keys=True), encoding="utf-8")
            archive.add(work / MANIFEST, MANIFEST)
    return manifest


def restore_backup(source: Path) -> dict[str, object]:
    """Fill an empty place from an archive, and compare what came with what the archive promises.

    Args:
        source: An archive made by ``make_backup``.

    Returns:
        The manifest.

    Raises:
        PlaceNotEmpty: the database has tables, or there are files.
        ArchiveUnfit: another engine or version, or a file, a count or the audit root differs.
    """
    _demand_empty()
    with tempfile.TemporaryDirectory(dir=settings.STATE_DIR) as name:
        work = Path(name)
        try:
            with tarfile.open(source) as archive:
                archive.extractall(work, filter="data")
            manifest = json.loads((work / MANIFEST).read_text(encoding="utf-8"))
        except (tarfile.TarError, OSError, ValueError) as error:
            raise ArchiveUnfit(why=_("it is damaged or no backup of this system")) from error
        _demand(manifest["engine"] == connection.vendor, _("it was made with another kind of database"))
        came = {str(path.relative_to(work)): _hash(path) for path in work.rglob("*") if path.is_file()}
        came.pop(MANIFEST)
        _demand(came == manifest["files"], _("a file in it was changed or is missing"))
        found = read_tables(work / "database")
        _demand(found["migrations"] == manifest["migrations"], _("it was made by another version of this system"))
        _demand(found["counts"] == manifest["counts"], _("the tables came incomplete"))
        _demand(found["root"] == manifest["root"], _("the record of what happened differs"))
        for part in FOLDERS:
            if (work / part).exists():
                shutil.copytree(work / part, Path(settings.STATE_DIR, part), dirs_exist_ok=True)
    return manifest


def _demand_empty() -> None:
    if connection.introspection.table_names():
        raise PlaceNotEmpty(what=_("the database has tables"))
    if any(path.is_file() for path in Path(settings.STATE_DIR, "files").rglob("*")):
        raise PlaceNotEmpty(what=_("there are kept files"))


def _demand(holds: bool, why: object) -> None:
    if not holds:
        raise ArchiveUnfit(why=why)


def _hash(path: Path) -> str:
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()
