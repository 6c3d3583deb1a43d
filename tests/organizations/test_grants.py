"""Guardian's rows follow the assignments, in a few statements, and the checker finds what drifted."""

import json
from datetime import date
from io import StringIO

import pytest
from django.core.management import call_command

from organizations.enums import Role
from organizations.grants import find_drift, sync_grants
from organizations.models import OrganizationGrant, PartyOrganization, RoleAssignment
from organizations.queries import duties_of, has_role, holders_of, may
from tests import factories as make

TODAY = date(2026, 11, 23)


def check(*arguments):
    out = StringIO()
    code = 0
    try:
        call_command("check_grants", "--json", "--on", "2026-11-23", *arguments, stdout=out)
    except SystemExit as end:
        code = end.code
    return code, json.loads(out.getvalue())


def test_the_cast_has_no_drift(cast):
    assert not find_drift(on=TODAY)
    assert check() == (0, {"missing": [], "extra": [], "groups": [], "repaired": False})


def test_a_missing_and_an_unasked_grant_are_found_and_repaired(cast):
    OrganizationGrant.objects.filter(user=cast.lin, permission__codename="see_subtree").delete()
    OrganizationGrant.objects.filter(user=cast.chen, permission__codename="see_subtree").update(user=cast.he)
    code, found = check()
    assert code == 1
    assert sorted((row["account"], row["permission"]) for row in found["missing"]) == [
        ("chen", "see_subtree"), ("lin", "see_subtree"),
    ]  # fmt: skip
    assert [(row["account"], row["organization"]) for row in found["extra"]] == [("he", cast.branch.code)]
    code, repaired = check("--repair")
    assert (code, repaired["repaired"]) == (0, True)
    assert check()[0] == 0


def test_an_expired_role_leaves_a_grant_that_the_checker_takes_away(cast):
    RoleAssignment.objects.filter(account=cast.lin).update(until_on=TODAY)
    code, found = check()
    assert code == 1
    assert {row["account"] for row in found["extra"]} == {"lin"}
    check("--repair")
    assert not OrganizationGrant.objects.filter(user=cast.lin).exists()


def test_group_membership_follows_as_well(cast):
    assert may(cast.jian, "audit.view_entry", on=TODAY)
    assert not may(cast.xu, "audit.view_entry", on=TODAY)
    cast.jian.groups.clear()
    assert not may(type(cast.jian).objects.get(pk=cast.jian.pk), "audit.view_entry", on=TODAY)
    assert check()[0] == 1
    check("--repair")
    assert may(type(cast.jian).objects.get(pk=cast.jian.pk), "audit.view_entry", on=TODAY)


def test_a_group_without_a_role_that_holds_gives_nothing(cast):
    RoleAssignment.objects.filter(account=cast.jian).update(until_on=TODAY)
    assert not may(cast.jian, "audit.view_entry", on=TODAY)


@pytest.mark.parametrize("many", [3, 300])
def test_grants_of_many_are_written_in_the_same_few_statements(cast, many, django_assert_max_num_queries):
    accounts = [make.account(f"干部{number}", password=None) for number in range(many)]
    made = [make.assign(account, Role.ORGANIZER, cast.city, on=None) for account in accounts]
    with django_assert_max_num_queries(10):
        sync_grants(made, on=TODAY)
    assert OrganizationGrant.objects.filter(user__in=accounts).count() == 3 * many
    RoleAssignment.objects.filter(account__in=accounts).update(until_on=TODAY)
    with django_assert_max_num_queries(10):
        sync_grants(made, on=TODAY)
    assert OrganizationGrant.objects.filter(user__in=accounts).count() == 0


def test_grants_of_others_stay_as_they_are(cast):
    before = OrganizationGrant.objects.exclude(user=cast.lin).count()
    RoleAssignment.objects.filter(account=cast.lin).update(until_on=TODAY)
    sync_grants([cast.lin.assignments.get()], on=TODAY)
    assert OrganizationGrant.objects.exclude(user=cast.lin).count() == before


def test_duties_and_holders_are_those_of_the_day(cast, django_assert_num_queries):
    make.assign(cast.lin, Role.LIAISON, cast.branch, from_on=date(2026, 12, 1))
    with django_assert_num_queries(1):
        held = [(duty.role, duty.organization.name) for duty in duties_of(cast.lin, on=TODAY)]
    assert held == [("organizer", "海珠湾区社会组织党委")]
    assert len(duties_of(cast.lin, on=date(2026, 12, 1))) == 2
    assert sorted(a.username for a in holders_of(Role.APPROVER, cast.province, on=TODAY)) == ["qian", "zhou"]
    assert list(holders_of(Role.LIAISON, cast.branch, on=date(2026, 12, 1))) == [cast.lin, cast.chen]


def test_a_role_reaches_down_with_its_scope_and_never_up_or_aside(cast):
    assert has_role(cast.lin, [Role.ORGANIZER], on=TODAY, organization=cast.branch)
    assert has_role(cast.lin, [Role.ORGANIZER], on=TODAY, organization=cast.county)
    assert not has_role(cast.lin, [Role.ORGANIZER], on=TODAY, organization=cast.province)
    assert not has_role(cast.lin, [Role.ORGANIZER], on=TODAY, organization=cast.city_branch)
    assert not has_role(cast.lin, [Role.APPROVER], on=TODAY)
    near = make.account("近处")
    make.assign(near, Role.APPROVER, cast.county, scope="self")
    assert not has_role(near, [Role.APPROVER], on=TODAY, organization=PartyOrganization.objects.get(pk=cast.branch.pk))
