"""``sweep``: reminding of 2,500 seats among 50,000, beside a loop over them and beside the bare INSERT … SELECT."""

from datetime import timedelta

from django.db import connection, transaction

from approvals.models import InboxRow
from config.bench import rows
from config.bench.frame import Contender, Line, measure
from config.bench.world import World, analyze
from notifications.enums import Channel
from notifications.messages import words_of
from notifications.models import Notice, Outbox, Reminder
from notifications.reminding import remind_of

ROWS, DUE_EVERY = 50_000, 20
DUE = ROWS // DUE_EVERY
KIND = "seat_due_today"


def run(world: World, *, rounds: int) -> list[Line]:
    """Measure one sweep that finds 2,500 due seats.

    Args:
        world: The database of the bench.
        rounds: How many rounds.
    """
    rows.fill_inbox(world, size=ROWS, due_every=DUE_EVERY)
    analyze()
    contenders = [
        Contender("remind_of(seat): set-based", lambda _none: _ours(world), DUE, _forget),
        Contender("loop: filtered query, one save each", lambda _none: _loop(world), DUE, _forget),
        Contender("bound: INSERT … SELECT alone", lambda _none: _bound(world), DUE, _forget),
    ]
    lines = measure("sweep", contenders, unit="reminder", rounds=rounds)
    rows.empty_inbox()
    return lines


def _ours(world: World) -> None:
    assert remind_of("seat", world.at) == DUE


def _loop(world: World) -> None:
    found = InboxRow.objects.filter(due_at__gt=world.at, due_at__lte=world.at + timedelta(days=1))
    for row in found.select_related("account").iterator():
        with transaction.atomic():
            words = words_of(KIND, {}, language=row.account.language)
            reminder, new = Reminder.objects.get_or_create(
                subject_kind="seat", subject_id=row.seat_id, recipient=row.account, kind=KIND, due_at=row.due_at,
                defaults={"thread": row.case_number, "link": "/inbox/", "created_at": world.at},
            )  # fmt: skip
            if not new:
                continue
            Notice.objects.create(
                recipient=row.account, key=f"reminder:{reminder.pk}", kind=KIND, title=words.subject, body=words.body,
                link="/inbox/", thread=row.case_number, created_at=world.at,
            )  # fmt: skip
            if row.account.email:
                Outbox.objects.create(
                    key=f"email:{row.account_id}:reminder:{reminder.pk}", channel=Channel.EMAIL, kind=KIND,
                    recipient=row.account, link="/inbox/", not_before=world.at, created_at=world.at,
                )  # fmt: skip


def _bound(world: World) -> None:
    with connection.cursor() as cursor:
        cursor.execute(
            "INSERT INTO notifications_reminder (subject_kind, subject_id, recipient_id, kind, due_at, thread, link,"
            " created_at) SELECT 'seat', seat_id, account_id, %s, due_at, case_number, '/inbox/', %s"
            " FROM approvals_inboxrow WHERE due_at > %s AND due_at <= %s",
            [KIND, world.at, world.at, world.at + timedelta(days=1)],
        )
        assert cursor.rowcount == DUE


def _forget() -> None:
    for model in (Outbox, Notice, Reminder):
        model.objects.all().delete()
