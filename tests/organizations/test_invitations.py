"""Getting in for the first time: one code, used once, on a phone."""

import re
from datetime import timedelta

import pytest
from django.urls import reverse

from audit.models import Entry
from organizations.access_queries import waiting_for_access
from organizations.actions import activate_account, find_invitation, grant_role, invite, invite_many
from organizations.actions.invitations import ActivatedAlready, InvitationSpent, NoAddress, SheetOfAdministrator
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


@pytest.mark.parametrize("role", ["security_administrator", "auditor", "system_administrator"])
@pytest.mark.parametrize("begins", [0, 30])
def test_an_organizer_lets_no_administrator_in_and_finds_none_in_the_list(cast, newcomer, at, role, begins):
    make.assign(newcomer, role, cast.county, from_on=make.TODAY + timedelta(days=begins))
    for channel in ("sheet", "email"):
        with pytest.raises(NotYourDuty):
            invite(account=newcomer, channel=channel, by=cast.lin, at=at)
    assert newcomer not in waiting_for_access(cast.lin, on=make.TODAY)
    assert newcomer in waiting_for_access(cast.xu, on=make.TODAY)
    assert not Invitation.objects.exists()


def test_a_system_administrator_lets_an_administrator_in_by_letter_and_never_sees_the_code(cast, newcomer, at):
    make.assign(newcomer, "auditor", cast.county)
    with pytest.raises(SheetOfAdministrator):
        invite(account=newcomer, channel="sheet", by=cast.xu, at=at)
    assert invite(account=newcomer, channel="email", by=cast.xu, at=at).invitation.made_by == cast.xu
    assert invite(account=newcomer, channel="sheet", by=None, at=at).code


def test_an_administrator_beyond_the_own_reach_is_let_in_by_nobody_below(cast, newcomer, at):
    below = make.account("区管理员")
    make.assign(below, "system_administrator", cast.county)
    make.assign(newcomer, "auditor", cast.province)
    with pytest.raises(NotYourDuty):
        invite(account=newcomer, channel="email", by=below, at=at)
    assert newcomer not in waiting_for_access(below, on=make.TODAY)


def test_an_administrator_whose_role_is_over_is_let_in_like_everybody(cast, newcomer, at):
    make.assign(newcomer, "auditor", cast.county, from_on=make.TODAY - timedelta(days=9), until_on=make.TODAY)
    assert invite(account=newcomer, channel="sheet", by=cast.lin, at=at).code


@pytest.mark.parametrize(("role", "works"), [("auditor", False), ("liaison", True)])
def test_the_code_an_organizer_holds_opens_no_account_that_became_an_administrators(cast, newcomer, at, role, works):
    issued = invite(account=newcomer, channel="sheet", by=cast.lin, at=at)
    grant_role(account=newcomer, role=role, organization=cast.county, by=cast.an, at=at, reason="换届后任命")
    opened = Invitation.objects.filter(withdrawn_at=None).exists()
    assert opened is works
    if not works:
        with pytest.raises(InvitationSpent):
            find_invitation(issued.code, at=at)


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


def typed(client, code, **more):
    return client.post(reverse("organizations:activate"), {"code": code}, **more).status_code


def test_guessing_codes_locks_the_address_and_not_the_others(cast, newcomer, at, client, time_machine):
    time_machine.move_to(at)
    issued = invite(account=newcomer, channel="sheet", by=cast.lin, at=at)
    guesses = [f"22222222{number}" for number in range(10, 30)]
    assert {typed(client, guess) for guess in guesses} == {400}
    assert typed(client, issued.code) == 400
    assert typed(client, issued.code, REMOTE_ADDR="10.0.0.9") == 302


def test_mistyped_codes_of_some_keep_nobody_else_of_the_office_waiting(cast, newcomer, at, client, time_machine):
    time_machine.move_to(at)
    issued = invite(account=newcomer, channel="sheet", by=cast.lin, at=at)
    assert {typed(client, guess) for guess in ("2222222223", "2222222224") for _again in range(5)} == {400}
    assert typed(client, issued.grouped.lower()) == 302


def test_the_same_wrong_code_has_to_wait_after_five_times_however_it_is_spelt(cast, at, client, time_machine):
    time_machine.move_to(at)
    spelt = ["22222 2222b", "222222222B", "22222-2222b", "22222 2222B", "222222222b", "22222 2222b"]
    told = [client.post(reverse("organizations:activate"), {"code": code}).context["form"].errors for code in spelt]
    assert told[0] == told[4] != told[5]
