"""Closing an organization: by whom, what stands in the way, and where it is left out afterwards."""

from datetime import date, timedelta

import pytest

from approvals.errors import StillOpenThere
from approvals.queries import levels_for
from audit.models import Entry
from organizations import term_board
from organizations.actions import close_organization, grant_role, move_organization, revoke_role
from organizations.actions.closing import ClosedBefore, ClosingDayUnfit, OrganizationsBelow, RolesHeldThere
from organizations.actions.posts import PostEndsBeforeStart
from organizations.actions.shared import NotYourDuty, OrganizationClosed, ReasonMissing
from organizations.models import PartyOrganization, Post, RoleAssignment
from tests import factories as make
from tests.cases import case_at

TODAY = make.TODAY
pytestmark = pytest.mark.django_db


@pytest.fixture
def empty(cast):
    """Give a branch with a secretary and nothing that stands in the way."""
    place = make.organization("海珠湾旧书协会党支部", under=cast.county)
    make.post(make.person("祝东篱"), place, due_on=date(2027, 6, 30))
    return place


def close(place, by, at, *, on=TODAY, reason="社会组织注销"):
    close_organization(organization=place, on=on, reason=reason, by=by, at=at)


def test_its_posts_end_with_it_and_it_is_left_out_of_the_board(cast, empty, at):
    assert term_board.board(cast.lin, on=TODAY).filter(pk=empty.pk).exists()
    close(empty, cast.xu, at)
    post = Post.objects.get(organization=empty)
    assert (post.ended_on, post.end) == (TODAY, "organization_closed")
    assert PartyOrganization.objects.get(pk=empty.pk).valid_until == TODAY
    assert not term_board.board(cast.lin, on=TODAY).filter(pk=empty.pk).exists()
    entry = Entry.objects.get(verb="organization.closed")
    assert (entry.actor_name, entry.facts["on"], entry.facts["reason"], entry.facts["posts"]) == (
        "徐行", "2026-11-23", "社会组织注销", 1,
    )  # fmt: skip
    with pytest.raises(ClosedBefore):
        close(empty, cast.xu, at)


def test_the_resolver_passes_over_what_is_closed(cast, at):
    middle = make.organization("海珠湾文艺党总支", under=cast.county, kind="general_branch")
    close(middle, cast.xu, at)
    branch = make.organization("海珠湾话剧社党支部", under=middle)
    levels = levels_for(branch, on=TODAY)
    assert [level.code for level in levels] == [cast.county.code, cast.province.code]
    assert levels[0].skipped == (middle.code,)


def test_nothing_is_moved_under_it_and_no_role_is_given_there(cast, empty, at):
    close(empty, cast.xu, at)
    with pytest.raises(OrganizationClosed, match="海珠湾旧书协会党支部"):
        move_organization(organization=cast.branch, to=empty, by=cast.xu, at=at, reason="理顺隶属关系")
    with pytest.raises(OrganizationClosed):
        grant_role(account=cast.he, role="liaison_officer", organization=empty, by=cast.an, at=at, reason="换届")
    assert not RoleAssignment.objects.filter(organization=empty).exists()
    assert PartyOrganization.objects.get(pk=cast.branch.pk).path.startswith(cast.general_branch.path)


def test_only_a_system_administrator_over_the_place_closes_and_says_why(cast, empty, at):
    for other in (cast.lin, cast.zhou, cast.an, cast.jian):
        with pytest.raises(NotYourDuty):
            close(empty, other, at)
    with pytest.raises(ReasonMissing):
        close(empty, cast.xu, at, reason=" ")
    assert PartyOrganization.objects.get(pk=empty.pk).valid_until is None


def test_the_day_is_today_or_earlier_and_after_everything_that_began_there(cast, empty, at):
    PartyOrganization.objects.filter(pk=empty.pk).update(valid_from=date(2020, 1, 1))
    for day in (TODAY + timedelta(days=1), date(2020, 1, 1)):
        with pytest.raises(ClosingDayUnfit):
            close(empty, cast.xu, at, on=day)
    with pytest.raises(PostEndsBeforeStart):
        close(empty, cast.xu, at, on=Post.objects.get(organization=empty).started_on - timedelta(days=1))


def test_what_is_open_lies_below_or_is_held_there_stands_in_the_way(cast, policy, at):
    with pytest.raises(OrganizationsBelow):
        close(cast.general_branch, cast.xu, at)
    with pytest.raises(RolesHeldThere):
        close(cast.branch, cast.xu, at)
    case_at(cast, "completeness")
    for held in RoleAssignment.objects.filter(organization=cast.branch):
        revoke_role(assignment=held, by=cast.an, at=at, reason="机构撤销")
    with pytest.raises(StillOpenThere):
        close(cast.branch, cast.xu, at)
    assert PartyOrganization.objects.get(pk=cast.branch.pk).valid_until is None


def test_the_page_closes_it_and_keeps_what_was_typed_when_it_is_refused(cast, empty, client):
    client.force_login(cast.xu)
    page = f"/organizations/{empty.code}/"
    shown = client.get(page).content.decode()
    assert f"{page}close/" in shown
    assert (shown.count('id="id_reason"'), shown.count('id="id_closing_reason"')) == (1, 1)
    refused = client.post(f"{page}close/", {"on": "2999-01-01", "reason": "社会组织注销"})
    assert (refused.status_code, "社会组织注销" in refused.content.decode()) == (400, True)
    assert client.post(f"{page}close/", {"on": "2026-11-23", "reason": "社会组织注销"}).status_code == 302
    shown = client.get(page).content.decode()
    assert ("2026年11月23日" in shown, f"{page}close/" in shown) == (True, False)
