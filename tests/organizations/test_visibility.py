"""Who sees what: the grant must be there and the role must hold today."""

from datetime import date, timedelta

import pytest

from organizations.enums import Role, Scope
from organizations.models import Account, OrganizationGrant, PartyOrganization, Person, Post, SocialOrganization
from organizations.queries import organization_scope
from tests import factories as make

TODAY = date(2026, 11, 23)
TOMORROW = TODAY + timedelta(days=1)
YESTERDAY = TODAY - timedelta(days=1)


def names(queryset):
    return [str(row) for row in queryset]


def seen_by(account, need="see", on=TODAY):
    return names(PartyOrganization.objects.visible_to(account, on=on, need=need).order_by("path"))


COUNTY_SUBTREE = ["海珠湾区社会组织党委", "海珠湾区志愿服务联合会党总支", "海珠湾晨光社工服务中心党支部"]
CITY_SUBTREE = ["云州市社会组织党委", "云州市象棋协会党支部"]


def test_a_role_with_subordinates_sees_its_own_subtree_and_nothing_beside_it(cast):
    assert seen_by(cast.lin) == COUNTY_SUBTREE
    assert seen_by(cast.wu) == CITY_SUBTREE
    assert seen_by(cast.he) == []


def test_a_role_for_itself_sees_one_organization_only(cast):
    ding = make.account("丁宁")
    make.assign(ding, Role.ORGANIZER, cast.county, scope=Scope.SELF)
    assert seen_by(ding) == ["海珠湾区社会组织党委"]
    assert seen_by(ding, "see_cases") == ["海珠湾区社会组织党委"]


@pytest.mark.parametrize(
    ("from_on", "until_on", "on", "sees"),
    [
        (TODAY, None, YESTERDAY, False),
        (TODAY, None, TODAY, True),
        (TODAY, TOMORROW, TODAY, True),
        (TODAY, TOMORROW, TOMORROW, False),
        (TOMORROW, None, TODAY, False),
    ],
)
def test_a_role_shows_something_only_from_its_first_to_before_its_last_day(cast, from_on, until_on, on, sees):
    ding = make.account("丁宁")
    make.assign(ding, Role.ORGANIZER, cast.county, from_on=from_on, until_on=until_on, on=YESTERDAY)
    assert OrganizationGrant.objects.filter(user=ding).count() == 3
    assert seen_by(ding, on=on) == (COUNTY_SUBTREE if sees else [])


def test_a_deleted_grant_shows_nothing_although_the_role_holds(cast):
    OrganizationGrant.objects.filter(user=cast.lin, permission__codename="see_files_subtree").delete()
    assert seen_by(cast.lin, "see_files") == []
    assert seen_by(cast.lin, "see_cases") == COUNTY_SUBTREE


def test_a_grant_without_a_role_shows_nothing(cast):
    cast.lin.assignments.all().delete()
    assert OrganizationGrant.objects.filter(user=cast.lin).count() == 3
    assert seen_by(cast.lin) == []


def test_a_grant_of_an_expired_role_is_not_revived_by_a_lesser_role_at_the_same_place(cast):
    ding = make.account("丁宁")
    make.assign(ding, Role.ORGANIZER, cast.county, until_on=TODAY, on=YESTERDAY)
    make.assign(ding, Role.LIAISON, cast.county, on=YESTERDAY)
    assert seen_by(ding, "see_files") == []
    assert seen_by(ding, "see_cases") == COUNTY_SUBTREE


def test_a_grant_for_one_organization_is_not_widened_by_a_role_with_another_scope(cast):
    ding = make.account("丁宁")
    made = make.assign(ding, Role.ORGANIZER, cast.county, scope=Scope.SELF)
    made.scope = Scope.SUBTREE
    made.save()
    assert seen_by(ding) == []


def test_a_deactivated_account_sees_nothing(cast, at):
    Account.objects.filter(pk=cast.lin.pk).update(is_active=False, deactivated_at=at)
    assert seen_by(cast.lin) == []


def test_somebody_elses_grant_is_not_mine(cast):
    OrganizationGrant.objects.filter(user=cast.lin).update(user=cast.he)
    assert seen_by(cast.he) == []
    assert seen_by(cast.lin) == []


def test_after_a_move_the_new_superior_sees_the_branch_and_the_old_one_does_not(cast):
    cast.branch.refresh_from_db()
    PartyOrganization.objects.move(cast.branch, cast.city, pos="last-child")
    assert seen_by(cast.lin) == ["海珠湾区社会组织党委", "海珠湾区志愿服务联合会党总支"]
    assert seen_by(cast.wu) == ["云州市社会组织党委", "云州市象棋协会党支部", "海珠湾晨光社工服务中心党支部"]


def test_a_path_that_only_begins_alike_is_not_below(cast):
    """Children of the county are 0001 0001 …; a sibling tree 0002 must not be caught by a prefix."""
    other = make.organization("禅城市社会组织党委")
    ding = make.account("丁宁")
    make.assign(ding, Role.ORGANIZER, other)
    assert seen_by(ding) == ["禅城市社会组织党委"]
    assert len(seen_by(cast.han)) == 7


NEEDS = ["see", "see_cases", "see_files", "see_history"]
EXPECTED_NEEDS = {
    "organizer": ["see", "see_cases", "see_files"],
    "approver": ["see", "see_cases", "see_files"],
    "committee_secretary": ["see", "see_cases", "see_files"],
    "committee_member": ["see", "see_cases", "see_files"],
    "discipline_member": ["see", "see_cases", "see_files"],
    "discipline_officer": ["see", "see_cases", "see_files"],
    "general_branch_secretary": ["see", "see_cases", "see_files"],
    "liaison": ["see", "see_cases"],
    "guide": ["see", "see_cases"],
    "registry_officer": ["see", "see_cases"],
    "supervisor_officer": ["see", "see_cases"],
    "department_officer": [],
    "training_organizer": ["see"],
    "talk_organizer": ["see"],
    "system_administrator": ["see"],
    "security_administrator": ["see"],
    "auditor": ["see", "see_history"],
}


def test_each_role_gives_exactly_what_the_table_of_the_document_says(cast):
    seen = {}
    for role in Role:
        holder = make.account(str(role))
        make.assign(holder, role, cast.county)
        seen[role.value] = [need for need in NEEDS if seen_by(holder, need)]
    assert seen == EXPECTED_NEEDS


def test_people_are_seen_through_their_posts_and_everybody_sees_himself(cast):
    lost = make.person("贾无处")
    make.post(cast.shen_person, cast.branch)
    assert names(Person.objects.visible_to(cast.lin, on=TODAY)) == ["沈若溪"]
    assert names(Person.objects.visible_to(cast.wu, on=TODAY)) == ["马启文"]
    assert names(Person.objects.visible_to(cast.he, on=TODAY)) == []
    assert names(Person.objects.visible_to(cast.ma, on=TODAY)) == ["马启文"]
    assert names(Person.objects.visible_to(make.account("本人", person=lost), on=TODAY)) == ["贾无处"]


def test_posts_are_seen_by_their_holder_and_through_their_organization(cast):
    make.post(cast.shen_person, cast.branch)

    def seen(account):
        return list(Post.objects.visible_to(account, on=TODAY).values_list("person__name", flat=True))

    assert seen(cast.lin) == ["沈若溪"]
    assert seen(cast.shen) == ["沈若溪"]
    assert seen(cast.wu) == ["马启文"]
    assert seen(cast.he) == []


def test_social_organizations_are_seen_through_branch_registry_or_supervisor(cast):
    from organizations.models import Authority

    registry = Authority.objects.create(name="云州市民政局", kind="registry", party_body=cast.city)
    supervisor = Authority.objects.create(name="海珠湾区教育局", kind="supervisor", party_body=cast.county)
    make.social_organization("晨光社工", branch=cast.branch)
    make.social_organization("象棋协会", branch=cast.city_branch)
    make.social_organization("登记在市", registry=registry)
    make.social_organization("主管在区", supervisor=supervisor)

    def seen(account):
        return sorted(names(SocialOrganization.objects.visible_to(account, on=TODAY)))

    assert seen(cast.lin) == ["主管在区", "晨光社工"]
    assert seen(cast.wu) == ["登记在市", "象棋协会"]
    assert seen(cast.he) == []


def test_accounts_are_seen_through_roles_and_posts_and_those_without_a_place_by_the_root_administrator(cast):
    def seen(account):
        return sorted(Account.objects.visible_to(account, on=TODAY).values_list("username", flat=True))

    assert seen(cast.lin) == ["chen", "feng", "gao", "lin"]
    assert seen(cast.wu) == ["ma", "mei", "wu"]
    assert seen(cast.he) == ["he"]
    assert seen(cast.han) == [
        "an", "chen", "feng", "gao", "han", "jian", "lin", "ma", "mei", "qian", "shi", "wu", "xu", "zhou",
    ]  # fmt: skip
    everybody = sorted(Account.objects.values_list("username", flat=True))
    assert seen(cast.xu) == everybody
    county_admin = make.reviewer("县管", Role.SYSTEM_ADMINISTRATOR, cast.county, username="county-admin")
    assert seen(county_admin) == ["chen", "county-admin", "feng", "gao", "lin"]


def test_another_model_asks_through_its_organization(cast):
    condition = organization_scope(cast.wu, "see", on=TODAY, through="organization")
    assert list(Post.objects.filter(condition).values_list("person__name", flat=True)) == ["马启文"]


@pytest.mark.parametrize("rows", [1, 3, 300])
def test_a_list_costs_one_query_however_long_it_is(cast, rows, django_assert_num_queries):
    for number in range(rows):
        make.organization(f"支部{number}", under=cast.city)
    with django_assert_num_queries(1):
        assert len(seen_by(cast.wu)) == 2 + rows
    with django_assert_num_queries(1):
        list(Account.objects.visible_to(cast.xu, on=TODAY))
