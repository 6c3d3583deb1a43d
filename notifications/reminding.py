"""Reminding many people of what is due: a few statements, however many they are."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import datetime

from django.conf import settings
from django.contrib.auth import get_user_model
from django.core.exceptions import EmptyResultSet
from django.db import connection, transaction
from django.db.models import Model, QuerySet

from notifications import sweep
from notifications.messages import kind_of, words_of
from notifications.models import Notice, Reminder
from notifications.reminder_letters import write_letters
from notifications.reminder_texts import write_texts

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


@dataclass(frozen=True)
class Rows:
    """A query that is already SQL, for joins the query builder cannot say.

    Attributes:
        sql, values: The statement with its ``%s``, and what stands for them; the columns are ``COLUMNS``.
    """

    sql: str
    values: Sequence[object]


@dataclass(frozen=True)
class Rung:
    """One way of reminding of a subject: in good time, on the day, when it is late, the superior.

    Attributes:
        kind: Kind of message; its sentences hold no facts.
        rows: Gives the query of who is to be reminded of what by a moment, as ``remind_due`` takes it.
    """

    kind: str
    rows: Callable[[datetime], QuerySet | Rows]


SUBJECTS: dict[str, tuple[Rung, ...]] = {}


def register_subject(name: str, *rungs: Rung) -> None:
    """Let every sweep remind of one more kind of thing; rooms above add theirs in ``AppConfig.ready``.

    Args:
        name: What the keys of the reminders count: ``seat``, ``obligation``.
        rungs: In the order they are climbed.
    """
    SUBJECTS[name] = rungs
    sweep.register(f"{name}_reminders", lambda at: remind_of(name, at))


def remind_of(name: str, at: datetime) -> int:
    """Climb all rungs of a subject once; each is one set-based statement, however many people there are.

    Args:
        name: As it was registered.
        at: Moment of the sweep, timezone-aware.

    Returns:
        How many reminders are new.
    """
    return sum(remind_due(rung.rows(at), kind=rung.kind, subject_kind=name, at=at) for rung in SUBJECTS[name])


def compiled(rows: QuerySet | Rows) -> Rows | None:
    """Turn a query into SQL.

    Returns:
        The SQL, or None when the query builder knows that nothing can be found.
    """
    if isinstance(rows, Rows):
        return rows
    try:
        return Rows(*rows.query.get_compiler(connection=connection).as_sql())
    except EmptyResultSet:
        return None


@transaction.atomic
def remind_due(rows: QuerySet | Rows, *, kind: str, subject_kind: str, at: datetime, by_email: bool = True) -> int:
    """Remind people of what is due, each of them once per thing and due moment, set-based.

    Args:
        rows: A query of (recipient_id, subject_id, due_at, thread, link) in this order, as
            ``values_list(...).order_by()`` gives it; due_at, the moment this reminder is due, is never empty.
        kind: Kind of message; its sentences hold no facts.
        subject_kind: What ``subject_id`` counts: ``seat``, ``post``, ``obligation``.
        at: Moment of the sweep, timezone-aware.
        by_email: Whether it leaves the system as well, by the ways each reader wants; what is urgent also as a text.

    Returns:
        How many reminders are new; 0 when all were written before.
    """
    query = compiled(rows)
    if query is None:
        return 0
    moment = connection.ops.adapt_datetimefield_value(at)
    new = _execute(_REMIND, [*query.values, subject_kind, kind, moment], rows=query.sql)
    if not new:
        return 0
    titles, bodies = _worded(kind)
    _execute(
        _NOTICE,
        [*titles, *bodies, kind_of(kind).urgent, moment, kind, subject_kind],
        titles=_choice(len(titles)),
        bodies=_choice(len(bodies)),
    )
    if by_email:
        write_letters(kind=kind, subject_kind=subject_kind, at=at)
        write_texts(kind=kind, subject_kind=subject_kind, at=at)
    return new


def _execute(statement: str, values: list[object], **parts: str) -> int:
    tables: dict[str, type[Model]] = {
        "reminder": Reminder,
        "notice": Notice,
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
