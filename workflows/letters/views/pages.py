"""What the page of a letter shows, to the office and to the department."""

from datetime import date, datetime

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.timezone import localdate

from approvals.actions.letters import CHAIR, works_in_office
from approvals.enums import LetterAnswer, LetterState, SeatState
from approvals.letter_queries import cell_of, finding_of, letters_seen, people_of
from approvals.models import Letter, LetterItem
from approvals.rules.letters import LATE, TO_CHECK
from audit.errors import Refusal
from organizations.calendar import arithmetic_sentence, working_days_left
from organizations.enums import ADMINISTRATORS, Role
from organizations.models import Account
from organizations.typed import fresh_key
from organizations.views.doors import for_roles
from workflows.letters.forms import ExtendForm, WaitForm, WhyForm, rows_typed
from workflows.letters.wording import CELLS

READERS = tuple(role for role in Role if role not in ADMINISTRATORS and role != Role.DEPARTMENT_OFFICER)
reviewers = for_roles(*READERS)
readers = for_roles(*READERS, Role.DEPARTMENT_OFFICER)


def letter_seen(token: str, account: Account, *, at: datetime) -> Letter:
    """Find a letter for somebody who may read it.

    Raises:
        Http404: there is none under this code, or it is none of their business.
    """
    found = letters_seen(account, on=localdate(at)).filter(token=token[:24]).first()
    if found is None:
        raise Http404
    return found


def letter_page(
    request: HttpRequest,
    letter: Letter,
    *,
    at: datetime,
    refusal: Refusal | None = None,
    forms: dict[str, object] | None = None,
    status: int = 200,
) -> HttpResponse:
    """Show a letter; after a refusal with everything that was typed.

    Args:
        request: The request.
        letter: As ``letter_seen`` gives it.
        at: The moment.
        refusal: The "no" to be told.
        forms: Bound forms by name, where one was refused.
        status: Status of the answer.
    """
    on = localdate(at)
    items = people_of(letter)
    office = works_in_office(letter.organization, request.user, at)
    own = Letter.objects.to_department_of(request.user, on=on).filter(pk=letter.pk).exists()
    open_items = [item for item in items if item.seat.state == SeatState.OPEN]
    lines = [_line(item, letter, on, office) for item in items]
    facts = {
        "letter": letter,
        "lines": lines,
        "open_items": open_items,
        "office": office,
        "own": own and not office,
        "chair": works_in_office(letter.organization, request.user, at, CHAIR),
        "late": [line for line in lines if line["state"] == LATE],
        "days": working_days_left(on, letter.due_at) if open_items else None,
        "counted": arithmetic_sentence(letter.counted) if letter.counted else "",
        "entered": letter.state == LetterState.ENTERED,
        "mine": letter.entered_by_id == request.user.pk,
        "scans": list(letter.scans.select_related("file", "by")) if office else [],
        "extensions": list(letter.extensions.select_related("by")) if office else [],
        "refusal": refusal,
        "forms": _forms(open_items) | (forms or {}),
        **reply_facts(request, open_items),
    }
    return render(request, "workflows/letters/letter.html", facts, status=status)


def reply_facts(request: HttpRequest, open_items: list[LetterItem]) -> dict[str, object]:
    """Give what the panel of a reply shows, with what was typed already."""
    post = request.POST
    waiting = [item for item in open_items if item.answer == LetterAnswer.WAIT]
    typed = "person-0" in post
    left_out = set(post.getlist("left_out")) if typed else {str(item.pk) for item in waiting}
    return {
        "key": post.get("key") or fresh_key(),
        "excepted": rows_typed(post, len(open_items)),
        "choices": [(str(item.pk), item.case.subject_name) for item in open_items],
        "waiting": [(item, str(item.pk) in left_out) for item in waiting],
        "ticked": bool(post.get("rest")),
    }


def _forms(open_items: list[LetterItem]) -> dict[str, object]:
    return {
        "extend": ExtendForm(prefix="extend"),
        "wait": WaitForm(prefix="wait", items=open_items),
        "close": WhyForm(prefix="close"),
        "discard": WhyForm(prefix="discard"),
    }


def _line(item: LetterItem, letter: Letter, on: date, office: bool) -> dict[str, object]:
    cell = cell_of(item, letter, item.seat, on=on)
    kind, word = CELLS[cell.state]
    # What the office typed in is its own affair until a second person has checked it.
    said = item.answer == LetterAnswer.FINDING and (office or item.confirmed_at is not None)
    return {
        "item": item,
        "case": item.case,
        "person": item.case.subject,
        "post": item.case.proposal.get_title_display(),
        "state": cell.state,
        "kind": kind,
        "word": word,
        "text": finding_of(item, item.case) if said else "",
        "typed": item.get_answer_display() if office and cell.state == TO_CHECK else "",
    }
