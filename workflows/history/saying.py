"""What sentences of the record are built from."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date, datetime

from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext, pgettext

from approvals.enums import MatterKind, Outcome
from audit.models import Entry
from organizations.calendar import end_of_day
from workflows.appointment_review.enums import Track
from workflows.history.steps import day_text

DECISIONS, MATERIALS, LOOKS, MESSAGES, DAYS, COURSE = "decisions", "materials", "looks", "messages", "days", "course"


@dataclass(frozen=True)
class Line:
    """One thing that happened, ready to read.

    Attributes:
        at: When.
        words: The sentence, with the verb in bold.
        second: A second, smaller line.
        group: Which filter it belongs to.
        color, icon: Its shape.
        weighty: It matters even in a short story.
    """

    at: datetime
    words: SafeString
    second: str
    group: str
    color: str
    icon: str
    weighty: bool


@dataclass(frozen=True)
class Told:
    """How a verb is told.

    Attributes:
        words: Builds the sentence from the entry, its facts and the names around it.
        group, color, icon, weighty: As in ``Line``.
        second: Builds the second line from the same, and from the opinion where it may be read.
    """

    words: Callable[["Around"], SafeString]
    group: str
    color: str
    icon: str
    weighty: bool = False
    second: Callable[["Around"], str] = lambda around: ""


@dataclass(frozen=True)
class Around:
    """What a sentence is built from.

    Attributes:
        entry: The entry.
        facts: Its clear facts.
        who: Who acted, or the system.
        step: Name of the step in the reader's language.
        person: Name of the person concerned.
        opinion: Opened texts of a decision, by name.
        titles: Step titles by name.
        of_matter: The path is the matter's own; there is no person.
    """

    entry: Entry
    facts: Mapping[str, object]
    who: str
    step: str
    person: str
    opinion: Mapping[str, str]
    titles: Mapping[str, str]
    of_matter: bool = False


def whose(around: Around) -> str:
    """Name on whose behalf it was said, or who said it."""
    return str(around.facts.get("on_behalf_of") or around.who)


def say(text: object, **more: Callable[[Around], object]) -> Callable[[Around], SafeString]:
    """Build a sentence that names who acted, the step and the person concerned."""

    def built(around: Around) -> SafeString:
        found = {name: give(around) for name, give in more.items()}
        return format_html(text, who=around.who, step=around.step, name=around.person, **found)

    return built


def either(of_person: Callable[[Around], SafeString], of_matter: Callable[[Around], SafeString]):
    """Tell it one way about a person's case and another about the matter's own path."""
    return lambda around: (of_matter if around.of_matter else of_person)(around)


def fact(name: str) -> Callable[[Around], object]:
    """Take a clear fact of the entry."""
    return lambda around: around.facts.get(name, "")


def label(choices: type, name: str) -> Callable[[Around], object]:
    """Name a stored word as people read it."""
    return lambda around: dict(choices.choices).get(around.facts.get(name), around.facts.get(name, ""))


def track(around: Around) -> object:
    """Name what a case or a matter is about."""
    names = dict(MatterKind.choices) | dict(Track.choices)
    return names.get(str(around.facts.get("track")), "")


def day(name: str) -> Callable[[Around], str]:
    """Write a stored day as people do."""

    def built(around: Around) -> str:
        text = str(around.facts.get(name, ""))
        return day_text(end_of_day(date.fromisoformat(text[:10]))) if text else ""

    return built


def opinion(around: Around) -> str:
    """Repeat the opened words of a decision."""
    parts = []
    if around.opinion.get("reason"):
        parts.append(_("Opinion: “{words}”").format(words=around.opinion["reason"]))
    if around.opinion.get("reason_for_person"):
        parts.append(_("For the person: “{words}”").format(words=around.opinion["reason_for_person"]))
    if around.opinion.get("corrections"):
        listed = around.opinion["corrections"].replace("\n", pgettext("between names", ", "))
        parts.append(_("To correct: {words}").format(words=listed))
    if around.opinion.get("gone"):
        parts.append(str(_("The words were destroyed when their time of keeping ended.")))
    return pgettext("between sentences", " ").join(parts)


def place(around: Around) -> str:
    """Name the organization."""
    return str(around.facts.get("organization_name", ""))


def due(around: Around) -> str:
    """Say where and until when."""
    until, where = day("due_at")(around), place(around)
    if not until:
        return where
    return _("{organization}, due on {day}").format(organization=where, day=until)


def findings(around: Around) -> str:
    """Count the findings."""
    found = len(around.facts.get("codes") or [])
    return ngettext("{n} finding", "{n} findings", found).format(n=found) if found else str(_("nothing hinders"))


def closed(around: Around) -> SafeString:
    """Say how a step closed, and where it goes back to."""
    outcome = str(around.facts.get("outcome", ""))
    if outcome == Outcome.RETURNED:
        target = around.titles.get(str(around.facts.get("goes_to")), "")
        return format_html(_("“{step}” goes back to “{target}”."), step=around.step, target=target)
    label = dict(Outcome.choices).get(outcome, outcome)
    return format_html(_("“{step}” is closed: {outcome}."), step=around.step, outcome=label)
