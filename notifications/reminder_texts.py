"""The text messages of a sweep's reminders: one to each person and kind, with a count, for what is urgent only."""

from datetime import datetime

from django.db import transaction
from django.db.models import Count, Min

from notifications import bell
from notifications.enums import Channel
from notifications.messages import kind_of
from notifications.models import Outbox, Reminder
from notifications.outbox import AT_ONCE, outbox_key
from notifications.rules.routing import Way, Wish, text_route
from notifications.wishes import RHYTHM, local, message_of, phone_hash, rhythm_of


def write_texts(*, kind: str, subject_kind: str, at: datetime) -> None:
    """Write the text messages of the urgent reminders a sweep has just written, to telephones that were confirmed.

    One statement finds the people, one writes for each five hundred of them: the hash of a telephone is compared here.

    Args:
        kind, subject_kind, at: As for ``notifications.reminding.remind_due``.
    """
    spoken, earliest = kind_of(kind), local(at)
    if not spoken.urgent:
        return
    message = message_of(spoken, channels=[Channel.SMS], urgent=True, at=earliest)
    texts = []
    for pk, phone, confirmed, *rhythm, first, n in _people(kind, subject_kind, at):
        route = text_route(message, Wish(rhythm_of(*rhythm)), at=earliest)
        if confirmed != phone_hash(phone) or route.way != Way.SINGLY:
            continue
        texts.append(
            Outbox(
                key=outbox_key(Channel.SMS, pk, f"reminder:{first}"),
                channel=Channel.SMS,
                kind=kind,
                recipient_id=pk,
                facts={"n": n},
                urgent=True,
                not_before=route.moment,
                created_at=at,
            )
        )
    if texts:
        Outbox.objects.bulk_create(texts, batch_size=AT_ONCE, ignore_conflicts=True)
        transaction.on_commit(bell.ring)


def _people(kind: str, subject_kind: str, at: datetime) -> list[tuple]:
    """Find who wants text messages: key, telephone, confirmed hash, rhythm, first reminder and how many."""
    new = Reminder.objects.filter(
        created_at=at,
        kind=kind,
        subject_kind=subject_kind,
        recipient__is_active=True,
        recipient__telling__urgent_by_sms=True,
    ).exclude(recipient__telling__confirmed_phone="")
    columns = [f"recipient__telling__{column}" for column in ("confirmed_phone", *RHYTHM)]
    people = new.order_by("recipient").values_list("recipient", "recipient__phone", *columns)
    return list(people.annotate(first=Min("pk"), n=Count("pk")))
