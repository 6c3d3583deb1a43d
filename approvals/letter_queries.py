"""What is read about letters: findings for those who decide, seats to ask about, the grid of people × departments."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime

from django.db.models import Count, Exists, OuterRef, Prefetch, Q, QuerySet
from django.utils.timezone import localdate

from approvals.enums import LetterAnswer, LetterState, Rule, SeatState
from approvals.inbox import related
from approvals.models import Case, Letter, LetterItem, Seat
from approvals.rules import letters as rules
from audit.sealing import SealBroken
from organizations.identity import unseal_for
from organizations.models import Account, Department, PartyOrganization
from organizations.queries import organization_scope


@dataclass(frozen=True)
class LetterFinding:
    """What a department said about a person, for those who decide later.

    Attributes:
        department: Name of the department.
        letter: Number of the letter.
        text: What was found; empty where the case goes on without an answer, or the words were destroyed.
        silent: Whether the department did not answer.
        at: When it was said.
    """

    department: str
    letter: str
    text: str
    silent: bool
    at: datetime


def letter_findings(seat: Seat) -> list[LetterFinding]:
    """List what the departments told up to a seat's step: what they found, and whom the chair went on without.

    It is for the body of the seat alone; whoever spoke below and only looks on learns nothing of it.

    Args:
        seat: The seat on whose page it is read, with its stage and ``stage.case.subject``; never one of the person.
    """
    case = seat.stage.case
    said = LetterItem.objects.filter(case=case, seat__state=SeatState.SPOKEN, seat__stage__lte=seat.stage_id)
    told = said.filter(answer__in=[LetterAnswer.FINDING, LetterAnswer.WAIVED]).select_related("letter__department")
    return [
        LetterFinding(
            department=item.letter.department.name,
            letter=item.letter.number,
            text=finding_of(item, case),
            silent=item.answer == LetterAnswer.WAIVED,
            at=item.confirmed_at,
        )
        for item in told.order_by("letter__department__code", "pk")
    ]


def finding_of(item: LetterItem, case: Case) -> str:
    """Open the finding about a person; empty when there is none or its key was destroyed."""
    try:
        return unseal_for(case.subject, item.finding).get("finding", "")
    except SealBroken:
        return ""


def spoken_findings(case: Case) -> QuerySet[LetterItem]:
    """Give the lines of a case in which a department found something, and said so for good."""
    return LetterItem.objects.filter(case=case, answer=LetterAnswer.FINDING, seat__state=SeatState.SPOKEN)


def letters_seen(account: Account, *, on: date) -> QuerySet[Letter]:
    """Give the letters an account may read, with how many people are asked about, open, and found something about."""
    counted = Letter.objects.visible_to(account, on=on).annotate(
        people=Count("items", filter=~Q(items__seat__state=SeatState.CLOSED)),
        open=Count("items", filter=Q(items__seat__state=SeatState.OPEN)),
        findings=Count("items", filter=Q(items__answer=LetterAnswer.FINDING, items__seat__state=SeatState.SPOKEN)),
    )
    return counted.select_related("department", "organization", "made_by", "entered_by")


def people_of(letter: Letter) -> list[LetterItem]:
    """List the people of a letter with what their lines show."""
    beside = related("case")
    loaded = LetterItem.objects.select_related(
        "case__subject", "case__organization", "case__process", "seat__stage", "entered_by", "confirmed_by", *beside
    )
    return list(loaded.filter(letter=letter))


def seats_to_ask(account: Account, *, on: date, organization: PartyOrganization) -> QuerySet[Seat]:
    """Give the open seats of departments at a body about which no letter went out yet; never of one's own case."""
    return (
        Seat.objects.filter(
            stage__rule=Rule.LETTERS,
            stage__outcome="",
            state=SeatState.OPEN,
            department__isnull=False,
            letter_item=None,
            organization=organization,
        )
        .exclude(stage__case__subject=account.person_id or 0)
        .filter(organization_scope(account, "see_files", on=on, through="organization"))
        .select_related("department", "stage__case__organization", "stage__case__subject")
        .order_by("stage__case_id", "department__code")
    )


def asking_bodies(account: Account, *, on: date) -> list[PartyOrganization]:
    """List the bodies in sight that ask departments now, or have asked before."""
    seats = Seat.objects.filter(organization=OuterRef("pk"), stage__rule=Rule.LETTERS)
    seen = PartyOrganization.objects.visible_to(account, on=on, need="see_files")
    return list(seen.filter(Exists(seats)).order_by("path"))


def nobody_to_ask(account: Account, *, on: date, organization: PartyOrganization) -> list[Seat]:
    """List the open seats of cases for which there is no department to ask; the office says that it goes on without."""
    seats = Seat.objects.filter(
        stage__rule=Rule.LETTERS, stage__outcome="", state=SeatState.OPEN, department=None,
        stage__organization=organization,
    )  # fmt: skip
    seen = seats.filter(organization_scope(account, "see_files", on=on, through="stage__organization"))
    others = seen.exclude(stage__case__subject=account.person_id or 0)
    return list(others.select_related("stage__case__organization").order_by("pk")[:50])


@dataclass(frozen=True)
class Cell:
    """What one department said about one person.

    Attributes:
        state: One of the words of ``approvals.rules.letters``.
        letter: The letter that asks; None before one went out.
        item: The line in it.
    """

    state: str
    letter: Letter | None = None
    item: LetterItem | None = None


@dataclass(frozen=True)
class Row:
    """One person of the grid, with a cell for each department."""

    case: Case
    cells: list[Cell]


@dataclass(frozen=True)
class Column:
    """One department of the grid.

    Attributes:
        answered, asked: How many people it has answered about, of how many.
        late: How many answers are overdue.
        to_check: How many answers wait for a second person.
        letters: Its letters in these cases that are not fully answered yet.
    """

    department: Department
    answered: int
    asked: int
    late: int
    to_check: int
    letters: list[Letter]


@dataclass(frozen=True)
class Grid:
    """People × departments at one body."""

    rows: list[Row]
    columns: list[Column]
    more: int | None = None


def grid_of(account: Account, *, organization: PartyOrganization, at: datetime, after: int = 0, size: int = 60) -> Grid:
    """Read the grid of the people about whom a body asks departments now.

    Args:
        account: Who looks; never shown the own case.
        organization: The body that asks.
        at: The moment by which answers are late.
        after: Key of the last case shown before.
        size: Most people on one page.
    """
    on = localdate(at)
    asking = Seat.objects.filter(
        stage__case=OuterRef("pk"), stage__rule=Rule.LETTERS, stage__outcome="", organization=organization,
        department__isnull=False,
    )  # fmt: skip
    items = LetterItem.objects.select_related("letter")
    seats = Seat.objects.filter(stage__rule=Rule.LETTERS, stage__outcome="", department__isnull=False)
    shown = Prefetch(
        "stages__seats",
        queryset=seats.select_related("department").prefetch_related(Prefetch("letter_item", queryset=items)),
    )
    cases = (
        Case.objects.filter(Exists(asking), pk__gt=after)
        .filter(Exists(_reached(account, organization, on)))
        .exclude(subject=account.person_id or 0)
        .select_related("organization")
        .prefetch_related(shown)
        .order_by("pk")
    )
    page = list(cases[: size + 1])
    found = [(case, _cells(case, on)) for case in page[:size]]
    departments = {seat.department: None for _, cells in found for seat, _ in cells.values()}
    ordered = sorted(departments, key=lambda one: one.code)
    rows = [
        Row(case, [cells[one.pk][1] if one.pk in cells else Cell(rules.NOT_ASKED) for one in ordered])
        for case, cells in found
    ]
    columns = [_column(one, [row.cells[place] for row in rows]) for place, one in enumerate(ordered)]
    return Grid(rows, columns, page[size - 1].pk if len(page) > size else None)


def cell_of(item: LetterItem, letter: Letter, seat: Seat, *, on: date) -> Cell:
    """Say how one line of a letter stands on a day."""
    typed = item.answer in (LetterAnswer.NO_FINDING, LetterAnswer.FINDING) and letter.state == LetterState.ENTERED
    state = rules.standing(
        answer=item.answer,
        seat=seat.state,
        entered=typed and item.confirmed_by_id is None,
        due_on=localdate(letter.due_at),
        review_on=item.review_on,
        today=on,
    )
    return Cell(state, letter, item)


def _reached(account: Account, organization: PartyOrganization, on: date) -> QuerySet[PartyOrganization]:
    seen = PartyOrganization.objects.visible_to(account, on=on, need="see_files")
    return seen.filter(pk=organization.pk)


def _cells(case: Case, on: date) -> dict[int, tuple[Seat, Cell]]:
    found = {}
    for stage in case.stages.all():
        for seat in stage.seats.all():
            item = getattr(seat, "letter_item", None)
            cell = cell_of(item, item.letter, seat, on=on) if item else Cell(rules.NOT_SENT)
            found[seat.department_id] = (seat, cell)
    return found


def _column(department: Department, cells: Sequence[Cell]) -> Column:
    states = [cell.state for cell in cells]
    letters = {cell.letter.pk: cell.letter for cell in cells if cell.letter and cell.letter.state != LetterState.CLOSED}
    return Column(
        department=department,
        answered=sum(state in (rules.NO_FINDING, rules.FINDING, rules.WAIVED) for state in states),
        asked=sum(state != rules.NOT_ASKED for state in states),
        late=states.count(rules.LATE),
        to_check=states.count(rules.TO_CHECK),
        letters=list(letters.values()),
    )
