"""Stepping back from a seat: others get it, the superior where nobody is left, and nothing comes back."""

import pytest
import time_machine

from approvals.actions.notes import comment
from approvals.actions.recusing import declare_no_conflict, recuse
from approvals.concerned import has_stepped_back
from approvals.errors import NotEntitled, ReasonMissing
from approvals.models import InboxRow, Recusal, Seat
from audit.models import Entry
from organizations.enums import Role
from tests import factories as make
from tests.appointment_review.candidate import SPOUSE, fill_in
from tests.appointment_review.investigating import clean, to_investigation, without_letters
from tests.approvals.test_decisions import deciding, holders
from tests.cases import case_at, new_case, open_seat, publish, say
from tests.factories import NOW
from workflows.appointment_review.investigation_queries import deciders_of, decides_challenges, manages

WHY = "与本人有亲属关系，鹭七四零九。"


@pytest.fixture(autouse=True)
def now():
    with time_machine.travel(NOW, tick=False):
        yield


def step_back(case, who, **changes):
    asked = {"seat_pk": open_seat(case).pk, "reason": WHY, "hints": ["relative"], "by": who, "at": NOW}
    recuse(**asked | changes)


def test_the_other_holder_of_the_role_decides_alone(cast, policy):
    case = case_at(cast, "province")
    step_back(case, cast.zhou)
    assert holders(case) == ["钱一帆"]
    with pytest.raises(NotEntitled):
        say(case, cast.zhou, "agree")
    assert clean(case)
    assert say(case, cast.qian, "agree").by == cast.qian


def test_where_nobody_is_left_the_superior_decides(cast, policy):
    han = make.reviewer("上级组织员", Role.ORGANIZER, cast.province)
    case = case_at(cast, "completeness")
    step_back(case, cast.lin)
    assert set(holders(case)) == {"韩启明", han.name}
    seat = open_seat(case)
    assert (seat.organization, seat.origin) == (cast.province, "fallback")
    assert clean(case)
    say(case, cast.han, "agree")
    assert "林秋" not in holders(case)  # nor at the next step
    assert clean(case)


def test_where_no_superior_is_left_the_seat_waits_for_somebody(cast, policy):
    case = case_at(cast, "province")
    step_back(case, cast.zhou)
    step_back(case, cast.qian)
    assert (holders(case), open_seat(case).origin) == ([], "nobody")
    assert clean(case)


def test_a_seat_held_by_name_is_free_for_others(cast):
    publish(deciding("all"), by=cast.an)
    case = case_at(cast, "province")
    seat = Seat.objects.get(stage__case=case, holder=cast.zhou, state="open")
    step_back(case, cast.zhou, seat_pk=seat.pk)
    seat.refresh_from_db()
    assert (seat.holder, InboxRow.objects.filter(account=cast.zhou, case=case).count()) == (None, 0)
    assert clean(case)


def test_a_reason_is_needed_and_the_seat_must_be_ones_own(cast, policy):
    case = case_at(cast, "province")
    with pytest.raises(ReasonMissing):
        step_back(case, cast.zhou, reason="  ")
    with pytest.raises(NotEntitled):
        step_back(case, cast.mei)
    with pytest.raises(NotEntitled):
        declare_no_conflict(seat_pk=open_seat(case).pk, hints=[], by=cast.lin, at=NOW)
    assert Recusal.objects.count() == 0


def test_the_page_shows_a_hint_until_somebody_says_what_is_true(cast, policy, client):
    case = new_case(cast)
    fill_in(case, cast.shen)
    case.form_versions.update(submitted_at=NOW, confirmed_by=cast.shen, consent_text="1")
    say(case, cast.shen, "hand_in")
    cast.lin.name = SPOUSE["name"]
    cast.lin.save()
    seat = open_seat(case)
    client.force_login(cast.lin)
    page = client.get(f"/seats/{seat.pk}/").content.decode()
    assert "请看是否需要回避" in page
    assert "与本人填报的亲属同名" in page
    assert client.post(f"/seats/{seat.pk}/no-conflict").status_code == 302
    assert "请看是否需要回避" not in client.get(f"/seats/{seat.pk}/").content.decode()
    client.post(f"/seats/{seat.pk}/no-conflict")  # a second click
    assert list(Recusal.objects.values_list("recused", "hints")) == [(False, ["relative", "nominator"])]
    say(case, cast.lin, "agree")
    assert clean(case)


def test_stepping_back_on_the_page(cast, policy, client):
    case = case_at(cast, "province")
    seat = open_seat(case)
    client.force_login(cast.zhou)
    address = f"/seats/{seat.pk}/recuse/"
    assert f'href="{address}"' in client.get(f"/seats/{seat.pk}/").content.decode()
    assert "是否回避沈若溪这个个案？" in client.get(address).content.decode()
    assert client.post(address, {"reason": ""}).status_code == 422
    assert client.post(address, {"reason": WHY}).status_code == 302
    assert client.get(address).status_code == 404
    told = Entry.objects.get(verb="seat.recused")
    assert "鹭七四零九" not in told.body
    client.force_login(cast.jian)
    assert "周正<b>回避</b>了这个个案" in client.get(f"/cases/{case.number}/?whole=1").content.decode()


def test_who_stepped_back_neither_remarks_nor_withdraws(cast, policy, client):
    case = case_at(cast, "completeness")
    seat = open_seat(case)
    step_back(case, cast.lin)
    with pytest.raises(NotEntitled):
        comment(case_pk=case.pk, stage_pk=seat.stage_id, text="顺便说一句。", by=cast.lin, at=NOW)
    client.force_login(cast.lin)
    assert client.get(f"/matters/case/{case.number}/withdraw/").status_code == 404
    assert not has_stepped_back(cast.han, case.pk)
    comment(case_pk=case.pk, stage_pk=seat.stage_id, text="请尽快。", by=cast.han, at=NOW)


def test_who_stepped_back_neither_looks_after_a_team_nor_decides_challenges(cast):
    publish(without_letters(), by=cast.an)
    case = to_investigation(cast, case_at(cast, "county"))
    stage = case.stages.get(outcome="")
    leader = make.reviewer("党委书记", Role.COMMITTEE_SECRETARY, cast.province)
    known = manages(cast.han, stage, at=NOW), decides_challenges(leader, stage, at=NOW)
    assert (known, leader.pk in deciders_of(stage, on=NOW.date())) == ((True, True), True)
    for account in (cast.han, leader):
        Recusal.objects.create(case=case, seat=open_seat(case), account=account, recused=True, at=NOW)
    now = manages(cast.han, stage, at=NOW), decides_challenges(leader, stage, at=NOW)
    assert (now, leader.pk in deciders_of(stage, on=NOW.date())) == ((False, False), False)
