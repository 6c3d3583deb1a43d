"""Reminding of seats and stages: in good time, on the day, when it is late, and those above."""

import threading
from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from approvals.models import InboxRow, Stage
from notifications.models import Notice, Outbox, Reminder
from notifications.reminding import remind_of
from organizations.models import PartyOrganization
from tests import factories as make
from tests.cases import case_at, policy_document, publish
from tests.cast import build_cast

HERE = ZoneInfo("Asia/Shanghai")
# A Thursday; the day before yesterday in working days is Tuesday the 15th.
DUE = datetime(2026, 12, 17, 23, 59, 59, 999999, tzinfo=HERE)
pytestmark = pytest.mark.django_db


def on(day: int, hour: int = 9, month: int = 12) -> datetime:
    return datetime(2026, month, day, hour, tzinfo=HERE)


def waiting(cast):
    """Bring a case to the province, due on the 17th of December."""
    case = case_at(cast, "province")
    stage = Stage.objects.filter(case=case).latest("pk")
    Stage.objects.filter(pk=stage.pk).update(due_at=DUE)
    InboxRow.objects.filter(seat__stage=stage).update(due_at=DUE)
    return case


def told(kind: str) -> list[str]:
    return sorted(Notice.objects.filter(kind=kind).values_list("recipient__name", flat=True))


def test_two_working_days_ahead_and_on_the_day_each_once_however_often_it_is_swept(cast, policy):
    case = waiting(cast)
    assert remind_of("seat", on(14, 23)) == 0
    assert remind_of("seat", on(15, 7)) == 0  # nobody is woken: the day of reminding begins with the offices
    assert [remind_of("seat", on(15, hour)) for hour in (8, 9, 23)] == [2, 0, 0]
    assert remind_of("seat", on(16)) == 0
    assert [remind_of("seat", on(17, hour)) for hour in (8, 23)] == [2, 0]
    assert told("seat_due") == told("seat_due_today") == ["周正", "钱一帆"]
    assert set(Notice.objects.filter(kind="seat_due").values_list("thread", flat=True)) == {case.number}


def test_what_is_late_is_told_every_three_working_days_and_a_sweep_that_slept_tells_the_last_only(cast, policy):
    waiting(cast)
    assert [remind_of("seat", on(day)) for day in (18, 19, 20, 21)] == [0, 0, 0, 0]
    assert [remind_of("seat", on(22)), remind_of("seat", on(22, 23)), remind_of("seat", on(24))] == [2, 0, 0]
    assert remind_of("seat", on(31)) == 2
    due = Reminder.objects.filter(kind="seat_overdue").order_by("due_at").values_list("due_at", flat=True).distinct()
    assert list(due) == [on(22, 8), on(30, 8)]


def test_then_the_organizer_above_hears_of_it_and_then_the_secretary_of_the_committee(cast, policy):
    case = case_at(cast, "county")
    Stage.objects.filter(case=case, outcome="").update(due_at=DUE)
    assert remind_of("stage", on(23)) == 0
    assert remind_of("stage", on(24)) == len(told("late_below"))
    assert told("late_below") == ["韩启明"]
    assert remind_of("stage", on(25)) == 0
    secretary = make.account("段青", username="duan")
    make.assign(secretary, "committee_secretary", cast.province)
    assert remind_of("stage", on(30)) == 0
    assert remind_of("stage", on(31)) == 1
    assert told("late_below_long") == ["段青"]
    assert set(Notice.objects.filter(kind="late_below").values_list("link", flat=True)) == {"/matters/"}


def test_nobody_above_is_told_of_the_own_case(cast, policy):
    case = case_at(cast, "county")
    Stage.objects.filter(case=case, outcome="").update(due_at=DUE)
    type(cast.han).objects.filter(person=case.subject).update(person=None)
    type(cast.han).objects.filter(pk=cast.han.pk).update(person=case.subject)
    remind_of("stage", on(24))
    assert "韩启明" not in told("late_below")


def test_a_policy_says_how_many_days_and_zero_says_never(cast):
    document = policy_document()
    document["parameters"] |= {"remind_before_working_days": 5, "remind_again_working_days": 0}
    publish(document, by=cast.an)
    waiting(cast)
    assert remind_of("seat", on(10)) == 2
    assert remind_of("seat", on(31)) == 0


def test_nothing_due_before_the_go_live_day_is_sent(cast, policy):
    waiting(cast)
    PartyOrganization.objects.filter(pk=cast.branch.pk).update(go_live_on="2026-12-18")
    assert remind_of("seat", on(17)) == remind_of("seat", on(22)) == remind_of("stage", on(31)) == 0
    assert not Notice.objects.filter(kind__in=["seat_due", "seat_overdue", "late_below"]).exists()


def test_the_go_live_day_of_the_nearest_superior_holds_for_a_branch_without_one(cast, policy):
    waiting(cast)
    PartyOrganization.objects.filter(pk=cast.county.pk).update(go_live_on="2026-12-18")
    assert remind_of("seat", on(17)) == remind_of("seat", on(22)) == remind_of("stage", on(31)) == 0
    PartyOrganization.objects.filter(pk=cast.branch.pk).update(go_live_on="2026-12-17")
    assert remind_of("seat", on(22)) == 2


def test_a_hundred_late_cases_take_as_many_statements_as_one(cast, policy):
    case = waiting(cast)
    row = InboxRow.objects.filter(case=case).first()
    with CaptureQueriesContext(connection) as one:
        assert remind_of("seat", on(22)) == 2
    crowd = [make.account("何苗", username=f"he{number}", password=None) for number in range(100)]
    values = {name: getattr(row, name) for name in ("seat", "case", "opened_at", "due_at", "case_number")}
    InboxRow.objects.bulk_create(InboxRow(**values, account=account) for account in crowd)
    with CaptureQueriesContext(connection) as many:
        assert remind_of("seat", on(22, 10)) == 100
    assert len(many) == len(one)


@pytest.mark.django_db(transaction=True)
def test_two_sweeps_at_once_write_once():
    cast = build_cast()
    publish(by=cast.an)
    waiting(cast)
    Outbox.objects.all().delete()
    gate, new, broken = threading.Barrier(2), [], []

    def sweep(at: datetime) -> None:
        try:
            gate.wait()
            new.append(remind_of("seat", at))
        except Exception as error:  # whatever it is, it is what the test looks for
            broken.append(repr(error))
        finally:
            connection.close()

    moments = [on(17) + timedelta(seconds=number // 2) for number in range(12)]
    for pair in zip(moments[::2], moments[1::2], strict=True):
        Reminder.objects.all().delete()
        Notice.objects.all().delete()
        Outbox.objects.all().delete()
        threads = [threading.Thread(target=sweep, args=[at]) for at in pair]
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join()
        assert Reminder.objects.count() == Notice.objects.count() == 2
        assert Outbox.objects.count() == 2
    assert (sorted(new), broken) == ([0] * 6 + [2] * 6, [])
