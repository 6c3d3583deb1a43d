"""The door in a real browser: accessible on desk and phone, usable without a mouse."""

import pytest
from playwright.sync_api import Page

from tests import factories as make
from tests.browsers import faults_of, judged, page_of

pytestmark = pytest.mark.browser


@pytest.fixture
def open_page(live_server, browser):
    """Open pages of the running system at a width and collect what the browser complains about."""

    def opened(address: str, width: int) -> tuple[Page, list[str]]:
        page = page_of(browser, width)
        complaints: list[str] = []
        page.on("console", lambda said: complaints.append(said.text) if said.type == "error" else None)
        page.on("pageerror", lambda error: complaints.append(str(error)))
        page.goto(f"{live_server.url}{address}")
        return page, complaints

    return opened


@pytest.mark.parametrize("width", [1280, 375])
@pytest.mark.parametrize("address", ["/accounts/login/", "/privacy/"])
def test_axe_finds_nothing_and_nothing_moves_sideways(open_page, address, width):
    page, complaints = open_page(address, width)
    assert complaints == []
    judged(page, width)


@pytest.mark.parametrize("width", [1280, 375])
@pytest.mark.parametrize(
    "address", ["/accounts/password/change/", "/accounts/2fa/", "/accounts/sessions/", "/nothing/"]
)
def test_axe_finds_nothing_on_the_pages_of_ones_own_account(cast, open_page, address, width):
    page, _ = open_page(f"/accounts/login/?next={address}", width)
    page.fill("#id_login", cast.zhou.username)
    page.fill("#id_password", make.PASSWORD)
    page.get_by_role("button", name="登录", exact=True).click()
    page.wait_for_url(f"**{address}")
    judged(page, width)
    page.locator("header summary:visible").last.click()  # the menu of the person; more places stand before it
    assert faults_of(page, "header") == []  # what the open menu lies on is out of reach until it closes
    assert page.get_by_role("button", name="退出登录").first.is_visible()


def test_the_door_opens_its_password_and_keeps_its_focus_ring(open_page):
    page, _ = open_page("/accounts/login/", 375)
    page.fill("#id_password", "nur zum Ansehen")
    page.get_by_role("button", name="显示").click()
    assert page.get_attribute("#id_password", "type") == "text"
    page.get_by_role("button", name="隐藏").click()
    assert page.get_attribute("#id_password", "type") == "password"
    page.focus("#id_password")
    ring = page.evaluate("getComputedStyle(document.activeElement).outline")
    assert "rgb(31, 79, 123) solid 3px" in ring


def test_a_refused_entry_takes_the_focus_to_what_is_wrong(open_page):
    page, _ = open_page("/accounts/login/", 375)
    page.fill("#id_login", "nobody")
    page.fill("#id_password", "wrong-wrong-wrong")
    page.get_by_role("button", name="登录", exact=True).click()
    page.wait_for_selector("[data-error-summary]")
    assert page.evaluate("document.activeElement.hasAttribute('data-error-summary')")


def test_the_first_stop_of_the_keyboard_leads_past_the_bar(open_page):
    page, _ = open_page("/accounts/login/", 1280)
    page.evaluate("document.activeElement.blur()")
    page.keyboard.press("Tab")
    assert page.evaluate("document.activeElement.className") == "skip"
