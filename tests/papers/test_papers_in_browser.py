"""Sheets, scans and batches in a real browser, on desk and phone: nothing for axe, nothing sideways."""

from datetime import timedelta

import pytest
from django.utils import timezone

from tests import factories as make
from tests.browsers import judged, signed_in
from tests.cases import fresh, new_case, publish, say
from tests.papers.scanning import page_with, scanned
from workflows.papers.actions.taking import take_stack
from workflows.shared.enums import PaperKind
from workflows.shared.papers import paper_for

pytestmark = pytest.mark.browser


@pytest.fixture
def story(cast, live_server):
    """Seven cases that wait for the completeness check, two more at their materials, a stack of three pages."""
    publish(by=cast.an)
    at = timezone.now() - timedelta(days=1)
    for number in range(7):
        person = make.person(f"鲁某{'甲乙丙丁戊己庚'[number]}")
        make.account(person.name, username=f"lu{number}", person=person)
        say(new_case(cast, person=person, at=at), person.account, "hand_in", at=at)
    cases = [new_case(cast, person=make.person(name), at=at) for name in ("欧阳·阿卜杜热合曼", "白一")]
    papers = [paper_for(kind=kind, case=fresh(case), by=cast.lin, at=at) for case in cases for kind in
              (PaperKind.PLEDGE, PaperKind.RECOMMENDATION)]  # fmt: skip
    pages = scanned(*(page_with(paper.code) for paper in papers[:3]), page_with(""), page_with(""))
    stack = take_stack(uploads=[pages], by=cast.lin, at=at, on=timezone.localdate(at))
    return {"stack": f"/papers/stacks/{stack.pk}/", "case": f"/matters/case/{cases[0].number}/papers/"}


@pytest.mark.parametrize("width", [1280, 375])
def test_axe_finds_nothing_and_nothing_goes_sideways(story, browser, live_server, width):
    page = signed_in(browser, live_server, "lin", width)
    batch = "/batches/appointment_review/completeness/"
    for address in ("/inbox/", batch, "/papers/stacks/", story["stack"], story["case"], "/papers/print/"):
        page.goto(f"{live_server.url}{address}")
        judged(page, width)


def test_a_batch_is_started_by_one_button_and_goes_on_by_itself(story, browser, live_server):
    page = signed_in(browser, live_server, "lin", 1280)
    page.goto(f"{live_server.url}/inbox/")
    page.get_by_role("link", name="一起办理").click()
    page.get_by_role("button", name="同意勾选的各件").click()
    page.get_by_text("已办 7 件，共 7 件").first.wait_for()
    judged(page, 1280)
    assert page.get_by_role("button", name="继续办理").count() == 0


def test_a_stack_is_filed_by_one_button(story, browser, live_server):
    page = signed_in(browser, live_server, "lin", 1280)
    page.goto(f"{live_server.url}{story['stack']}")
    page.get_by_role("button", name="归档勾选的各份").click()
    page.get_by_text("已归档 3 份。").wait_for()
    judged(page, 1280)
