"""Reminding many at once."""

from datetime import timedelta

import pytest
from django.db import connection
from django.db.models import DateTimeField, F, Value
from django.test.utils import CaptureQueriesContext

from notifications.models import Notice, Outbox, Reminder
from notifications.reminding import remind_due
from organizations.models import Account
from tests import factories as make

pytestmark = pytest.mark.django_db


def due_rows(due_at, accounts=None):
    """Everybody owes the thing that bears the number of the account plus 100."""
    rows = Account.objects.all() if accounts is None else accounts
    return rows.order_by().values_list(
        F("pk"), F("pk") + 100, Value(due_at, output_field=DateTimeField()), Value("考〔2026〕1号"), Value("/inbox/")
    )


def remind(due_at, at, **more):
    return remind_due(due_rows(due_at), kind="seat_due", subject_kind="seat", at=at, **more)


def test_each_is_reminded_once_in_the_own_language(lin, grace, at):
    due_at = at + timedelta(days=1)
    assert remind(due_at, at) == 2
    assert remind(due_at, at) == 0
    assert remind(due_at, at + timedelta(minutes=1)) == 0
    assert list(Reminder.objects.order_by("recipient").values_list("recipient", "subject_id", "due_at")) == [
        (lin.pk, lin.pk + 100, due_at),
        (grace.pk, grace.pk + 100, due_at),
    ]
    assert list(Notice.objects.order_by("recipient").values_list("recipient", "title", "link", "thread")) == [
        (lin.pk, "您有 1 件待办即将到期", "/inbox/", "考〔2026〕1号"),
        (grace.pk, "1 matter is due soon", "/inbox/", "考〔2026〕1号"),
    ]
    assert list(Outbox.objects.order_by("recipient").values_list("recipient", "kind", "state", "facts")) == [
        (lin.pk, "seat_due", "new", {}),
        (grace.pk, "seat_due", "new", {}),
    ]


def test_a_new_due_moment_reminds_again(lin, at):
    assert remind(at + timedelta(days=1), at) == 1
    assert remind(at + timedelta(days=3), at + timedelta(days=2)) == 1
    assert Notice.objects.count() == 2


def test_who_has_no_address_is_reminded_in_the_system(lin, at):
    make.account("高远", username="gao", email="")
    assert remind(at, at) == 2
    assert Notice.objects.count() == 2
    assert list(Outbox.objects.values_list("recipient", flat=True)) == [lin.pk]


def test_it_can_stay_in_the_system(lin, at):
    assert remind(at, at, by_email=False) == 1
    assert not Outbox.objects.exists()


def test_nothing_due_writes_nothing(lin, at):
    nobody = due_rows(at, Account.objects.none())
    assert remind_due(nobody, kind="seat_due", subject_kind="seat", at=at) == 0
    assert not Reminder.objects.exists()


def test_three_hundred_take_as_many_statements_as_one(lin, at):
    remind(at + timedelta(days=3), at)  # what is read once by each process is known from here on
    with CaptureQueriesContext(connection) as one:
        remind(at + timedelta(days=1), at)
    for number in range(300):
        make.account("何苗", username=f"he{number}", email=f"he{number}@example.com", password=None)
    with CaptureQueriesContext(connection) as many:
        assert remind(at + timedelta(days=2), at) == 301
    assert len(many) == len(one)
    assert Outbox.objects.count() == 303
