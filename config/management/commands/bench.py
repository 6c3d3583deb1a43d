"""Measure our own paths beside the stock part and the least that the database must do."""

import json
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.db import connection

BENCHES = ("decide", "inbox", "audit", "sweep")
FEWEST_ROUNDS = 5


class Command(BaseCommand):
    help = "Run one bench or all, in a database of its own that is dropped afterwards; needs PostgreSQL."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("name", choices=(*BENCHES, "all"))
        parser.add_argument("--rounds", type=int, default=FEWEST_ROUNDS, help="five at least")
        parser.add_argument(
            "--million", action="store_true", help="the inbox with a million rows as well, the sweep with 500,000 seats"
        )
        parser.add_argument("--anyway", action="store_true", help="run on SQLite, too; its figures prove nothing")
        parser.add_argument("--json", action="store_true", help="print the lines as one JSON object and nothing else")

    def handle(self, *args: Any, **options: Any) -> None:
        """Measure and print.

        Raises:
            CommandError: wrong database, or too few rounds.
        """
        if connection.vendor != "postgresql" and not options["anyway"]:
            raise CommandError(
                "Figures are taken on PostgreSQL: set DATABASE_URL, or use bin/with-servers; --anyway runs it here."
            )
        if options["rounds"] < FEWEST_ROUNDS and not options["anyway"]:
            raise CommandError(f"A median of fewer than {FEWEST_ROUNDS} rounds says little.")
        lines = self.measured(options)
        if options["json"]:
            self.stdout.write(json.dumps({"lines": [line.as_json() for line in lines]}, ensure_ascii=False))

    def measured(self, options: dict[str, Any]) -> list:
        """Run what was asked for, telling each table as soon as it is there."""
        # Imported late: the flows of the benches exist for this command only.
        from config.bench import auditing, deciding, inbox, sweeping
        from config.bench.frame import table
        from config.bench.world import bench_database

        runs = {"decide": deciding.run, "inbox": inbox.run, "audit": auditing.run, "sweep": sweeping.run}
        wanted = BENCHES if options["name"] == "all" else (options["name"],)
        lines = []
        with bench_database() as world:
            for name in wanted:
                further = {"large": True} if name in ("inbox", "sweep") and options["million"] else {}
                found = runs[name](world, rounds=options["rounds"], **further)
                lines += found
                if not options["json"]:
                    self.stdout.write("\n".join(table(found)) + "\n")
        return lines
