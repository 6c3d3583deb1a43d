"""The candidate's pages in a real browser, on desk and phone: nothing for axe, nothing sideways, saved as one types."""

from datetime import timedelta

import pytest
from django.utils import timezone

from tests import factories as make
from tests.appointment_review.candidate import RESUME, fill_in, hand_over_files
from tests.browsers import judged, signed_in
from tests.cases import fresh, new_case, publish, say
from workflows.appointment_review.actions.forms import hand_in
from workflows.appointment_review.form_fields import CONSENT_TEXT

pytestmark = pytest.mark.browser
CORRECTIONS = [("form:resume", "简历有一段空白：2014年7月至2015年2月"), ("material:pledge", "承诺书没有签名")]
GAP = [RESUME[0], RESUME[1] | {"end": "2020年12月"}, RESUME[2]]


@pytest.fixture
def story(cast, live_server):
    """Make three people's cases: half filled, returned, refused and to be heard."""
    publish(by=cast.an)
    at = timezone.now() - timedelta(days=1)
    half = new_case(cast, at=at)
    fill_in(half, cast.shen, at=at, resume={"rows": GAP}, pledge={"truth": "", "no_concurrent": ""})
    hand_over_files(half, cast.shen, at=at, kinds=("diploma",))
    numbers = {"half": half.number}
    for name, who, login, branch in (
        ("returned", "范知行", "fan", cast.branch),
        ("heard", "卢月明", "lu", cast.province_branch),
    ):
        person = make.person(who, number=make.identity_number(serial=700 + len(login)))
        account = make.account(who, username=login, person=person)
        case = new_case(cast, person=person, organization=branch, at=at, by=cast.han)
        fill_in(case, account, at=at)
        hand_over_files(case, account, at=at)
        hand_in(case_pk=case.pk, by=account, at=at, key=name, consent_text=CONSENT_TEXT)
        numbers[name] = case.number
        if name == "heard":
            say(fresh(case), cast.han, "refuse", at=at)
        else:
            say(fresh(case), cast.lin, "return", at=at, corrections=CORRECTIONS)
    return numbers


@pytest.mark.parametrize("width", [1280, 375])
@pytest.mark.parametrize(
    ("who", "addresses"),
    [
        (
            "shen",
            [
                "/my/", "/my/materials/", "/my/{half}/", "/my/{half}/form/basics/", "/my/{half}/form/membership/",
                "/my/{half}/form/education/", "/my/{half}/form/posts/", "/my/{half}/form/resume/",
                "/my/{half}/form/resume/?checked=1", "/my/{half}/form/record/", "/my/{half}/form/family/",
                "/my/{half}/form/pledge/?checked=1", "/my/{half}/materials/", "/my/{half}/materials/?checked=1",
                "/my/{half}/sheet/", "/my/{half}/hand-in/", "/my/{half}/withdraw/",
            ],
        ),
        ("fan", ["/my/", "/my/{returned}/"]),
        ("lu", ["/my/", "/my/{heard}/reply/"]),
        ("he", ["/my/"]),
    ],
)  # fmt: skip
def test_axe_finds_nothing_on_the_candidates_pages(story, browser, live_server, width, who, addresses):
    page = signed_in(browser, live_server, who, width)
    for address in addresses:
        page.goto(live_server.url + address.format(**story))
        assert page.locator("h1").count() == 1
        judged(page, width)


def test_a_field_is_saved_when_the_finger_leaves_it(story, browser, live_server):
    page = signed_in(browser, live_server, "shen", 375)
    address = f"{live_server.url}/my/{story['half']}/form/basics/"
    page.goto(address)
    page.fill("#id_email", "shen@example.com")
    with page.expect_response(lambda answer: answer.request.method == "POST") as saved:
        page.locator("#id_phone").focus()
    assert saved.value.ok
    page.get_by_text("已保存").first.wait_for()
    page.goto(address)
    assert page.input_value("#id_email") == "shen@example.com"


def test_a_gap_is_filled_where_it_stands_on_a_phone(story, browser, live_server):
    page = signed_in(browser, live_server, "shen", 375)
    page.goto(f"{live_server.url}/my/{story['half']}/form/resume/")
    page.get_by_role("button", name="补一段").click()
    page.wait_for_load_state()
    assert page.locator(".gap").count() == 0
    assert page.locator(".row-line").count() == 4


def test_a_refused_submit_takes_the_focus_to_the_summary(story, browser, live_server):
    page = signed_in(browser, live_server, "shen", 375)
    page.goto(f"{live_server.url}/my/{story['half']}/form/resume/")
    page.get_by_role("button", name="检查并提交").click()
    page.wait_for_load_state()
    assert page.evaluate("document.activeElement.matches('[data-error-summary]')")
