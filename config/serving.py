"""Prepare a running system and serve it: one command, one machine."""

from collections.abc import Iterator
from pathlib import Path
from typing import Any

from django.conf import settings
from django.contrib.staticfiles.finders import get_finders
from django.core.management import call_command
from django.db import connection, connections
from django.utils import timezone
from gunicorn.app.base import BaseApplication

from workflows.appointment_review.setup import ensure_default_policies

# The embedded database has one writer, so one process; PostgreSQL takes more.
EMBEDDED = {"workers": 1, "threads": 8}
SERVED = {"workers": 2, "threads": 4}
# Screens of libraries that nobody is shown; Viewflow's style sheets even name fonts that its wheel lacks.
NOT_SERVED = ["viewflow", "guardian", "treebeard", "django_htmx"]


class Server(BaseApplication):
    """Gunicorn, told what to do by arguments instead of a file."""

    def __init__(self, options: dict[str, Any]) -> None:
        self.options = options
        super().__init__()

    def load_config(self) -> None:
        for name, value in self.options.items():
            self.cfg.set(name, value)

    def load(self) -> Any:
        from config.wsgi import application

        return application


def static_files() -> Iterator[Path]:
    """Walk every static file that is served."""
    for finder in get_finders():
        for name, storage in finder.list(NOT_SERVED):
            yield Path(storage.path(name))


def static_is_fresh() -> bool:
    """Say whether the collected files are at least as new as their sources."""
    manifest = Path(settings.STATIC_ROOT) / "staticfiles.json"
    if not manifest.exists():
        return False
    collected = manifest.stat().st_mtime
    return all(path.stat().st_mtime <= collected for path in static_files())


def prepare() -> None:
    """Bring database, catalogs and static files up to date; does next to nothing when they are."""
    call_command("compile_catalogs", verbosity=0)
    call_command("migrate", interactive=False, verbosity=0)
    call_command("createcachetable", "shared_cache", verbosity=0)
    ensure_default_policies(timezone.now())
    if not static_is_fresh():
        call_command("collectstatic", interactive=False, verbosity=0, ignore_patterns=NOT_SERVED)
    # The web processes open their own.
    connections.close_all()


def start_worker(_gunicorn_worker: Any) -> None:
    """Start the in-process worker in a web process, unless Celery does its work."""
    if settings.REDIS_URL:
        return
    from notifications.worker import start_in_process

    start_in_process()


def serve(*, host: str, port: int, processes: int | None = None, threads: int | None = None) -> None:
    """Serve the prepared system until it is told to stop.

    Args:
        host: Address to listen on.
        port: TCP port.
        processes: Web processes; by default what the database bears.
        threads: Threads of each.
    """
    size = SERVED if connection.vendor == "postgresql" else EMBEDDED
    Server(
        {
            "bind": f"{host}:{port}",
            "worker_class": "gthread",
            "workers": processes or size["workers"],
            "threads": threads or size["threads"],
            "max_requests": 20_000,
            "max_requests_jitter": 2_000,
            "timeout": 60,
            "graceful_timeout": 20,
            "post_worker_init": start_worker,
        }
    ).run()
