"""What leaves the system: claim with a lease, send, and write the outcome only while the lease is still ours."""

import random
import time
from collections import deque
from collections.abc import Callable, Collection, Sequence
from contextlib import ExitStack, closing
from dataclasses import asdict, dataclass, field, replace
from datetime import datetime, timedelta

from django.conf import settings
from django.utils.translation import override

from notifications.channels import Carrier, Parcel, Part
from notifications.channels.email import EmailCarrier
from notifications.channels.errors import OutcomeUnknown, PassingFailure, PermanentFailure
from notifications.channels.robots import RobotCarrier
from notifications.channels.sms import SmsCarrier
from notifications.digest_lines import line_of
from notifications.digests import parts_of
from notifications.enums import AT_LEAST_ONCE, AT_MOST_ONCE, Channel, State
from notifications.leases import claim, finish, give_up_expired, hand_back, is_held
from notifications.messages import DIGEST, KINDS, FactsGone, UnknownKind, words_of
from notifications.models import Outbox, Preference
from notifications.reminders import is_worth_another, pause_seconds
from notifications.rules.routing import Group, awake
from notifications.wishes import local, wish_of

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


@dataclass
class Round:
    """One round of sending: its clock, its carriers and what came of it.

    Attributes:
        now: Tells the moment, timezone-aware.
        stopped: Says whether the worker shall end.
        stack: Closes the carriers.
        done: What was done so far.
        carriers: Those that are open, by channel.
        is_slow: Whether something was given back untried; the next round takes it.
    """

    now: Callable[[], datetime]
    stopped: Callable[[], bool]
    stack: ExitStack
    done: Delivered
    carriers: dict[str, Carrier] = field(default_factory=dict)
    is_slow: bool = False

    def turn(self, channels: Collection[str], *, limit: int, at_a_time: int) -> int:
        """Send what is due by some channels, for three quarters of a lease at most; then the others have their turn.

        Args:
            channels: By which channels.
            limit: Messages at most.
            at_a_time: How many are claimed together.

        Returns:
            How many were tried.
        """
        tried, end = 0, self.now() + timedelta(seconds=settings.LEASE_SECONDS * 3 / 4)
        while tried < limit and self.now() < end and not (self.is_slow or self.stopped()):
            letters = claim(at=self.now(), limit=min(at_a_time, limit - tried), channels=channels)
            if not letters:
                break
            tried += self.send(letters)
        return tried

    def send(self, letters: Sequence[Outbox]) -> int:
        """Send claimed messages while their lease lasts, and give back what was not begun, whatever happens.

        Returns:
            How many were tried.
        """
        waiting = deque(letters)
        try:
            while waiting and is_held(waiting[0], at=self.now()) and not self.stopped():
                carrier = self._carrier(waiting[0].channel)
                self.done.add(send_one(waiting.popleft(), carrier, at=self.now()))
        finally:
            if waiting:
                self.is_slow = True
                self.done.lost += len(waiting) - hand_back(waiting, at=self.now())
        return len(letters) - len(waiting)

    def _carrier(self, channel: str) -> Carrier:
        if channel not in self.carriers:
            self.carriers[channel] = self.stack.enter_context(closing(CARRIERS[channel]()))
        return self.carriers[channel]


def deliver_due(*, at: datetime, limit: int = 1000, stopped: Callable[[], bool] = bool) -> Delivered:
    """Send what is due; letters, and then what must never go out twice, have their turns.

    Args:
        at: The moment the round begins, timezone-aware.
        limit: Messages at most.
        stopped: Says whether the worker shall end; asked between two messages.

    Returns:
        What was done.
    """
    begun = time.monotonic()
    with ExitStack() as stack:
        way = Round(lambda: at + timedelta(seconds=time.monotonic() - begun), stopped, stack, Delivered())
        way.done.unknown += give_up_expired(at=at)
        while limit > 0:
            tried = way.turn(AT_LEAST_ONCE, limit=min(limit, AT_A_TIME), at_a_time=AT_A_TIME)
            is_slow, way.is_slow = way.is_slow, False
            tried += way.turn(AT_MOST_ONCE, limit=min(limit, AT_A_TIME), at_a_time=1)
            limit -= tried
            if not tried or is_slow or way.is_slow:
                break
    return way.done


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
        attempts = letter.attempts + 1
        pause = pause_seconds(attempts, luck=random.random())  # noqa: S311 - spreads, hides nothing
        again = again_at(letter, at + timedelta(seconds=max(pause, failure.wait_seconds or 0)))
        if is_of_no_use(letter, again):
            return finish(letter, State.FAILED, last_error="too_late")
        if not is_worth_another(attempts):
            return finish(letter, State.FAILED, last_error=failure.code)
        return finish(letter, State.RETRY, last_error=failure.code, not_before=again)
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


def is_of_no_use(letter: Outbox, moment: datetime) -> bool:
    """Say whether a text message would come after the only day on which it is true; its letter comes all the same."""
    is_of_a_day = letter.channel == Channel.SMS and letter.kind in KINDS and KINDS[letter.kind].today
    return is_of_a_day and local(moment).date() > local(letter.created_at).date()


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
    words = words_of(letter.kind, facts, language=language)
    if letter.channel == Channel.SMS and "n" in facts:
        with override(language):
            words = replace(words, subject=line_of(letter.kind, facts["n"]))
    return Parcel(
        key=letter.key,
        name=name,
        address=address,
        language=language,
        words=words,
        parts=parts,
        link=settings.SITE_ADDRESS + (letter.link or "/notices/"),
        written_at=letter.created_at,
    )
