"""Sets the working days of a year from the yearly notice."""

import json
from pathlib import Path

import yaml
from django.core.management.base import BaseCommand, CommandError
from django.utils import timezone
from django.utils.translation import gettext as _

from audit.errors import Refusal
from organizations.calendar_actions import read_year_file, set_calendar_year


class Command(BaseCommand):
    """Reads days off and worked weekends from a YAML or JSON file; exit status 1 when the file is refused."""

    help = "Set the days off and the worked weekends of a year from a YAML or JSON file."

    def add_arguments(self, parser) -> None:
        """Declare the file."""
        parser.add_argument(
            "file", type=Path, help="year, official, source, off, work (docs/samples/calendar-2027.yaml)"
        )
        parser.add_argument("--json", action="store_true", help="print one JSON object and nothing else")

    def handle(self, *args: object, **options: object) -> None:
        """Set the year, say how many days changed and which time limits moved with them."""
        path: Path = options["file"]
        if not path.is_file():
            raise CommandError(_("There is no file {path}.").format(path=path), returncode=2)
        try:
            content = yaml.safe_load(path.read_text(encoding="utf-8"))
            year, days, official, source = read_year_file(content)
            change = set_calendar_year(
                year=year, days=days, official=official, source=source, by=None, at=timezone.now()
            )
        except (yaml.YAMLError, UnicodeDecodeError):
            raise CommandError(_("The file is neither YAML nor JSON."), returncode=1) from None
        except Refusal as refusal:
            raise CommandError(str(refusal), returncode=1) from None
        if options["json"]:
            moved = [each.as_json() for each in change.moved]
            self.stdout.write(json.dumps({"year": year, "official": official, "changed": change.days, "moved": moved}))
            return
        self.stdout.write(_("{year}: {changed} days changed.").format(year=year, changed=change.days))
        self.stdout.write(_("{count} time limits moved.").format(count=len(change.moved)))
        for each in change.moved:
            self.stdout.write(f"{each.number} {each.step}: {each.was} → {each.now}")
