"""What stands in somebody's inbox: its rows, its counts, what was done and what was started."""

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from django.db.models import Count, Exists, F, OuterRef, Q, QuerySet
from django.utils.timezone import localdate

from approvals.case_flow import CaseFlow
from approvals.enums import RowKind
from approvals.models import Case, Decision, InboxRow
from organizations.calendar import end_of_day
from organizations.models import Account, OrganizationGrant

ROWS = 50
COUNTED = "inbox_counted"
OVERDUE, TODAY, WEEK, LATER = "overdue", "today", "week", "later"
GROUPS = (OVERDUE, TODAY, WEEK, LATER)


@dataclass(frozen=True)
class Wanted:
    """What somebody narrows the inbox to.

    Attributes:
        words: Parts of names, pinyin, initials or numbers, all of which must be found.
        track: A track of a flow.
        step: Name of a step.
        organization: Part of the name of an organization.
    """

    words: str = ""
    track: str = ""
    step: str = ""
    organization: str = ""


@dataclass
class Counts:
    """How many rows there are, without and with the filter.

    Attributes:
        todo: Everything to be done, whatever the filter.
        read: Everything for information that was not opened yet.
        groups: Rows to be done that pass the filter, by group.
        tracks, steps: What can be filtered by: flow and track, step and its title.
    """

    todo: int
    read: int
    groups: dict[str, int]
    tracks: list[tuple[str, str]]
    steps: list[tuple[str, str]]

    @property
    def shown(self) -> int:
        """How many rows pass the filter."""
        return sum(self.groups.values())


def inbox_count(account: Account, on: date) -> int:
    """Count what is to be done, in one statement.

    Args:
        account: Whose inbox.
        on: The day at which roles have to hold.

    Returns:
        The number; what ``counts_of`` counted for this very object a moment ago is not counted again.
    """
    known = getattr(account, COUNTED, None)
    return rows_of(account, on=on).filter(kind=RowKind.TODO).count() if known is None else known


def rows_of(account: Account, *, on: date) -> QuerySet[InboxRow]:
    """Give the rows of an inbox whose role holds on a day and whose grant is there now.

    Args:
        account: Whose inbox.
        on: The day at which roles have to hold, ``[from, until)``.
    """
    granted = OrganizationGrant.objects.filter(user=account.pk, content_object=OuterRef("seat__organization"))
    begun = Q(valid_from=None) | Q(valid_from__lte=on)
    not_over = Q(valid_until=None) | Q(valid_until__gt=on)
    by_name_or_granted = Q(valid_from=None) | Exists(granted)
    return InboxRow.objects.filter(begun, not_over, by_name_or_granted, account=account.pk)


def due_days(account: Account, on: date) -> Mapping[date, int]:
    """Count what is to be done by the day it is due, today and later, for the own calendar."""
    rows = rows_of(account, on=on).filter(kind=RowKind.TODO, due_at__gt=end_of_day(on - timedelta(days=1)))
    return Counter(localdate(due_at) for due_at in rows.values_list("due_at", flat=True))


def narrowed(rows: QuerySet[InboxRow], wanted: Wanted) -> QuerySet[InboxRow]:
    """Keep the rows somebody looks for."""
    return rows.filter(_passes(wanted))


def counts_of(account: Account, *, wanted: Wanted, at: datetime) -> Counts:
    """Count an inbox exactly, in one statement.

    Args:
        account: Whose inbox.
        wanted: The filter; the groups count what passes it.
        at: The moment by which rows are late.
    """
    passes = _passes(wanted)
    limits = {group: Count("pk", filter=passes & of_group) for group, of_group in _groups(at).items()}
    kinds = rows_of(account, on=localdate(at)).order_by().values("kind", "flow", "track", "step", "step_title")
    counted = list(kinds.annotate(all=Count("pk"), unread=Count("pk", filter=Q(read_at=None)), **limits))
    todo = [row for row in counted if row["kind"] == RowKind.TODO]
    total = sum(row["all"] for row in todo)
    setattr(account, COUNTED, total)  # the top bar of the same page asks for it again
    return Counts(
        todo=total,
        read=sum(row["unread"] for row in counted if row["kind"] == RowKind.READ),
        groups={group: sum(row[group] for row in todo) for group in GROUPS},
        tracks=sorted({(row["flow"], row["track"]) for row in todo}),
        steps=sorted({(row["step"], row["step_title"]) for row in todo}),
    )


def group_of(due_at: datetime | None, at: datetime) -> str:
    """Say to which group a due moment belongs at a moment."""
    today, week = _limits(at)
    if due_at is None or due_at > week:
        return LATER
    if due_at < at:
        return OVERDUE
    return TODAY if due_at <= today else WEEK


def page_of_rows(
    rows: QuerySet[InboxRow], *, after: tuple[datetime | None, int] | None = None, size: int = ROWS
) -> tuple[list[InboxRow], bool]:
    """Read one page of an inbox, what is due first.

    Args:
        rows: The rows that are wanted.
        after: Due moment and key of the last row shown before.
        size: Most rows of a page.

    Returns:
        The rows with all that their question needs, read in one statement, and whether more follow.
    """
    found = list(_ordered(rows if after is None else rows.filter(_behind(*after)))[: size + 1])
    return found[:size], len(found) > size


def neighbors(account: Account, *, row: InboxRow, on: date) -> tuple[InboxRow | None, InboxRow | None, int]:
    """Give the rows to be done before and after one, and its place counted from 1."""
    rows = rows_of(account, on=on).filter(kind=RowKind.TODO)
    behind = rows.filter(_behind(row.due_at, row.pk))
    before = rows.exclude(pk=row.pk).exclude(pk__in=behind.values("pk"))
    previous = before.order_by(F("due_at").desc(nulls_first=True), "-pk").first()
    return previous, behind.order_by(F("due_at").asc(nulls_last=True), "pk").first(), before.count() + 1


def done_by(account: Account, *, on: date, before: int | None = None, size: int = ROWS) -> tuple[list[Decision], bool]:
    """Read one page of what an account decided, the latest first: where it was asked by name, or sees the case today.

    Args:
        account: Who decided.
        on: The day at which roles have to hold.
        before: Key of the last decision shown.
        size: Most rows of a page.
    """
    seen = Q(seat__roles=[]) | Exists(Case.objects.visible_to(account, on=on).filter(pk=OuterRef("seat__stage__case")))
    said = Decision.objects.filter(seen, by=account.pk).order_by("-pk")
    said = said if before is None else said.filter(pk__lt=before)
    found = list(said.select_related("seat__stage__case__process", *related("seat__stage__case"))[: size + 1])
    return found[:size], len(found) > size


def started_by(account: Account, *, on: date, before: int | None = None, size: int = ROWS) -> tuple[list[Case], bool]:
    """Read one page of the cases an account opened and still sees, the latest first.

    Args:
        account: Who opened them.
        on: The day at which roles have to hold.
        before: Key of the last case shown.
        size: Most rows of a page.
    """
    opened = Case.objects.visible_to(account, on=on).filter(opened_by=account.pk).order_by("-pk")
    opened = opened if before is None else opened.filter(pk__lt=before)
    found = list(opened.select_related("process", "step_organization", *related())[: size + 1])
    return found[:size], len(found) > size


def related(prefix: str = "") -> list[str]:
    """Name what has to be read with a case so that its question needs no further statement."""
    names = ["organization", *(name for flow in CaseFlow.__subclasses__() for name in flow.beside)]
    return [f"{prefix}__{name}" if prefix else name for name in names]


def _ordered(rows: QuerySet[InboxRow]) -> QuerySet[InboxRow]:
    rows = rows.select_related("case__process", *related("case"))
    return rows.order_by(F("due_at").asc(nulls_last=True), "pk")


def _behind(due_at: datetime | None, pk: int) -> Q:
    if due_at is None:
        return Q(due_at=None, pk__gt=pk)
    return Q(due_at__gt=due_at) | Q(due_at=due_at, pk__gt=pk) | Q(due_at=None)


def _passes(wanted: Wanted) -> Q:
    passes = Q(pk__isnull=False)
    for word in wanted.words.replace("\0", "").lower().split()[:6]:
        passes &= Q(search_key__contains=word)
    if wanted.track:
        passes &= Q(track=wanted.track)
    if wanted.step:
        passes &= Q(step=wanted.step)
    if wanted.organization:
        passes &= Q(organization_name__contains=wanted.organization.replace("\0", ""))
    return passes


def _groups(at: datetime) -> Mapping[str, Q]:
    today, week = _limits(at)
    return {
        OVERDUE: Q(due_at__lt=at),
        TODAY: Q(due_at__gte=at, due_at__lte=today),
        WEEK: Q(due_at__gte=at, due_at__gt=today, due_at__lte=week),
        LATER: Q(due_at__gt=week) | Q(due_at=None),
    }


def _limits(at: datetime) -> tuple[datetime, datetime]:
    today = localdate(at)
    return end_of_day(today), end_of_day(today + timedelta(days=6 - today.weekday()))
