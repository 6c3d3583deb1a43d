"""Questions about notices, deliveries and the worker."""

from datetime import datetime, timedelta

from django.contrib.auth.base_user import AbstractBaseUser
from django.db.models import BooleanField, Case, Q, QuerySet, Value, When

from notifications.beats import WORKER
from notifications.enums import INCIDENTS
from notifications.models import Notice, Outbox, WorkerBeat

SILENT_AFTER_SECONDS = 120


def notices_of(account: AbstractBaseUser) -> QuerySet[Notice]:
    """List somebody's own notices, unread first, then the newest.

    Args:
        account: Whose; nobody sees those of others.

    Returns:
        Notices with ``is_read``.
    """
    is_read = Case(When(read_at=None, then=Value(False)), default=Value(True), output_field=BooleanField())
    return Notice.objects.filter(recipient=account).annotate(is_read=is_read).order_by("is_read", "-id")


def notices_after(notices: QuerySet[Notice], *, is_read: bool, pk: int) -> QuerySet[Notice]:
    """Keep what stands below one notice in that order.

    Args:
        notices: As ``notices_of`` gave them.
        is_read, pk: Where the notice stood.

    Returns:
        The rest of the list.
    """
    below = Q(is_read=is_read, pk__lt=pk)
    return notices.filter(below if is_read else below | Q(is_read=True))


def unread_count(account: AbstractBaseUser) -> int:
    """Count what somebody has not read yet, for the bell."""
    return Notice.objects.filter(recipient=account, read_at=None).count()


def incidents() -> QuerySet[Outbox]:
    """List what was not delivered, or perhaps was, the newest first; who may see it is asked by the screen."""
    return Outbox.objects.filter(state__in=INCIDENTS).select_related("recipient").order_by("-id")


def worker_silent(*, at: datetime) -> bool:
    """Say whether nobody delivered or swept for two minutes.

    Args:
        at: The moment, timezone-aware.

    Returns:
        Whether to warn; true as well when no worker ever lived.
    """
    since = at - timedelta(seconds=SILENT_AFTER_SECONDS)
    return not WorkerBeat.objects.filter(name=WORKER, seen_at__gte=since).exists()
