"""Who was told and who would be: asked as often for many people as for few."""

import pytest

from notifications.outbox import enqueue
from organizations.enums import Role
from tests import factories as make
from tests.cases import case_at, policy  # noqa: F401
from tests.factories import NOW
from tests.query_counts.test_lists import now, statements  # noqa: F401

pytestmark = pytest.mark.usefixtures("policy", "now")


@pytest.mark.parametrize("page", ["", "print/"])
def test_who_was_told(cast, client, page):
    client.force_login(cast.jian)
    case = case_at(cast, "province")
    few = statements(client, f"/cases/{case.number}/told/{page}")
    for number in range(20):
        enqueue("right_of_reply", to=[cast.lin, cast.han], key=f"more:{number}", at=NOW, thread=case.number)
    assert len(statements(client, f"/cases/{case.number}/told/{page}")) == len(few)


def test_who_would_be_told(cast, client):
    client.force_login(cast.jian)
    case = case_at(cast, "eligibility")
    make.roles([(make.account("申上", username="up"), Role.COMMITTEE_SECRETARY, cast.province)])
    few = statements(client, f"/cases/{case.number}/told/ahead/")
    for number in range(12):
        account = make.account(f"某{number}", username=f"some{number}", email=f"some{number}@example.com")
        place = (cast.county, cast.general_branch, cast.province)[number % 3]
        roles = (Role.ORGANIZER, Role.APPROVER, Role.GENERAL_BRANCH_SECRETARY, Role.COMMITTEE_SECRETARY)
        make.roles((account, role, place) for role in roles)
    assert len(statements(client, f"/cases/{case.number}/told/ahead/")) == len(few)


def test_every_message_there_is(cast, client):
    client.force_login(cast.xu)
    few = statements(client, "/messages/?to=helper")
    assert len(statements(client, "/messages/")) == len(few)
