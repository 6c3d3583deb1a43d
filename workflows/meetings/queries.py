"""What the pages of a meeting show."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, timedelta

from django.db.models import Count, Max, Q, QuerySet
from django.utils.timezone import localdate
from django.utils.translation import gettext as _

from approvals.actions.meeting_results import words_of
from approvals.enums import ItemResult
from approvals.inbox import related
from approvals.meeting_queries import Room, ready_stages, room_of
from approvals.models import AgendaItem, Decision, Meeting, MeetingMember, Stage
from approvals.rules.meetings import Count as Votes
from approvals.rules.meetings import majority_of, quorum_reached, unanimous
from approvals.views.labels import TRACKS
from approvals.wording import SAID, question_of, titled
from audit.sealing import SealBroken
from organizations.models import Account, Post
from workflows.appointment_review.candidate_queries import document_of, last_handed_in

ROWS = 30
DEFERRED_DAYS = 30  # suggested only; the recorder writes the day that was resolved


@dataclass(frozen=True)
class ItemLine:
    """One item as it is listed.

    Attributes:
        item: The item.
        kind, word: Its status tag.
        question: What the meeting answers.
        room: Who may vote on it.
        red: Findings that hinder or ask for a reason.
    """

    item: AgendaItem
    kind: str
    word: str
    question: str
    room: Room
    red: int = 0

    @property
    def needed(self) -> int:
        """How many have to agree."""
        return majority_of(self.room.entitled)

    @property
    def track(self) -> str:
        """What kind of matter it is."""
        return str(TRACKS.get(self.item.case.track, ""))


@dataclass(frozen=True)
class MemberLine:
    """Somebody at the table, for one item."""

    member: MeetingMember
    out: bool
    reason: str = ""
    hint: str = ""


@dataclass
class Attendance:
    """Who came to a meeting, in numbers of people."""

    members: list[MeetingMember] = field(default_factory=list)

    @property
    def entitled(self) -> int:
        """How many belong to it."""
        return len(self.members)

    @property
    def present(self) -> int:
        """How many came."""
        return sum(member.present is True for member in self.members)

    @property
    def enough(self) -> bool:
        """Whether it may decide."""
        return quorum_reached(members=self.entitled, present=self.present)


def meetings_seen(account: Account, *, on: date) -> QuerySet[Meeting]:
    """Give the meetings in sight of an account, the latest first, with how much stands on their agendas."""
    seen = Meeting.objects.visible_to(account, on=on).select_related("organization")
    listed = Count("items", filter=~Q(items__case__subject=account.person_id or 0))
    return seen.annotate(listed=listed).order_by("-held_at", "-pk")


def hides_from(account: Account, items: Sequence[AgendaItem]) -> list[AgendaItem]:
    """Leave out of an agenda what is about the very reader."""
    return [item for item in items if account.person_id is None or item.case.subject_id != account.person_id]


def lines_of(items: Sequence[AgendaItem], members: Sequence[MeetingMember], reds: Mapping[int, int]) -> list[ItemLine]:
    """Make the lines of an agenda.

    Args:
        items: As ``items_of`` reads them.
        members: Who belongs to the meeting.
        reds: Findings by stage, as ``reds_of`` counts them.
    """
    return [
        ItemLine(
            item, *_tag(item), question_of(item.case, item.stage.step, item.stage.step_title), room_of(members, item),
            reds.get(item.stage_id, 0),
        )
        for item in items
    ]  # fmt: skip


def reds_of(stages: QuerySet[Stage]) -> dict[int, int]:
    """Count the findings that hinder or ask for a reason, as the inbox shows them, in one statement."""
    return {pk: red or 0 for pk, red in stages.values_list("pk").annotate(red=Max("seats__rows__red_findings"))}


def ready_lines(meeting: Meeting, account: Account, *, words: str = "") -> list[dict[str, object]]:
    """List what could be put on an agenda, what has waited longest first.

    Args:
        meeting: The meeting.
        account: Who looks; nobody is shown his own case.
        words: Parts of names, organizations or numbers.
    """
    stages = ready_stages(meeting.organization, on=localdate(meeting.held_at))
    stages = stages.select_related(*related("case")).exclude(case__subject=account.person_id or 0)
    for word in words.replace("\0", "").lower().split()[:6]:
        stages = stages.filter(
            Q(case__subject_search__contains=word)
            | Q(case__subject_name__contains=word)
            | Q(case__organization__name__contains=word)
            | Q(case__number__icontains=word)
        )
    found = list(stages)
    reds = reds_of(Stage.objects.filter(pk__in=[stage.pk for stage in found]))
    return [
        {
            "stage": stage,
            "question": question_of(stage.case, stage.step, stage.step_title),
            "red": reds.get(stage.pk, 0),
            "track": TRACKS.get(stage.case.track, ""),
        }
        for stage in found
    ]


def people_at(members: Sequence[MeetingMember], item: AgendaItem, *, family: bool) -> list[MemberLine]:
    """List who is at the table for an item, with hints at who might have to step out; a person confirms them.

    Args:
        members: Who belongs to the meeting.
        item: The item.
        family: Whether the reader may learn of declared relatives.
    """
    out = {recusal.member_id: recusal.reason for recusal in item.recusals.all()}
    hints = recusal_hints(members, item, family=family)
    return [MemberLine(one, one.pk in out, out.get(one.pk, ""), hints.get(one.pk, "")) for one in members]


def recusal_hints(members: Sequence[MeetingMember], item: AgendaItem, *, family: bool) -> dict[int, str]:
    """Say which members might have to step out: the person itself, declared relatives, people of the same unit.

    Source: docs/regulations.md, recusal; declared relatives and the same unit are hints that a person confirms.
    """
    case, hints = item.case, {}
    relatives = _family_names(item) if family else set()
    accounts = [member.account_id for member in members if member.account_id]
    colleagues = set(
        Post.objects.held_on(localdate(item.meeting.held_at))
        .filter(organization=case.organization_id, person__account__in=accounts)
        .values_list("person__account", flat=True)
    )
    own = case.account
    for member in members:
        if own is not None and member.account_id == own.pk:
            hints[member.pk] = _("the person concerned")
        elif member.name in relatives:
            hints[member.pk] = _("same name as a declared relative")
        elif member.account_id in colleagues:
            hints[member.pk] = _("holds a post in the same organization")
    return hints


def opened_words(item: AgendaItem) -> dict[str, str]:
    """Open the words of an item; none are left once the person's key was destroyed."""
    try:
        return words_of(item)
    except SealBroken:
        return {}


def said_before(item: AgendaItem) -> list[dict[str, object]]:
    """List what was said in the case so far, the latest first."""
    said = Decision.objects.filter(seat__stage__case=item.case_id).select_related("seat__stage").order_by("-pk")
    return [
        {
            "step": titled(item.case, one.seat.stage.step, one.seat.stage.step_title),
            "by": one.by_post or one.by_name,
            "at": one.at,
            "kind": SAID[one.verb][0],
            "word": SAID[one.verb][1],
        }
        for one in said
    ]


def proposed_votes(line: ItemLine) -> Votes:
    """Fill in the count: what was entered, or everybody in the room agreeing."""
    item = line.item
    if item.result:
        return Votes(item.agree, item.against, item.abstain)
    return unanimous(ItemResult.AGREE, line.room.present)


def proposed_day(meeting: Meeting, item: AgendaItem) -> date:
    """Fill in the day on which a deferred item is taken up again."""
    return item.review_on or localdate(meeting.held_at) + timedelta(days=DEFERRED_DAYS)


def ways_back(item: AgendaItem) -> list[tuple[str, str]]:
    """List the steps an item may be returned to: name and title, the first one offered first."""
    node = item.case.process.flow_class.instance.node(item.stage.step)
    return [(step.name, str(step.task_title)) for step in node.way_back(item.case)]


def back_to(item: AgendaItem) -> str:
    """Name the step a returned item goes back to; empty for every other result."""
    return titled(item.case, item.returns_to, "") if item.returns_to else ""


def next_to_decide(items: Sequence[AgendaItem], after: AgendaItem | None = None) -> AgendaItem | None:
    """Find the next item that still waits for a result, behind one and then from the beginning."""
    keys = [item.pk for item in items]
    start = keys.index(after.pk) + 1 if after is not None and after.pk in keys else 0
    waiting = [item for item in [*items[start:], *items[:start]] if item.stands and not item.result]
    return waiting[0] if waiting else None


def _family_names(item: AgendaItem) -> set[str]:
    if item.case.subject is None:
        return set()
    version = last_handed_in(item.case)
    if version is None:
        return set()
    try:
        rows = document_of(item.case.subject, version).get("family", {}).get("rows", [])
    except SealBroken:
        return set()
    return {str(row.get("name", "")).strip() for row in rows} - {""}


def _tag(item: AgendaItem) -> tuple[str, str]:
    if not item.stands and item.settled_at is None:
        return "open", _("Fell away")
    kinds = {ItemResult.AGREE: "agreed", ItemResult.REFUSE: "refused", ItemResult.DEFER: "deferred"}
    kinds[ItemResult.RETURN] = "returned"
    return (kinds[item.result], str(item.get_result_display())) if item.result else ("open", _("Not discussed yet"))
