"""A real Chromium for the tests marked browser: how it is started, how somebody signs in, how a page is judged."""

import os
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest
from django.conf import settings
from django.test import Client
from playwright.sync_api import Browser, Page, sync_playwright

from organizations.models import Account

AXE = (Path(settings.BASE_DIR) / "tests/vendor/axe.min.js").read_text()
# Widths in CSS pixels: of a phone, and of the narrowest one on which nothing may scroll sideways (WCAG 2.2, 1.4.10).
PHONE, NARROWEST = 375, 320
HEIGHT = 812
RULES = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa"]


@contextmanager
def started(chromium: str) -> Iterator[Browser]:
    """Start a browser and close it in the end.

    The loop of Playwright runs in this thread, where Django would refuse the tests' own questions to the database.
    """
    with pytest.MonkeyPatch.context() as patch, sync_playwright() as playwright:
        patch.setenv("DJANGO_ALLOW_ASYNC_UNSAFE", "1")
        browser = playwright.chromium.launch(executable_path=chromium, args=["--no-sandbox", "--disable-dev-shm-usage"])
        yield browser
        browser.close()


def page_of(browser: Browser, width: int) -> Page:
    """Open a page of a width that speaks Chinese, for somebody of whom the browser knows nothing yet."""
    return browser.new_page(viewport={"width": width, "height": HEIGHT}, locale="zh-CN")


def signed_in(browser: Browser, live_server, who: str, width: int) -> Page:
    """Open a page of somebody who came in already; the door has tests of its own."""
    client, page = Client(), page_of(browser, width)
    client.force_login(Account.objects.get(username=who))
    value = client.cookies[settings.SESSION_COOKIE_NAME].value
    page.context.add_cookies([{"name": settings.SESSION_COOKIE_NAME, "value": value, "url": live_server.url}])
    return page


def shot(page: Page, name: str) -> None:
    """Keep a picture of a whole page in the folder that SHOTS names, where one is named."""
    if folder := os.environ.get("SHOTS"):
        page.screenshot(path=f"{folder}/{name}.png", full_page=True)


def faults_of(page: Page, within: str = "html") -> list[str]:
    """Say what axe finds wrong with a page, or with a part of it, with the first place of each kind."""
    page.evaluate(AXE)
    found = page.evaluate("([part, rules]) => axe.run(part, {runOnly: rules})", [within, RULES])
    return [f"{rule['id']}: {rule['nodes'][0]['html']}" for rule in found["violations"]]


def judged(page: Page, width: int) -> None:
    """Fail where axe finds something, or where the page scrolls sideways; a phone is also held to the narrowest one."""
    assert faults_of(page) == []
    assert scrolled(page) <= width
    if width == PHONE:
        page.set_viewport_size({"width": NARROWEST, "height": HEIGHT})
        assert scrolled(page) <= NARROWEST
        page.set_viewport_size({"width": PHONE, "height": HEIGHT})


def scrolled(page: Page) -> int:
    """Say how wide a page wants to be, in CSS pixels."""
    return page.evaluate("document.documentElement.scrollWidth")
