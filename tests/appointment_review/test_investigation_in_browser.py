"""The pages of an investigation in a real browser, on desk and phone: nothing for axe, nothing sideways."""

from datetime import timedelta

import pytest
from django.utils import timezone

from tests.appointment_review.candidate import fill_in
from tests.appointment_review.investigating import records, set_up, team_of, to_investigation, without_letters
from tests.browsers import judged, shot, signed_in
from tests.cases import new_case, open_seat, publish, say
from workflows.appointment_review.actions.investigation_notice import challenge_member

pytestmark = pytest.mark.browser


@pytest.fixture
def story(cast, live_server):
    """Make a case that is investigated, with a challenge that waits, and one at a check with a hint."""
    publish(without_letters(), by=cast.an)
    at = timezone.now() - timedelta(hours=2)
    team = team_of(cast)
    case = new_case(cast, at=at)
    fill_in(case, cast.shen, at=at)
    case.form_versions.update(submitted_at=at, confirmed_by=cast.shen, consent_text="1")
    say(case, cast.shen, "hand_in", at=at)
    cast.lin.name = "陆远"  # the name of the spouse in the form
    cast.lin.save()
    seat = open_seat(case).pk
    return {"case": case, "team": team, "at": at, "seat": seat}


def brought(cast, story):
    """Bring the case to its team's desk."""
    case, at, team = story["case"], story["at"], story["team"]
    for who in (cast.lin, cast.lin, cast.gao):
        say(case, who, "agree", at=at)
    to_investigation(cast, case, at=at)
    return case, team, at


def looked_at(browser, live_server, who, addresses):
    for width in (1280, 375):
        page = signed_in(browser, live_server, who, width)
        for name, address in addresses.items():
            page.goto(f"{live_server.url}{address}")
            judged(page, width)
            shot(page, f"{who}-{name}-{width}")
        page.context.close()


def test_every_page_reads_well_on_desk_and_phone(cast, story, browser, live_server):
    seat = f"/seats/{story['seat']}/"
    looked_at(browser, live_server, "lin", {"seat": seat, "recuse": f"{seat}recuse/"})
    case, team, at = brought(cast, story)
    base = f"/matters/case/{case.number}/investigation/"
    looked_at(browser, live_server, "han", {"none": base, "teams": "/matters/investigations/"})

    made = set_up(cast, case, team.tao, team.bai, at=at)
    records(case, made, team.tao, team.bai, at=at)
    member = made.members.get(account=team.bai).pk
    challenge_member(case_pk=case.pk, member_pk=member, grounds="曾有纠纷", by=cast.shen, at=at)
    pages = {"page": base, "talk": f"{base}talks/new/", "tally": f"{base}tally/", "report": f"{base}report/"}
    looked_at(browser, live_server, "tao", pages | {"edit": f"{base}report/edit/", "files": f"{base}files/"})
    looked_at(browser, live_server, "zhou", {"page": base})
    looked_at(browser, live_server, "han", {"page": base})
    looked_at(browser, live_server, "shen", {"team": f"/my/{case.number}/team/", "case": f"/my/{case.number}/"})
    page = signed_in(browser, live_server, "tao", 1280)
    page.goto(f"{live_server.url}{base}tally/")
    page.fill("#id_valid", "27")
    assert "各等次合计 28 票" in page.inner_text("[data-tally-words]")
