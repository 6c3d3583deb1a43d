"""Bring the catalogs up to date with code and templates, or check that they are."""

from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError, CommandParser

from config.catalogs import ROOMS, catalog_path, read_catalog
from config.messages import compare, contradictions, extract_room, merge, write_catalog


class Command(BaseCommand):
    help = "Write the strings in use into the rooms' catalogs; with --check say what is missing and change nothing."
    requires_system_checks: list[str] = []

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--check", action="store_true", help="exit 1 when a catalog is not complete")
        parser.add_argument("--room", choices=ROOMS, help="only this room")

    def handle(self, *args: Any, **options: Any) -> None:
        rooms = [options["room"]] if options["room"] else list(ROOMS)
        if options["check"]:
            self.check_rooms(rooms)
        else:
            self.update_rooms(rooms)

    def update_rooms(self, rooms: list[str]) -> None:
        """Merge the strings in use into each room's catalog."""
        for room in rooms:
            path = catalog_path(settings.BASE_DIR / "locale", room)
            merged = merge(extract_room(settings.BASE_DIR, room), read_catalog(path))
            write_catalog(path, merged)
            self.stdout.write(f"{room}: {len(merged)} strings")

    def check_rooms(self, rooms: list[str]) -> None:
        """List every fault of every catalog.

        Raises:
            CommandError: There is at least one.
        """
        wrong = 0
        for room in rooms:
            for fault, text in compare(settings.BASE_DIR, room):
                wrong += 1
                self.stdout.write(f"{room}: {fault}: {text!r}")
        for pair, text in contradictions(settings.BASE_DIR):
            wrong += 1
            self.stdout.write(f"{pair}: differ: {text!r}")
        if wrong:
            raise CommandError(f"{wrong} entries of the catalogs need a hand; manage.py messages adds what is missing.")
        self.stdout.write("The catalogs are complete.")
