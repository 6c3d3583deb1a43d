"""A case told by day: what the record says, who was told what, and which days were missed."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from itertools import groupby

from django.utils.html import format_html
from django.utils.timezone import localdate
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from approvals.models import Case, Stage
from audit.models import Entry
from audit.sealing import SealBroken
from notifications.models import Notice
from organizations.identity import unseal_for
from workflows.history.saying import DAYS, DECISIONS, LOOKS, MATERIALS, MESSAGES, Around, Line
from workflows.history.sentences import line_of

SHORT = 30
WEIGHTY, ALL = "weighty", "all"
GROUPS = {
    WEIGHTY: gettext_lazy("What matters"),
    ALL: gettext_lazy("Everything"),
    DECISIONS: gettext_lazy("Decisions"),
    MATERIALS: gettext_lazy("Materials"),
    LOOKS: gettext_lazy("Looks"),
    MESSAGES: gettext_lazy("Messages"),
    DAYS: gettext_lazy("Due days"),
}
OPINIONS = {"reason", "reason_for_person", "corrections"}


@dataclass(frozen=True)
class Day:
    """What happened on one day, the last thing first."""

    day: date
    lines: list[Line]


def story_of(case: Case, entries: Iterable[Entry], stages: Sequence[Stage], notices: Iterable[Notice], *, at: datetime):
    """Tell a case, the last thing first.

    Args:
        case: The case with its process and person.
        entries: All entries about it.
        stages: Its stages.
        notices: Who was told something about it.
        at: Now; an open stage whose day is over is late.

    Returns:
        Every line of the story.
    """
    titles = {node.name: str(node.task_title) for node in case.process.flow_class.instance.nodes()}
    lines = [line_of(_around(case, entry, titles)) for entry in entries]
    lines += [_late(stage, titles) for stage in stages if stage.due_at and stage.due_at < (stage.closed_at or at)]
    lines += [_told(notice) for notice in notices]
    return sorted(lines, key=lambda line: line.at)[::-1]


def counted(lines: Sequence[Line]) -> dict[str, int]:
    """Count the lines of each filter."""
    return {group: len(kept(lines, group)) for group in GROUPS}


def kept(lines: Sequence[Line], group: str) -> list[Line]:
    """Keep the lines of one filter."""
    if group == WEIGHTY:
        return [line for line in lines if line.weighty]
    return list(lines) if group == ALL else [line for line in lines if line.group == group]


def by_day(lines: Iterable[Line]) -> list[Day]:
    """Put lines under their days."""
    return [Day(day, list(told)) for day, told in groupby(lines, key=lambda line: localdate(line.at))]


def _around(case: Case, entry: Entry, titles: Mapping[str, str]) -> Around:
    return Around(
        entry=entry,
        facts=entry.facts,
        who=entry.actor_name or _("The system"),
        step=titles.get(entry.step, entry.step_title),
        person=case.subject_name,
        opinion=_opinion(case, entry),
        titles=titles,
        of_matter=case.is_of_matter,
    )


def _opinion(case: Case, entry: Entry) -> dict[str, str]:
    """Open the opinion of a decision; grounds, replies, remarks and withdrawals stay sealed."""
    if not entry.verb.startswith("seat."):
        return {}
    sealed = {name: text for name, text in entry.sealed.items() if name in OPINIONS}
    try:
        return unseal_for(case.subject, sealed)
    except SealBroken:
        return {"gone": "1"}


def _late(stage: Stage, titles: Mapping[str, str]) -> Line:
    step = titles.get(stage.step, stage.step_title)
    words = format_html(_("“{step}” was <b>not done by its day</b>."), step=step)
    return Line(stage.due_at, words, stage.organization_name, DAYS, "stop", "overdue", True)


def _told(notice: Notice) -> Line:
    words = format_html(_("{name} was told: {title}."), name=notice.recipient.name, title=notice.title)
    read = _("Read.") if notice.read_at else _("Not read yet.")
    return Line(notice.created_at, words, read, MESSAGES, "grey", "bell", False)
