"""The broker this process rings at: Celery keeps the first address it was told, so a test that moves it says so."""

from collections.abc import Iterator
from contextlib import contextmanager

from celery import current_app


@contextmanager
def ringing_at(url: str, settings) -> Iterator[None]:
    """Let settings and Celery of this process know a broker until the block ends.

    Args:
        url: Address of the broker.
        settings: The settings as pytest-django lends them.
    """
    known, before = settings.REDIS_URL, current_app.conf.broker_url
    settings.REDIS_URL = url
    _tell_celery(url)
    try:
        yield
    finally:
        settings.REDIS_URL = known
        _tell_celery(before)


def _tell_celery(url: str) -> None:
    current_app.conf.broker_url = url
    current_app._after_fork()  # forgets the connections it holds
