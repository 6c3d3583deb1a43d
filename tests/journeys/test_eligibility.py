"""What the rules exclude and what they advise against, from the form of the candidate to the end of the case."""

import pytest
import time_machine

from approvals.models import Case
from organizations.identity import sealed_identity
from organizations.models import Person
from tests import factories as make
from tests.appointment_review.candidate import fill_in, hand_over_files
from tests.elections import identity_number
from tests.journeys import visitor
from tests.journeys.test_http import NUMBER, closed
from tests.journeys.visitor import Visitor, decide


@pytest.fixture(autouse=True)
def now(policy):
    with time_machine.travel(make.NOW, tick=False):
        yield


@pytest.fixture
def shen(cast):
    Person.objects.filter(pk=cast.shen_person.pk).update(**sealed_identity(NUMBER))
    return Visitor("shen")


def typed_in(shen: Visitor, case: str, **sections: dict[str, str]) -> None:
    """Fill the form in by the verbs behind its pages, and hand it in on the page."""
    found = Case.objects.get(number=case)
    fill_in(found, found.account, **sections)
    hand_over_files(found, found.account)
    visitor.confirm_and_hand_in(shen, case)


def test_what_the_rules_exclude_is_stopped_and_what_they_advise_against_is_agreed_to_with_a_reason(cast, shen):
    lin, gao, zhou, jian, ma = (Visitor(name) for name in ("lin", "gao", "zhou", "jian", "ma"))
    _matter, case = visitor.propose(lin, cast.branch, "沈若溪", NUMBER)
    typed_in(shen, case, pledge={"discipline": "probation"})
    number = identity_number()
    Person.objects.filter(pk=cast.ma_person.pk).update(**sealed_identity(number))
    place = make.organization("海珠湾第二社工站党支部", under=cast.general_branch)
    _matter, other = visitor.propose(lin, place, "马启文", number)
    typed_in(ma, other, record={"appraisal_2025": "incompetent"})
    decide(lin, case, "agree")
    page = visitor.seat_of(lin, case)
    page = lin.send(page, page.form("/decide"), status=422, verb="agree", reason="表现良好。")
    assert "不能同意" in page.text
    visitor.refuse(lin, case)
    assert "近三年考核情况" in shen.open(f"/my/{case}/reply/").text
    visitor.reply(shen, case, "处分已到期。")
    decide(gao, case, "agree")
    decide(lin, other, "agree")
    page = visitor.seat_of(lin, other)
    page = lin.send(page, page.form("/decide"), status=422, verb="agree")
    assert "请写理由" in page.text
    for who in (lin, gao, lin, zhou):
        decide(who, other, "agree", reason="该年度因病假未参加考核，单位已说明。")
    assert (closed(case), closed(other)) == ("rejected", "done")
    assert "林秋在“资格初审”不同意。" in visitor.history(jian, case)
    assert "林秋在“资格初审”同意。" in visitor.history(jian, other)
    assert "病假" not in ma.open(f"/my/{other}/").text
