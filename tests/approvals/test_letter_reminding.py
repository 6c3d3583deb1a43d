"""Reminding of letters: departments ahead, on the day, late, and on the day agreed on by telephone; then the writer."""

from datetime import date, datetime
from zoneinfo import ZoneInfo

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from approvals.actions.letter_delays import extend_letter, hold_person
from approvals.actions.letter_replies import Reply, answer_letter, enter_reply
from approvals.models import Letter
from notifications.models import Notice, Outbox, Reminder
from notifications.reminding import remind_of
from organizations.calendar import end_of_day
from organizations.enums import Channel
from organizations.models import PartyOrganization
from tests import factories as make
from tests.cases import publish
from tests.letters import asked_case, asked_cases, departments, in_force, letters_document, officer_of, sent
from tests.told_truth import untrue

pytestmark = pytest.mark.django_db
HERE = ZoneInfo("Asia/Shanghai")
# A Thursday; two working days before it is Tuesday the 15th.
DUE = datetime(2026, 12, 17, 23, 59, 59, 999999, tzinfo=HERE)


def on(day: int, hour: int = 9, month: int = 12, year: int = 2026) -> datetime:
    return datetime(year, month, day, hour, tzinfo=HERE)


def told(kind: str) -> list[str]:
    return sorted(Notice.objects.filter(kind=kind).values_list("recipient__name", flat=True))


@pytest.fixture
def office(cast):
    """Give the cast with a policy that asks the police of the province, who have two officers."""
    in_force(cast)
    (cast.police,) = departments("南岭省公安厅")
    cast.deng, cast.yan = officer_of(cast.police), officer_of(cast.police, "严若川")
    type(cast.deng).objects.filter(pk=cast.deng.pk).update(email="deng@example.com")
    return cast


def due(office, cases) -> Letter:
    """Ask about some people until the 17th of December."""
    (letter,) = sent(office, cases)
    Letter.objects.filter(pk=letter.pk).update(due_at=DUE)
    letter.refresh_from_db()
    return letter


def hold(office, letter, case, review_on: date, at: datetime = make.NOW) -> None:
    item = letter.items.get(case=case)
    hold_person(letter_pk=letter.pk, item_pk=item.pk, review_on=review_on, words="来电", by=office.han, at=at)


def test_a_department_is_reminded_ahead_on_the_day_and_every_three_working_days(office):
    letter = due(office, asked_cases(office, 2))
    assert [remind_of("letter", moment) for moment in (on(14), on(15, 7))] == [0, 0]
    assert [remind_of("letter", on(15, hour)) for hour in (8, 23)] == [2, 0]
    assert [remind_of("letter", on(17, hour)) for hour in (8, 23)] == [2, 0]
    assert told("letter_due") == told("letter_due_today") == ["严若川", "邓平川"]
    assert [remind_of("letter", on(day)) for day in (18, 21)] == [0, 0]
    assert [remind_of("letter", on(22)), remind_of("letter", on(23))] == [3, 0]
    assert told("letter_reminded") == ["严若川", "邓平川"]
    assert told("letter_late") == ["韩启明"]
    assert remind_of("letter", on(25)) == 3
    told_of = Notice.objects.filter(kind__startswith="letter_", key__startswith="reminder:")
    assert set(told_of.values_list("thread", "link")) == {(letter.number, f"/letters/{letter.token}/")}
    assert Outbox.objects.filter(recipient=office.deng, kind="letter_due").count() == 1
    assert untrue() == []


def test_whoever_was_asked_today_is_not_reminded_ahead_on_the_same_day(office):
    cases = asked_cases(office, 1)
    (letter,) = sent(office, cases, at=on(15), days=2)
    assert letter.due_at == DUE
    assert [remind_of("letter", on(15, 18)), remind_of("letter", on(16))] == [0, 2]


def test_the_day_agreed_on_by_telephone_asks_again(office):
    (case,) = cases = asked_cases(office, 1)
    letter = due(office, cases)
    hold(office, letter, case, date(2026, 12, 29))
    assert [remind_of("letter", on(day)) for day in (15, 17, 22)] == [0, 0, 0]
    assert [remind_of("letter", on(day)) for day in (25, 29)] == [2, 2]
    moments = Reminder.objects.filter(kind="letter_due_today").values_list("due_at", flat=True)
    assert set(moments) == {end_of_day(date(2026, 12, 29))}
    assert remind_of("letter", on(4, month=1, year=2027)) == 3


def test_who_waits_and_who_does_not_are_each_asked_about_on_their_day(office):
    first, second = cases = asked_cases(office, 2)
    letter = due(office, cases)
    hold(office, letter, first, date(2026, 12, 29))
    assert [remind_of("letter", on(day)) for day in (15, 17)] == [2, 2]
    answer_letter(
        letter_pk=letter.pk, reply=Reply({}, [letter.items.get(case=first).pk]), by=office.deng, at=on(17, 10), key="k"
    )
    assert remind_of("letter", on(22)) == 0
    assert remind_of("letter", on(29)) == 2


def test_more_time_makes_new_reminders_and_repeats_none(office):
    letter = due(office, asked_cases(office, 1))
    remind_of("letter", on(17))
    given = {"working_days": 3, "reason": "正在核查", "by": office.han, "at": on(17, 10), "key": "x"}
    assert extend_letter(letter_pk=letter.pk, **given).due_at == end_of_day(date(2026, 12, 22))
    assert [remind_of("letter", on(day)) for day in (17, 18, 22)] == [0, 2, 2]
    assert Reminder.objects.filter(kind="letter_due_today", recipient=office.deng).count() == 2


def test_on_paper_only_the_writer_hears_that_it_is_late(office):
    letter = due(office, asked_cases(office, 1))
    Letter.objects.filter(pk=letter.pk).update(channel=Channel.PAPER)
    assert [remind_of("letter", on(day)) for day in (15, 17, 22)] == [0, 0, 1]
    assert told("letter_late") == ["韩启明"]
    office.han.assignments.update(until_on="2026-12-23")
    assert remind_of("letter", on(25)) == 0


def test_what_was_answered_or_typed_in_reminds_nobody(office):
    answered, typed = asked_cases(office, 2)
    (one,), (two,) = sent(office, [answered], key="a"), sent(office, [typed], key="b")
    Letter.objects.update(due_at=DUE)
    answer_letter(letter_pk=one.pk, reply=Reply(), by=office.deng, at=make.NOW, key="k")
    enter_reply(letter_pk=two.pk, reply=Reply(), by=office.han, at=make.NOW, key="e")
    assert [remind_of("letter", on(day)) for day in (15, 17, 22)] == [0, 0, 0]


def test_an_officer_is_told_nothing_of_a_letter_that_asks_about_himself(office):
    case = asked_case(office, "丁素秋")
    make.assign(case.subject.account, "department_officer", office.police)
    letter = due(office, [case, *asked_cases(office, 1)])
    for day in (15, 17, 22):
        remind_of("letter", on(day))
    mine = Notice.objects.filter(recipient=case.subject.account, thread=letter.number)
    assert not mine.exists()
    assert told("letter_sent") == told("letter_due") == ["严若川", "邓平川"]


def test_nothing_due_before_the_go_live_day_is_sent(office):
    case = asked_case(office, "丁素秋")
    letter = due(office, [case])
    PartyOrganization.objects.filter(pk=case.organization_id).update(go_live_on="2026-12-18")
    assert [remind_of("letter", on(day)) for day in (15, 17, 22)] == [0, 0, 0]
    hold(office, letter, case, date(2026, 12, 29), at=on(22))
    assert remind_of("letter", on(29)) == 2


def test_the_go_live_day_of_the_nearest_superior_holds_for_letters(office):
    case = asked_case(office, "丁素秋")
    due(office, [case])
    PartyOrganization.objects.filter(depth=1).update(go_live_on="2026-12-18")
    assert [remind_of("letter", on(day)) for day in (15, 17, 22)] == [0, 0, 0]
    PartyOrganization.objects.filter(pk=case.organization_id).update(go_live_on="2026-12-17")
    assert remind_of("letter", on(22)) == 3


def test_a_policy_says_how_many_days_and_zero_says_never(cast):
    document = letters_document()
    document["parameters"] |= {"remind_before_working_days": 5, "remind_again_working_days": 0}
    publish(document, by=cast.an)
    officer_of(*departments("南岭省公安厅"))
    due(cast, asked_cases(cast, 1))
    assert [remind_of("letter", on(day)) for day in (9, 10, 22)] == [0, 1, 0]


def test_many_letters_take_as_many_statements_as_one(office):
    few, many = asked_cases(office, 1), asked_cases(office, 12)
    sent(office, few, key="few")
    Letter.objects.update(due_at=DUE)
    with CaptureQueriesContext(connection) as one:
        assert remind_of("letter", on(22)) == 3
    for number, case in enumerate(many):
        sent(office, [case], key=f"many{number}")
    Letter.objects.update(due_at=DUE)
    with CaptureQueriesContext(connection) as all_of_them:
        assert remind_of("letter", on(22, 10)) == 36
    assert len(all_of_them) == len(one)
