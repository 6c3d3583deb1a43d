"""Deliver and sweep in the foreground, until told to stop."""

import signal
import threading
from typing import Any

from django.core.management.base import BaseCommand

from notifications import bell
from notifications.worker import run


class Command(BaseCommand):
    help = "Deliver messages and sweep until SIGTERM or SIGINT; a second one on this machine waits for the first."
    requires_system_checks: list[str] = []

    def handle(self, *args: Any, **options: Any) -> None:
        stopped = threading.Event()

        def stop(*_: object) -> None:
            stopped.set()
            bell.rung.set()

        signal.signal(signal.SIGTERM, stop)
        signal.signal(signal.SIGINT, stop)
        run(stopped)
