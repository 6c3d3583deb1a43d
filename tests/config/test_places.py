"""The places of the top bar follow the roles of the day."""

from datetime import timedelta

import pytest
from django.utils import timezone

from config.places import CANDIDATE, MOST_IN_BAR, REVIEWER, Place, arranged, parts_of, places_of
from organizations.enums import Role
from organizations.models import RoleAssignment
from organizations.queries import duties_of
from tests import factories as make


def keys(account) -> list[str]:
    return [place.key for place in places_of(duties_of(account, on=timezone.localdate()), path="/notices/7/")]


@pytest.mark.parametrize(
    ("roles", "parts"),
    [
        ([], {CANDIDATE}),
        ([Role.APPROVER], {REVIEWER}),
        ([Role.LIAISON, Role.ORGANIZER], {REVIEWER, "organizer"}),
        ([Role.AUDITOR], {"auditor"}),
        ([Role.SYSTEM_ADMINISTRATOR], {"system_administrator"}),
    ],
)
def test_a_role_says_as_what_somebody_is_here(roles, parts):
    assert parts_of([RoleAssignment(role=role) for role in roles]) == parts


def test_a_candidate_has_no_place_of_a_reviewer_or_an_administrator(cast):
    assert set(keys(cast.shen)) <= {
        "workflows:my",
        "workflows:my_materials",
        "organizations:helpers",
        "notifications:notices",
    }


def test_a_role_that_ended_yesterday_takes_its_places_along(cast):
    before = keys(cast.zhou)
    RoleAssignment.objects.filter(account=cast.zhou).update(
        from_on=timezone.localdate() - timedelta(days=30), until_on=timezone.localdate()
    )
    assert "organizations:people" in before
    assert "organizations:people" not in keys(cast.zhou)


def test_the_page_being_shown_belongs_to_one_place(cast):
    places = places_of(duties_of(cast.zhou, on=timezone.localdate()), path="/notices/7/")
    assert [place.key for place in places if place.current] == ["notifications:notices"]


def test_the_day_starts_at_the_first_place(cast, client):
    client.force_login(cast.zhou)
    first = places_of(duties_of(cast.zhou, on=timezone.localdate()), path="/")[0]
    assert client.get("/")["Location"] == first.url


def test_a_newcomer_without_any_role_is_not_lost(db, client):
    client.force_login(make.account("方知野"))
    assert client.get("/", follow=True).status_code == 200


def test_pages_about_everybody_are_places_of_the_root_only(cast):
    below = make.reviewer("市审计员", Role.AUDITOR, cast.city)
    assert {"audit:proof", "audit:exports"} <= set(keys(cast.jian))
    assert set(keys(below)) & {"audit:proof", "audit:exports"} == set()
    assert "workflows:cases" in keys(below)


@pytest.mark.parametrize(("count", "shown", "more"), [(1, 1, 0), (5, 5, 0), (6, 4, 2), (9, 4, 5)])
def test_at_most_five_places_stand_in_the_bar_and_the_rest_in_a_menu(count, shown, more):
    bar = arranged([Place(url=f"/{n}/", key=str(n), name=str(n), current=n == 8, count=1) for n in range(count)])
    assert (len(bar.shown), len(bar.more)) == (shown, more)
    assert len(bar.shown) + bool(bar.more) <= MOST_IN_BAR
    assert list(bar.shown) + list(bar.more) == bar.everything
    assert (bar.more_count, bar.more_current) == (more, count == 9)


def test_the_menu_of_places_works_without_scripts_and_marks_where_one_is(cast, client):
    client.force_login(cast.lin)
    page = client.get("/people/").content.decode()
    assert '<details class="menu more-places" data-menu>' in page
    assert page.index("/papers/stacks/") > page.index('<summary class="place" aria-current="true">')
