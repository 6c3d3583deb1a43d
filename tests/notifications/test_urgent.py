"""What cannot wait: the last day of a seat and what is long overdue, also by text message to confirmed telephones."""

from datetime import timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from notifications.channels.errors import PassingFailure
from notifications.delivery import claim, deliver_due, send_one
from notifications.messages import KINDS
from notifications.models import Notice, Outbox, Preference
from notifications.outbox import enqueue
from notifications.reminding import Rows, remind_due
from notifications.rules.routing import Group, Way
from organizations.models import Account
from tests import factories as make
from tests.notifications.receiver import listening
from tests.notifications.wishing import confirmed, wishes

pytestmark = pytest.mark.django_db
LAST_DAY, ABOVE = "seat_due_today", "late_below_long"


def remind(kind, at, things=1):
    """Remind everybody of so many things."""
    due = connection.ops.adapt_datetimefield_value(at)
    one = "SELECT id, {n}, {due}, '考〔2026〕7号', '/inbox/' FROM organizations_account"
    rows = Rows(" UNION ALL ".join(one.format(n=n, due="%s") for n in range(things)), [due] * things)
    return remind_due(rows, kind=kind, subject_kind="seat", at=at)


def texts():
    return list(Outbox.objects.filter(channel="sms").order_by("recipient").values_list("recipient__username", "facts"))


@pytest.fixture
def han(at):
    """Give somebody with a confirmed telephone who chose nothing."""
    account = make.account("韩启明", username="han", phone="13900000001", email="han@example.com")
    Preference.objects.create(account=account, changed_at=at, **confirmed(account))
    return account


def test_only_the_last_day_and_the_escalation_are_urgent_by_themselves():
    assert {name for name, kind in KINDS.items() if kind.urgent} == {LAST_DAY, ABOVE}
    assert all(KINDS[name].group != Group.ACCESS for name in (LAST_DAY, ABOVE))


@pytest.mark.parametrize("kind", [LAST_DAY, ABOVE])
def test_one_text_says_how_many_to_whoever_confirmed_a_telephone_and_left_the_wish_on(han, at, kind):
    no_wish = make.account("甲", username="off", phone="13900000002")
    wishes(no_wish, urgent_by_sms=False, **confirmed(no_wish))
    moved = make.account("乙", username="moved", phone="13900000003")
    wishes(moved, **confirmed(moved))
    Account.objects.filter(pk=moved.pk).update(phone="13900000009")
    wishes(make.account("丙", username="unconfirmed", phone="13900000004"))
    make.account("丁", username="default", phone="13900000005")
    gone = make.account("戊", username="gone", phone="13900000006")
    wishes(gone, **confirmed(gone))
    Account.objects.filter(pk=gone.pk).update(is_active=False, deactivated_at=at)
    nothing_by_letter = make.account("己", username="never", phone="13900000007")
    wishes(nothing_by_letter, Way.NEVER, **confirmed(nothing_by_letter))
    assert remind(kind, at, things=3) == 21
    assert texts() == [("han", {"n": 3}), ("never", {"n": 3})]
    assert remind(kind, at + timedelta(minutes=1)) == 7
    assert remind(kind, at + timedelta(minutes=1)) == 0
    assert len(texts()) == 4
    assert set(Outbox.objects.filter(channel="sms").values_list("urgent", "budgeted", "state")) == {
        (True, False, "new")
    }


@pytest.mark.parametrize("kind", ["seat_due", "seat_overdue", "late_below"])
def test_no_other_rung_writes_a_text(han, at, kind):
    assert remind(kind, at) == 1
    assert texts() == []
    assert not Notice.objects.get().urgent


@pytest.mark.parametrize(
    ("kind", "things", "said"),
    [(LAST_DAY, 1, "有 1 件待办今日到期"), (LAST_DAY, 3, "有 3 件待办今日到期"), (ABOVE, 2, "所辖范围有 2 件长期逾期")],
)
def test_the_text_says_a_count_and_where_to_sign_in_and_no_more(han, at, settings, kind, things, said):
    settings.SMS_ADAPTER, settings.SMS_SECRET = "notifications.channels.sms.HttpSms", "gate"
    with listening() as gate:
        settings.SMS_URL = gate.address
        remind(kind, at, things=things)
        Outbox.objects.filter(channel="email").delete()
        assert deliver_due(at=at).sent == 1
        assert deliver_due(at=at + timedelta(days=1)).sent == 0
    (body,) = gate.bodies()
    assert body["text"] == f"{said} http://localhost:8000"
    assert Notice.objects.filter(urgent=True).count() == things


def test_at_night_an_escalation_waits_for_the_morning_and_the_last_day_writes_no_text(han, at):
    night = at.replace(hour=22)
    remind(LAST_DAY, night)
    assert texts() == []
    remind(ABOVE, night)
    (row,) = Outbox.objects.filter(channel="sms")
    assert row.not_before == at.replace(hour=8) + timedelta(days=1)


@pytest.mark.parametrize(("kind", "outcome", "error"), [(LAST_DAY, "failed", "too_late"), (ABOVE, "retry", "sms_8")])
def test_a_text_of_the_last_day_is_not_tried_again_on_the_next(han, at, kind, outcome, error):
    class Busy:
        def send(self, _parcel):
            raise PassingFailure("sms_8", wait_seconds=120)

    evening = at.replace(hour=20, minute=59)
    remind(kind, evening)
    (row,) = claim(at=evening, limit=1, channels=["sms"])
    assert send_one(row, Busy(), at=evening) == outcome
    row.refresh_from_db()
    assert row.last_error == error
    assert ("无需处理" in row.reason) == (outcome == "failed")


def test_forty_texts_take_as_many_statements_as_one(han, at):
    with CaptureQueriesContext(connection) as one:
        remind(LAST_DAY, at)
    for number in range(39):
        person = make.account("何苗", username=f"he{number}", phone=f"1380000{number:04}", password=None)
        Preference.objects.create(account=person, changed_at=at, **confirmed(person))
    with CaptureQueriesContext(connection) as many:
        remind(LAST_DAY, at + timedelta(days=1))
    assert len(many) == len(one)
    assert len(texts()) == 41


def test_an_act_that_tells_an_urgent_kind_need_not_say_so(han, at):
    enqueue(ABOVE, to=han, key="above:1", at=at)
    assert set(Outbox.objects.values_list("channel", "state", "urgent")) == {
        ("email", "new", True), ("sms", "new", True),
    }  # fmt: skip
