"""The record in sentences: one per verb. A verb without a sentence here fails a test."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date, datetime

from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext, pgettext

from approvals.enums import CaseState, Outcome
from audit.models import Entry
from organizations.calendar import end_of_day
from organizations.enums import ObligationKind
from workflows.appointment_review.enums import DocumentKind, MaterialKind, Track
from workflows.history.queries import CHECKED, EXPORTED
from workflows.history.steps import day_text
from workflows.shared.enums import FilePurpose

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
    """

    entry: Entry
    facts: Mapping[str, object]
    who: str
    step: str
    person: str
    opinion: Mapping[str, str]
    titles: Mapping[str, str]


def line_of(around: Around) -> Line:
    """Tell one entry.

    Args:
        around: The entry and the names around it.
    """
    told = SENTENCES.get(around.entry.verb) or _stage_told(around)
    return Line(
        around.entry.at, told.words(around), told.second(around), told.group, told.color, told.icon, told.weighty
    )


def _stage_told(around: Around) -> Told:
    return Told(lambda a: format_html(_("{who}: {what}"), who=a.who, what=a.entry.title), COURSE, "grey", "ring")


def _say(text: object, **more: Callable[[Around], object]) -> Callable[[Around], SafeString]:
    """Build a sentence that names who acted, the step and the person concerned."""

    def built(around: Around) -> SafeString:
        found = {name: give(around) for name, give in more.items()}
        return format_html(text, who=around.who, step=around.step, name=around.person, **found)

    return built


def _fact(name: str) -> Callable[[Around], object]:
    return lambda around: around.facts.get(name, "")


def _label(choices: type, name: str) -> Callable[[Around], object]:
    return lambda around: dict(choices.choices).get(around.facts.get(name), around.facts.get(name, ""))


def _day(name: str) -> Callable[[Around], str]:
    def built(around: Around) -> str:
        text = str(around.facts.get(name, ""))
        return day_text(end_of_day(date.fromisoformat(text[:10]))) if text else ""

    return built


def _opinion(around: Around) -> str:
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


def _place(around: Around) -> str:
    return str(around.facts.get("organization_name", ""))


def _due(around: Around) -> str:
    due = _day("due_at")(around)
    place = _place(around)
    if not due:
        return place
    return _("{organization}, due on {day}").format(organization=place, day=due)


def _findings(around: Around) -> str:
    found = len(around.facts.get("codes") or [])
    return ngettext("{n} finding", "{n} findings", found).format(n=found) if found else str(_("nothing hinders"))


def _closed(around: Around) -> SafeString:
    outcome = str(around.facts.get("outcome", ""))
    if outcome == Outcome.RETURNED:
        target = around.titles.get(str(around.facts.get("goes_to")), "")
        return format_html(_("“{step}” goes back to “{target}”."), step=around.step, target=target)
    label = dict(Outcome.choices).get(outcome, outcome)
    return format_html(_("“{step}” is closed: {outcome}."), step=around.step, outcome=label)


MATERIAL = {"kind": _label(MaterialKind, "kind"), "version": _fact("version")}
SENTENCES: dict[str, Told] = {
    "case.opened": Told(
        _say(_("{who} <b>opened</b> the case of {name}: {track}."), track=_label(Track, "track")),
        DECISIONS, "accent", "half", True,
    ),
    "case.closed": Told(
        _say(_("The case is <b>closed</b>: {state}."), state=_label(CaseState, "state")),
        DECISIONS, "accent", "check", True,
    ),
    "case.withdrawn": Told(_say(_("{who} <b>withdrew</b> the case.")), DECISIONS, "caution", "pause", True),
    "case.commented": Told(_say(_("{who} left a remark at “{step}”.")), COURSE, "grey", "edit"),
    "proposal.made": Told(
        _say(_("{who} proposed the post and its term.")), MATERIALS, "accent", "document"
    ),
    "stage.opened": Told(_say(_("“{step}” is open.")), DAYS, "grey", "clock", second=_due),
    "stage.closed": Told(_closed, COURSE, "grey", "ring"),
    "step.done": Told(_say(_("“{step}” is done.")), COURSE, "grey", "check"),
    "seat.agree": Told(
        _say(_("{who} <b>agreed</b> at “{step}”.")), DECISIONS, "good", "check", True,
        lambda a: pgettext("between sentences", " ").join(filter(None, (_place(a), _opinion(a)))),
    ),
    "seat.refuse": Told(
        _say(_("{who} <b>did not agree</b> at “{step}”.")), DECISIONS, "stop", "diamond", True, _opinion
    ),
    "seat.return": Told(_say(_("{who} <b>returned</b> “{step}”.")), DECISIONS, "caution", "back", True, _opinion),
    "seat.hand_in": Told(_say(_("{who} <b>handed in</b>: {step}.")), MATERIALS, "good", "check", True),
    "seat.claimed": Told(_say(_("{who} took on “{step}”.")), COURSE, "grey", "person"),
    "seat.released": Told(_say(_("{who} gave “{step}” back to all who may decide it.")), COURSE, "grey", "person"),
    "seat.opened": Told(_say(_("The next in turn may speak at “{step}”.")), COURSE, "grey", "clock"),
    "seat.freed": Told(
        _say(_("The place held by name at “{step}” is free: its holder lost the role.")), COURSE, "caution", "triangle"
    ),
    "seat.given": Told(
        _say(_("The person can be reached now and may speak at “{step}”.")), COURSE, "accent", "person"
    ),
    "form.handed_in": Told(
        _say(_("{who} confirmed version {version} of the form."), version=_fact("version")),
        MATERIALS, "accent", "document",
    ),
    "findings.made": Told(
        _say(_("Version {version} was held against the conditions."), version=_fact("version")),
        MATERIALS, "accent", "document", second=_findings,
    ),
    "material.uploaded": Told(
        _say(_("{who} handed over {kind}, version {version}."), **MATERIAL),
        MATERIALS, "accent", "upload",
    ),
    "material.withdrawn": Told(
        _say(_("{who} took back {kind}, version {version}."), **MATERIAL),
        MATERIALS, "grey", "remove",
    ),
    "document.issued": Told(
        _say(_("{kind} is <b>issued</b>: {number}."), kind=_label(DocumentKind, "kind"), number=_fact("number")),
        DECISIONS, "good", "document", True,
    ),
    "document.scan_attached": Told(
        _say(_("{who} attached the stamped scan of {number}."), number=_fact("number")), DECISIONS, "accent", "upload"
    ),
    "outcome.recorded": Told(
        _say(_("The outcome is <b>recorded</b> in the ledger.")), DECISIONS, "good", "check", True
    ),
    "obligation.opened": Told(
        _say(_("{name} owes: {kind}, by {day}."), kind=_label(ObligationKind, "kind"), day=_day("due_on")),
        DAYS, "grey", "calendar",
    ),
    "file.read": Told(
        _say(_("{who} looked at {what}."), what=_label(FilePurpose, "purpose")),
        LOOKS, "grey", "eye",
    ),
    "form.read": Told(
        _say(_("{who} looked at version {version} of the form."), version=_fact("version")), LOOKS, "grey", "eye"
    ),
    "document.downloaded": Told(
        _say(_("{who} took a document along: {what}."), what=_fact("document")), LOOKS, "grey", "download"
    ),
    "file.downloaded": Told(_say(_("{who} downloaded a file.")), LOOKS, "grey", "download"),
    "identity.revealed": Told(
        _say(_("{who} <b>looked at the identity number</b>, reason: “{reason}”."), reason=_fact("reason")),
        LOOKS, "caution", "eye", True, lambda a: str(_("The auditors were told.")),
    ),
    "value.unmasked": Told(_say(_("{who} <b>looked at a masked value</b>.")), LOOKS, "caution", "eye", True),
    CHECKED: Told(
        _say(_("{who} checked the record of this case.")), LOOKS, "grey", "shield",
        second=lambda a: str(_("It is whole.") if a.facts.get("holds") else _("It does not hold.")),
    ),
    EXPORTED: Told(_say(_("{who} <b>exported</b> the record of this case.")), LOOKS, "caution", "download", True),
}  # fmt: skip
