"""联审台: people × departments at one body, and the reply of one department typed in for all."""

from dataclasses import dataclass
from datetime import date

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.utils.http import urlencode
from django.views.decorators.http import require_safe

from approvals.actions.letters import works_in_office
from approvals.enums import LetterState, SeatState
from approvals.letter_queries import Column, Grid, asking_bodies, grid_of, nobody_to_ask, people_of
from approvals.models import Letter
from approvals.rules import letters as rules
from organizations.calendar import working_days_left
from organizations.models import PartyOrganization
from organizations.typed import number_in
from workflows.letters.views.pages import reply_facts, reviewers
from workflows.letters.wording import CELLS, LEGEND


@dataclass(frozen=True)
class Head:
    """The head of one column."""

    column: Column
    url: str
    chosen: bool
    late_days: int


@reviewers
@require_safe
def grid(request: HttpRequest) -> HttpResponse:
    """Show people × departments of one body."""
    at = timezone.now()
    on = timezone.localdate(at)
    bodies = asking_bodies(request.user, on=on)
    asked = request.GET.get("at", "")
    body = next((one for one in bodies if one.code == asked), bodies[0] if bodies else None)
    facts: dict[str, object] = {"bodies": bodies, "body": body}
    if body is not None:
        after = number_in(request.GET.get("after", "")) or 0
        found = grid_of(request.user, organization=body, at=at, after=after)
        facts |= _shown(request, found, body, on)
        facts["unasked"] = nobody_to_ask(request.user, on=on, organization=body)
        facts["office"] = works_in_office(body, request.user, at)
        facts |= _entry(request, found, facts["office"])
    return render(request, "workflows/letters/grid.html", facts)


def _shown(request: HttpRequest, found: Grid, body: PartyOrganization, on: date) -> dict[str, object]:
    chosen = request.GET.get("department", "")
    heads = [_head(column, body, chosen, on) for column in found.columns]
    states = [cell.state for row in found.rows for cell in row.cells]
    return {
        "rows": [
            (row.case, [(cell, *CELLS[cell.state], head.chosen) for cell, head in zip(row.cells, heads, strict=True)])
            for row in found.rows
        ],
        "heads": heads,
        "lists": [_list(column, place, found) for place, column in enumerate(found.columns)],
        "more": f"?{urlencode({'at': body.code, 'after': found.more})}" if found.more else "",
        "counts": {
            "answered": sum(state in (rules.NO_FINDING, rules.FINDING, rules.WAIVED) for state in states),
            "to_check": states.count(rules.TO_CHECK),
            "late": states.count(rules.LATE),
            "missing": states.count(rules.UNANSWERED) + states.count(rules.WAITING),
            "not_sent": states.count(rules.NOT_SENT),
        },
        "late_letters": list(
            {
                cell.letter.pk: cell.letter for row in found.rows for cell in row.cells if cell.state == rules.LATE
            }.values()
        ),
        "legend": [CELLS[state] for state in LEGEND],
    }


def _head(column: Column, body: PartyOrganization, chosen: str, on: date) -> Head:
    query = urlencode({"at": body.code, "department": column.department.pk})
    days = [working_days_left(on, letter.due_at) for letter in column.letters] if column.late else [0]
    return Head(column, f"?{query}#entry", chosen == str(column.department.pk), max(0, -min(days)))


def _list(column: Column, place: int, found: Grid) -> dict[str, object]:
    """What one department has said, for the phone: everything but “no finding”."""
    cells = [(row.case, row.cells[place]) for row in found.rows]
    quiet = (rules.NO_FINDING, rules.NOT_ASKED)
    return {
        "column": column,
        "told": [(case, cell, *CELLS[cell.state]) for case, cell in cells if cell.state not in quiet],
    }


def _entry(request: HttpRequest, found: Grid, office: bool) -> dict[str, object]:
    chosen = request.GET.get("department", "")
    column = next((one for one in found.columns if str(one.department.pk) == chosen), None)
    letters = [one for one in column.letters if one.state != LetterState.CLOSED] if column else []
    if not office or not letters:
        return {"chosen": column}
    letter = Letter.objects.select_related("department", "organization", "entered_by").get(pk=letters[0].pk)
    open_items = [item for item in people_of(letter) if item.seat.state == SeatState.OPEN]
    return {
        "chosen": column,
        "letter": letter,
        "open_items": open_items,
        "scans": list(letter.scans.select_related("file")),
        **reply_facts(request, open_items),
    }
