"""Reminding many people of what is due: three statements, however many they are."""

from datetime import datetime

from django.conf import settings
from django.contrib.auth import get_user_model
from django.core.exceptions import EmptyResultSet
from django.db import connection, transaction
from django.db.models import Model, QuerySet

from notifications import bell
from notifications.enums import Channel, State
from notifications.messages import words_of
from notifications.models import Notice, Outbox, Reminder

COLUMNS = ("recipient_id", "subject_id", "due_at", "thread", "link")

_REMIND = """
INSERT INTO {reminder} (subject_kind, subject_id, recipient_id, kind, due_at, thread, link, created_at)
WITH due (recipient_id, subject_id, due_at, thread, link) AS ({rows})
SELECT %s, due.subject_id, due.recipient_id, %s, due.due_at, due.thread, due.link, %s
FROM due WHERE true
ON CONFLICT DO NOTHING
"""
_NOTICE = """
INSERT INTO {notice} (recipient_id, key, kind, title, body, link, thread, urgent, created_at)
SELECT reminder.recipient_id, 'reminder:' || reminder.id, reminder.kind,
  CASE account.language {titles} END, CASE account.language {bodies} END,
  reminder.link, reminder.thread, %s, reminder.created_at
FROM {reminder} AS reminder JOIN {account} AS account ON account.id = reminder.recipient_id
WHERE reminder.created_at = %s AND reminder.kind = %s AND reminder.subject_kind = %s AND account.is_active
ON CONFLICT DO NOTHING
"""
_LETTER = """
INSERT INTO {outbox} (key, channel, kind, recipient_id, facts, link, urgent, state, not_before, attempts,
  lease_owner, version, last_error, provider_id, created_at)
SELECT 'email:' || reminder.recipient_id || ':reminder:' || reminder.id, %s, reminder.kind, reminder.recipient_id,
  '{{}}', reminder.link, %s, %s, reminder.created_at, 0, '', 0, '', '', reminder.created_at
FROM {reminder} AS reminder JOIN {account} AS account ON account.id = reminder.recipient_id
WHERE reminder.created_at = %s AND reminder.kind = %s AND reminder.subject_kind = %s AND account.is_active
  AND account.email <> ''
ON CONFLICT DO NOTHING
"""


@transaction.atomic
def remind_due(
    rows: QuerySet, *, kind: str, subject_kind: str, at: datetime, urgent: bool = False, by_email: bool = True
) -> int:
    """Remind people of what is due, each of them once per thing and due moment, set-based.

    Args:
        rows: A query of (recipient_id, subject_id, due_at, thread, link) in this order, as
            ``values_list(...).order_by()`` gives it; due_at is never empty.
        kind: Kind of message; its sentences hold no facts.
        subject_kind: What ``subject_id`` counts: ``seat``, ``post``, ``obligation``.
        at: Moment of the sweep, timezone-aware.
        urgent: Whether it must not wait for a digest.
        by_email: Whether a letter goes out as well.

    Returns:
        How many reminders are new; 0 when all were written before.
    """
    try:
        query, values = rows.query.get_compiler(connection=connection).as_sql()
    except EmptyResultSet:
        return 0
    moment = connection.ops.adapt_datetimefield_value(at)
    new = _execute(_REMIND, [*values, subject_kind, kind, moment], rows=query)
    if not new:
        return 0
    titles, bodies = _worded(kind)
    _execute(
        _NOTICE,
        [*titles, *bodies, urgent, moment, kind, subject_kind],
        titles=_choice(len(titles)),
        bodies=_choice(len(bodies)),
    )
    if by_email:
        _execute(_LETTER, [Channel.EMAIL, urgent, State.NEW, moment, kind, subject_kind])
        transaction.on_commit(bell.ring)
    return new


def _execute(statement: str, values: list[object], **parts: str) -> int:
    tables: dict[str, type[Model]] = {
        "reminder": Reminder,
        "notice": Notice,
        "outbox": Outbox,
        "account": get_user_model(),
    }
    names = {name: connection.ops.quote_name(model._meta.db_table) for name, model in tables.items()}
    with connection.cursor() as cursor:
        cursor.execute(statement.format(**names, **parts), values)
        return cursor.rowcount


def _worded(kind: str) -> tuple[list[str], list[str]]:
    """Word the kind in every language, as (code, text) pairs that end in the text for all others."""
    titles, bodies = [], []
    for language, _name in settings.LANGUAGES:
        words = words_of(kind, {}, language=language)
        titles += [language, words.subject]
        bodies += [language, words.text]
    return [*titles, titles[1]], [*bodies, bodies[1]]


def _choice(values: int) -> str:
    return " ".join(["WHEN %s THEN %s"] * (values // 2) + ["ELSE %s"])
