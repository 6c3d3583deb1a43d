"""Celery rings, the outbox works; ringing twice sends once."""

from celery import shared_task
from django.conf import settings
from django.utils import timezone

from notifications import beats
from notifications import delivery as delivering
from notifications import sweep as sweeping


@shared_task(name="notifications.deliver_due")
def deliver_due() -> None:
    """Deliver what is due."""
    at = timezone.now()
    beats.beat(beats.WORKER, at=at)
    delivering.deliver_due(at=at)


@shared_task(name="notifications.sweep")
def sweep() -> None:
    """Do one pass, unless another clock rang a moment ago."""
    at = timezone.now()
    beats.beat(beats.WORKER, at=at)
    if beats.take_turn(beats.SWEEP, at=at, seconds=settings.SWEEP_SECONDS / 2):
        sweeping.sweep(at=at)
