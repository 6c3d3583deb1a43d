"""The grid of letters in a real browser: readable on desk and phone, walked by keys, a whole column entered at once."""

from datetime import timedelta

import pytest
from django.utils import timezone

from approvals.actions.letter_delays import hold_person
from approvals.actions.letter_replies import Reply, answer_letter, enter_reply
from approvals.models import Letter
from tests import factories as make
from tests.browsers import judged, shot, signed_in
from tests.letters import asked_case, asked_cases, departments, in_force, officer_of, sent

pytestmark = pytest.mark.browser


@pytest.fixture
def story(cast, live_server):
    """Make what the pages show: everything that can stand in a cell."""
    in_force(cast)
    at = timezone.now()
    police, court, tax, market = departments(
        "南岭省公安厅", "南岭省高级人民法院", "南岭省税务局", "南岭省市场监督管理局"
    )
    cases = asked_cases(cast, 5)
    letters = {letter.department: letter for letter in sent(cast, cases, at=at)}
    clerk = make.reviewer("贺云舟", "organizer", cast.province)
    first = {one: letter.items.order_by("place").first().pk for one, letter in letters.items()}
    found = Reply({first[police]: "2024年一件民事案件，已调解结案，不涉及限制任职情形。"})
    answer_letter(letter_pk=letters[police].pk, reply=found, by=officer_of(police), at=at, key="p")
    enter_reply(letter_pk=letters[court].pk, reply=Reply(), by=clerk, at=at, key="c")
    hold_person(
        letter_pk=letters[tax].pk, item_pk=first[tax], review_on=timezone.localdate() + timedelta(days=40),
        words="来电，案件未结", by=clerk, at=at,
    )  # fmt: skip
    Letter.objects.filter(pk=letters[market].pk).update(due_at=at - timedelta(days=5))
    asked_case(cast, "汤问渠")
    return {
        "market": market.pk, "tax": tax.pk, "letter": letters[market].token, "check": letters[court].token,
        "done": letters[police].token,
    }  # fmt: skip


@pytest.mark.parametrize("width", [1280, 375])
def test_axe_finds_nothing_on_the_pages_of_letters(story, browser, live_server, width):
    page = signed_in(browser, live_server, "han", width)
    for name, address in {
        "grid": "/letters/grid/",
        "column": "/letters/grid/?department={tax}",
        "list": "/letters/?which=all",
        "letter": "/letters/{letter}/",
        "check": "/letters/{check}/",
        "new": "/letters/new/",
    }.items():
        page.goto(live_server.url + address.format(**story))
        assert page.locator("h1").count() == 1
        shot(page, f"{name}-{width}")
        judged(page, width)


def test_the_grid_is_walked_by_keys_and_a_whole_column_entered(story, browser, live_server):
    page = signed_in(browser, live_server, "han", 1280)
    page.goto(f"{live_server.url}/letters/grid/")
    for key in ("ArrowDown", "ArrowRight", "ArrowRight", "ArrowDown"):
        page.keyboard.press(key)
    page.keyboard.press("e")
    page.wait_for_url("**department=*")
    assert "南岭省税务局" in page.locator("#entry h2").inner_text()
    assert "is-chosen" in (page.locator("thead th").nth(3).get_attribute("class") or "")
    page.goto(f"{live_server.url}/letters/grid/")
    page.keyboard.press("ArrowDown")
    page.keyboard.press("Enter")
    page.wait_for_url("**/letters/*/")
    assert "2024年一件民事案件" in page.locator("main").inner_text()
