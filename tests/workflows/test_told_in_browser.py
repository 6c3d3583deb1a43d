"""The pages of telling in a real browser, on desk and phone."""

from datetime import timedelta

import pytest

from approvals.models import Recusal, Seat
from notifications.models import Notice, Outbox
from notifications.outbox import enqueue
from notifications.sweep import sweep
from organizations.enums import Role
from tests import factories as make
from tests.browsers import judged, signed_in
from tests.cases import case_at, full_policy_document, publish
from tests.cast import build_cast
from tests.factories import NOW

pytestmark = pytest.mark.browser


@pytest.fixture
def story(transactional_db):
    """Tell several people about a case: read and unread, sent, failed, perhaps delivered, in a digest."""
    cast = build_cast()
    publish(full_policy_document(), by=cast.an)
    case = case_at(cast, "county")
    make.roles([(cast.han, Role.COMMITTEE_SECRETARY, cast.province), (cast.lin, Role.APPROVER, cast.province)])
    enqueue("right_of_reply", to=[cast.lin, cast.gao], key="reply", at=NOW, thread=case.number, link="/inbox/")
    stage = case.stages.get(outcome="")
    sweep(at=stage.due_at - timedelta(hours=8))
    letters = Outbox.objects.filter(kind="right_of_reply")
    letters.filter(recipient=cast.lin).update(state="unknown", last_error="no_answer", sent_at=None, attempts=1)
    letters.filter(recipient=cast.gao).update(state="failed", last_error="smtp_550", sent_at=None, attempts=1)
    Outbox.objects.filter(kind="digest").update(state="sent", sent_at=NOW, provider_id="<20261123.8f2a@mail.example>")
    Notice.objects.filter(recipient=cast.gao).update(read_at=NOW + timedelta(hours=1))
    seat = Seat.objects.filter(stage=stage).first()
    Recusal.objects.create(case=case, seat=seat, account=cast.qian, recused=True, at=NOW)
    return cast, case


PAGES = [
    ("jian", "/cases/{number}/told/", "告知记录"),
    ("lin", "/cases/{number}/told/", "告知记录"),
    ("jian", "/cases/{number}/told/print/", "告知凭证"),
    ("jian", "/cases/{number}/told/ahead/", "将告知谁"),
    ("xu", "/messages/", "告知一览"),
]


@pytest.mark.parametrize("width", [1280, 375])
@pytest.mark.parametrize(("who", "address", "heading"), PAGES)
def test_the_pages_are_read_on_desk_and_phone(story, browser, live_server, who, address, heading, width):
    _cast, case = story
    page = signed_in(browser, live_server, who, width)
    page.goto(live_server.url + address.format(number=case.number))
    assert page.get_by_role("heading", level=1).inner_text().strip() == heading
    judged(page, width)


@pytest.mark.parametrize("width", [1280, 375])
def test_an_administrator_confirms_what_may_come_twice(story, browser, live_server, width):
    page = signed_in(browser, live_server, "xu", width)
    page.goto(f"{live_server.url}/deliveries/")
    page.locator("[data-row]", has_text="可能已送达").get_by_role("link").click()
    page.wait_for_url("**/send/")
    judged(page, width)
    page.select_option("#id_why", "nothing_came")
    page.check("#id_twice")
    page.get_by_role("button", name="重新发送").click()
    page.wait_for_url("**/deliveries/")
    assert "正在重新发送。" in page.content()
    judged(page, width)
