"""The pages of telling in a real browser, on desk and phone."""

import pytest
from playwright.sync_api import Page

from notifications.models import Notice, Outbox
from notifications.outbox import enqueue
from tests.browsers import judged, signed_in
from tests.cast import Cast, build_cast

pytestmark = pytest.mark.browser


@pytest.fixture
def told(transactional_db, at) -> Cast:
    """Tell Zhou many things; one letter to Zhou and one to Wu did not arrive."""
    cast = build_cast()
    for number in range(33):
        enqueue("seat_due", to=cast.zhou, key=f"seat:{number}", at=at, link="/privacy/", thread=f"考〔2026〕{number}号")
    Notice.objects.filter(key="seat:32").update(read_at=at)
    enqueue("seat_due", to=cast.wu, key="seat:1", at=at)
    Outbox.objects.filter(recipient=cast.wu).update(state="unknown", last_error="sender_vanished", attempts=1)
    zhou = Outbox.objects.filter(recipient=cast.zhou, key__endswith=":seat:1")
    zhou.update(state="failed", last_error="smtp_550", attempts=1)
    return cast


@pytest.fixture
def opened(told, live_server, browser):
    """Let somebody open a page."""

    def open_as(account, address: str, width: int) -> Page:
        page = signed_in(browser, live_server, account.username, width)
        page.goto(f"{live_server.url}{address}")
        return page

    return open_as


@pytest.mark.parametrize("width", [1280, 375])
def test_notices_are_read_on_desk_and_phone(told, opened, width):
    page = opened(told.zhou, "/notices/", width)
    judged(page, width)
    assert page.locator("[data-row]").count() == 30
    page.locator(".more a").click()
    page.wait_for_url("**/notices/?after=*")
    assert page.locator("[data-row]").count() == 3
    page.locator("[data-row] a.entry-go").first.focus()
    page.keyboard.press("Enter")
    page.wait_for_url("**/privacy/")


@pytest.mark.parametrize("width", [1280, 375])
def test_incidents_are_shown_on_desk_and_phone(told, opened, width):
    page = opened(told.xu, "/deliveries/", width)
    judged(page, width)
    assert page.locator("[data-row]").count() == 2
    page.locator("[data-row]").last.get_by_role("link").click()  # the one that surely did not arrive
    page.wait_for_url("**/send/")
    judged(page, width)
    page.locator(".panel-foot button").click()
    page.wait_for_selector(".strip-success")
    assert page.locator("[data-row]").count() == 1


@pytest.mark.parametrize("width", [1280, 375])
def test_a_calendar_address_is_made_and_ended(told, opened, width):
    page = opened(told.zhou, "/notices/calendar/", width)
    judged(page, width)
    page.get_by_role("button", name="生成地址").click()
    assert page.get_by_label("网址", exact=True).input_value().endswith(".ics")
    judged(page, width)
    page.get_by_role("button", name="停用地址").click()
    assert page.get_by_text("日历地址已停用").is_visible()


@pytest.mark.parametrize("width", [1280, 375])
def test_an_office_is_closed_for_days(told, opened, width):
    page = opened(told.xu, "/calendar/closures/", width)
    page.get_by_label("党组织代码").fill(told.county.code)
    page.get_by_label("停办首日").fill("2030-05-06")
    page.get_by_label("停办末日").fill("2030-05-07")
    page.get_by_label("理由").fill("搬迁")
    page.get_by_role("button", name="登记停办").click()
    assert page.get_by_text("已登记停办日期").is_visible()
    judged(page, width)
