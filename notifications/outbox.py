"""The only door out: what somebody is told is written here, in the transaction of the act that tells it."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import datetime

from django.conf import settings
from django.contrib.auth import get_user_model
from django.contrib.auth.base_user import AbstractBaseUser
from django.db import transaction

from notifications import bell
from notifications.enums import Channel, State
from notifications.messages import kind_of, words_of
from notifications.models import Notice, Outbox
from notifications.rules.routing import Group, Message, Route, Way, routes
from notifications.wishes import (
    is_budgeted,
    local,
    message_of,
    preferences_of,
    reachable,
    reminded,
    wants_singly,
    wish_of,
)
from notifications.working_days import is_workday

AT_ONCE = 500
Recipient = AbstractBaseUser | int


def enqueue(
    kind: str,
    *,
    to: Recipient | Iterable[Recipient],
    key: str,
    at: datetime,
    facts: Mapping[str, object] | None = None,
    link: str = "",
    thread: str = "",
    channels: Sequence[str] | None = None,
    not_before: datetime | None = None,
    urgent: bool = False,
) -> int:
    """Tell people something, once each, inside the acting transaction; what leaves the system goes after the commit.

    Args:
        kind: Kind of message, as registered in ``notifications.messages``.
        to: One account or several, or their keys; deactivated accounts are told nothing.
        key: Names this message for ever: the same key tells the same person once.
        at: Moment of the act, timezone-aware.
        facts: Values for the sentences of the kind; never a personal value.
        link: Path of the page that shows more, beginning with one slash.
        thread: Number of the case it belongs to.
        channels: Ways to tell it; by default those of the kind. People decide how they are told by each
            (``notifications.rules.routing``).
        not_before: Earliest moment it may leave the system.
        urgent: Whether it must not wait for a digest, beside the kinds that are urgent by themselves.

    Returns:
        How many people are told; those told before count as well.

    Raises:
        UnknownKind: nobody registered the kind.
        ValueError: the link leads out of the system.
    """
    if link and (not link.startswith("/") or link.startswith(("//", "/\\"))):
        raise ValueError(f"not a path of ours: {link}")
    spoken = kind_of(kind)
    urgent = urgent or spoken.urgent
    ways = spoken.channels if channels is None else tuple(channels)
    people = _people(to)
    common = {"kind": kind, "link": link, "urgent": urgent, "created_at": at}
    earliest = local(not_before or at)
    if Channel.IN_APP in ways:
        _write_notices(people, key, facts or {}, {**common, "thread": thread})
    letters = [
        Outbox(
            **common,
            key=outbox_key(route.channel, person.pk, key),
            channel=route.channel,
            recipient_id=person.pk,
            facts=facts or {},
            budgeted=is_budgeted(spoken, urgent=urgent),
            state=State.HELD if route.way == Way.DIGEST else State.NEW,
            not_before=earliest if route.way == Way.DIGEST else route.moment,
        )
        for person, route in _routes(people, message_of(spoken, channels=ways, urgent=urgent, at=earliest), earliest)
    ]
    if letters:
        Outbox.objects.bulk_create(letters, batch_size=AT_ONCE, ignore_conflicts=True)
        transaction.on_commit(bell.ring)
    return len(people)


def say_in_group(
    kind: str,
    *,
    robot: str,
    key: str,
    at: datetime,
    facts: Mapping[str, int] | None = None,
    link: str = "",
    not_before: datetime | None = None,
) -> None:
    """Let a robot say something before its group, inside the acting transaction, once for ever.

    Args:
        kind: A kind registered with ``in_groups``.
        robot: Name of the robot, as in the settings.
        key: Names this message for ever.
        at: Moment of the act, timezone-aware.
        facts: Counts for the sentences; never a name, a case or a number of one.
        link: Path of the page that shows more.
        not_before: Earliest moment it may be said.

    Raises:
        UnknownKind: nobody registered the kind.
        ValueError: the kind is not for groups, or a fact is no count.
    """
    if not kind_of(kind).in_groups or any(not isinstance(fact, int) for fact in (facts or {}).values()):
        raise ValueError(f"not for a group: {kind}")
    said = Outbox(
        key=f"{Channel.ROBOT}:{robot}:{key}",
        channel=Channel.ROBOT,
        kind=kind,
        robot=robot,
        facts=facts or {},
        link=link,
        not_before=not_before or at,
        created_at=at,
    )
    Outbox.objects.bulk_create([said], ignore_conflicts=True)
    transaction.on_commit(bell.ring)


def outbox_key(channel: str, recipient_id: int, key: str) -> str:
    """Name one message to one person by one channel."""
    return f"{channel}:{recipient_id}:{key}"


def _people(to: Recipient | Iterable[Recipient]) -> list[AbstractBaseUser]:
    """Load whom to tell, in one order for everybody, so that two acts never wait for each other."""
    several = [to] if isinstance(to, AbstractBaseUser | int) else list(to)
    loaded = {one.pk: one for one in several if isinstance(one, AbstractBaseUser)}
    if len(loaded) == len({getattr(one, "pk", one) for one in several}):
        return [one for _, one in sorted(loaded.items()) if one.is_active]
    keys = {getattr(one, "pk", one) for one in several}
    if not keys:
        return []
    people = get_user_model().objects.filter(is_active=True, pk__in=keys).order_by("pk")
    return list(people.only("pk", "language", "email", "phone"))


def _routes(people: list[AbstractBaseUser], message: Message, at: datetime) -> Iterator[tuple[AbstractBaseUser, Route]]:
    """Say by which routes the message leaves the system; two statements at most, however many people there are."""
    if not people or set(message.channels) <= {Channel.IN_APP}:
        return
    rows = preferences_of(people)
    wishes = {person.pk: wish_of(rows.get(person.pk)) for person in people}
    singly = [pk for pk, wish in wishes.items() if message.reminds and wants_singly(wish, message.group)]
    spent = reminded(singly, at=at) if singly else {}
    for person in people:
        found = reachable(person, rows.get(person.pk))
        if message.group == Group.ACCESS:
            found |= {Channel.SMS.value} if person.phone else set()
        for route in routes(
            message,
            wishes[person.pk],
            reachable=found,
            at=at,
            is_workday=is_workday,
            reminded=spent.get(person.pk, 0),
            budget=settings.REMINDERS_A_WEEK,
        ):
            if route.channel != Channel.IN_APP and route.way != Way.NEVER:
                yield person, route


def _write_notices(people: list[AbstractBaseUser], key: str, facts: Mapping[str, object], common: dict) -> None:
    spoken = {person.language for person in people}
    words = {language: words_of(common["kind"], facts, language=language) for language in spoken}
    Notice.objects.bulk_create(
        [
            Notice(
                **common,
                recipient_id=person.pk,
                key=key,
                title=words[person.language].subject,
                body=words[person.language].text,
            )
            for person in people
        ],
        batch_size=AT_ONCE,
        ignore_conflicts=True,
    )
