"""Who would be told, in words: who, through which role, by which ways, with which reminders, and who not."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date, datetime

from django.utils.functional import Promise
from django.utils.timezone import localdate
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext, pgettext

from approvals.audience import (
    BY_LETTER,
    IN_MATTER,
    INACTIVE,
    NO_ACCOUNT,
    NOBODY,
    Asked,
    StepAhead,
    numbers_of,
    steps_ahead,
)
from approvals.enums import Rule, SeatOrigin
from approvals.models import Case
from approvals.rules.reminding_days import ESCALATION, LATE, SOON, SUPERIOR, TODAY, Numbers, reminding_days
from notifications.messages import kind_of
from notifications.reasons import subject_of
from notifications.routing_words import route_words, why_words
from notifications.rules.routing import IN_APP, routes
from notifications.wishes import local, message_of, preferences_of, reachable, wish_of
from organizations.calendar import is_workday
from organizations.enums import Role
from organizations.going_live import live_days
from organizations.models import Account

REMINDED: dict[str, Promise] = {
    SOON: gettext_lazy("reminded ahead"),
    TODAY: gettext_lazy("reminded on the day"),
    LATE: gettext_lazy("reminded that it is late"),
    SUPERIOR: gettext_lazy("the organizer above is told"),
    ESCALATION: gettext_lazy("the committee secretary above is told"),
}
LEFT_OUT: dict[str, Promise] = {
    "inactive": gettext_lazy("the account is deactivated"),
    "own_case": gettext_lazy("it is about the account's own person, or somebody from whose case it stepped back"),
    "recused": gettext_lazy("stepped back from this case"),
    "four_eyes": gettext_lazy("spoke in a step from which this one is kept apart"),
}
NOBODY_TOLD: dict[str, Promise] = {
    NO_ACCOUNT: gettext_lazy("The person has no account and is told nothing here; please tell the person on paper."),
    INACTIVE: gettext_lazy("The account of the person is deactivated and is told nothing; please tell it on paper."),
    NOBODY: gettext_lazy("Nobody may speak here or above; the security administrator sees it as an unfilled seat."),
    BY_LETTER: gettext_lazy("Nobody gets a line in the inbox: the office writes to the departments."),
    IN_MATTER: gettext_lazy("Nobody is told: the step waits for what happens elsewhere in the matter."),
}


@dataclass(frozen=True)
class Person:
    """Somebody who would be told.

    Attributes:
        name: Who.
        through: Through which role at which organization.
        ways: How and when, each with the reason in words.
        missing: Ways that lead nowhere, each with the reason.
    """

    name: str
    through: str
    ways: list[tuple[str, str]]
    missing: list[tuple[str, str]]


@dataclass
class Card:
    """One step.

    Attributes:
        title, place: What it is called and where it opens.
        is_now: Whether it is open.
        due_at: When it is due, for an open step.
        message: What is said.
        people: Who would be told.
        nobody: Why nobody would be.
        copied: Who gets a copy for information.
        departments: Who gets a letter.
        letters: How departments are reminded, counted from the day of each letter.
        left_out: Who would not be told, through which role, and why.
        days: What happens on which day if nobody speaks, for an open step.
        reminders: The same in words, for a step still to come.
    """

    title: str
    place: str
    is_now: bool
    due_at: datetime | None
    message: str
    people: list[Person]
    nobody: str
    copied: str
    departments: str
    letters: str
    left_out: list[tuple[str, str, str]]
    days: list[tuple[date, str]] = field(default_factory=list)
    reminders: str = ""


def cards_of(case: Case, *, at: datetime) -> list[Card]:
    """Say for the open step of a case and each behind it who would be told, as if it came at this moment.

    Args:
        case: The case with its process, person, organization and policy.
        at: The moment, timezone-aware.

    Returns:
        One card for each step; what people wish is read in one statement.
    """
    steps = steps_ahead(case, on=localdate(at))
    accounts = {asked.account.pk: asked.account for step in steps for asked in step.asked}
    rows = preferences_of(accounts.values()) if accounts else {}
    return [_card(case, step, rows, at) for step in steps]


def _card(case: Case, step: StepAhead, rows: dict, at: datetime) -> Card:
    station, node = step.station, step.station.node
    card = Card(
        title=station.step,
        place=station.organization.name if station.organization else "",
        is_now=step.stage is not None,
        due_at=step.stage.due_at if step.stage else None,
        message=subject_of(node.message),
        people=[_person(asked, node.message, rows, at) for asked in step.asked],
        nobody=str(NOBODY_TOLD[step.nobody]) if step.nobody else "",
        copied=_names(account.name for account in step.copied),
        departments=_names(step.departments),
        letters=_joined(_letters_in_words(numbers_of(case))) if step.departments else "",
        left_out=[(each.account.name, _role(each.role), str(LEFT_OUT[each.why])) for each in step.left_out],
    )
    if station.policy_step.rule != Rule.WAIT:
        _remind(card, case, step)
    return card


def _person(asked: Asked, kind: str, rows: dict, at: datetime) -> Person:
    account, spoken, earliest = asked.account, kind_of(kind), local(at)
    row = rows.get(account.pk)
    message = message_of(spoken, channels=spoken.channels, urgent=spoken.urgent, at=earliest)
    found = routes(message, wish_of(row), reachable=reachable(account, row), at=earliest, is_workday=is_workday)
    ways, missing = [], []
    for route in found:
        why = "" if route.channel == IN_APP else why_words(route.why)
        (missing if route.moment is None else ways).append((route_words(route, at=at), why))
    return Person(account.name, _through(asked), ways, missing)


def _through(asked: Asked) -> str:
    if asked.organization is None:
        return _("added by name") if asked.role else _("the person concerned")
    role = pgettext("role at a place", "{role}, {organization}").format(
        role=_role(asked.role), organization=asked.organization.name
    )
    if asked.origin == SeatOrigin.FALLBACK:
        return _("{role} (nobody may speak further below)").format(role=role)
    return role


def _remind(card: Card, case: Case, step: StepAhead) -> None:
    """Say on which days people are reminded, and who above; nothing where no time limit runs."""
    numbers, due_at = numbers_of(case), card.due_at
    above = {
        SUPERIOR: _told_above(REMINDED[SUPERIOR], step.organizers_above),
        ESCALATION: _told_above(REMINDED[ESCALATION], step.secretaries_above),
    }
    if step.stage is not None and due_at is not None:
        live = live_days([case.organization]).get(case.organization.pk)
        if live and live > localdate(due_at):
            card.reminders = _("No reminder: it was due before the organization went live.")
            return
        found = reminding_days(localdate(due_at), numbers, is_workday, opened=localdate(step.stage.opened_at))
        card.days = [
            (day, above.get(what) or str(REMINDED[what])) for what, day in found if step.asked or what in above
        ]
    elif step.stage is None and step.station.working_days:
        said = [*(_asked_in_words(numbers) if step.asked else ()), *_above_in_words(numbers, above)]
        card.reminders = _joined(said)


def _told_above(what: object, people: list[Account]) -> str:
    names = _names(account.name for account in people) or _("nobody holds this role above")
    return pgettext("told above", "{what} ({names})").format(what=what, names=names)


def _asked_in_words(numbers: Numbers) -> Iterable[str]:
    if numbers.before:
        said = ngettext("{n} working day ahead: reminded", "{n} working days ahead: reminded", numbers.before)
        yield said.format(n=numbers.before)
    yield _("on the day: reminded")
    if numbers.again:
        said = ngettext("late: reminded every {n} working day", "late: reminded every {n} working days", numbers.again)
        yield said.format(n=numbers.again)


def _letters_in_words(numbers: Numbers) -> Iterable[str]:
    yield from _asked_in_words(numbers)
    if numbers.again:
        yield _("late: whoever wrote the letter is told, too")


def _above_in_words(numbers: Numbers, above: Mapping[str, str]) -> Iterable[str]:
    for days, what in ((numbers.superior, SUPERIOR), (numbers.escalation, ESCALATION)):
        if days:
            said = ngettext("{n} working day late: {what}", "{n} working days late: {what}", days)
            yield said.format(n=days, what=above[what])


def _joined(said: Iterable[str]) -> str:
    return pgettext("between reminders", "; ").join(said)


def _role(role: str) -> str:
    return str(Role(role).label) if role in Role.values else _("added by name")


def _names(names: Iterable[str]) -> str:
    return pgettext("between names", ", ").join(names)
