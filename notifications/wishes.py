"""How people want to be told: from their rows to what the rules read, for one person or for everybody at once."""

from collections.abc import Collection, Iterable
from datetime import datetime, time, timedelta

from django.contrib.auth.base_user import AbstractBaseUser
from django.db.models import Count, QuerySet
from django.utils import timezone
from django.utils.crypto import salted_hmac

from notifications.enums import IN_DIGEST, Channel
from notifications.messages import Kind
from notifications.models import Outbox, Preference
from notifications.rules.routing import CHOOSABLE, Message, Rhythm, Way, Wish, week_of

RHYTHM = ("digest_at", "quiet_from", "quiet_until", "on_days_off")


def wish_of(preference: Preference | None) -> Wish:
    """Read a person's row; nobody's row is the default."""
    if preference is None:
        return Wish()
    return Wish(
        rhythm=rhythm_of(*(getattr(preference, column) for column in RHYTHM)),
        email={group.value: getattr(preference, group.value) for group in CHOOSABLE},
        urgent_by_sms=preference.urgent_by_sms,
    )


def rhythm_of(digest_at: str | None, quiet_from: str, quiet_until: str, on_days_off: bool) -> Rhythm:
    """Read the columns ``RHYTHM`` of a row; without a row the first is None, and it is the default."""
    if digest_at is None:
        return Rhythm()
    return Rhythm(*(time.fromisoformat(text) for text in (digest_at, quiet_from, quiet_until)), bool(on_days_off))


def preferences_of(people: Iterable[AbstractBaseUser]) -> dict[int, Preference]:
    """Read the rows of several people by the key of their account, in one statement."""
    return {row.account_id: row for row in Preference.objects.filter(account__in=[person.pk for person in people])}


def reachable(person: AbstractBaseUser, preference: Preference | None) -> set[str]:
    """Say by which channels somebody can be reached: with an address, with a telephone that was confirmed."""
    found = {Channel.EMAIL.value} if person.email else set()
    if preference and preference.confirmed_phone and preference.confirmed_phone == phone_hash(person.phone):
        found.add(Channel.SMS.value)
    return found


def phone_hash(number: str) -> str:
    """Hash a telephone number as ``Preference.confirmed_phone`` keeps it."""
    return salted_hmac("notifications.phone", number, algorithm="sha256").hexdigest()


def message_of(kind: Kind, *, channels: Collection[str], urgent: bool, at: datetime) -> Message:
    """Say what the route of a message of a kind depends on.

    Args:
        kind: As it was registered.
        channels: Channels it travels by.
        urgent: Whether it must not wait for a digest.
        at: Earliest moment, aware, local.
    """
    until = midnight_after(at) if kind.today else None
    return Message(str(kind.group), tuple(channels), urgent, is_budgeted(kind, urgent=urgent), until)


def is_budgeted(kind: Kind, *, urgent: bool) -> bool:
    """Say whether a letter counts against the reminders of the week: not what is urgent, nor what is due today."""
    return kind.reminds and not urgent and not kind.today


def local(at: datetime) -> datetime:
    """Give a moment in the zone of people's hours."""
    return timezone.localtime(at, timezone.get_default_timezone())


def midnight_after(at: datetime) -> datetime:
    """Give the end of a local day."""
    return datetime.combine(at.date() + timedelta(days=1), time(0), tzinfo=at.tzinfo)


def reminder_letters(at: datetime) -> QuerySet[Outbox]:
    """Find the letters that count against the budget of the week of a moment."""
    letters = Outbox.objects.filter(budgeted=True, created_at__gte=week_of(local(at)))
    return letters.exclude(state__in=IN_DIGEST).order_by()


def reminded(people: Collection[int], *, at: datetime) -> dict[int, int]:
    """Count the reminders that left by letter this week, by account."""
    letters = reminder_letters(at).filter(recipient__in=people)
    return dict(letters.values_list("recipient").annotate(n=Count("pk")))


def wants_singly(wish: Wish, group: str) -> bool:
    """Say whether somebody wants the letters of a group singly."""
    return wish.email.get(group) == Way.SINGLY
