"""A meeting with 23 items in a real browser: one page load, one key an item; the same by mouse in one table."""

from datetime import timedelta

import pytest
from django.utils import timezone

from approvals.actions.meetings import plan_meeting, put_on_agenda, record_attendance
from approvals.meeting_queries import ready_stages
from approvals.models import AgendaItem, Seat
from tests.browsers import judged, shot, signed_in
from tests.meetings import COMMITTEE, entered, many_at_deliberation, publish_meetings

pytestmark = pytest.mark.browser
ITEMS, FEW = 23, 3
PRESENT = 8
DONE, HELD, LATER = "HY2026-00017", "HY2026-00018", "HY2026-00019"


def prepared(cast, items: int):
    """Make a meeting in session, one to be confirmed and one being prepared."""
    publish_meetings(cast)
    at = timezone.now() - timedelta(hours=1)
    many_at_deliberation(cast, items + 3)
    stages = [stage.pk for stage in ready_stages(cast.province, on=at.date())]
    facts = {"organization": cast.province, "place": "501 室", "members": COMMITTEE, "held_at": at}
    by = {"by": cast.han, "at": at}
    agendas = {HELD: stages[:items], DONE: stages[items : items + 1], LATER: stages[items + 1 : items + 2]}
    for number, chosen in agendas.items():
        meeting = plan_meeting(
            number=number, title=f"综合党委委员会会议（2026年第{int(number[-2:])}次）", **facts, **by
        )
        put_on_agenda(meeting_pk=meeting.pk, stage_pks=chosen, **by)
        if number != LATER:
            present = [member.pk for member in meeting.members.all()][:PRESENT]
            record_attendance(meeting_pk=meeting.pk, present=present, **by)
        if number == DONE:
            entered(cast, meeting)
    cast.seat = Seat.objects.get(stage=stages[-1], state="open").pk
    return cast


@pytest.fixture
def full(cast, live_server):
    return prepared(cast, ITEMS)


@pytest.fixture
def story(cast, live_server):
    return prepared(cast, FEW)


def results():
    return list(AgendaItem.objects.filter(meeting__number=HELD).order_by("place").values_list("result", flat=True))


def test_23_items_take_one_page_load_and_at_most_three_keys_each(full, browser, live_server):
    loads, keys = [], []
    page = signed_in(browser, live_server, "han", 1280)
    page.goto(f"{live_server.url}/meetings/{HELD}/desk/")
    page.on("framenavigated", lambda frame: loads.append(frame.url))

    def press(key):
        keys.append(key)
        page.keyboard.press(key)

    for place in range(ITEMS):
        before = page.get_attribute("#desk", "data-item")
        press({4: "2", 9: "3"}.get(place, "1"))
        if place == 4:
            page.keyboard.type("条件尚不具备")
            press("Enter")
            page.keyboard.type("任职条件还不具备。")
            press("Enter")
        if place == 9:
            page.keyboard.type("等待回函")
            press("Enter")
        if place < ITEMS - 1:
            page.locator(f"#desk:not([data-item='{before}'])").wait_for(timeout=8000)
    page.get_by_role("button", name="交主持人确认").wait_for()
    assert loads == []
    page.get_by_role("button", name="交主持人确认").click()
    page.get_by_text("已交主持人").wait_for()
    told = results()
    assert (told.count("agree"), told[4], told[9]) == (ITEMS - 2, "refuse", "defer")
    assert AgendaItem.objects.get(meeting__number=HELD, place=5).against == PRESENT
    print(f"\n{ITEMS} items: 1 page load, {len(keys)} keys ({len(keys) / ITEMS:.2f} an item)")
    assert len(keys) <= 3 * ITEMS


def test_the_same_in_one_table_by_mouse(full, browser, live_server):
    page = signed_in(browser, live_server, "han", 1280)
    page.goto(f"{live_server.url}/meetings/{HELD}/table/")
    choices = page.locator("label[for$='-agree']")
    for place in range(ITEMS):
        choices.nth(place).click()
    page.get_by_role("button", name="保存已填的").click()
    page.get_by_text(f"{ITEMS} 项已保存").wait_for()
    assert results() == ["agree"] * ITEMS
    print(f"\n{ITEMS} items by mouse: {ITEMS + 1} clicks in one page")


def test_a_recusal_and_a_wrong_count_at_the_table_and_nothing_is_lost(story, browser, live_server):
    page = signed_in(browser, live_server, "han", 1280)
    page.goto(f"{live_server.url}/meetings/{HELD}/desk/")
    page.keyboard.press("h")
    page.keyboard.press("Enter")
    page.get_by_text("本项应到 8 人，实到 7 人").wait_for()
    assert page.input_value("#id_agree") == "7"
    page.fill("#id_agree", "6")
    page.get_by_text("应为 7 票").wait_for()
    page.locator("[data-press='1']").click()
    page.get_by_text("本项有 7 人表决").wait_for()
    assert page.input_value("#id_agree") == "6"
    page.fill("#id_abstain", "1")
    shot(page, "desk-count")
    page.locator("[data-press='1']").click()
    page.get_by_text("每条都已保存").wait_for()
    # The network goes: what was typed stays, and is there again after the page is loaded anew.
    page.fill("#id_reason", "请支部说明情况。")
    page.locator("#id_agree").focus()
    page.get_by_text("意见已保存").wait_for()
    page.context.set_offline(True)
    page.locator("[data-press='1']").click()
    page.get_by_text("没有保存：网络断了。").first.wait_for()
    assert page.input_value("#id_reason") == "请支部说明情况。"
    page.context.set_offline(False)
    page.reload()
    assert page.input_value("#id_reason") == "请支部说明情况。"
    first = AgendaItem.objects.get(meeting__number=HELD, place=1)
    assert (first.result, first.agree, first.abstain) == ("agree", 6, 1)


def test_axe_finds_nothing_on_the_pages_of_a_meeting(story, browser, live_server):
    for width in (1280, 375):
        page = signed_in(browser, live_server, "han", width)
        for name, address in [
            ("list", "/meetings/"),
            ("new", "/meetings/new/"),
            ("agenda", f"/meetings/{LATER}/"),
            ("held", f"/meetings/{HELD}/"),
            ("desk", f"/meetings/{HELD}/desk/"),
            ("table", f"/meetings/{HELD}/table/"),
            ("seat", f"/seats/{story.seat}/"),
        ]:
            page.goto(live_server.url + address)
            shot(page, f"{name}-{width}")
            assert page.locator("h1").count() == 1
            judged(page, width)
        page.goto(f"{live_server.url}/meetings/{HELD}/summary/print/")
        shot(page, f"print-{width}")
        page = signed_in(browser, live_server, "zhou", width)
        page.goto(f"{live_server.url}/meetings/{DONE}/confirm/")
        shot(page, f"confirm-{width}")
        judged(page, width)
    page.get_by_role("button", name="确认会议结果").click()
    page.get_by_text("已确认").first.wait_for()
    shot(page, "confirmed")
    judged(page, 375)
