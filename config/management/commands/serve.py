"""Serve the system from one command: migrate, collect, listen, and do the background work."""

import os
from typing import Any

from django.core.management.base import BaseCommand, CommandParser

from config.serving import prepare, serve


class Command(BaseCommand):
    help = "Bring the database up to date and serve the system; without REDIS_URL the background work runs in it too."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--host", default="127.0.0.1", help="address to listen on")
        parser.add_argument("--port", type=int, default=int(os.environ.get("PORT", "8000")))
        parser.add_argument("--processes", type=int, help="web processes; by default what the database bears")
        parser.add_argument("--threads", type=int, help="threads of each web process")

    def handle(self, *args: Any, **options: Any) -> None:
        prepare()
        serve(**{name: options[name] for name in ("host", "port", "processes", "threads")})
