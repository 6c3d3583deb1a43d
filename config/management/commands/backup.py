"""Writes this place into one archive."""

from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.utils import timezone
from django.utils.translation import gettext as _

from config.backup.archive import make_backup


class Command(BaseCommand):
    """``manage.py backup FILE``: database, files, keys and checkpoints, while others go on working."""

    help = "Write database, files, keys and checkpoints into one archive (.tar.gz) that only its owner can read."

    def add_arguments(self, parser: CommandParser) -> None:
        """Ask for the archive."""
        parser.add_argument("file", type=Path, help="the archive to write; must not exist yet")
        parser.add_argument("--without-keys", action="store_true", help="leave the keys out; they are kept elsewhere")

    def handle(self, *, file: Path, without_keys: bool, **options: Any) -> None:
        """Write and say how much."""
        try:
            made = make_backup(file, at=timezone.now(), keys=not without_keys)
        except OSError as error:
            raise CommandError(f"{file}: {error.strerror}") from error
        said = _("Written: {rows} rows and {files} files. Audit root {root}.")
        self.stdout.write(said.format(rows=sum(made["counts"].values()), files=len(made["files"]), root=made["root"]))
        if without_keys:
            self.stdout.write(_("The keys are not in it. Without them nothing sealed can be read again."))
        else:
            self.stdout.write(
                _(
                    "With its keys the archive opens everything: lock it away. "
                    "Keys given by the environment are not in it."
                )
            )
