"""What a list may hold, written by hand for every asker.

The matrix shows who opens a page; these lists are what such a page shows, and where somebody holds a role.
"""

from approvals.letter_queries import seats_to_ask
from approvals.meeting_queries import holds_at, places_recorded_by
from approvals.models import Case
from approvals.models.cases import CaseQuerySet
from organizations.enums import Role
from organizations.models import Account
from tests import factories as make
from tests.factories import NOW, TODAY
from tests.security.world import World
from workflows.appointment_review import investigation_queries
from workflows.notices.queries import objections_for, people_watched, watched_places
from workflows.papers.queries import papers_filed_by

ORGANIZES = {
    "organizer": "county",
    "own_case": "county",
    "narrow_grant": "county",
    "wide_grant": "county",
    "organizer_elsewhere": "city",
    "two_places": "city",
    "one_place_only": "province",
}
ASKS = {
    "approver": "here there",
    "discipline_officer": "here there",
    "two_offices": "here there",
    "one_place_only": "here",
    "organizer_elsewhere": "there",
    "two_places": "there",
    "approver_elsewhere": "there",
}
# By query: who finds what; whoever is not named finds nothing.
LISTS = {
    watched_places: {"discipline_officer": "province", "two_offices": "province"},
    objections_for: {"discipline_officer": "here there", "two_offices": "here there"},
    people_watched: {"discipline_officer": "here there", "two_offices": "here there"},
    places_recorded_by: ORGANIZES,
    holds_at: ORGANIZES,
    investigation_queries._holds: ORGANIZES,
    seats_to_ask: ASKS,
    CaseQuerySet.with_files_for: {
        "organizer": "here",
        "general_branch_secretary": "here",
        "approver": "here there",
        "discipline_officer": "here there",
        "two_offices": "here there",
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
ONE_STAGE = "every officer's seat of this world stands at the step of a notice"
# What no list here can show, and the test that does, or why nothing changes without it.
NOT_IN_A_LIST = {
    "objections_for: filter(stage=OuterRef('about__stage'))": ONE_STAGE,
    "people_watched: filter(stage=OuterRef('stage'))": ONE_STAGE,
    "objections_for: exclude(stepped_back(account, 'about__case'))": "tests/notices/test_objections.py: stepping back",
    "people_watched: exclude(stepped_back(account, 'case'))": "tests/notices/test_objections.py: stepping back",
    "seats_to_ask: filter(state=SeatState.OPEN)": "a seat that has spoken was asked by a letter",
    "seats_to_ask: filter(organization=organization)": "both bodies are asked about, and each sees its own",
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


def misplaced(world: World) -> dict[str, Account]:
    """Make people whose role and whose grant lie at different places, or who hold another role elsewhere."""
    cast = world.cast
    at_two = make.reviewer("两处任职", Role.DISCIPLINE_OFFICER, cast.province)
    make.assign(at_two, Role.LIAISON, cast.county)
    made = {"two_offices": at_two}
    for role, place in ((Role.DISCIPLINE_OFFICER, cast.province), (Role.ORGANIZER, cast.county)):
        account = made[f"misplaced_{role}"] = make.reviewer("错位", role, place)
        make.assign(account, Role.LIAISON, cast.city)
        account.organizationgrant_set.filter(content_object=place).delete()
        account = made[f"ungranted_{role}"] = make.reviewer("无授权", role, place)
        account.organizationgrant_set.all().delete()
    return made


def found(world: World, function, account: Account) -> str:
    """Ask for a list and say what of this world is in it."""
    sides = {name: world.side(name) for name in ("here", "there")}
    places = {name: getattr(world.cast, name) for name in ("province", "county", "city")}
    if function in (watched_places, places_recorded_by):
        names = {place.pk: name for name, place in places.items()}
        return joined(names.get(one.pk, one.name) for one in function(account, on=TODAY))
    if function is holds_at:
        return joined(name for name, place in places.items() if holds_at(account, ["organizer"], place, on=TODAY))
    if function is investigation_queries._holds:
        return joined(name for name, place in places.items() if function(account, place, ["organizer"], NOW))
    if function is seats_to_ask:
        names = {side.asked.unsent.pk: name for name, side in sides.items()}
        bodies = [side.asked.body for side in sides.values()]
        rows = [seat for body in bodies for seat in function(account, on=TODAY, organization=body)]
        return joined(names.get(seat.pk, f"seat {seat.pk}") for seat in rows)
    if function is CaseQuerySet.with_files_for:
        cases = {side.deciding.pk: name for name, side in sides.items()}
        return joined(cases[one.pk] for one in function(Case.objects.filter(pk__in=cases), account, on=TODAY))
    if function is papers_filed_by:
        of_side = {side.papers.paper.case_id: name for name, side in sides.items()}
        of_side |= {side.filling.pk: name for name, side in sides.items()}
        return joined(f"{of_side.get(one.case_id)}:{one.kind}" for one in function(account, on=TODAY))
    names = {side.noticed.person.notice_id: name for name, side in sides.items()}
    rows = function(account, on=TODAY)
    return joined(names[one.notice_id if function is people_watched else one.about.notice_id] for one in rows)


def joined(words) -> str:
    return " ".join(sorted(set(words)))


def differing(world: World, function, people: dict[str, Account]) -> list[str]:
    """List who finds something else than the table says."""
    return [
        f"{who}: {got!r}"
        for who, account in people.items()
        if (got := found(world, function, account)) != LISTS[function].get(who, "")
    ]
