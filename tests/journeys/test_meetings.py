"""What a committee resolves, to the end of each case: called off, quorum without the recused, every result."""

from datetime import timedelta

import pytest
from django.utils.timezone import localdate

from organizations.models import Post
from tests import factories as make
from tests.cases import full_policy_document, publish
from tests.journeys import rooms, visitor
from tests.journeys.brought import matters, person, to_meeting
from tests.journeys.rooms import MEMBERS, sound, step
from tests.journeys.visitor import decide
from tests.shared.test_documents import docx_text

pytestmark = pytest.mark.usefixtures("now")

AGREED, REFUSED, DEFERRED, RETURNED, ASKED = "汤问渠", "丁素秋", "阮长汀", "苗若兰", "万归鸿"
PEOPLE = (AGREED, REFUSED, DEFERRED, RETURNED, ASKED)


@pytest.fixture
def office(cast):
    publish(full_policy_document(), by=cast.an)
    return rooms.province_at_work(cast)


def call_off(office, meeting: str, why: str) -> str:
    """Call a meeting off; what its page says then."""
    page = office["han"].open(meeting)
    page = office["han"].send(page, page.form("/off/"), reason=why)
    assert [form for form in page.forms if form.action.endswith("/attendance/")] == []
    return page.text


def came(office, meeting: str, number: int) -> None:
    """Correct who is present: the first so many of the list."""
    page = office["han"].open(meeting)
    members = page.parts(r'name="present" value="(\d+)"')
    office["han"].send(page, page.form("/attendance/"), present=members[:number])


def test_a_meeting_is_called_off_and_the_next_one_agrees_refuses_defers_and_returns(cast, office, now):
    cases = to_meeting(cast, office, *PEOPLE)
    first = rooms.call_meeting(office, *cases.values(), day=localdate())
    assert "取消" in call_off(office, first, "到会人数不足，改期召开。")
    assert set(map(step, cases.values())) == {"deliberation"}

    now.shift(timedelta(days=1))
    meeting = rooms.call_meeting(office, *cases.values(), day=localdate())
    came(office, meeting, 4)  # four of seven, which is enough to meet
    rooms.step_out(office, meeting, cases[AGREED], MEMBERS[3].partition("，")[0])
    page = rooms.item_page(office, meeting, cases[AGREED])
    assert "本项应到 6 人，实到 3 人" in page.text
    page = office["han"].send(page, page.form("/result/"), status=422, result="agree")
    assert "应到 6 人" in page.text, page.text
    came(office, meeting, 5)
    page = rooms.item_page(office, meeting, cases[AGREED])
    assert "本项应到 6 人，实到 4 人" in page.text
    rooms.resolve(office, meeting, cases[AGREED])
    told = {"reason": "群众基础有待进一步了解。", "reason_for_person": "任职条件还需要进一步积累。"}
    rooms.resolve(office, meeting, cases[REFUSED], "refuse", **told)
    again = localdate() + timedelta(days=20)
    rooms.resolve(office, meeting, cases[DEFERRED], "defer", reason="等候一项核查结果。", review_on=f"{again}")
    page = rooms.item_page(office, meeting, cases[RETURNED])
    page = office["han"].send(page, page.form("/result/"), status=422, result="return", reason="考察不够充分。")
    words = {"reason": "谈话范围偏窄，请补充考察。", "returns_to": "investigation"}
    rooms.resolve(office, meeting, cases[RETURNED], "return", **words)
    wanted = {
        "reason": "材料需补充。",
        "returns_to": "materials",
        "reason_for_person": "请补交学历证明。\n请补写社会兼职。",
    }
    rooms.resolve(office, meeting, cases[ASKED], "return", **wanted)
    assert set(map(step, cases.values())) == {"deliberation"}  # nothing counts before the chair has confirmed
    rooms.close_meeting(office, meeting)
    assert {name: step(case) for name, case in cases.items()} == {
        AGREED: "publication", REFUSED: "reply", DEFERRED: "deliberation", RETURNED: "investigation",
        ASKED: "materials",
    }  # fmt: skip
    minutes = docx_text(office["han"].file(f"{meeting}minutes/docx/"))
    assert ("退回“考察”补充" in minutes, "缓议" in minutes, MEMBERS[3][:2] in minutes) == (True, True, True)

    # The refused one is heard, and the refusal stands; nobody reads a count.
    heard = person(cases[REFUSED])
    mine = heard.open(f"/my/{cases[REFUSED]}/reply/").text
    assert ("任职条件还需要进一步积累" in mine, "群众基础" in mine, "反对" in mine) == (True, False, False)
    visitor.reply(heard, cases[REFUSED], "请予复议。")
    decide(office["cheng"], cases[REFUSED], "agree")
    assert "决定：不同意" in heard.open(f"/my/{cases[REFUSED]}/").text

    # The one asked for more reads the list; the one deferred is told nothing of it.
    asked = person(cases[ASKED])
    text = asked.open(f"/my/{cases[ASKED]}/").text
    assert ("请补交学历证明。" in text, "请补写社会兼职。" in text, "需补正" in text) == (True, True, True)
    assert "核查" not in person(cases[DEFERRED]).open(f"/my/{cases[DEFERRED]}/").text
    page = office["han"].open("/meetings/new/")
    typed = {"held_on": f"{localdate()}", "place": "501 室", "members": "\n".join(MEMBERS), "chair": "程书记"}
    page = office["han"].send(page, page.form(field="members"), **typed)
    assert cases[DEFERRED] not in page.text  # its day has not come

    now.move_to(make.NOW + timedelta(days=22))
    rooms.pass_meeting(office, cases[DEFERRED], day=localdate())
    rooms.put_up(office, cases[AGREED], cases[DEFERRED])
    now.shift(timedelta(days=10))
    for name in (AGREED, DEFERRED):
        rooms.after_notice(office, cases[name])
    assert {name: step(case) for name, case in cases.items()} == {
        AGREED: "done", REFUSED: "rejected", DEFERRED: "done", RETURNED: "investigation", ASKED: "materials",
    }  # fmt: skip
    assert Post.objects.filter(person__name__in=PEOPLE, ended_on=None).count() == 2
    told = " ".join(visitor.history(office["jian"], cases[RETURNED], "all"))
    assert ("列入" in told, "退回" in told) == (True, True), told
    sound(*matters(*cases.values()))
