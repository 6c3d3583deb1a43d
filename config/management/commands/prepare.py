"""Brings a machine up to date before it serves: tables, catalogs, static files, the default policy."""

from typing import Any

from django.core.management.base import BaseCommand

from config.serving import prepare


class Command(BaseCommand):
    """``manage.py prepare``: on the first day and after every update; doing it twice does no harm."""

    help = "Bring tables, catalogs, static files and the default policy up to date."
    requires_system_checks: list[str] = []

    def handle(self, *args: Any, **options: Any) -> None:
        """Prepare."""
        prepare()
