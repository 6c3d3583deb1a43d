"""The pages of an election in a real browser, on desk and phone, in Chinese."""

import pytest

from tests import factories as make
from tests.browsers import judged, signed_in
from tests.cases import open_seat, say
from tests.elections import election_at, publish_for_elections

pytestmark = pytest.mark.browser


def address_of(cast, step: str) -> tuple[str, str]:
    """Bring an election to a step; give who acts there, and where."""
    own, _lines = election_at(cast, step)
    if step != "second_approval":
        return "chen", f"/matters/{own.matter.number}/election/"
    for who in (cast.gao, cast.lin):
        say(own, who, "agree")
    return "zhou", f"/seats/{open_seat(own).pk}/"


@pytest.fixture
def pages(cast, live_server, request):
    """Make what the page shows."""
    publish_for_elections(cast.an)
    if request.param == "together":
        make.organization("海珠湾园艺学会党支部", under=cast.general_branch)
        return "lin", f"/elections/together/?organization={cast.branch.code}&organization={cast.city_branch.code}"
    if request.param == "matter":
        who, address = address_of(cast, "report")
        return who, address.replace("election/", "")
    return address_of(cast, request.param)


@pytest.mark.parametrize(
    "pages",
    ["first_request", "nomination", "second_approval", "election", "report", "matter", "together"],
    indirect=True,
)
def test_axe_finds_nothing_on_the_pages_of_an_election(pages, browser, live_server):
    who, address = pages
    for width in (1280, 375):
        page = signed_in(browser, live_server, who, width)
        page.goto(live_server.url + address)
        assert page.locator("h1").count() == 1
        judged(page, width)
