"""Compile the catalogs that changed since they were compiled last."""

from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand

from config.catalogs import compile_catalog, stale_catalogs


class Command(BaseCommand):
    help = "Compile locale/*/*/LC_MESSAGES/django.po; needs no gettext on the machine."
    requires_system_checks: list[str] = []

    def handle(self, *args: Any, **options: Any) -> None:
        locale_dir = Path(settings.BASE_DIR) / "locale"
        for source in stale_catalogs(locale_dir):
            translated = compile_catalog(source)
            if options["verbosity"]:
                self.stdout.write(f"{source.relative_to(locale_dir)}: {translated} translated")
