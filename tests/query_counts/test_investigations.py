"""The pages of investigations ask the database as often for many rows as for one."""

import pytest
import time_machine

from tests.appointment_review.investigating import (
    at_investigation,
    set_up,
    talk_of,
    team_of,
)
from tests.factories import NOW
from tests.query_counts.copies import cases_like
from tests.query_counts.test_lists import statements
from workflows.appointment_review.actions.investigation_records import record_talk


@pytest.fixture(autouse=True)
def now():
    with time_machine.travel(NOW, tick=False):
        yield


@pytest.fixture
def case(cast):
    """Give a case at its investigation."""
    return at_investigation(cast)


def test_the_cases_that_wait_for_a_team(cast, case, client):
    client.force_login(cast.han)
    one = statements(client, "/matters/investigations/")
    cases_like(case, 30)
    many = statements(client, "/matters/investigations/")
    assert (len(many), client.get("/matters/investigations/").content.decode().count('name="case"')) == (len(one), 31)


def test_the_talks_of_an_investigation(cast, case, client):
    team = team_of(cast)
    made = set_up(cast, case, team.tao, team.bai)
    client.force_login(team.tao)
    asked = []
    for times in (1, 6):
        for number in range(times):
            key = f"talk-{times}-{number}"
            record_talk(case_pk=case.pk, talk=talk_of(made), by=team.tao, at=NOW, key=key)
        asked.append(len(statements(client, f"/matters/case/{case.number}/investigation/")))
    assert asked[0] == asked[1]
