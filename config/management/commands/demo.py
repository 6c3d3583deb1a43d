"""Show the system living: a province with cases at every step, served from one command."""

import json
import os
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.utils import timezone
from django.utils.translation import gettext as _

from audit.errors import Refusal
from config.demo.province import HELP_NUMBER
from config.demo.setup import Way, set_up, ways_in
from config.serving import prepare, serve


class Command(BaseCommand):
    help = "Set up the demo province in an empty database, print who can sign in, and serve it."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--host", default="127.0.0.1", help="address to listen on")
        parser.add_argument("--port", type=int, default=int(os.environ.get("PORT", "8000")))
        parser.add_argument("--no-serve", action="store_true", help="set it up and stop")
        parser.add_argument(
            "--json", action="store_true", help="print the accounts as one JSON object and nothing else"
        )

    def handle(self, *args: Any, **options: Any) -> None:
        """Prepare, fill once, tell, serve.

        Raises:
            CommandError: the database belongs to somebody else.
        """
        switch_on(port=options["port"])
        prepare()
        try:
            fresh = set_up(at=timezone.now())
        except Refusal as refusal:
            raise CommandError(str(refusal)) from refusal
        ways = ways_in()
        if options["json"]:
            self.stdout.write(json.dumps({"accounts": [way.as_json() for way in ways]}, ensure_ascii=False))
        else:
            self.tell(ways, fresh=fresh, address=f"http://{options['host']}:{options['port']}/")
        if not options["no_serve"]:
            serve(host=options["host"], port=options["port"])

    def tell(self, ways: list[Way], *, fresh: bool, address: str) -> None:
        """Print the address and a table of the accounts."""
        self.stdout.write(_("The demo province is ready.") if fresh else _("The demo province was set up before."))
        self.stdout.write(_("Address: {address}").format(address=address))
        self.stdout.write(_("Password of all: {password}").format(password=ways[0].password if ways else ""))
        for way in ways:
            self.stdout.write(f"  {way.login:<14}{title_of(way.role)}  {way.organization}")
        self.stdout.flush()


def switch_on(*, port: int) -> None:
    """Run this process as a demo: no second factor, as the banner says; help number and objection key are its own."""
    from config.settings import secret

    settings.DEMO = True
    settings.SECOND_FACTOR_REQUIRED = False
    settings.HELP_NUMBER = settings.HELP_NUMBER or HELP_NUMBER
    settings.OBJECTION_KEY = settings.OBJECTION_KEY or secret("OBJECTION_KEY", size=32)
    settings.SITE_ADDRESS = f"http://localhost:{port}"


def title_of(kind: str) -> str:
    """Say what kind of person an account stands for."""
    from organizations.enums import Role

    named = {
        "candidate": _("Candidate"),
        "county_organizer": _("Organizer of a county committee without approval power"),
    }
    return str(named[kind] if kind in named else Role(kind).label)
