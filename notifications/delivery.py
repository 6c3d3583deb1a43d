"""What leaves the system: claim with a lease, send, and write the outcome only while the lease is still ours."""

import logging
import random
import time
import uuid
from contextlib import ExitStack, closing
from dataclasses import asdict, dataclass
from datetime import datetime, timedelta

from django.conf import settings
from django.db import connection, transaction
from django.db.models import F, Q
from django.utils.translation import override

from notifications.channels import Carrier, Parcel, Part
from notifications.channels.email import EmailCarrier
from notifications.channels.errors import OutcomeUnknown, PassingFailure, PermanentFailure
from notifications.channels.robots import RobotCarrier
from notifications.channels.sms import SmsCarrier
from notifications.digests import parts_of
from notifications.enums import AT_LEAST_ONCE, WAITING, Channel, State
from notifications.messages import DIGEST, KINDS, FactsGone, UnknownKind, words_of
from notifications.models import Outbox, Preference
from notifications.reminders import is_worth_another, pause_seconds
from notifications.rules.routing import Group, awake
from notifications.wishes import local, wish_of

logger = logging.getLogger(__name__)

CARRIERS = {Channel.EMAIL: EmailCarrier, Channel.SMS: SmsCarrier, Channel.ROBOT: RobotCarrier}
AT_A_TIME = 20


@dataclass
class Delivered:
    """What one round did.

    Attributes:
        sent, retry, failed, unknown: Messages by outcome.
        lost: Outcomes that were not written because another worker had taken the lease over.
    """

    sent: int = 0
    retry: int = 0
    failed: int = 0
    unknown: int = 0
    lost: int = 0

    def add(self, outcome: str) -> None:
        """Count one message."""
        setattr(self, outcome, getattr(self, outcome) + 1)

    def as_dict(self) -> dict[str, int]:
        """Give the counts by name."""
        return asdict(self)


def deliver_due(*, at: datetime, limit: int = 1000) -> Delivered:
    """Send what is due.

    Args:
        at: The moment the round begins, timezone-aware.
        limit: Messages at most.

    Returns:
        What was done.
    """
    done, begun = Delivered(), time.monotonic()
    done.unknown += give_up_expired(at=at)
    with ExitStack() as stack:
        carriers: dict[str, Carrier] = {}
        while limit > 0:
            moment = at + timedelta(seconds=time.monotonic() - begun)
            letters = claim(at=moment, limit=min(limit, AT_A_TIME))
            for letter in letters:
                moment = at + timedelta(seconds=time.monotonic() - begun)
                if not is_held(letter, at=moment):
                    done.add("lost")
                    continue
                if letter.channel not in carriers:
                    carriers[letter.channel] = stack.enter_context(closing(CARRIERS[letter.channel]()))
                done.add(send_one(letter, carriers[letter.channel], at=moment))
            limit -= len(letters)
            if not letters:
                break
    return done


def claim(*, at: datetime, limit: int) -> list[Outbox]:
    """Take messages that are due, and those whose lease ran out; nobody else may send them while the lease lasts.

    Args:
        at: The moment, timezone-aware.
        limit: How many at most.

    Returns:
        The messages with their recipients; each bears the version that fences off whoever held it before.
    """
    due = Q(state__in=WAITING, not_before__lte=at) | Q(
        state=State.LEASED, lease_until__lt=at, channel__in=AT_LEAST_ONCE
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
            attempts=F("attempts") + 1,
        )
    held = Outbox.objects.filter(state=State.LEASED, lease_owner=owner).select_related("recipient")
    return list(held.order_by("not_before", "id"))


def give_up_expired(*, at: datetime) -> int:
    """Mark messages whose sender vanished and that must not be sent twice: a person decides about them.

    Args:
        at: The moment, timezone-aware.

    Returns:
        How many.
    """
    vanished = Outbox.objects.filter(state=State.LEASED, lease_until__lt=at).exclude(channel__in=AT_LEAST_ONCE)
    return vanished.update(
        state=State.UNKNOWN, last_error="sender_vanished", lease_until=None, version=F("version") + 1
    )


def is_held(letter: Outbox, *, at: datetime) -> bool:
    """Say whether enough of the lease is left to send one message; if not, another worker will take it."""
    return letter.lease_until - at > timedelta(seconds=settings.LEASE_SECONDS / 4)


def send_one(letter: Outbox, carrier: Carrier, *, at: datetime) -> str:
    """Send one claimed message and write its outcome.

    Args:
        letter: As ``claim`` gave it.
        carrier: Who carries its channel.
        at: The moment, timezone-aware.

    Returns:
        The name of a count of ``Delivered``.
    """
    try:
        provider_id = carrier.send(parcel_of(letter))
    except PassingFailure as failure:
        if not is_worth_another(letter.attempts):
            return finish(letter, State.FAILED, last_error=failure.code)
        pause = pause_seconds(letter.attempts, luck=random.random())  # noqa: S311 - spreads, hides nothing
        pause = max(pause, failure.wait_seconds or 0)
        return finish(
            letter, State.RETRY, last_error=failure.code, not_before=again_at(letter, at + timedelta(seconds=pause))
        )
    except PermanentFailure as failure:
        return finish(letter, State.FAILED, last_error=failure.code)
    except OutcomeUnknown as failure:
        return finish(letter, State.UNKNOWN, last_error=failure.code)
    except (UnknownKind, FactsGone, KeyError, ValueError) as error:
        # A kind, fact or key that no longer exists: shown on the incident page, and the others go on.
        return finish(letter, State.FAILED, last_error=type(error).__name__)
    return finish(letter, State.SENT, sent_at=at, provider_id=provider_id, last_error="", facts={})


def again_at(letter: Outbox, moment: datetime) -> datetime:
    """Give the moment of the next attempt: a text message does not come in the quiet hours of its reader."""
    if letter.channel != Channel.SMS or (letter.kind in KINDS and KINDS[letter.kind].group == Group.ACCESS):
        return moment
    wish = wish_of(Preference.objects.filter(account=letter.recipient_id).first())
    return awake(local(moment), wish.rhythm)


def finish(letter: Outbox, state: str, **columns: object) -> str:
    """Write an outcome, unless the message was taken over since it was claimed.

    Args:
        letter: As ``claim`` gave it.
        state: Where it stands now.
        columns: What else is written.

    Returns:
        The state, or ``lost`` when the lease was no longer ours.
    """
    ours = Outbox.objects.filter(pk=letter.pk, version=letter.version, state=State.LEASED)
    if ours.update(state=state, lease_until=None, lease_owner="", **columns):
        return str(state)
    logger.warning("outcome of message %s not written: another worker took it over", letter.pk)
    return "lost"


def parcel_of(letter: Outbox) -> Parcel:
    """Make a message ready to go, with the address and language of this moment.

    Args:
        letter: A message with its recipient.

    Returns:
        The parcel.

    Raises:
        PermanentFailure: the recipient is deactivated or has no address any more.
    """
    if letter.channel == Channel.ROBOT:
        return _parcel(letter, letter.robot, letter.robot, settings.LANGUAGE_CODE)
    person = letter.recipient
    address = person.email if letter.channel == Channel.EMAIL else person.phone
    if not person.is_active:
        raise PermanentFailure("recipient_inactive")
    if not address:
        raise PermanentFailure("no_address")
    return _parcel(letter, person.name, address, person.language)


def _parcel(letter: Outbox, name: str, address: str, language: str) -> Parcel:
    parts: tuple[Part, ...] = ()
    facts = letter.facts
    if letter.kind == DIGEST:
        with override(language):
            parts = parts_of(letter)
        facts = {"n": letter.bundled.count()}
    return Parcel(
        key=letter.key,
        name=name,
        address=address,
        language=language,
        words=words_of(letter.kind, facts, language=language),
        parts=parts,
        link=settings.SITE_ADDRESS + (letter.link or "/notices/"),
        written_at=letter.created_at,
    )
