"""``manage.py export_audit FILE``: write the whole log to a zip that can be verified without us."""

from pathlib import Path

from django.core.management.base import BaseCommand, CommandParser
from django.utils import timezone

from audit.actions import export_log


class Command(BaseCommand):
    help = "Write the log, its checkpoints, the public keys and a verifier to a zip."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("file", type=Path)

    def handle(self, **options: object) -> None:
        with options["file"].open("xb") as target:
            export_log(target, by=None, at=timezone.now())
        self.stdout.write(str(options["file"]))
