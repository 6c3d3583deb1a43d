"""The term board (任期台账): whose term ends when, which posts are vacant; every question takes the day."""

from collections.abc import Callable, Collection, Mapping
from dataclasses import dataclass
from datetime import date, timedelta

from django.db.models import (
    Case,
    Count,
    DateField,
    Exists,
    F,
    FilteredRelation,
    IntegerField,
    Max,
    OuterRef,
    Q,
    QuerySet,
    Subquery,
    Value,
    When,
)
from django.db.models.functions import Coalesce

from notifications.models import Reminder
from organizations.enums import BRANCH_KINDS, COMMITTEE_KINDS, ObligationKind, OrganizationKind, Title
from organizations.models import Account, Obligation, PartyOrganization, Post, TermExtension
from organizations.rules.terms import FIRST_DAYS, STEPS

# Organs of Party committees have no secretary of ours; groups and work points have no term.
ORGANS = frozenset(
    {
        OrganizationKind.SOCIAL_WORK_DEPARTMENT,
        OrganizationKind.TWO_NEW_COMMISSION,
        OrganizationKind.TERRITORY_COMMITTEE,
        OrganizationKind.SUPERVISOR_COMMITTEE,
    }
)
WITH_TERM = (BRANCH_KINDS | COMMITTEE_KINDS | {OrganizationKind.GENERAL_BRANCH}) - ORGANS
LEADING = (COMMITTEE_KINDS | {OrganizationKind.GENERAL_BRANCH}) - ORGANS
REMINDED = "organization"
OVERDUE, VACANT, DUE, OPEN_END = range(4)
_NEVER = date(9999, 12, 31)


@dataclass(frozen=True, slots=True)
class Step:
    """How far the renewal of a term has come; told by the flows above.

    Attributes:
        words: Such as "in joint vetting".
        url: Page of the matter.
    """

    words: str
    url: str


Steps = Callable[[Collection[int], Account], Mapping[int, Step]]
_step_sources: list[Steps] = []


def tell_steps(source: Steps) -> None:
    """Let a flow tell how far renewals have come.

    Args:
        source: Takes keys of organizations and the account that looks; gives steps by key of the organization, only
            those the account may see. Called once per page.
    """
    _step_sources.append(source)


def steps_of(organizations: Collection[int], account: Account) -> dict[int, Step]:
    """Ask the flows how far the renewals of some organizations have come."""
    steps: dict[int, Step] = {}
    for source in _step_sources:
        steps.update(source(organizations, account))
    return steps


def board(account: Account, *, on: date, under: PartyOrganization | None = None, words: str = "") -> QuerySet:
    """Give the organizations with a term that an account sees, with what the board needs beside each.

    Args:
        account: Who looks.
        on: Today, Asia/Shanghai.
        under: Only this organization and those below it.
        words: Part of a name, in characters or pinyin.

    Returns:
        Organizations with ``secretary`` and ``acting`` joined, ``due_on``, ``vacant_since``, ``extended``, ``rank`` and
        ``turn``; ``rank`` then ``turn`` is the order of urgency.
    """
    rows = PartyOrganization.objects.visible_to(account, on=on).valid_on(on).filter(kind__in=WITH_TERM)
    if under is not None:
        rows = rows.filter(path__startswith=under.path)
    for word in words.lower().split():
        rows = rows.filter(search_key__contains=word)
    return with_terms(rows, on=on)


def with_terms(rows: QuerySet, *, on: date) -> QuerySet:
    """Join present secretary and acting secretary to organizations; both at most one."""
    held = Q(posts__title=Title.SECRETARY, posts__started_on__lte=on)
    held &= Q(posts__ended_on=None) | Q(posts__ended_on__gt=on)
    left = Post.objects.filter(organization=OuterRef("pk"), title=Title.SECRETARY, ended_on__lte=on)
    last_left = left.exclude(source="acting").order_by().values("organization").annotate(last=Max("ended_on"))
    extensions = TermExtension.objects.filter(post=OuterRef("secretary__pk"), until_on__gte=on)
    return rows.annotate(
        secretary=FilteredRelation("posts", condition=held & ~Q(posts__source="acting")),
        acting=FilteredRelation("posts", condition=held & Q(posts__source="acting")),
        due_on=F("secretary__due_on"),
        post_id=F("secretary__pk"),
        vacant_since=Coalesce(Subquery(last_left.values("last")), "valid_from"),
        extended=Exists(extensions),
        rank=Case(
            When(secretary=None, then=Value(VACANT)),
            When(secretary__due_on__lt=on, then=Value(OVERDUE)),
            When(secretary__due_on=None, then=Value(OPEN_END)),
            default=Value(DUE),
            output_field=IntegerField(),
        ),
        turn=Case(
            When(secretary=None, then=Coalesce(Subquery(last_left.values("last")), "valid_from", Value(date.min))),
            default=Coalesce("secretary__due_on", Value(_NEVER)),
            output_field=DateField(),
        ),
    )


def choices(*, on: date) -> dict[str, Q]:
    """Give the condition of each counter of the board.

    Args:
        on: Today.

    Returns:
        Conditions by name: ``first``, ``overdue``, ``30``, ``60``, ``120``, ``180``, ``vacant``, ``extended``, ``all``.
    """
    overdue, vacant = Q(rank=OVERDUE), Q(rank=VACANT)
    within = {str(days): Q(rank=DUE, due_on__lte=on + timedelta(days=days)) for days in STEPS}
    first = overdue | vacant | within[str(FIRST_DAYS)]
    return {"first": first, "overdue": overdue, **within, "vacant": vacant, "extended": Q(extended=True), "all": Q()}


def counters(rows: QuerySet, *, on: date) -> dict[str, int]:
    """Count each counter of the board in one query."""
    named = {
        f"count_{name}": Count("pk", filter=condition or Q(pk__gt=0)) for name, condition in choices(on=on).items()
    }
    return {name.removeprefix("count_"): count for name, count in rows.aggregate(**named).items()}


def in_order(rows: QuerySet) -> QuerySet:
    """Sort by urgency and load who is meant."""
    shown = ("secretary__person__name", "acting__person__name", "acting__due_on", "secretary__overdue_reason")
    fields = dict(zip(("secretary_name", "acting_name", "acting_until", "overdue_reason"), shown, strict=True))
    return rows.annotate(**{name: F(path) for name, path in fields.items()}).order_by("rank", "turn", "pk")


def after(rows: QuerySet, mark: str) -> QuerySet:
    """Keep what comes behind a row that was shown; a mark nobody gave keeps all.

    Args:
        rows: As ``in_order`` gives them.
        mark: As ``mark_of`` gave it.

    Returns:
        The rest of the list.
    """
    try:
        rank, turn, pk = mark.split(".")
        place = int(rank), date.fromisoformat(turn), int(pk)
    except ValueError:
        return rows
    rank, turn, pk = place
    return rows.filter(Q(rank__gt=rank) | Q(rank=rank, turn__gt=turn) | Q(rank=rank, turn=turn, pk__gt=pk))


def mark_of(row: PartyOrganization) -> str:
    """Name the place of a row in the order of urgency."""
    return f"{row.rank}.{row.turn.isoformat()}.{row.pk}"


def last_reminders(organizations: Collection[int]) -> dict[int, object]:
    """Give the moment of the last reminder of each organization that ever got one."""
    reminded = Reminder.objects.filter(subject_kind=REMINDED, subject_id__in=organizations)
    return dict(reminded.order_by().values_list("subject_id").annotate(last=Max("created_at")))


def leading_organizations(account: Account, *, on: date) -> QuerySet:
    """Give the committees and general branches an account sees, for the filter of the board."""
    seen = PartyOrganization.objects.visible_to(account, on=on).valid_on(on).filter(kind__in=LEADING)
    return seen.order_by("path")


def renewed_this_year(rows: QuerySet, *, on: date) -> dict[str, int]:
    """Count the terms that had to be renewed this year and those that were.

    Args:
        rows: As ``board`` gives them.
        on: Today.

    Returns:
        ``due`` (ends by 31 December or was renewed this year) and ``done``.
    """
    start, end = on.replace(month=1, day=1), on.replace(month=12, day=31)
    before = Post.objects.filter(organization=OuterRef("pk"), title=Title.SECRETARY, ended_on__gte=start)
    done = Q(secretary__started_on__gte=start) & Q(Exists(before))
    counted = rows.aggregate(done=Count("pk", filter=done), open=Count("pk", filter=Q(due_on__lte=end)))
    return {"done": counted["done"], "due": counted["done"] + counted["open"]}


def owed(account: Account, *, on: date) -> dict[str, dict[str, int]]:
    """Count the talks and classes that new secretaries still owe, in what an account sees."""
    still = Obligation.objects.visible_to(account, on=on).filter(done_on=None, waived_on=None)
    still = still.filter(Q(organization__valid_until=None) | Q(organization__valid_until__gt=on))
    rows = still.order_by().values("kind").annotate(number=Count("pk"), late=Count("pk", filter=Q(due_on__lt=on)))
    found = {row["kind"]: {"number": row["number"], "late": row["late"]} for row in rows}
    return {str(kind): found.get(str(kind), {"number": 0, "late": 0}) for kind in ObligationKind}
