"""Compares the inbox rows with a fresh expansion of the roles."""

import json

from django.core.management.base import BaseCommand
from django.utils.timezone import now

from approvals.actions.inbox import open_seats
from approvals.actions.upkeep import mend_inbox


class Command(BaseCommand):
    """``manage.py check_inbox [--repair] [--json]``: exit status 1 when rows differ and were not mended."""

    help = "Compare the inbox rows with a fresh expansion of the roles."

    def add_arguments(self, parser) -> None:
        """Offer repair and JSON."""
        parser.add_argument("--repair", action="store_true", help="mend what differs")
        parser.add_argument("--json", action="store_true", help="print one JSON object")

    def handle(self, *args, **options) -> None:
        """Compare, mend if asked, and say what was found."""
        drift = mend_inbox(open_seats(), at=now(), repair=options["repair"])
        found = {name: len(getattr(drift, name)) for name in ("missing", "extra", "outdated")}
        sentence = ", ".join(f"{count} {name}" for name, count in found.items())
        found["repaired"] = options["repair"]
        self.stdout.write(json.dumps(found) if options["json"] else sentence)
        if (drift.missing or drift.extra or drift.outdated) and not options["repair"]:
            raise SystemExit(1)
