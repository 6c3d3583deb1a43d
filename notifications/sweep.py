"""One pass over everything that is due: what rooms above registered, then the digests, then the delivery."""

import logging
from collections.abc import Callable
from datetime import datetime

from notifications import beats
from notifications.delivery import deliver_due
from notifications.digests import bundle_due

logger = logging.getLogger(__name__)

Sweeper = Callable[[datetime], int]
SWEEPERS: dict[str, Sweeper] = {}
FAILED = -1


def register(name: str, sweeper: Sweeper) -> None:
    """Add something to do in every sweep; doing it twice must do nothing new.

    Args:
        name: What it is called in counts and logs.
        sweeper: Takes the moment, returns how many things it did.
    """
    SWEEPERS[name] = sweeper


def sweep(*, at: datetime, stopped: Callable[[], bool] = bool) -> dict[str, int]:
    """Do one pass: every registered sweeper, then the digests, then the delivery.

    Args:
        at: The moment, timezone-aware.
        stopped: Says whether the worker shall end; asked between two messages.

    Returns:
        Counts by name; ``FAILED`` for a sweeper that raised.
    """
    counts = {name: _count(name, sweeper, at) for name, sweeper in SWEEPERS.items()}
    counts["digests"] = _count("digests", bundle_due, at)
    counts |= deliver_due(at=at, stopped=stopped).as_dict()
    beats.beat(beats.SWEPT, at=at)
    return counts


def _count(name: str, sweeper: Sweeper, at: datetime) -> int:
    try:
        return sweeper(at)
    except Exception as error:  # The outermost loop of the worker: one that fails must not stop the others.
        logger.error("sweeper %s failed: %s", name, type(error).__name__)
        return FAILED
