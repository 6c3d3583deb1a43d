"""A calendar to subscribe to: how many things are due on which day, never what or about whom.

The address is a secret of its own, because calendars cannot sign in: whoever has it reads counts, and nothing else.
"""

import hashlib
import secrets
from collections.abc import Callable, Mapping
from datetime import UTC, date, datetime, timedelta

from django.conf import settings
from django.contrib.auth.base_user import AbstractBaseUser
from django.utils.translation import ngettext

from notifications.models import Feed

Counter = Callable[[AbstractBaseUser, date], Mapping[date, int]]
COUNTERS: list[Counter] = []
LINE = 75


def register(counter: Counter) -> None:
    """Add something that is counted in calendars; rooms above do so in ``AppConfig.ready``.

    Args:
        counter: Takes an account and today, gives how many things are due by day, today and later.
    """
    COUNTERS.append(counter)


def make_feed(*, account: AbstractBaseUser, at: datetime) -> str:
    """Make the secret of somebody's calendar; an earlier one stops working.

    Args:
        account: Whose.
        at: The moment, timezone-aware.

    Returns:
        The secret, which is shown once and stored nowhere.
    """
    token = secrets.token_urlsafe(32)
    Feed.objects.update_or_create(account=account, defaults={"token_hash": _hash(token), "made_at": at})
    return token


def end_feed(*, account: AbstractBaseUser) -> bool:
    """Let the address of somebody's calendar stop working; returns whether there was one."""
    return bool(Feed.objects.filter(account=account).delete()[0])


def owner_of(token: str) -> AbstractBaseUser | None:
    """Find the active account whose calendar has this secret."""
    found = Feed.objects.filter(token_hash=_hash(token), account__is_active=True).select_related("account").first()
    return found.account if found else None


def calendar_of(account: AbstractBaseUser, *, on: date, at: datetime) -> str:
    """Write somebody's calendar as iCalendar (RFC 5545), in the language that is active.

    Args:
        account: Whose.
        on: Today.
        at: The moment, timezone-aware.

    Returns:
        The text, with one event for each day on which something is due.
    """
    counts: dict[date, int] = {}
    for counter in COUNTERS:
        for day, count in counter(account, on).items():
            counts[day] = counts.get(day, 0) + count
    lines = ["BEGIN:VCALENDAR", "VERSION:2.0", "PRODID:-//Kaoping//Due//EN", "REFRESH-INTERVAL;VALUE=DURATION:PT6H"]
    for day in sorted(counts):
        lines += _event(account, day, counts[day], at)
    return "\r\n".join(folded for line in [*lines, "END:VCALENDAR", ""] for folded in _folded(line))


def _event(account: AbstractBaseUser, day: date, count: int, at: datetime) -> list[str]:
    name = hashlib.sha256(f"{settings.SECRET_KEY}:{account.pk}:{day}".encode()).hexdigest()[:32]
    return [
        "BEGIN:VEVENT",
        f"UID:{name}@kaoping",
        f"DTSTAMP:{at.astimezone(UTC):%Y%m%dT%H%M%SZ}",
        f"DTSTART;VALUE=DATE:{day:%Y%m%d}",
        f"DTEND;VALUE=DATE:{day + timedelta(days=1):%Y%m%d}",
        "SUMMARY:" + ngettext("{n} item due", "{n} items due", count).format(n=count),
        f"URL:{settings.SITE_ADDRESS}/",
        "TRANSP:TRANSPARENT",
        "END:VEVENT",
    ]


def _folded(line: str) -> list[str]:
    """Fold a line after 75 bytes at a whole sign, as the format asks."""
    parts, part = [], ""
    for sign in line:
        if len((part + sign).encode()) > LINE - bool(parts):
            parts.append(part)
            part = ""
        part += sign
    return [("" if place == 0 else " ") + text for place, text in enumerate([*parts, part])]


def _hash(token: str) -> str:
    return hashlib.sha256(token.encode()).hexdigest()
