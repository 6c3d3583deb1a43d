"""The embedded worker: one thread of one process delivers what is due and sweeps. With Redis, Celery does the same."""

import fcntl
import logging
import threading
import time
from collections.abc import Callable
from pathlib import Path
from typing import IO

from django.conf import settings
from django.db import close_old_connections, connection
from django.utils import timezone

from notifications import beats, bell
from notifications.delivery import deliver_due
from notifications.sweep import sweep

logger = logging.getLogger(__name__)

# Another process of this machine may have queued something without ringing here.
LOOK_EVERY_SECONDS = 2.0


def start_in_process() -> threading.Thread:
    """Start the worker as a thread of this process; it ends with the process.

    Returns:
        The thread.
    """
    thread = threading.Thread(target=run, args=(threading.Event(),), name="notifications-worker", daemon=True)
    thread.start()
    return thread


def run(stopped: threading.Event) -> None:
    """Work until told to stop; only one process of a machine works at a time, the others wait for its end.

    Args:
        stopped: Set it and ring the bell to end the work.
    """
    lock: IO[str] | None = None
    last_sweep = -float("inf")
    while not stopped.is_set():
        lock = lock or take_lock()
        if lock is None:
            stopped.wait(LOOK_EVERY_SECONDS)
            continue
        is_time = time.monotonic() - last_sweep >= settings.SWEEP_SECONDS
        if is_time:
            last_sweep = time.monotonic()
        work_once(sweeping=is_time, stopped=stopped.is_set)
        bell.rung.wait(min(LOOK_EVERY_SECONDS, settings.SWEEP_SECONDS))
        bell.rung.clear()
    if lock is not None:
        lock.close()


def take_lock() -> IO[str] | None:
    """Take the worker's lock of this machine.

    Returns:
        The open file that holds it, or None while another process does.
    """
    file = (Path(settings.STATE_DIR) / "worker.lock").open("w")
    try:
        fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except BlockingIOError:
        file.close()
        return None
    return file


def work_once(*, sweeping: bool, stopped: Callable[[], bool] = bool) -> None:
    """Deliver what is due, and sweep when it is time; whatever fails, the worker lives on.

    Args:
        sweeping: Whether it is time to sweep.
        stopped: Says whether the worker shall end; asked between two messages.
    """
    close_old_connections()
    try:
        at = timezone.now()
        beats.beat(beats.WORKER, at=at)
        if sweeping:
            sweep(at=at, stopped=stopped)
        else:
            deliver_due(at=at, stopped=stopped)
    except Exception as error:  # The outermost loop of the worker.
        logger.error("the worker stumbled: %s", type(error).__name__)
        connection.close()
