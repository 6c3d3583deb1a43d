"""What people do with notices and with messages that did not arrive."""

from datetime import datetime

from django.contrib.auth.base_user import AbstractBaseUser
from django.db import transaction

from notifications import bell
from notifications.enums import INCIDENTS, State
from notifications.models import Notice, Outbox


def mark_read(*, notice: Notice, at: datetime) -> None:
    """Note that a notice was opened; the first time counts."""
    Notice.objects.filter(pk=notice.pk, read_at=None).update(read_at=at)


def mark_all_read(*, account: AbstractBaseUser, at: datetime) -> int:
    """Note that somebody has seen all notices; returns how many were new."""
    return Notice.objects.filter(recipient=account, read_at=None).update(read_at=at)


@transaction.atomic
def send_again(*, delivery_id: int, by: AbstractBaseUser, at: datetime) -> bool:
    """Send a message again that did not arrive, or perhaps did.

    Args:
        delivery_id: Key of the message.
        by: Who decided it; kept with the message.
        at: The moment, timezone-aware.

    Returns:
        False when somebody else did so before, or there is nothing to send again.
    """
    waiting = Outbox.objects.filter(pk=delivery_id, state__in=INCIDENTS)
    transaction.on_commit(bell.ring)
    return bool(waiting.update(state=State.RETRY, not_before=at, attempts=0, resent_by=by, resent_at=at))
