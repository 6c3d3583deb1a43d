"""Fills an empty place from an archive."""

from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.utils.translation import gettext as _

from audit.errors import Refusal
from config.backup.archive import restore_backup


class Command(BaseCommand):
    """``manage.py restore FILE``: before ``prepare``, on a machine where nothing is yet."""

    help = "Fill an empty place from an archive made by backup, and compare counts, hashes and the audit root."
    requires_system_checks: list[str] = []

    def add_arguments(self, parser: CommandParser) -> None:
        """Ask for the archive."""
        parser.add_argument("file", type=Path, help="an archive made by manage.py backup")

    def handle(self, *, file: Path, **options: Any) -> None:
        """Restore and say what was compared."""
        try:
            made = restore_backup(file)
        except Refusal as refusal:
            raise CommandError(str(refusal)) from refusal
        said = _("Restored and compared: {rows} rows, {files} files, audit root {root}.")
        self.stdout.write(said.format(rows=sum(made["counts"].values()), files=len(made["files"]), root=made["root"]))
