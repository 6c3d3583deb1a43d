"""A real Chromium for the tests marked browser: how it is started, how somebody signs in, how a page is judged."""

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from django.conf import settings
from playwright.sync_api import Browser, Page, sync_playwright

from tests import factories as make

AXE = (Path(settings.BASE_DIR) / "tests/vendor/axe.min.js").read_text()
RULES = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa"]


@contextmanager
def started(chromium: str) -> Iterator[Browser]:
    """Start a browser and close it in the end; beside a running browser no query is allowed in the same thread."""
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=chromium, args=["--no-sandbox", "--disable-dev-shm-usage"])
        yield browser
        browser.close()


def page_of(browser: Browser, width: int, height: int = 812) -> Page:
    """Open a page of a width that speaks Chinese."""
    return browser.new_page(viewport={"width": width, "height": height}, locale="zh-CN")


def signed_in(browser: Browser, live_server, who: str, width: int) -> Page:
    """Sign somebody in and give the page behind the door."""
    page = page_of(browser, width)
    page.goto(f"{live_server.url}/accounts/login/")
    page.fill("#id_login", who)
    page.fill("#id_password", make.PASSWORD)
    page.get_by_role("button", name="登录", exact=True).click()
    page.wait_for_url(lambda url: "login" not in url)
    return page


def faults_of(page: Page, within: str = "html") -> list[str]:
    """Say what axe finds wrong with a page, or with a part of it, with the first place of each kind."""
    page.evaluate(AXE)
    found = page.evaluate("([part, rules]) => axe.run(part, {runOnly: rules})", [within, RULES])
    return [f"{rule['id']}: {rule['nodes'][0]['html']}" for rule in found["violations"]]


def judged(page: Page, width: int) -> None:
    """Fail where axe finds something, or where the page scrolls sideways."""
    assert faults_of(page) == []
    assert page.evaluate("document.documentElement.scrollWidth") <= width
