"""One assignment on the default policy with every step it has, by the pages alone."""

from datetime import date, timedelta

import pytest

from approvals.models import Case
from organizations.identity import sealed_identity
from organizations.models import Obligation, Person, Post
from tests import factories as make
from tests.cases import full_policy_document, publish
from tests.elections import identity_number
from tests.journeys import rooms, visitor
from tests.journeys.rooms import sound, step
from tests.journeys.visitor import climb
from tests.shared.test_documents import docx_text

pytestmark = pytest.mark.usefixtures("now")

VISIT, FIRST, SECOND = date(2026, 11, 25), date(2026, 11, 26), date(2026, 12, 10)

NUMBER = identity_number()


@pytest.fixture
def office(cast):
    publish(full_policy_document(), by=cast.an)
    return rooms.province_at_work(cast)


@pytest.fixture
def case(cast, office):
    """Give the number of Shen's case, which waits for the departments; all of it done on the pages."""
    Person.objects.filter(pk=cast.shen_person.pk).update(**sealed_identity(NUMBER))
    _matter, case = visitor.propose(office["lin"], cast.branch, "沈若溪", NUMBER)
    visitor.apply(office["shen"], case)
    climb(case, *(office[login] for login in ("lin", "lin", "gao", "lin", "zhou")))
    return case


def challenge(office, case: str) -> None:
    """Let the candidate ask for another investigator; a leader keeps the one named."""
    shen = office["shen"]
    page = shen.open(shen.open(f"/my/{case}/").links_to(r"/team/$")[0])
    member = page.html.split('name="member" value="')[1].split('"')[0]
    shen.send(page, page.form(field="grounds"), member=member, grounds="曾有工作分歧。")
    rooms.at_visit(office["zhou"], case, field="upheld", upheld="0", reason="不构成回避情形。")
    assert "不构成回避情形" in shen.open(f"/my/{case}/team/").text


def test_an_assignment_goes_through_every_room(cast, office, case, now):
    assert step(case) == "letters"
    letters = rooms.send_letters(office)
    rooms.answer(office["luo"], letters["南岭省公安厅"])
    rooms.answer_on_paper(
        office["han"], office["hezhou"], letters["南岭省高级人民法院"], 沈若溪="2019年有一起已结民事纠纷。"
    )
    assert step(case) == "investigation"
    rooms.set_up_team(office, case, day=VISIT)
    challenge(office, case)
    now.move_to(make.NOW + timedelta(days=2))
    rooms.visit(office, case, day=VISIT)
    assert step(case) == "deliberation"

    now.move_to(make.NOW + timedelta(days=3))
    meeting = rooms.call_meeting(office, case, day=FIRST)
    rooms.step_out(office, meeting, case, "闻人岳")
    rooms.resolve(office, meeting, case, "defer", reason="待核实纠纷结案情况。", review_on=f"{SECOND}")
    rooms.close_meeting(office, meeting)
    assert step(case) == "deliberation"
    now.move_to(make.NOW + timedelta(days=17))
    meeting = rooms.call_meeting(office, case, day=SECOND)
    page = rooms.step_out(office, meeting, case, "闻人岳")
    assert "本项应到 6 人" in page.text, page.text
    rooms.resolve(office, meeting, case, reason="纠纷已结案，不影响任职。")
    rooms.close_meeting(office, meeting)
    minutes = docx_text(office["han"].file(f"{meeting}minutes/docx/"))
    assert ("闻人岳" in minutes, "沈若溪" in minutes) == (True, True)
    assert step(case) == "publication"

    notice = rooms.put_up(office, case)
    code = rooms.object_to(notice, "沈若溪", "听说有一起纠纷没有了结。")
    rooms.settle_objection(office, "沈若溪")
    assert "已经核实" in rooms.outcome(code)
    rooms.after_notice(office, case, status=422)  # it still stands
    now.move_to(make.NOW + timedelta(days=26))
    rooms.after_notice(office, case)
    assert step(case) == "done"

    shen = office["shen"]
    page = shen.open(shen.open(f"/my/{case}/").links_to("^/documents/")[0])
    assert "同意沈若溪同志任海珠湾晨光社工服务中心党支部书记" in docx_text(shen.file(f"{page.address}docx/"))
    assert Post.objects.get(person=cast.shen_person).title == "secretary"
    assert set(Obligation.objects.values_list("person__name", "kind")) == {("沈若溪", "talk"), ("沈若溪", "induction")}
    told = " ".join(visitor.history(office["jian"], case, "all"))
    for words in ("南岭省公安厅", "考察预告", "缓议", "公示"):
        assert words in told, told
    assert "民事纠纷" not in shen.open(f"/my/{case}/").text
    sound(Case.objects.get(number=case).matter.number)
