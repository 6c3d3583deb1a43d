"""Reminding those whose seats are due; the statements are those of ``notifications.reminding``."""

from datetime import datetime, timedelta

from django.db.models import Exists, F, OuterRef, Q, Value
from django.utils.timezone import localdate

from approvals.enums import RowKind
from approvals.models import InboxRow
from notifications.models import Reminder
from notifications.reminding import remind_due

BEFORE = timedelta(days=1)


def remind_due_seats(at: datetime) -> int:
    """Remind of the seats that fall due within a day, once each; who was not reminded is told when it is late.

    Args:
        at: Moment of the sweep.

    Returns:
        How many reminders are new.

    Source: docs/approvals.md: what was due before the go-live day of the organization is a backlog, not a reminder.
    """
    due = remind_due(_rows(at, due_at__gt=at, due_at__lte=at + BEFORE), kind="seat_due", subject_kind="seat", at=at)
    told = Reminder.objects.filter(subject_kind="seat", subject_id=OuterRef("seat_id"), recipient=OuterRef("account"))
    late = _rows(at, due_at__lte=at).exclude(Exists(told))
    return due + remind_due(late, kind="seat_overdue", subject_kind="seat", at=at)


def _rows(at: datetime, **due: object):
    today = localdate(at)
    holds = (Q(valid_from=None) | Q(valid_from__lte=today)) & (Q(valid_until=None) | Q(valid_until__gt=today))
    live = Q(case__organization__go_live_on=None) | Q(case__organization__go_live_on__lte=F("due_at"))
    rows = InboxRow.objects.filter(holds & live, kind=RowKind.TODO, **due).order_by()
    return rows.values_list("account_id", "seat_id", "due_at", "case_number", Value("/inbox/"))
