"""What a list may hold is written by hand for every asker; without any single filter of its query somebody gets more.

The matrix shows who opens a page; these lists are what such a page shows.
"""

import pytest

from approvals.letter_queries import seats_to_ask
from approvals.meeting_queries import places_recorded_by
from tests.factories import TODAY
from tests.security.mutants import replaced, without_one
from tests.security.world import World
from workflows.notices.queries import objections_for, people_watched, watched_places
from workflows.papers.queries import papers_filed_by

pytestmark = pytest.mark.django_db
# By query: who finds what; whoever is not named finds nothing.
LISTS = {
    watched_places: {"discipline_officer": "province"},
    objections_for: {"discipline_officer": "here there"},
    people_watched: {"discipline_officer": "here there"},
    places_recorded_by: {
        "organizer": "county",
        "own_case": "county",
        "narrow_grant": "county",
        "wide_grant": "county",
        "organizer_elsewhere": "city",
        "two_places": "city",
        "one_place_only": "province",
    },
    seats_to_ask: {
        "approver": "here there",
        "discipline_officer": "here there",
        "one_place_only": "here",
        "organizer_elsewhere": "there",
        "two_places": "there",
        "approver_elsewhere": "there",
    },
    papers_filed_by: {
        "organizer": "here:pledge here:report",
        "own_case": "here:pledge",
        "organizer_elsewhere": "there:pledge there:report",
        "two_places": "there:pledge there:report",
    },
}
# What no list here can show, and the test that does, or why nothing changes without it.
SHOWN_ELSEWHERE = {
    "people_watched: filter(stage__outcome='')": "every step of this world whose notice is up is open",
    "objections_for: exclude(about__case__subject=account.person_id or 0)": (
        "tests/notices/test_objections.py: an officer never reads what is said about himself"
    ),
    "people_watched: exclude(case__subject=account.person_id or 0)": (
        "tests/notices/test_objections.py: an officer never reads what is said about himself"
    ),
    "seats_to_ask: exclude(stage__case__subject=account.person_id or 0)": (
        "tests/approvals/test_letters.py: nobody handles a letter about himself"
    ),
    "seats_to_ask: filter(stage__rule=Rule.LETTERS)": "only seats of that rule have a department",
    "seats_to_ask: filter(stage__outcome='')": "an open seat stands in an open stage",
}


def found(world: World, function, who: str) -> str:
    """Ask for a list and say what of this world is in it."""
    account = world.people[who]
    if account is None:
        return ""
    sides = {name: world.side(name) for name in ("here", "there")}
    if function in (watched_places, places_recorded_by):
        places = {getattr(world.cast, name).pk: name for name in ("province", "county", "city")}
        return joined(places.get(one.pk, one.name) for one in function(account, on=TODAY))
    if function is seats_to_ask:
        names = {side.asked.unsent.pk: name for name, side in sides.items()}
        bodies = {side.asked.body for side in sides.values()}
        rows = [seat for body in bodies for seat in function(account, on=TODAY, organization=body)]
        return joined(names.get(seat.pk, f"seat {seat.pk}") for seat in rows)
    if function is papers_filed_by:
        of_side = {side.papers.paper.case_id: name for name, side in sides.items()}
        of_side |= {side.filling.pk: name for name, side in sides.items()}
        return joined(f"{of_side.get(one.case_id)}:{one.kind}" for one in function(account, on=TODAY))
    names = {side.noticed.person.notice_id: name for name, side in sides.items()}
    rows = function(account, on=TODAY)
    return joined(names[one.notice_id if function is people_watched else one.about.notice_id] for one in rows)


def joined(words) -> str:
    return " ".join(sorted(set(words)))


def differing(world: World, function) -> list[str]:
    """List who finds something else than the table says."""
    return [
        f"{who}: {got!r}"
        for who in world.people
        if (got := found(world, function, who)) != LISTS[function].get(who, "")
    ]


@pytest.mark.parametrize("function", LISTS, ids=lambda function: function.__qualname__)
def test_everybody_finds_in_a_list_what_the_table_says(world, function):
    assert differing(world, function) == []


@pytest.mark.parametrize("function", LISTS, ids=lambda function: function.__qualname__)
def test_without_any_single_filter_somebody_finds_something_else(world, function):
    unseen = []
    for what, code in without_one(function):
        named = f"{function.__qualname__}: {what}"
        with replaced(function, code):
            unseen += [] if named in SHOWN_ELSEWHERE or differing(world, function) else [named]
    assert unseen == []


def test_every_condition_that_is_shown_elsewhere_exists():
    known = {f"{function.__qualname__}: {what}" for function in LISTS for what, _ in without_one(function)}
    assert sorted(set(SHOWN_ELSEWHERE) - known) == []
