"""Getting in for the first time: one code, used once, on a phone."""

import re
from datetime import timedelta

import pytest
from django.urls import reverse

from audit.models import Entry
from organizations.actions import activate_account, find_invitation, invite, invite_many
from organizations.actions.invitations import ActivatedAlready, InvitationSpent, NoAddress
from organizations.actions.shared import NotYourDuty
from organizations.models import Account, Invitation
from tests import factories as make

GOOD = "seven herons cross the lotus pond"


@pytest.fixture
def newcomer(cast):
    """Give an account that was never used, with a post under the county."""
    person = make.person("罗小满")
    make.post(person, cast.branch)
    return make.account(
        "罗小满", username="luo", person=person, password=None, activated_at=None, email="luo@example.com"
    )


def test_an_invitation_lets_its_owner_in_once(cast, newcomer, at):
    issued = invite(account=newcomer, channel="sheet", by=cast.lin, at=at)
    assert re.fullmatch("[2-9A-HJ-NP-Z]{10}", issued.code)
    found = find_invitation(issued.grouped.lower(), at=at + timedelta(days=6))
    activate_account(invitation=found, password=GOOD, at=at + timedelta(days=6))
    newcomer.refresh_from_db()
    assert newcomer.check_password(GOOD)
    assert newcomer.activated_at == at + timedelta(days=6)
    with pytest.raises(InvitationSpent):
        find_invitation(issued.code, at=at + timedelta(days=6))
    with pytest.raises(InvitationSpent):
        activate_account(invitation=found, password="another one of mine", at=at + timedelta(days=6))
    assert list(Entry.objects.filter(stream="grants").values_list("verb", flat=True)) == [
        "account.invited", "password.set", "account.activated",
    ]  # fmt: skip


def test_the_code_is_nowhere_stored_in_clear(cast, newcomer, at):
    issued = invite(account=newcomer, channel="sheet", by=cast.lin, at=at)
    assert issued.code not in str(Invitation.objects.values().get())
    assert all(issued.code not in entry.body for entry in Entry.objects.all())


def test_an_invitation_ends_after_seven_days(cast, newcomer, at):
    issued = invite(account=newcomer, channel="sheet", by=cast.lin, at=at)
    with pytest.raises(InvitationSpent):
        find_invitation(issued.code, at=at + timedelta(days=7))


def test_a_second_invitation_withdraws_the_first(cast, newcomer, at):
    first = invite(account=newcomer, channel="sheet", by=cast.lin, at=at)
    second = invite(account=newcomer, channel="sheet", by=cast.lin, at=at)
    with pytest.raises(InvitationSpent):
        find_invitation(first.code, at=at)
    assert find_invitation(second.code, at=at).account == newcomer


def test_a_code_that_was_opened_ten_times_is_spent(cast, newcomer, at):
    issued = invite(account=newcomer, channel="sheet", by=cast.lin, at=at)
    for _look in range(10):
        find_invitation(issued.code, at=at)
    with pytest.raises(InvitationSpent):
        find_invitation(issued.code, at=at)


@pytest.mark.parametrize("who", ["wu", "mei", "he", "an", "jian", "zhou"])
def test_only_an_organizer_or_system_administrator_who_sees_the_account_invites(cast, newcomer, at, who):
    with pytest.raises(NotYourDuty):
        invite(account=newcomer, channel="sheet", by=getattr(cast, who), at=at)
    assert not Invitation.objects.exists()


def test_all_are_invited_or_none(cast, newcomer, at):
    elsewhere = make.person("远")
    make.post(elsewhere, cast.city_branch, title="deputy")
    stranger = make.account("远方", person=elsewhere, password=None, activated_at=None)
    with pytest.raises(NotYourDuty):
        invite_many(accounts=[newcomer, stranger], channel="sheet", by=cast.lin, at=at)
    with pytest.raises(ActivatedAlready):
        invite_many(accounts=[newcomer, cast.gao], channel="sheet", by=cast.lin, at=at)
    Account.objects.filter(pk=newcomer.pk).update(email="")
    with pytest.raises(NoAddress):
        invite(account=newcomer, channel="email", by=cast.lin, at=at)
    assert not Invitation.objects.exists()


def test_a_person_comes_in_by_the_printed_sheet(cast, newcomer, at, client, time_machine):
    time_machine.move_to(at)
    client.force_login(cast.lin)
    page = client.get(reverse("organizations:access"))
    assert "罗小满" in page.content.decode()
    nobody = client.post(reverse("organizations:send_invitations"), {"account": ["9" * 40, "x"], "channel": "sheet"})
    assert (nobody.status_code, Invitation.objects.count()) == (302, 0)
    sheets = client.post(reverse("organizations:send_invitations"), {"account": [newcomer.pk], "channel": "sheet"})
    code = re.search(r"<b>([0-9A-Z]{5} [0-9A-Z]{5})</b>", sheets.content.decode()).group(1)
    client.logout()
    assert client.post(reverse("organizations:activate"), {"code": code}).status_code == 302
    asked = client.get(reverse("organizations:choose_password")).content.decode()
    assert "罗＊＊" in asked
    assert "罗小满" not in asked
    short = client.post(reverse("organizations:choose_password"), {"password": "too short", "again": "too short"})
    assert short.status_code == 200
    client.post(reverse("organizations:choose_password"), {"password": GOOD, "again": GOOD})
    assert client.session["_auth_user_id"] == str(newcomer.pk)
    assert client.get(reverse("organizations:helpers")).status_code == 200


def test_a_link_takes_its_code_out_of_the_address(cast, newcomer, at, client, time_machine):
    time_machine.move_to(at)
    issued = invite(account=newcomer, channel="email", by=cast.lin, at=at)
    answer = client.get(reverse("organizations:activate_by_link", args=[issued.code]))
    assert (answer.status_code, answer["Location"]) == (302, reverse("organizations:choose_password"))


def test_guessing_codes_locks_the_address_and_not_the_others(cast, newcomer, at, client, time_machine):
    time_machine.move_to(at)
    issued = invite(account=newcomer, channel="sheet", by=cast.lin, at=at)
    for _guess in range(5):
        assert client.post(reverse("organizations:activate"), {"code": "2222222222"}).status_code == 400
    assert client.post(reverse("organizations:activate"), {"code": issued.code}).status_code == 400
    other = client.post(reverse("organizations:activate"), {"code": issued.code}, REMOTE_ADDR="10.0.0.9")
    assert other.status_code == 302
