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

ROWS, MANY_ROWS, DUE_EVERY = 50_000, 500_000, 20
KIND = "seat_due_today"


def run(world: World, *, rounds: int, large: bool = False) -> list[Line]:
    """Measure one sweep that finds every twentieth seat due, and a second one that writes nothing.

    Args:
        world: The database of the bench.
        rounds: How many rounds.
        large: 500,000 open seats with 25,000 due instead of a tenth of that.
    """
    size = MANY_ROWS if large else ROWS
    due = size // DUE_EVERY
    rows.fill_inbox(world, size=size, due_every=DUE_EVERY)
    analyze()
    contenders = [
        Contender("remind_of(seat): set-based", lambda _none: _ours(world, due), due, _forget),
        Contender("loop: filtered query, one save each", lambda _none: _loop(world), due, _forget),
        Contender("bound: INSERT … SELECT alone", lambda _none: _bound(world, due), due, _forget),
    ]
    lines = measure("sweep", contenders, unit="reminder", rounds=rounds)
    _forget()
    _ours(world, due)
    assert remind_of("seat", world.at) == 0
    _forget()
    rows.empty_inbox()
    return lines


def _ours(world: World, due: int) -> None:
    assert remind_of("seat", world.at) == due


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


def _bound(world: World, due: int) -> None:
    with connection.cursor() as cursor:
        cursor.execute(
            "INSERT INTO notifications_reminder (subject_kind, subject_id, recipient_id, kind, due_at, thread, link,"
            " created_at) SELECT 'seat', seat_id, account_id, %s, due_at, case_number, '/inbox/', %s"
            " FROM approvals_inboxrow WHERE due_at > %s AND due_at <= %s",
            [KIND, world.at, world.at, world.at + timedelta(days=1)],
        )
        assert cursor.rowcount == due


def _forget() -> None:
    for model in (Outbox, Notice, Reminder):  # row by row they would fill the memory that is measured
        model.objects.all()._raw_delete(connection.alias)
