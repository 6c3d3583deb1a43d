"""Papers of a case that its investigation fills, as far as whoever prints them may read it."""

import io

import docx
import pytest
import time_machine

from tests.appointment_review.investigating import (
    PARTS_WRITTEN,
    at_investigation,
    investigated,
    records,
    set_up,
    team_of,
)
from tests.factories import NOW
from workflows.shared.enums import PaperKind
from workflows.shared.paper_codes import shown
from workflows.shared.paper_models import Paper

WEAK = PARTS_WRITTEN["weaknesses"]


@pytest.fixture(autouse=True)
def now():
    with time_machine.travel(NOW, tick=False):
        yield


@pytest.fixture
def case(cast):
    return at_investigation(cast)


def printed(client, account, case, kind: str) -> str:
    client.force_login(account)
    made = docx.Document(io.BytesIO(client.get(f"/matters/case/{case.number}/papers/{kind}/docx/").content))
    footer = "".join(made.sections[0].footer._element.itertext())
    assert shown(Paper.objects.get(case=case, kind=kind, key__endswith=kind).code) in footer
    return "".join(made.element.body.itertext())


def test_notice_tally_and_report_are_filled_once_they_may_be_read(cast, case, client):
    team = team_of(cast)
    assert WEAK not in printed(client, cast.han, case, "report")
    made = set_up(cast, case, team.tao, team.bai)
    announced = printed(client, cast.han, case, "preview")
    assert ("陶立、柏松" in announced, "020-55500100" in announced) == (True, True)
    records(case, made, team.tao, team.bai)
    # While it goes on, the office prints empty forms; the team's own are filled.
    assert WEAK not in printed(client, cast.han, case, "report")
    assert "28" not in printed(client, cast.han, case, "appraisal_tally")


def test_after_the_last_signature_the_office_prints_what_was_found(cast, case, client):
    team = team_of(cast)
    investigated(cast, case, team.tao, team.bai)
    assert WEAK in printed(client, cast.han, case, "report")
    assert "28" in printed(client, cast.han, case, "appraisal_tally")
    assert "陶立、柏松" in printed(client, cast.han, case, "talk_record")
    client.force_login(cast.shen)
    assert client.get(f"/matters/case/{case.number}/papers/report/docx/").status_code == 404


def test_a_talk_record_printed_for_signing_finds_its_way_back(cast, case, client):
    team = team_of(cast)
    made = set_up(cast, case, team.tao, team.bai)
    records(case, made, team.tao, team.bai)
    talk = made.talks.get()
    client.force_login(team.tao)
    address = f"/matters/case/{case.number}/investigation/papers/talk_record/?talk={talk.pk}"
    page = client.get(address).content.decode()
    paper = Paper.objects.get(kind=PaperKind.TALK_RECORD)
    assert (shown(paper.code) in page, "何苗" in page, paper.case_id) == (True, True, case.pk)
    assert client.get(address).content.decode() == page
    assert Paper.objects.count() == 1
    for talk in ("a", "b" * 150):  # of a paper that belongs to no talk
        assert client.get(f"/matters/case/{case.number}/investigation/papers/report/?talk={talk}").status_code == 200
    assert Paper.objects.filter(kind=PaperKind.REPORT).count() == 1
