"""Proof of notice: who was told what about a case, by which ways, and how far each of them got."""

from collections import defaultdict
from collections.abc import Iterable
from datetime import datetime

from django.db.models import Q, QuerySet

from notifications.enums import Channel
from notifications.messages import DIGEST
from notifications.models import Notice, Outbox, Reminder
from notifications.outbox import outbox_key

REMINDER = "reminder:"


def told_about(thread: str, *, beside: Iterable[tuple[str, datetime | None]] = ()) -> QuerySet[Notice]:
    """List who was told what about one case, the newest first; who may see it is asked by the screen.

    Args:
        thread: Number of the case.
        beside: Other threads that were about the case as well, such as letters, each up to a moment or still.
    """
    about = Q(thread=thread)
    for other, until in beside:
        about |= Q(thread=other) if until is None else Q(thread=other, created_at__lte=until)
    return Notice.objects.filter(about).select_related("recipient").order_by("-id")


def letters_with(notices: Iterable[Notice]) -> dict[tuple[int, str], list[Outbox]]:
    """Find the letters and text messages that left the system with some notices, in one statement.

    Args:
        notices: What was told.

    Returns:
        By recipient and key of the notice, the letters in the order of their channels, each with its digest.
    """
    keys = {
        outbox_key(channel, notice.recipient_id, notice.key): (notice.recipient_id, notice.key)
        for notice in notices
        for channel in (Channel.EMAIL, Channel.SMS)
    }
    found = defaultdict(list)
    letters = Outbox.objects.filter(key__in=keys).select_related("digest__resent_by", "resent_by")
    for letter in letters.order_by("channel", "id"):
        found[keys[letter.key]].append(letter)
    return found


def reminders_of(notices: Iterable[Notice]) -> dict[str, datetime]:
    """Find of which due moments people were reminded, in one statement, by the key of the notice."""
    numbers = {notice.key: notice.key.removeprefix(REMINDER) for notice in notices if notice.key.startswith(REMINDER)}
    due = dict(Reminder.objects.filter(pk__in=numbers.values()).values_list("pk", "due_at"))
    return {key: due[int(number)] for key, number in numbers.items() if int(number) in due}


def threads_of(letter: Outbox) -> list[str]:
    """Name the cases a message is about: one, or those of all the letters in a digest.

    Args:
        letter: A message on its way out.

    Returns:
        Numbers of cases, in order, each once.
    """
    letters = list(letter.bundled.all()) if letter.kind == DIGEST else [letter]
    told = Q(pk=None)
    for each in letters:
        prefix = outbox_key(each.channel, each.recipient_id, "")
        told |= Q(recipient=each.recipient_id, key=each.key.removeprefix(prefix))
    found = Notice.objects.filter(told).exclude(thread="").order_by("thread")
    return list(found.values_list("thread", flat=True).distinct())
