"""One letter about 47 people, and the ways a reply comes late, on the default policy and by the pages alone."""

import re
from datetime import timedelta

import pytest

from approvals.models import Case
from tests import factories as make
from tests.cases import full_policy_document, publish
from tests.journeys import rooms, visitor
from tests.journeys.rooms import sound, step
from tests.letters import asked_case

pytestmark = pytest.mark.usefixtures("now")

POLICE, COURT = "南岭省公安厅", "南岭省高级人民法院"
FOUND = {"蒲若12": "2018年有一起行政处罚，已履行。", "苗若34": "一起劳动争议尚在仲裁。"}


@pytest.fixture
def office(cast):
    publish(full_policy_document(), by=cast.an)
    return rooms.province_at_work(cast)


def asked(cast, *names: str) -> list[Case]:
    """Bring people to the letters."""
    return [asked_case(cast, name) for name in names]


def test_47_people_are_answered_by_one_act_except_two(cast, office):
    cases = asked(cast, *(f"甘若{number}" for number in range(45)), *FOUND)
    letters = rooms.send_letters(office)
    assert "47" in office["luo"].open("/letters/").text
    rooms.answer(office["luo"], letters[POLICE], **FOUND)
    rooms.answer_on_paper(office["han"], office["hezhou"], letters[COURT])
    assert set(Case.objects.values_list("step", flat=True)) == {"investigation"}
    page = office["han"].open(letters[POLICE])
    assert [page.text.count(words) for words in FOUND.values()] == [1, 1]
    assert page.text.count("无异议") >= 45
    told = visitor.history(office["jian"], cases[-1].number, "all")
    assert any(POLICE in line for line in told)
    sound(*(case.matter.number for case in cases))


def test_a_late_reply_is_extended_asked_to_wait_and_at_last_gone_on_without(cast, office, now):
    one, other = asked(cast, "汤问渠", "丁素秋")
    letters = rooms.send_letters(office, days="3")
    rooms.answer_on_paper(office["han"], office["hezhou"], letters[COURT], 丁素秋="一起民事纠纷，已结。")
    letter, han = letters[POLICE], office["han"]
    now.shift(timedelta(days=7))
    assert "逾期" in han.open("/letters/grid/").text
    page = han.open(letter)
    han.send(page, page.form("/remind/"))
    page = han.open(letter)
    typed = {"extend-working_days": "5", "extend-reason": "来函说明正在核查"}
    han.send(page, page.form("/extend/"), **typed)
    page = han.open(letter)
    key = re.findall(r'<option value="(\d+)">汤问渠', page.html.partition("wait-person")[2])[0]
    typed = {"wait-person": key, "wait-review_on": "2026-12-15", "wait-words": "来电：案件未结，请缓议。"}
    han.send(page, page.form("/wait/"), **typed)
    page = office["luo"].open(letter)
    left_out = page.parts(r'name="left_out" value="(\d+)"')
    office["luo"].send(page, page.form("/answer/"), rest="1", left_out=left_out)
    assert (step(other.number), step(one.number)) == ("investigation", "letters")
    page = office["cheng"].open(letter)
    assert [form for form in page.forms if form.action.endswith("/close/")] == []  # the day has not come
    now.move_to(make.NOW + timedelta(days=30))
    page = office["cheng"].open(letter)
    office["cheng"].send(page, page.form("/close/"), **{"close-reason": "多次催办未复，班子研究后按程序推进。"})
    assert step(one.number) == "investigation"
    told = " ".join(visitor.history(office["jian"], one.number, "all"))
    assert POLICE in told
    assert ("案件未结" in told, "催办未复" in told) == (False, False)
    mine = visitor.Visitor(one.subject.account.username).open(f"/my/{one.number}/").text
    assert ("公安" in mine, "案件" in mine) == (False, False)
    sound(one.matter.number, other.matter.number)
