"""Sets the demo up once, and tells who can sign in."""

import json
from dataclasses import asdict, dataclass
from datetime import datetime

from django.db import transaction
from django.utils import timezone, translation
from django.utils.translation import gettext_lazy as _

from audit import log
from audit.errors import Refusal
from audit.models import Entry
from config.demo import accounts, province
from config.demo.acts import Telling, World
from config.demo.clock import OFFICE_MINUTES, Clock
from config.demo.people import PEOPLE, candidate
from config.demo.stories import DEMO_CANDIDATE, STORIES
from organizations.models import Account, PartyOrganization

STREAM = "demo"
OPENED_DAYS_AGO = 52


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
    """Tell all stories at once, act by act in the order of time, so that numbers and chains read as they grew."""
    tellings = [Telling(world, story, number) for number, story in enumerate(STORIES)]
    beats = [
        (clock.ago(days, minute=(telling.number * 53) % (OFFICE_MINUTES - 60) + 6 * place), telling.number, place, act)
        for telling in tellings
        for place, (days, act) in enumerate(telling.story.beats())
    ]
    for at, number, _place, act in sorted(beats):
        tellings[number].act(act, at)


def _fill(at: datetime) -> None:
    clock = Clock(at)
    places = province.build(at=at, today=clock.today)
    chosen = accounts.reviewers(places, on=clock.today)
    accounts.widen(chosen, at=at)
    began = clock.ago(OPENED_DAYS_AGO, minute=0)
    people = {number: candidate(number, at=began) for number in range(len(PEOPLE))}
    ways = {accounts.CANDIDATE: people[DEMO_CANDIDATE].account, **chosen}
    accounts.let_in(ways, at=at)
    tell_stories(World(places, chosen, people), clock)
    log.record(
        STREAM,
        "demo.set_up",
        by=None,
        at=timezone.now(),
        facts={"accounts": {kind: account.pk for kind, account in ways.items()}},
    )
