"""Giving and taking roles: who may, what clashes, what follows at once."""

from datetime import date, timedelta

import pytest
from django.db import IntegrityError, transaction

from approvals.actions.policies import may_publish
from audit.models import Entry
from organizations.actions import grant_role, revoke_role
from organizations.actions.roles import (
    AccountInactive,
    DaysUnfit,
    OwnGrant,
    PlaceUnfit,
    RoleHeldAlready,
    RoleOver,
    RolesClash,
)
from organizations.actions.shared import NotYourDuty, PersonalNumberInText, ReasonMissing
from organizations.enums import Role, Scope
from organizations.models import Account, OrganizationGrant, PartyOrganization, RoleAssignment
from organizations.role_rules import clash_with, needs_second_factor, shortest_password
from organizations.signals import roles_changed
from tests import factories as make
from tests.letters import departments

TODAY = date(2026, 11, 23)


@pytest.fixture
def give(cast, at):
    """Give a role to He by the security administrator, with what differs."""

    def give_role(**facts):
        usual = {"account": cast.he, "role": Role.ORGANIZER, "organization": cast.county, "by": cast.an, "at": at}
        return grant_role(**{**usual, "reason": "分工调整", **facts})

    return give_role


def seen(account, on=TODAY):
    return list(PartyOrganization.objects.visible_to(account, on=on).values_list("name", flat=True))


def test_a_role_is_given_with_its_grants_an_entry_and_a_signal(give, cast, at):
    heard = []

    def listen(assignments, by, **_more):
        heard.append(([a.pk for a in assignments], by.username, transaction.get_connection().in_atomic_block))

    roles_changed.connect(listen)
    made = give()
    roles_changed.disconnect(listen)
    assert (made.from_on, made.until_on, made.granted_by, made.reason) == (TODAY, None, cast.an, "分工调整")
    assert sorted(OrganizationGrant.objects.filter(user=cast.he).values_list("permission__codename", flat=True)) == [
        "see_cases_subtree", "see_files_subtree", "see_subtree",
    ]  # fmt: skip
    assert heard == [([made.pk], "an", True)]
    entry = Entry.objects.get(stream="grants")
    assert (entry.verb, entry.actor_name, entry.subject) == ("role.granted", "安宁", f"account:{cast.he.pk}")


def test_taking_a_role_back_ends_it_today_and_keeps_the_row(give, cast, at):
    made = give(from_on=date(2026, 11, 1))
    assert len(seen(cast.he)) == 3
    revoke_role(assignment=made, by=cast.an, at=at, reason="调离")
    kept = RoleAssignment.objects.get(pk=made.pk)
    assert (kept.from_on, kept.until_on) == (date(2026, 11, 1), TODAY)
    assert seen(cast.he) == []
    assert OrganizationGrant.objects.filter(user=cast.he).count() == 0
    assert list(Entry.objects.filter(stream="grants").values_list("verb", flat=True)) == [
        "role.granted",
        "role.revoked",
    ]


@pytest.mark.parametrize("from_on", [TODAY, TODAY + timedelta(days=30)])
def test_a_role_taken_back_before_it_was_used_has_no_day_and_may_be_given_again(give, cast, at, from_on):
    made = give(from_on=from_on)
    revoke_role(assignment=made, by=cast.an, at=at, reason="给错了人")
    assert OrganizationGrant.objects.filter(user=cast.he).count() == 0
    assert seen(cast.he, on=from_on) == []
    give(from_on=from_on)
    assert len(seen(cast.he, on=from_on)) == 3


def test_a_role_may_end_on_a_later_day(give, cast, at):
    made = give()
    revoke_role(assignment=made, by=cast.an, at=at, reason="届满", until_on=date(2026, 12, 1))
    assert len(seen(cast.he, on=date(2026, 11, 30))) == 3
    assert seen(cast.he, on=date(2026, 12, 1)) == []


def test_a_role_that_is_over_is_not_ended_again(give, cast, at):
    made = give(from_on=date(2026, 11, 1))
    revoke_role(assignment=made, by=cast.an, at=at, reason="调离")
    with pytest.raises(RoleOver):
        revoke_role(assignment=made, by=cast.an, at=at, reason="再来一次")


@pytest.mark.parametrize("who", ["lin", "xu", "jian", "he", "zhou"])
def test_nobody_but_a_security_administrator_gives_roles(give, cast, who):
    with pytest.raises(NotYourDuty):
        give(by=getattr(cast, who))
    assert OrganizationGrant.objects.filter(user=cast.he).count() == 0


def test_a_security_administrator_gives_roles_only_within_his_reach(give, cast):
    near = make.reviewer("县安", Role.SECURITY_ADMINISTRATOR, cast.county)
    with pytest.raises(NotYourDuty):
        give(by=near, organization=cast.city)
    with pytest.raises(NotYourDuty):
        give(by=near, organization=cast.province)
    give(by=near)


def test_nobody_gives_or_takes_more_than_the_own_duty_reaches(give, cast, at):
    county, here = make.account("县安全员"), make.account("本级安全员")
    make.assign(county, Role.SECURITY_ADMINISTRATOR, cast.county)
    make.assign(here, Role.SECURITY_ADMINISTRATOR, cast.county, scope=Scope.SELF)
    (police,) = departments("南岭省公安厅")
    officer = {"role": Role.DEPARTMENT_OFFICER, "organization": None, "department": police}
    with pytest.raises(NotYourDuty):
        give(**officer, by=county)
    made = give(**officer)
    with pytest.raises(NotYourDuty):
        revoke_role(assignment=made, by=county, at=at, reason="分工调整")
    with pytest.raises(NotYourDuty):
        give(by=here)
    assert give(by=here, scope=Scope.SELF).scope == Scope.SELF
    assert not may_publish(here, cast.county, on=TODAY)
    assert may_publish(county, cast.county, on=TODAY)


def test_nobody_gives_or_takes_a_role_of_his_own(give, cast, at):
    with pytest.raises(OwnGrant):
        give(account=cast.an)
    own = cast.an.assignments.get()
    with pytest.raises(OwnGrant):
        revoke_role(assignment=own, by=cast.an, at=at, reason="不干了")


@pytest.mark.parametrize(
    ("who", "role"),
    [
        ("xu", Role.SECURITY_ADMINISTRATOR),
        ("xu", Role.AUDITOR),
        ("jian", Role.SYSTEM_ADMINISTRATOR),
        ("xu", Role.APPROVER),
        ("lin", Role.AUDITOR),
    ],
)
def test_the_three_administrators_are_three_people_and_none_of_them_decides(give, cast, who, role):
    with pytest.raises(RolesClash):
        give(account=getattr(cast, who), role=role, organization=cast.city)


def test_an_administrator_whose_role_is_over_may_become_another_one_from_that_day(give, cast, at):
    revoke_role(assignment=cast.xu.assignments.get(), by=cast.an, at=at, reason="轮岗")
    give(account=cast.xu, role=Role.AUDITOR, organization=cast.province)
    assert list(cast.xu.groups.values_list("name", flat=True)) == ["auditor"]


def test_the_same_role_is_not_given_twice_in_the_same_days(give, cast):
    give(until_on=date(2027, 1, 1))
    with pytest.raises(RoleHeldAlready):
        give(from_on=date(2026, 12, 1))
    give(from_on=date(2027, 1, 1))


@pytest.mark.parametrize(
    ("facts", "refusal"),
    [
        ({"reason": "  "}, ReasonMissing),
        ({"reason": "身份证号 110101199003078515"}, PersonalNumberInText),
        ({"until_on": TODAY}, DaysUnfit),
        ({"role": Role.DEPARTMENT_OFFICER}, PlaceUnfit),
        ({"organization": None}, PlaceUnfit),
    ],
)
def test_a_role_without_a_good_reason_place_or_days_is_refused(give, facts, refusal):
    with pytest.raises(refusal):
        give(**facts)


def test_a_deactivated_account_gets_no_role(give, cast, at):
    Account.objects.filter(pk=cast.he.pk).update(is_active=False, deactivated_at=at)
    with pytest.raises(AccountInactive):
        give()


def test_giving_a_role_ends_the_open_sessions_of_its_holder(give, cast, client):
    client.force_login(cast.he, backend="organizations.sign_in.AuthenticationBackend")
    assert "_auth_user_id" in client.session
    give()
    cast.he.refresh_from_db()
    response = client.get("/accounts/2fa/")
    assert response.status_code == 302
    assert "/accounts/login/" in response["Location"]


def test_the_database_itself_keeps_one_row_per_role_place_and_first_day(cast):
    make.assign(cast.he, Role.LIAISON, cast.county)
    with pytest.raises(IntegrityError), transaction.atomic():
        make.assign(cast.he, Role.LIAISON, cast.county, scope=Scope.SELF)


def test_rules_of_roles_say_who_needs_what():
    assert clash_with("auditor", {"organizer"}) == "organizer"
    assert clash_with("auditor", {"auditor"}) is None
    assert clash_with("organizer", {"approver", "liaison"}) is None
    assert clash_with("organizer", set()) is None
    assert [needs_second_factor({role}) for role in ("auditor", "approver", "liaison", "department_officer")] == [
        True, True, False, True,
    ]  # fmt: skip
    assert [shortest_password(roles) for roles in (set(), {"approver"}, {"approver", "auditor"})] == [12, 12, 15]
