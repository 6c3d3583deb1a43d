"""The bell: wakes whoever delivers. It carries nothing, and nothing is lost when nobody hears it."""

import logging
import threading

from celery import current_app
from django.conf import settings
from kombu.exceptions import OperationalError

logger = logging.getLogger(__name__)

rung = threading.Event()
_to_pass_on = threading.Event()
_ringer_lock = threading.Lock()
_ringer: threading.Thread | None = None


def ring() -> None:
    """Wake the worker of this process; with Redis, a thread passes the ring on, so that no request waits for Redis."""
    rung.set()
    if settings.REDIS_URL:
        _to_pass_on.set()
        _start_ringer()


def ring_celery() -> bool:
    """Ask Celery to deliver what is due; one try, because the next sweep delivers it anyway.

    Returns:
        Whether the broker took it.
    """
    try:
        # A sweep delivers it as well: rings that pile up behind a busy worker must not keep sweeps from their turn.
        lasts = settings.SWEEP_SECONDS
        current_app.send_task("notifications.deliver_due", retry=False, ignore_result=True, expires=lasts)
    except (OperationalError, OSError) as error:
        logger.warning("the broker did not hear the bell: %s", type(error).__name__)
        return False
    return True


def _start_ringer() -> None:
    global _ringer
    with _ringer_lock:
        if _ringer is None or not _ringer.is_alive():
            _ringer = threading.Thread(target=_pass_on, name="notifications-bell", daemon=True)
            _ringer.start()


def _pass_on() -> None:
    while True:
        _to_pass_on.wait()
        _to_pass_on.clear()
        ring_celery()
