"""The papers of an investigation as DOCX or print view, each with the code of its case."""

from datetime import date, datetime

from django.contrib.auth.decorators import login_required
from django.db import transaction
from django.http import Http404, HttpRequest, HttpResponse
from django.utils import timezone, translation
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from audit import log
from organizations.giving import CONTENT_TYPES, given
from organizations.models import Account
from workflows.appointment_review.inquiry_papers import FILLED, READ, Inquiry, inquiry_sheet
from workflows.appointment_review.views.investigation_access import Door, door_to
from workflows.shared.documents import LANGUAGE, Sheet, docx_of, print_view_of
from workflows.shared.enums import PaperKind
from workflows.shared.papers import mark_of, paper_for


@login_required
@never_cache
@require_safe
def paper(request: HttpRequest, number: str, kind: str) -> HttpResponse:
    """Give one paper; what was said and found only to those who may read it."""
    at = timezone.now()
    door = door_to(number, request.user, at=at)
    talk = request.GET.get("talk", "") if kind == PaperKind.TALK_RECORD else ""
    sheet = _filled(door, kind, talk, on=timezone.localdate(at))
    if sheet is None:
        raise Http404
    form = "docx" if request.GET.get("form") == "docx" else "print"
    if request.method == "HEAD":
        return HttpResponse(content_type=CONTENT_TYPES[form])
    with transaction.atomic():
        printed = paper_for(kind=PaperKind(kind), case=door.case, part=talk, by=request.user, at=at)
        noted = {"form": form, "document": kind}
        log.record("exports", "document.downloaded", by=request.user, at=at, subject=number, facts=noted)
    with translation.override(LANGUAGE):
        mark = mark_of(printed)
    content = docx_of(sheet, mark=mark) if form == "docx" else print_view_of(sheet, mark=mark)
    return given(content, form, name=f"{number}-{kind}")


def sheet_for_reader(number: str, kind: str, account: Account, *, on: date, at: datetime) -> Sheet | None:
    """Fill a paper of a case from its investigation, as far as somebody may read it.

    Args:
        number: Number of the case.
        kind: What is printed.
        account: Who prints it.
        on: Day that stands on it.
        at: The moment at which roles and grants have to hold.

    Returns:
        The paper; None where it is left to be written by hand: no investigation yet, nothing recorded, or not theirs.
    """
    if kind not in FILLED or kind == PaperKind.APPRAISAL_BALLOT:  # the ballot is the same for every case
        return None
    try:
        return _filled(door_to(number, account, at=at), kind, "", on=on)
    except Http404:
        return None


def _filled(door: Door, kind: str, talk: str, *, on: date) -> Sheet | None:
    if kind not in FILLED or door.work is None or (kind in READ and not door.reads):
        return None
    inquiry = Inquiry(door.case, door.stage.organization_name, door.work, talk)
    return inquiry_sheet(kind, inquiry, on=on)
