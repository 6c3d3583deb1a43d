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


def lock_incident(*, delivery_id: int, version: int) -> Outbox | None:
    """Lock a message that did not arrive, or perhaps did; only inside a transaction.

    Args:
        delivery_id: Key of the message.
        version: Its version as somebody saw it; every attempt counts it up.

    Returns:
        The message, or None when somebody sent it again in between, or there is nothing to send again.
    """
    found = Outbox.objects.filter(pk=delivery_id, version=version, state__in=INCIDENTS)
    return found.select_for_update(of=("self",)).select_related("recipient").first()


def release(letter: Outbox, *, by: AbstractBaseUser, at: datetime) -> None:
    """Let a locked message leave again; whoever calls it records why, in the same transaction.

    Args:
        letter: As ``lock_incident`` gave it.
        by: Who decided it; kept with the message.
        at: The moment, timezone-aware.
    """
    letter.state, letter.not_before, letter.attempts, letter.resent_by, letter.resent_at = State.RETRY, at, 0, by, at
    letter.save(update_fields=["state", "not_before", "attempts", "resent_by", "resent_at"])
    transaction.on_commit(bell.ring)
