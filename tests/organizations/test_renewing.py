"""A way back without e-mail: the old password ends, a sheet lets the person in again, the second factor stays."""

import re
from datetime import timedelta

import pytest
from allauth.mfa.models import Authenticator
from allauth.mfa.totp.internal.auth import TOTP
from django.core.management import CommandError, call_command
from django.test import Client
from django.urls import reverse

from audit.errors import Refusal
from audit.models import Entry
from notifications.models import Notice
from organizations.actions import activate_account, find_invitation, invite, renew_access
from organizations.actions.accounts import OwnAccount
from organizations.actions.renewing import NeverSignedIn
from organizations.actions.shared import NotYourDuty, ReasonMissing
from organizations.enums import Role
from organizations.identity import unseal_for
from organizations.models import Account, Invitation
from tests import factories as make
from tests.factories import PASSWORD

FRESH = "nine herons cross the lotus pond"
WHY = "本人到场，已核对身份证"


@pytest.fixture
def member(cast):
    """Give somebody with a post in the branch who came in once by a sheet and has no e-mail."""
    person = make.person("罗小满")
    make.post(person, cast.branch)
    return make.account("罗小满", username="luo", person=person)


def renewed(account, by, at):
    return renew_access(account=account, by=by, at=at, reason=WHY)


def test_a_new_sheet_ends_password_and_sessions_and_lets_the_person_in_again(cast, member, at):
    device = Client()
    device.force_login(member)
    issued = renewed(member, cast.lin, at)
    member.refresh_from_db()
    assert (member.has_usable_password(), member.activated_at) == (False, None)
    assert device.get(reverse("organizations:helpers")).status_code == 302
    activate_account(invitation=find_invitation(issued.code, at=at), password=FRESH, at=at)
    member.refresh_from_db()
    assert (member.check_password(FRESH), member.activated_at) == (True, at)


def test_it_is_one_entry_whose_reason_is_sealed_and_the_person_is_told(cast, member, at):
    issued = renewed(member, cast.lin, at)
    entry = Entry.objects.get(stream="grants")
    assert (entry.verb, entry.subject, entry.actor_id) == ("access.renewed", f"account:{member.pk}", cast.lin.pk)
    assert WHY not in entry.body
    assert issued.code not in entry.body
    sealed = re.search('"reason":"([^"]+)"', entry.body).group(1)
    assert unseal_for(member.person, {"reason": sealed}) == {"reason": WHY}
    assert list(Notice.objects.values_list("kind", "recipient")) == [("access_renewed", member.pk)]


def test_an_earlier_sheet_is_withdrawn(cast, member, at):
    first = renewed(member, cast.lin, at)
    Account.objects.filter(pk=member.pk).update(activated_at=at)
    renewed(member, cast.lin, at)
    assert Invitation.objects.get(pk=first.invitation.pk).withdrawn_at == at


@pytest.mark.parametrize("who", ["wu", "mei", "he", "an", "jian", "zhou"])
def test_only_whoever_may_invite_the_person_prints_a_new_sheet(cast, member, at, who):
    with pytest.raises(NotYourDuty):
        renewed(member, getattr(cast, who), at)
    member.refresh_from_db()
    assert member.check_password(PASSWORD)


@pytest.mark.parametrize("role", [Role.APPROVER, Role.GENERAL_BRANCH_SECRETARY, Role.COMMITTEE_MEMBER])
@pytest.mark.parametrize("begins", [0, 30])
def test_people_who_review_come_back_by_a_system_administrator_only(cast, member, at, role, begins):
    make.assign(member, role, cast.county, from_on=make.TODAY + timedelta(days=begins))
    with pytest.raises(NotYourDuty):
        renewed(member, cast.lin, at)
    assert renewed(member, cast.xu, at).code


def test_who_carries_messages_comes_back_by_the_organizer(cast, at):
    assert renewed(cast.chen, cast.lin, at).code


def test_a_role_beyond_the_reach_of_the_system_administrator_keeps_him_out(cast, member, at):
    below = make.account("区管理员")
    make.assign(below, Role.SYSTEM_ADMINISTRATOR, cast.county)
    assert renewed(member, below, at).code
    Account.objects.filter(pk=member.pk).update(activated_at=at)
    make.assign(member, Role.APPROVER, cast.province)
    with pytest.raises(NotYourDuty):
        renewed(member, below, at)
    assert renewed(member, cast.xu, at).code


def test_an_officer_of_a_department_comes_back_by_the_root_only(cast, member, at):
    make.assign(member, Role.DEPARTMENT_OFFICER, cast.police)
    for who in (cast.lin, make.reviewer("区管理员", Role.SYSTEM_ADMINISTRATOR, cast.county)):
        with pytest.raises(NotYourDuty):
            renewed(member, who, at)
    assert renewed(cast.deng, cast.xu, at).code
    assert renewed(member, cast.xu, at).code


@pytest.mark.parametrize("whose", ["an", "jian"])
def test_no_administrator_comes_back_by_another_one(cast, at, whose):
    for who in (cast.xu, cast.an, cast.han):
        with pytest.raises(Refusal):
            renewed(getattr(cast, whose), who, at)
    assert renewed(getattr(cast, whose), None, at).code


def test_nobody_prints_a_sheet_for_himself_and_none_without_a_reason(cast, member, at):
    with pytest.raises(OwnAccount):
        renewed(cast.lin, cast.lin, at)
    with pytest.raises(ReasonMissing):
        renew_access(account=member, by=cast.lin, at=at, reason=" ")


def test_there_is_nothing_to_renew_before_the_first_visit(cast, member, at):
    Account.objects.filter(pk=member.pk).update(activated_at=None)
    with pytest.raises(NeverSignedIn):
        renewed(member, cast.lin, at)


def test_an_organizer_prints_no_further_sheet_for_a_reviewer_who_was_in_before(cast, member, at):
    make.assign(member, Role.APPROVER, cast.county)
    Account.objects.filter(pk=member.pk).update(last_login=at)
    renewed(member, cast.xu, at)
    member.refresh_from_db()
    with pytest.raises(NotYourDuty):
        invite(account=member, channel="sheet", by=cast.lin, at=at)
    assert invite(account=member, channel="sheet", by=cast.xu, at=at).code


def test_the_second_factor_stays_and_is_asked_for(cast, member, at, client, time_machine):
    time_machine.move_to(at)
    make.assign(member, Role.APPROVER, cast.county)
    TOTP.activate(member, "JBSWY3DPEHPK3PXP")
    issued = renewed(member, cast.xu, at)
    client.post(reverse("organizations:activate"), {"code": issued.code})
    answer = client.post(reverse("organizations:choose_password"), {"password": FRESH, "again": FRESH})
    assert answer["Location"] == reverse("account_login")
    assert "_auth_user_id" not in client.session
    assert Authenticator.objects.filter(user=member, type="totp").exists()
    door = client.post("/accounts/login/", {"login": "luo", "password": FRESH})
    assert door["Location"] == "/accounts/2fa/authenticate/"


def test_the_organizer_prints_it_on_the_page_of_access(cast, member, client, at, time_machine):
    time_machine.move_to(at)
    client.force_login(cast.lin)
    assert reverse("organizations:renew_access") in client.get(reverse("organizations:access")).content.decode()
    wrong = client.post(reverse("organizations:renew_access"), {"account": "zhou", "reason": WHY})
    assert (wrong.status_code, '<details class="panel section" open>' in wrong.content.decode()) == (400, True)
    sheet = client.post(reverse("organizations:renew_access"), {"account": "LUO", "reason": WHY}).content.decode()
    code = re.search(r"<b>([0-9A-Z]{5} [0-9A-Z]{5})</b>", sheet).group(1)
    assert find_invitation(code, at=at).account == member


def test_an_administrator_comes_back_by_the_command(cast, capsys):
    call_command("invite", "jian", again=WHY)
    assert re.search(r"\b[0-9A-Z]{5} [0-9A-Z]{5}\b", capsys.readouterr().out)
    assert Entry.objects.get(stream="grants").actor_id is None
    with pytest.raises(CommandError):
        call_command("invite", "jian", again=WHY)
