"""The pages of people, roles and access in a real browser, on desk and phone, in Chinese."""

import pytest
from django.utils import timezone

from organizations.actions import invite
from tests import factories as make
from tests.browsers import judged, page_of, signed_in

pytestmark = pytest.mark.browser


@pytest.fixture
def story(cast, live_server):
    """Make what the pages show."""
    make.post(cast.shen_person, cast.branch)
    newcomer = make.account("罗小满", username="luo", password=None, activated_at=None)
    issued = invite(account=newcomer, channel="sheet", by=cast.xu, at=timezone.now())
    names = {"role": cast.lin.assignments.get().pk, "lin": cast.lin.pk, "person": cast.shen_person.pk}
    return {**names, "code": issued.grouped.lower()}


@pytest.mark.parametrize("width", [1280, 375])
@pytest.mark.parametrize(
    ("who", "addresses"),
    [
        ("an", ["/grants/", "/grants/new/", "/grants/{role}/revoke/", "/grants/accounts/{lin}/second-factor/"]),
        ("xu", ["/accounts-admin/", "/accounts-admin/{lin}/", "/access/"]),
        ("lin", ["/people/", "/people/{person}/"]),
        ("shen", ["/helpers/"]),
    ],
)
def test_axe_finds_nothing_on_the_pages_of_people_and_roles(story, browser, live_server, width, who, addresses):
    page = signed_in(browser, live_server, who, width)
    for address in addresses:
        page.goto(live_server.url + address.format(**story))
        assert page.locator("h1").count() == 1
        judged(page, width)


def test_an_invited_person_comes_in_on_a_phone(story, browser, live_server):
    page = page_of(browser, 375)
    page.goto(f"{live_server.url}/invite/")
    judged(page, 375)
    page.fill("#id_code", "WRONG")
    page.get_by_role("button", name="继续").click()
    judged(page, 375)
    page.fill("#id_code", story["code"])
    page.get_by_role("button", name="继续").click()
    page.wait_for_url("**/invite/password/")
    judged(page, 375)
    page.fill("#id_password", "七只白鹭飞过荷花池塘边上")
    page.fill("#id_again", "七只白鹭飞过荷花池塘边上")
    page.get_by_role("button", name="保存密码并登录").click()
    page.wait_for_load_state()
    assert "luo" in page.locator("#messages").inner_text()
