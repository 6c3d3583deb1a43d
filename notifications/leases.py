"""Who holds which message on its way out: claimed with a lease, given back untried, or finished while still held.

E-mail is claimed many at a time. What must never go out twice is claimed one at a time by ``notifications.delivery``:
only what is about to be sent is held then, so a worker that is killed leaves one message in doubt, not a whole batch.
"""

import logging
import uuid
from collections.abc import Collection, Sequence
from datetime import datetime, timedelta

from django.conf import settings
from django.db import connection, transaction
from django.db.models import F, Q

from notifications.enums import AT_LEAST_ONCE, AT_MOST_ONCE, WAITING, State
from notifications.models import Outbox

logger = logging.getLogger(__name__)


def claim(*, at: datetime, limit: int, channels: Collection[str] = (*AT_LEAST_ONCE, *AT_MOST_ONCE)) -> list[Outbox]:
    """Take messages that are due, and those whose lease ran out; nobody else may send them while the lease lasts.

    Args:
        at: The moment, timezone-aware.
        limit: How many at most.
        channels: By which channels they go.

    Returns:
        The messages with their recipients; each bears the version that fences off whoever held it before.
    """
    due = Q(state__in=WAITING, not_before__lte=at, channel__in=channels) | Q(
        state=State.LEASED, lease_until__lt=at, channel__in=set(channels) & set(AT_LEAST_ONCE)
    )
    if not Outbox.objects.filter(due).exists():
        return []
    owner = uuid.uuid4().hex
    with transaction.atomic():
        rows = Outbox.objects.filter(due).order_by("not_before", "id")
        if connection.features.has_select_for_update_skip_locked:
            rows = rows.select_for_update(skip_locked=True, no_key=True)
        keys = list(rows.values_list("pk", flat=True)[:limit])
        Outbox.objects.filter(due, pk__in=keys).update(
            state=State.LEASED,
            lease_owner=owner,
            lease_until=at + timedelta(seconds=settings.LEASE_SECONDS),
            version=F("version") + 1,
        )
    held = Outbox.objects.filter(state=State.LEASED, lease_owner=owner).select_related("recipient")
    return list(held.order_by("not_before", "id"))


def hand_back(letters: Sequence[Outbox], *, at: datetime) -> int:
    """Give back messages of one claim whose sending has not begun, so that they are due again at once.

    Args:
        letters: As one ``claim`` gave them.
        at: The moment, timezone-aware.

    Returns:
        How many; what was taken over meanwhile, or whose lease is over, stays as it is.
    """
    if not letters:
        return 0
    # The owner is new in each claim, so it fences like the version, in one statement for all of them.
    ours = Outbox.objects.filter(
        pk__in=[letter.pk for letter in letters],
        lease_owner=letters[0].lease_owner,
        state=State.LEASED,
        lease_until__gt=at,
    )
    return ours.update(state=State.RETRY, lease_until=None, lease_owner="")


def give_up_expired(*, at: datetime) -> int:
    """Mark messages whose sender vanished and that must not be sent twice: a person decides about them.

    Args:
        at: The moment, timezone-aware.

    Returns:
        How many.
    """
    vanished = Outbox.objects.filter(state=State.LEASED, lease_until__lt=at, channel__in=AT_MOST_ONCE)
    return vanished.update(
        state=State.UNKNOWN,
        last_error="sender_vanished",
        lease_until=None,
        version=F("version") + 1,
        attempts=F("attempts") + 1,
    )


def is_held(letter: Outbox, *, at: datetime) -> bool:
    """Say whether enough of the lease is left to send one message; if not, another worker will take it."""
    return letter.lease_until - at > timedelta(seconds=settings.LEASE_SECONDS / 4)


def finish(letter: Outbox, state: str, **columns: object) -> str:
    """Write the outcome of one attempt and count it, unless the message was taken over since it was claimed.

    Args:
        letter: As ``claim`` gave it.
        state: Where it stands now.
        columns: What else is written.

    Returns:
        The state, or ``lost`` when the lease was no longer ours.
    """
    ours = Outbox.objects.filter(pk=letter.pk, version=letter.version, state=State.LEASED)
    if ours.update(state=state, lease_until=None, lease_owner="", attempts=F("attempts") + 1, **columns):
        return str(state)
    logger.warning("outcome of message %s not written: another worker took it over", letter.pk)
    return "lost"
