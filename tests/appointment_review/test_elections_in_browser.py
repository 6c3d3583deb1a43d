"""The pages of an election in a real browser, on desk and phone, in Chinese."""

from pathlib import Path

import pytest
from django.conf import settings
from playwright.sync_api import sync_playwright

from tests import factories as make
from tests.cases import open_seat, say
from tests.elections import election_at, publish_for_elections

pytestmark = pytest.mark.browser
AXE = (Path(settings.BASE_DIR) / "tests/vendor/axe.min.js").read_text()
RULES = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa"]


def judged(page, width):
    page.evaluate(AXE)
    found = page.evaluate("rules => axe.run(document, {runOnly: rules})", RULES)
    assert [(rule["id"], rule["nodes"][0]["html"]) for rule in found["violations"]] == []
    assert page.evaluate("document.documentElement.scrollWidth") <= width


def address_of(cast, step: str) -> tuple[str, str]:
    """Bring an election to a step; give who acts there, and where."""
    own, _lines = election_at(cast, step)
    if step != "second_approval":
        return "chen", f"/matters/{own.matter.number}/election/"
    for who in (cast.gao, cast.lin):
        say(own, who, "agree")
    return "zhou", f"/seats/{open_seat(own).pk}/"


@pytest.fixture
def browser(chromium):
    """Give a browser that speaks Chinese."""
    with sync_playwright() as playwright:
        started = playwright.chromium.launch(executable_path=chromium, args=["--no-sandbox", "--disable-dev-shm-usage"])
        yield started
        started.close()


@pytest.fixture
def pages(cast, live_server, request):
    """Make what the page shows, before the browser starts: beside a running browser no query is allowed."""
    publish_for_elections(cast.an)
    if request.param == "together":
        make.organization("海珠湾园艺学会党支部", under=cast.general_branch)
        return "lin", f"/elections/together/?organization={cast.branch.code}&organization={cast.city_branch.code}"
    if request.param == "matter":
        who, address = address_of(cast, "report")
        return who, address.replace("election/", "")
    return address_of(cast, request.param)


def come_in(browser, live_server, who: str, width: int):
    """Sign somebody in at a width."""
    page = browser.new_page(viewport={"width": width, "height": 900}, locale="zh-CN")
    page.goto(f"{live_server.url}/accounts/login/")
    page.fill("#id_login", who)
    page.fill("#id_password", make.PASSWORD)
    page.get_by_role("button", name="登录", exact=True).click()
    page.wait_for_load_state()
    return page


@pytest.mark.parametrize(
    "pages",
    ["first_request", "nomination", "second_approval", "election", "report", "matter", "together"],
    indirect=True,
)
def test_axe_finds_nothing_on_the_pages_of_an_election(pages, browser, live_server):
    who, address = pages
    for width in (1280, 375):
        page = come_in(browser, live_server, who, width)
        page.goto(live_server.url + address)
        assert page.locator("h1").count() == 1
        judged(page, width)
