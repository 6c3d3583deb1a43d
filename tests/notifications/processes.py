"""Real workers: processes with the database of the test."""

import os
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

from django.conf import settings
from django.db import connection


def database_url() -> str:
    """Give the address of the test's database."""
    facts = connection.settings_dict
    if connection.vendor == "sqlite":
        return f"sqlite:///{facts['NAME']}"
    return f"postgres://{facts['USER']}:{facts['PASSWORD']}@{facts['HOST']}:{facts['PORT']}/{facts['NAME']}"


@contextmanager
def working(*arguments: str, state: Path, port: int, **environment: str) -> Iterator[subprocess.Popen[bytes]]:
    """Run a worker with its children until the block ends.

    Args:
        arguments: What Python runs.
        state: Its state folder.
        port: TCP port of the mail server.
        environment: Further settings.

    Yields:
        The leader of its process group.
    """
    known = {
        **os.environ,
        "DJANGO_SETTINGS_MODULE": "config.settings",
        "DATABASE_URL": database_url(),
        "EMAIL_URL": f"smtp://127.0.0.1:{port}",
        "STATE_DIR": str(state),
        "REDIS_URL": "",
        "SWEEP_SECONDS": "1",
        "LEASE_SECONDS": "3",
        **environment,
    }
    with (state / "worker.log").open("ab") as log:
        process = subprocess.Popen(
            [sys.executable, *arguments],
            cwd=settings.BASE_DIR,
            env=known,
            stdout=log,
            stderr=log,
            start_new_session=True,
        )
        try:
            yield process
        finally:
            kill(process)


def kill(process: subprocess.Popen[bytes]) -> None:
    """Kill a worker and its children, without a last word."""
    if process.poll() is None:
        os.killpg(process.pid, signal.SIGKILL)
        process.wait(timeout=10)


def until(holds: Callable[[], bool], *, seconds: float = 40) -> None:
    """Wait until something holds.

    Args:
        holds: Asked ten times a second.
        seconds: How long at most.

    Raises:
        TimeoutError: it did not come to hold.
    """
    deadline = time.monotonic() + seconds
    while not holds():
        if time.monotonic() > deadline:
            raise TimeoutError
        time.sleep(0.1)
