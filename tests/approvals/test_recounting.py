"""A change of the calendar moves the open time limits that cross it, and no other."""

import json
from datetime import date

import pytest
from django.core.management import call_command
from django.urls import reverse

from approvals.models import InboxRow, Stage
from audit.models import Entry
from audit.verify import verify_log
from organizations.actions.shared import NotYourDuty
from organizations.calendar import arithmetic_sentence
from organizations.calendar_actions import ClosureUnfit, close_office, open_office, set_calendar_day, set_calendar_year
from organizations.models import Closure
from tests import factories as make
from tests.approvals.rebuilt import differences
from tests.cases import case_at, fresh, say

pytestmark = pytest.mark.django_db
MONDAY, WEDNESDAY, NEXT_MONDAY = date(2026, 11, 23), date(2026, 11, 25), date(2026, 11, 30)


def open_stage(case) -> Stage:
    return Stage.objects.get(case=case, outcome="")


def off(cast, day=WEDNESDAY, *, worked=False):
    return set_calendar_day(day=day, is_workday=worked, name="台风", reason="停工通知", by=cast.xu, at=make.NOW)


def test_a_day_off_moves_the_limit_the_inbox_and_the_record_with_it(cast, policy):
    case = case_at(cast, "county")
    before = open_stage(case)
    assert before.due_at.date() == NEXT_MONDAY
    change = off(cast)
    after = open_stage(case)
    assert after.due_at.date() == date(2026, 12, 1)
    assert [(each.number, each.was, each.now) for each in change.moved] == [
        (case.number, NEXT_MONDAY, date(2026, 12, 1))
    ]
    assert set(InboxRow.objects.filter(seat__stage=after).values_list("due_at", flat=True)) == {after.due_at}
    assert after.counted["skipped"] == [["2026-11-25", "2026-11-25"]]
    entry = Entry.objects.get(verb="stage.recounted")
    assert (entry.stream, entry.step, entry.actor_name) == (f"case:{case.number}", "party_levels", "徐行")
    kept = json.loads(Entry.objects.get(stream="calendar").body)["facts"]
    assert (kept["moved"], kept["limits"]) == (1, [[case.number, after.step_title, "2026-11-30", "2026-12-01"]])
    assert differences(fresh(case)) == []
    assert verify_log().holds


def test_the_limit_moves_back_when_the_day_is_worked_after_all(cast, policy):
    case = case_at(cast, "county")
    off(cast)
    assert len(off(cast, worked=True).moved) == 1
    assert open_stage(case).due_at.date() == NEXT_MONDAY


def test_what_ended_before_the_day_or_is_closed_stays(cast, policy):
    case = case_at(cast, "county")
    assert off(cast, date(2026, 12, 1)).moved == ()
    closed = Stage.objects.filter(case=case).exclude(outcome="").values_list("pk", "due_at")
    before = dict(closed)
    off(cast)
    assert dict(closed) == before


def test_a_limit_that_somebody_set_by_hand_is_not_counted_again(cast, policy):
    stage = open_stage(case_at(cast, "county"))
    by_hand = stage.due_at.replace(day=28)
    Stage.objects.filter(pk=stage.pk).update(due_at=by_hand)
    assert off(cast).moved == ()
    assert Stage.objects.get(pk=stage.pk).due_at == by_hand


def test_a_step_that_ends_by_itself_ends_on_the_new_day(cast, policy):
    case = case_at(cast, "county")
    say(case, cast.lin, "refuse")
    off(cast)
    stage = open_stage(case)
    assert stage.step == "reply"
    assert stage.closes_at == stage.due_at
    assert stage.due_at.date() == date(2026, 12, 1)


def test_the_official_notice_of_a_year_takes_provisional_off_without_moving_anything(cast, policy):
    case = case_at(cast, "county")
    stage = open_stage(case)
    Stage.objects.filter(pk=stage.pk).update(counted=stage.counted | {"provisional": True})
    change = set_calendar_year(
        year=2026, days={date(2026, 10, 1): (False, "国庆节")}, official=True, source="通知", by=None, at=make.NOW
    )
    assert change.moved == ()
    assert open_stage(case).counted["provisional"] is False
    assert not Entry.objects.filter(verb="stage.recounted").exists()


def test_the_command_lists_what_moved(cast, policy, tmp_path, capsys):
    case = case_at(cast, "county")
    file = tmp_path / "2026.yaml"
    file.write_text("year: 2026\nsource: 调休通知\noff: [2026-11-25]\n", encoding="utf-8")
    call_command("set_calendar_year", file, json=True)
    assert json.loads(capsys.readouterr().out)["moved"] == [
        [case.number, open_stage(case).step_title, "2026-11-30", "2026-12-01"]
    ]


def test_an_office_that_is_closed_moves_its_own_limits_only(cast, policy):
    case = case_at(cast, "county")
    facts = {"first_on": date(2026, 11, 26), "last_on": date(2026, 11, 27), "reason": "搬迁", "by": cast.xu}
    assert close_office(organization=cast.city, **facts, at=make.NOW).moved == ()
    change = close_office(organization=cast.county, **facts, at=make.NOW)
    assert [each.number for each in change.moved] == [case.number]
    stage = open_stage(case)
    assert stage.due_at.date() == date(2026, 12, 2)
    assert "26" in arithmetic_sentence(stage.counted)
    closure = Closure.objects.get(organization=cast.county)
    later = open_office(closure=closure, by=cast.xu, at=make.NOW)
    assert [each.now for each in later.moved] == [NEXT_MONDAY]
    assert open_office(closure=closure, by=cast.xu, at=make.NOW) is None


def test_closed_days_are_fit_and_set_by_the_system_administrator(cast, at):
    facts = {"organization": cast.county, "reason": "搬迁", "at": at}
    for first_on, last_on in (
        (date(2026, 11, 20), date(2026, 11, 24)),
        (date(2026, 11, 27), date(2026, 11, 26)),
        (date(2026, 11, 27), date(2027, 3, 1)),
        (date(9999, 12, 31), date(9999, 12, 31)),
    ):
        with pytest.raises(ClosureUnfit):
            close_office(**facts, first_on=first_on, last_on=last_on, by=cast.xu)
    days = {"first_on": date(2026, 11, 26), "last_on": date(2026, 11, 27)}
    for other in (cast.lin, cast.an):
        with pytest.raises(NotYourDuty):
            close_office(**facts, **days, by=other)
    close_office(**facts, **days, by=cast.xu)
    with pytest.raises(ClosureUnfit):
        close_office(**facts, first_on=date(2026, 11, 27), last_on=date(2026, 11, 30), by=cast.xu)


def test_the_pages_say_what_moved(cast, policy, client, monkeypatch):
    monkeypatch.setattr("django.utils.timezone.now", lambda: make.NOW)
    case = case_at(cast, "county")
    client.force_login(cast.xu)
    answer = client.post(
        reverse("organizations:calendar_day", args=["2026-11-25"]),
        {"is_workday": "0", "name": "台风", "reason": "停工通知"},
        follow=True,
    )
    page = answer.content.decode()
    assert "有 1 项期限随之调整" in page
    assert case.number in page
    form = {"organization": cast.county.code, "first_on": "2026-11-26", "last_on": "2026-11-26", "reason": "搬迁"}
    page = client.post(reverse("organizations:closures"), form, follow=True).content.decode()
    assert cast.county.name in page
    assert case.number in page
    page = client.post(reverse("organizations:closures"), form | {"organization": "XX"}).content.decode()
    assert "没有这个代码的党组织" in page
    closure = Closure.objects.get()
    page = client.post(reverse("organizations:closure_open", args=[closure.pk]), follow=True).content.decode()
    assert "这些日子恢复上班" in page
