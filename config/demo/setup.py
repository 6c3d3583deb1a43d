"""Sets the demo up once, and tells who can sign in."""

import json
from dataclasses import asdict, dataclass
from datetime import datetime
from typing import NamedTuple

from django.db import transaction
from django.utils import timezone, translation
from django.utils.translation import gettext_lazy as _

from audit import log
from audit.errors import Refusal
from audit.models import Entry
from config.demo import accounts, departments, joint, looking, province
from config.demo.acts import Telling, World
from config.demo.clock import OFFICE_MINUTES, Clock
from config.demo.contests import Bundle, Running, contests_of
from config.demo.office import Office
from config.demo.office_stories import JOINT, OFFICE_STORIES, PLANNED, PLANNED_IN_DAYS, WHOLE_SINCE, Joint
from config.demo.people import PEOPLE, candidate
from config.demo.stories import DEMO_CANDIDATE, STORIES
from notifications.actions import mark_all_read
from organizations.enums import Role
from organizations.models import Account, PartyOrganization

STREAM = "demo"
OPENED_DAYS_AGO = 60
# When on its day the office acts about several people, and for how many working days nobody has read the messages.
FIRST_MINUTE, UNREAD_DAYS = 80, 2


class SystemInUse(Refusal):
    code = "system_in_use"
    message = _("This database holds organizations of its own; the demo is set up in an empty one only.")


@dataclass(frozen=True)
class Way:
    """One way into the demo.

    Attributes:
        role: Kind of person.
        login, password: What is typed.
        organization: Where the person belongs.
    """

    role: str
    login: str
    password: str
    organization: str

    def as_json(self) -> dict[str, str]:
        """Give the row of the command line."""
        return asdict(self)


class Beat(NamedTuple):
    """One act at its moment.

    Attributes:
        at: The moment.
        number, place: Order of what happens at the same moment.
        teller: Whose act it is.
        act: What the teller is to do.
    """

    at: datetime
    number: int
    place: int
    teller: Telling | Running | Bundle | Office
    act: str | Joint


def set_up(*, at: datetime) -> bool:
    """Fill an empty database with the demo, all or nothing.

    Args:
        at: Now; the stories are told back from here.

    Returns:
        False when it was set up before.

    Raises:
        SystemInUse: the database belongs to somebody else.
    """
    if Entry.objects.filter(stream=STREAM).exists():
        return False
    if PartyOrganization.objects.exists() or Account.objects.exists():
        raise SystemInUse
    with transaction.atomic(), translation.override("zh-hans"):
        _fill(at)
    return True


def ways_in() -> list[Way]:
    """List who can sign in, the candidate first."""
    entry = Entry.objects.filter(stream=STREAM).order_by("seq").last()
    keys = json.loads(entry.body)["facts"]["accounts"] if entry else {}
    found = Account.objects.select_related("person").in_bulk(list(keys.values()))
    return [
        Way(kind, account.username, accounts.PASSWORD, accounts.organization_of(kind, account))
        for kind in accounts.in_order(keys)
        for account in [found[keys[kind]]]
    ]


def tell_stories(world: World, clock: Clock) -> None:
    """Tell everything at once, act by act in the order of time, so that numbers and chains read as they grew."""
    tellings = [Telling(world, story, number) for number, story in enumerate(STORIES + OFFICE_STORIES)]
    beats = [
        Beat(clock.ago(days, minute=_minute(number, place)), number, place, telling, act)
        for number, telling in enumerate([*tellings, *contests_of(world)])
        for place, (days, act) in enumerate(telling.beats())
    ]
    office = Office(world, {**joint.ACTS, **looking.ACTS})
    beats += [
        Beat(clock.ago(act.days, minute=FIRST_MINUTE + place), -1, place, office, act)
        for place, act in enumerate(JOINT)
    ]
    in_order, read_at = sorted(beats, key=lambda beat: beat[:3]), clock.ago(UNREAD_DAYS, minute=0)
    for beat in in_order:
        if beat.at < read_at:
            beat.teller.act(beat.act, beat.at)
    for account in [*world.reviewers.values(), world.people[DEMO_CANDIDATE].account]:
        mark_all_read(account=account, at=read_at)
    for beat in in_order:
        if beat.at >= read_at:
            beat.teller.act(beat.act, beat.at)


def _minute(number: int, place: int) -> int:
    return (number * 53) % (OFFICE_MINUTES - 60) + 6 * place


def _fill(at: datetime) -> None:
    clock = Clock(at)
    began = clock.ago(OPENED_DAYS_AGO, minute=0)
    places = province.build(at=at, today=clock.today, short_until=clock.ago(WHOLE_SINCE, minute=0).date())
    chosen = accounts.reviewers(places, on=clock.today)
    accounts.widen(chosen, at=at)
    officers = departments.enter(places.city, at=began)
    chosen[Role.DEPARTMENT_OFFICER] = next(iter(officers.values()))
    people = {number: candidate(number, at=began) for number in range(len(PEOPLE))}
    ways = {accounts.CANDIDATE: people[DEMO_CANDIDATE].account, **chosen}
    accounts.let_in(ways, at=at)
    team = accounts.team(places.city, chosen, on=clock.today)
    meets_at = {act.name: clock.ago(act.days, minute=FIRST_MINUTE) for act in JOINT if act.act == "hold"}
    meets_at[PLANNED] = clock.ahead(PLANNED_IN_DAYS, hour=15)
    world = World(places, chosen, people, team=team, officers=officers, meets_at=meets_at)
    tell_stories(world, clock)
    log.record(
        STREAM,
        "demo.set_up",
        by=None,
        at=timezone.now(),
        facts={"accounts": {kind: account.pk for kind, account in ways.items()}},
    )
