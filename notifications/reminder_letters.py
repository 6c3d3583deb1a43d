"""The letters of a sweep's reminders, each by the way its reader wants: one statement, however many they are."""

from collections.abc import Iterator
from datetime import datetime

from django.conf import settings
from django.contrib.auth import get_user_model
from django.db import connection, transaction

from notifications import bell
from notifications.enums import IN_DIGEST, Channel, State
from notifications.messages import Kind, kind_of
from notifications.models import Outbox, Preference, Reminder
from notifications.rules.routing import CHOOSABLE, Way, Wish, letter_route, week_of
from notifications.wishes import RHYTHM, is_budgeted, local, message_of, rhythm_of
from notifications.working_days import is_workday

_LETTERS = """
INSERT INTO {outbox} (key, channel, kind, recipient_id, robot, facts, link, urgent, budgeted, state, not_before,
  attempts, lease_owner, version, last_error, provider_id, created_at)
WITH told AS (
  SELECT reminder.id, reminder.recipient_id, reminder.kind, reminder.link, reminder.created_at,
    COALESCE(telling.digest_at || ' ' || telling.quiet_from || ' ' || telling.quiet_until
      || CASE WHEN telling.on_days_off THEN ' 1' ELSE ' 0' END, '') AS rhythm,
    {wanted} AS wanted,
    ROW_NUMBER() OVER (PARTITION BY reminder.recipient_id ORDER BY reminder.id) AS place
  FROM {reminder} AS reminder JOIN {account} AS account ON account.id = reminder.recipient_id
  LEFT JOIN {preference} AS telling ON telling.account_id = account.id
  WHERE reminder.created_at = %s AND reminder.kind = %s AND reminder.subject_kind = %s AND account.is_active
    AND account.email <> ''),
routed AS (
  SELECT told.*, rhythm || '|' || wanted || CASE WHEN wanted = 'singly' AND place + (
      SELECT COUNT(*) FROM {outbox} AS letter WHERE letter.recipient_id = told.recipient_id AND letter.budgeted
      AND letter.created_at >= %s AND letter.state NOT IN {in_digest}) > %s THEN '|1' ELSE '|0' END AS route
  FROM told WHERE wanted <> 'never')
SELECT 'email:' || recipient_id || ':reminder:' || id, %s, kind, recipient_id, '', '{{}}', link, %s, %s,
  {state}, {moment}, 0, '', 0, '', '', created_at
FROM routed WHERE true
ON CONFLICT DO NOTHING
"""


def write_letters(*, kind: str, subject_kind: str, at: datetime) -> None:
    """Write the letters of the reminders a sweep has just written: singly, or held for the digest.

    Args:
        kind, subject_kind, at: As for ``notifications.reminding.remind_due``.
    """
    spoken, moment = kind_of(kind), connection.ops.adapt_datetimefield_value
    singly = dict(_singly(kind, at=at))
    states, moments = [], []
    for route, day in singly.items():
        states += [route, State.NEW]
        moments += [route, moment(day)]
    values = [
        *(moment(at), kind, subject_kind, moment(week_of(local(at))), settings.REMINDERS_A_WEEK),
        *(Channel.EMAIL, spoken.urgent, is_budgeted(spoken, urgent=spoken.urgent), *states, *moments),
    ]
    tables = {"outbox": Outbox, "reminder": Reminder, "account": get_user_model(), "preference": Preference}
    statement = _LETTERS.format(
        **{name: connection.ops.quote_name(model._meta.db_table) for name, model in tables.items()},
        wanted=_wanted(spoken),
        in_digest="({})".format(", ".join(f"'{state.value}'" for state in IN_DIGEST)),
        state=_choice(len(singly), f"'{State.HELD.value}'"),
        moment=_choice(len(singly), "created_at"),
    )
    with connection.cursor() as cursor:
        cursor.execute(statement, values)
    transaction.on_commit(bell.ring)


def _wanted(spoken: Kind) -> str:
    """Say in SQL which way somebody wants a kind; about what is urgent nobody is asked."""
    if spoken.urgent:
        return f"'{Way.SINGLY.value}'"
    return f"COALESCE(telling.{spoken.group}, 'digest')" if spoken.group in CHOOSABLE else "'digest'"


def _singly(kind: str, *, at: datetime) -> Iterator[tuple[str, datetime]]:
    """Name the routes that do not end in a digest, with their moments: a few for each rhythm somebody lives by."""
    earliest = local(at)
    spoken = kind_of(kind)
    message = message_of(spoken, channels=[Channel.EMAIL], urgent=spoken.urgent, at=earliest)
    rhythms = Preference.objects.order_by().values_list(*RHYTHM).distinct()
    keys = {f"{first} {begin} {end} {int(days)}": (first, begin, end, days) for first, begin, end, days in rhythms}
    for key, columns in {"": (None, "", "", False), **keys}.items():
        for wanted, is_spent in ((Way.DIGEST, False), (Way.SINGLY, False), (Way.SINGLY, True)):
            wish = Wish(rhythm_of(*columns), dict.fromkeys(CHOOSABLE, wanted))
            route = letter_route(message, wish, at=earliest, is_workday=is_workday, is_spent=is_spent)
            if route.way == Way.SINGLY and route.moment:
                yield f"{key}|{wanted.value}|{int(is_spent)}", route.moment


def _choice(whens: int, otherwise: str) -> str:
    return f"CASE route {'WHEN %s THEN %s ' * whens}ELSE {otherwise} END" if whens else otherwise
