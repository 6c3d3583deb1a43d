"""``manage.py verify_audit``: check the whole log; exit code 1 when something does not hold."""

import json
import sys
from dataclasses import asdict
from pathlib import Path

from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.utils import timezone

from audit.actions import verify_and_record


class Command(BaseCommand):
    help = "Check every entry and checkpoint of the log and name the first that does not hold."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--since", type=Path, help="a checkpoint file kept elsewhere to compare with")
        parser.add_argument("--json", action="store_true", help="answer in JSON")

    def handle(self, **options: object) -> None:
        try:
            report = verify_and_record(by=None, at=timezone.now(), since=options["since"])
        except (ValueError, FileNotFoundError) as error:
            raise CommandError(str(error)) from error
        if options["json"]:
            self.stdout.write(json.dumps({"holds": report.holds, **asdict(report)}, ensure_ascii=False))
        elif report.holds:
            self.stdout.write(f"The log holds: {report.entries} entries in {report.streams} streams.")
        else:
            faults = [f"{fault.stream}#{fault.seq} {fault.code}" for fault in report.faults]
            self.stdout.write("\n".join(["The log does not hold:", *faults, *report.troubles]))
        if not report.holds:
            sys.exit(1)
