"""Questions about notices, deliveries and the worker."""

from datetime import datetime, timedelta

from django.conf import settings
from django.contrib.auth.base_user import AbstractBaseUser
from django.db.models import BooleanField, Case, Q, QuerySet, Value, When

from notifications.beats import SWEPT, WORKER
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


def incident(pk: int) -> Outbox | None:
    """Find one message that did not arrive, or perhaps did; who may see it is asked by the screen."""
    return incidents().filter(pk=pk).first()


def background_trouble(*, at: datetime) -> str:
    """Say what is wrong with the background work.

    Args:
        at: The moment, timezone-aware.

    Returns:
        ``silent`` when nobody delivered or swept for two minutes, ``late`` when workers live and no sweep came to its
        end for as long (or for four times its pause), else an empty string.
    """
    seen = dict(WorkerBeat.objects.filter(name__in=(WORKER, SWEPT)).values_list("name", "seen_at"))
    patience = timedelta(seconds=max(SILENT_AFTER_SECONDS, 4 * settings.SWEEP_SECONDS))
    if WORKER not in seen or seen[WORKER] < at - timedelta(seconds=SILENT_AFTER_SECONDS):
        return "silent"
    return "late" if SWEPT not in seen or seen[SWEPT] < at - patience else ""
