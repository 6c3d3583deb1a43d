"""How somebody is told something, and when: at once, in the digest, or not at all. Pure: no clock, no database.

Sources: docs/notifications.md, "How people are told"; ADR 9. Moments are aware and stand in the zone of the person's
hours; whether a day is worked comes as an argument.
"""

from collections.abc import Callable, Collection, Mapping
from dataclasses import dataclass, field
from datetime import date, datetime, time, timedelta
from enum import StrEnum

IN_APP, EMAIL, SMS = "inapp", "email", "sms"
DAY = timedelta(days=1)
# Longer than any run of days off; a calendar without working days must not hold a letter for ever.
LONGEST_RUN_OFF = 30
REMINDERS_A_WEEK = 2

IsWorkday = Callable[[date], bool]


class Group(StrEnum):
    """A few coarse groups of kinds, as people decide about them."""

    WAITING = "waiting"
    OWN = "own"
    BELOW = "below"
    INFORMATION = "information"
    SYSTEM = "system"
    # A right of the person hangs on it: its letter cannot be switched off and does not wait for a digest.
    RIGHTS = "rights"
    # The person sits in front of the screen and waits for it: neither hours nor wishes hold it.
    ACCESS = "access"


CHOOSABLE = (Group.WAITING, Group.OWN, Group.BELOW, Group.INFORMATION, Group.SYSTEM)


class Way(StrEnum):
    """How a message leaves by one channel."""

    SINGLY = "singly"
    DIGEST = "digest"
    NEVER = "never"


class Why(StrEnum):
    """Why it leaves that way."""

    ALWAYS = "always"  # the system itself keeps every notice
    ASKED_FOR = "asked_for"  # the person waits for it right now
    RIGHT = "right"  # a right of the person hangs on it
    URGENT = "urgent"
    CHOSEN = "chosen"  # the person wants this group singly
    TOO_LATE = "too_late"  # the next digest would come after the last useful moment
    BUDGET = "budget"  # the week's reminders are used up: it joins the next digest that goes out
    DAILY = "daily"  # the digest, as chosen or by default
    SWITCHED_OFF = "switched_off"  # the person does not want this group by this channel
    NO_ADDRESS = "no_address"  # no address, or a telephone nobody has confirmed
    NO_USE = "no_use"  # a text message that would come after the last useful moment
    URGENT_ONLY = "urgent_only"  # text messages are for what is urgent


class Held(StrEnum):
    """What moved the moment of a single message."""

    NOT = ""
    QUIET_HOURS = "quiet_hours"
    DAY_OFF = "day_off"


@dataclass(frozen=True, slots=True)
class Rhythm:
    """When somebody can be reached.

    Attributes:
        digest_at: Time of day of the digest; inside the quiet hours it moves to their end.
        quiet_from, quiet_until: Quiet hours, the end not among them, over midnight where the first is later; equal
            times mean none.
        on_days_off: Whether digests and letters that are not urgent also come on days off.
    """

    digest_at: time = time(8, 30)
    quiet_from: time = time(21)
    quiet_until: time = time(8)
    on_days_off: bool = False


@dataclass(frozen=True, slots=True)
class Wish:
    """How somebody wants to be told.

    Attributes:
        rhythm: When.
        email: Way by group; a group that is missing comes in the digest.
        urgent_by_sms: Whether urgent messages also come as text messages.
    """

    rhythm: Rhythm = field(default_factory=Rhythm)
    email: Mapping[str, str] = field(default_factory=dict)
    urgent_by_sms: bool = True


@dataclass(frozen=True, slots=True)
class Message:
    """What a route depends on in a message.

    Attributes:
        group: Group of its kind.
        channels: Channels its kind travels by.
        urgent: Whether it must not wait for a digest.
        reminds: Whether it reminds of something told before; those are counted against the budget of the week.
        useful_until: After this moment its letter comes too late, or None.
    """

    group: str
    channels: Collection[str] = (IN_APP, EMAIL)
    urgent: bool = False
    reminds: bool = False
    useful_until: datetime | None = None


@dataclass(frozen=True, slots=True)
class Route:
    """How one message leaves by one channel.

    Attributes:
        channel: As in ``Message.channels``.
        way: Singly, in a digest, or not at all.
        moment: Earliest moment of the message, or moment of the digest; None when it does not leave.
        why: Reason of the way.
        held: What moved the moment of a single message.
    """

    channel: str
    way: Way
    moment: datetime | None
    why: Why
    held: Held = Held.NOT


def routes(
    message: Message,
    wish: Wish,
    *,
    reachable: Collection[str],
    at: datetime,
    is_workday: IsWorkday,
    reminded: int = 0,
    budget: int = REMINDERS_A_WEEK,
) -> tuple[Route, ...]:
    """Say for each channel how a person is told.

    Args:
        message: What is told.
        wish: How the person wants to be told.
        reachable: Channels by which the person can be reached: ``email`` with an address, ``sms`` with a confirmed
            telephone; the system itself need not be named.
        at: Earliest moment, aware, in the zone of the person's hours.
        is_workday: Says whether a day is worked.
        reminded: Reminders that have left by letter this week, not counting urgent ones.
        budget: Reminders a week by letter.

    Returns:
        One route for each channel of the message in its order; text messages are added to what is urgent.
    """
    channels = list(dict.fromkeys(message.channels))
    if message.urgent and SMS in reachable and SMS not in channels and EMAIL in channels:
        channels.append(SMS)
    found = []
    for channel in channels:
        if channel == IN_APP:
            found.append(Route(IN_APP, Way.SINGLY, at, Why.ALWAYS))
        elif channel not in reachable:
            found.append(Route(channel, Way.NEVER, None, Why.NO_ADDRESS))
        elif channel == SMS:
            found.append(text_route(message, wish, at=at))
        else:
            found.append(
                letter_route(message, wish, at=at, is_workday=is_workday, is_spent=reminded >= budget, channel=channel)
            )
    return tuple(found)


def letter_route(
    message: Message, wish: Wish, *, at: datetime, is_workday: IsWorkday, is_spent: bool = False, channel: str = EMAIL
) -> Route:
    """Say how a letter to somebody with an address leaves.

    Args:
        message, wish, at, is_workday: As for ``routes``.
        is_spent: Whether the reminders of the week are used up.
        channel: Channel of the route.

    Returns:
        The route.
    """
    rhythm = wish.rhythm
    if message.group == Group.ACCESS:
        return Route(channel, Way.SINGLY, at, Why.ASKED_FOR)
    if message.urgent or message.group == Group.RIGHTS:
        why = Why.RIGHT if message.group == Group.RIGHTS else Why.URGENT
        return _singly(channel, why, message, awake(at, rhythm), at, Held.QUIET_HOURS)
    wanted = wish.email.get(message.group, Way.DIGEST)
    if wanted == Way.NEVER:
        return Route(channel, Way.NEVER, None, Why.SWITCHED_OFF)
    digest = next_digest(at, rhythm, is_workday)
    if wanted == Way.SINGLY and not (message.reminds and is_spent):
        moment = office_moment(at, rhythm, is_workday)
        held = Held.QUIET_HOURS if moment.date() == awake(at, rhythm).date() else Held.DAY_OFF
        return _singly(channel, Why.CHOSEN, message, moment, at, held)
    if message.useful_until is not None and digest > message.useful_until:
        return _singly(channel, Why.TOO_LATE, message, awake(at, rhythm), at, Held.QUIET_HOURS)
    return Route(channel, Way.DIGEST, digest, Why.BUDGET if wanted == Way.SINGLY else Why.DAILY)


def text_route(message: Message, wish: Wish, *, at: datetime) -> Route:
    """Say how a text message to a confirmed telephone leaves: what is urgent, never in the quiet hours or too late."""
    if message.group == Group.ACCESS:
        return Route(SMS, Way.SINGLY, at, Why.ASKED_FOR)
    if not message.urgent:
        return Route(SMS, Way.NEVER, None, Why.URGENT_ONLY)
    if not wish.urgent_by_sms:
        return Route(SMS, Way.NEVER, None, Why.SWITCHED_OFF)
    moment = awake(at, wish.rhythm)
    if message.useful_until is not None and moment > message.useful_until:
        return Route(SMS, Way.NEVER, None, Why.NO_USE)
    return Route(SMS, Way.SINGLY, moment, Why.URGENT, Held.QUIET_HOURS if moment > at else Held.NOT)


def is_quiet(moment: time, rhythm: Rhythm) -> bool:
    """Say whether a time of day lies in the quiet hours."""
    first, end = rhythm.quiet_from, rhythm.quiet_until
    if first <= end:
        return first <= moment < end
    return moment >= first or moment < end


def awake(at: datetime, rhythm: Rhythm) -> datetime:
    """Give the moment itself, or the end of the quiet hours it lies in."""
    if not is_quiet(at.time(), rhythm):
        return at
    end = _on(at.date(), rhythm.quiet_until, at)
    return end if end > at else end + DAY


def office_moment(at: datetime, rhythm: Rhythm, is_workday: IsWorkday) -> datetime:
    """Give the first moment from one on that is neither quiet nor on a day off the person keeps free."""
    moment = awake(at, rhythm)
    if rhythm.on_days_off or is_workday(moment.date()):
        return moment
    day = _workday(moment.date() + DAY, DAY, is_workday)
    return awake(_on(day, time(0), at), rhythm)


def next_digest(at: datetime, rhythm: Rhythm, is_workday: IsWorkday) -> datetime:
    """Give the moment of the first digest that is not before a moment."""
    return _digest(at, rhythm, is_workday, DAY)


def last_digest(at: datetime, rhythm: Rhythm, is_workday: IsWorkday) -> datetime:
    """Give the moment of the last digest that is not after a moment."""
    return _digest(at, rhythm, is_workday, -DAY)


def digest_due(at: datetime, rhythm: Rhythm, is_workday: IsWorkday) -> datetime | None:
    """Say which digest may leave at a moment.

    Returns:
        The moment of the last digest, when it lies on the same day and the hour is not quiet. A digest that was missed
        for the rest of its day is left to the next one.
    """
    last = last_digest(at, rhythm, is_workday)
    return last if last.date() == at.date() and not is_quiet(at.time(), rhythm) else None


def week_of(moment: datetime) -> datetime:
    """Give the moment at which the week of the budget begins: Monday, midnight."""
    return _on(moment.date() - moment.weekday() * DAY, time(0), moment)


def _digest(at: datetime, rhythm: Rhythm, is_workday: IsWorkday, step: timedelta) -> datetime:
    hour = rhythm.quiet_until if is_quiet(rhythm.digest_at, rhythm) else rhythm.digest_at
    day = at.date()
    today = _on(day, hour, at)
    if (today < at) if step > timedelta(0) else (today > at):
        day += step
    return _on(day if rhythm.on_days_off else _workday(day, step, is_workday), hour, at)


def _workday(day: date, step: timedelta, is_workday: IsWorkday) -> date:
    """Give the first working day from a day on, in one direction."""
    for number in range(LONGEST_RUN_OFF):
        if is_workday(day + number * step):
            return day + number * step
    return day


def _singly(channel: str, why: Why, message: Message, moment: datetime, at: datetime, held: Held) -> Route:
    """Let a letter wait until a moment, unless it would be of no use then."""
    if moment <= at:
        return Route(channel, Way.SINGLY, at, why)
    if message.useful_until is not None and moment > message.useful_until:
        return Route(channel, Way.SINGLY, at, why)
    return Route(channel, Way.SINGLY, moment, why, held)


def _on(day: date, hour: time, zone_of: datetime) -> datetime:
    return datetime.combine(day, hour, tzinfo=zone_of.tzinfo)
