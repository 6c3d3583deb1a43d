"""Pages of the office about a notice that was put up: how it looks, the sheet for the board, the photos."""

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.db import transaction
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from audit import log
from audit.errors import Refusal
from organizations.calendar import arithmetic_sentence
from organizations.giving import given
from organizations.models import Account
from organizations.typed import numbers_in
from workflows.notices.actions.publishing import add_photo, may_prove
from workflows.notices.models import PublicNotice
from workflows.notices.queries import people_on
from workflows.notices.sheet import address_of, sheet_as
from workflows.notices.words import labelled
from workflows.shared.documents import PdfUnavailable
from workflows.shared.files import file_response

FORMS = ("pdf", "docx", "print")


@require_safe
@login_required
def public_notice(request: HttpRequest, pk: int) -> HttpResponse:
    """Show a notice as it was put up."""
    at = timezone.now()
    notice = _notice(pk, request.user)
    people = people_on(notice, only_open=False)
    shown = [person for person in people if not person.stage.outcome]
    facts = {
        "notice": notice,
        "people": [(person, labelled(person.facts)) for person in people if person.case.subject_id != _own(request)],
        "address": address_of(notice) if shown and notice.removed_at is None and at <= notice.ends_at else "",
        "arithmetic": arithmetic_sentence(notice.counted),
        "lacking": [one for one in people if one.photo_id is None and one.case.subject_id != _own(request)],
        "may_prove": notice.mode == "unit" and may_prove(notice, request.user, on=timezone.localdate(at)),
    }
    return render(request, "workflows/notices/notice.html", facts)


@require_safe
@login_required
def notice_sheet(request: HttpRequest, pk: int, form: str) -> HttpResponse:
    """Give the sheet for the board; every download is in the log."""
    if form not in FORMS:
        raise Http404
    notice = _notice(pk, request.user)
    people = people_on(notice)
    try:
        content = sheet_as(form, notice, people)
    except PdfUnavailable:
        form, content = "print", sheet_as("print", notice, people)
    if request.method != "HEAD":
        with transaction.atomic():
            facts = {"form": form, "document": "notice"}
            log.record("exports", "document.downloaded", by=request.user, at=timezone.now(), facts=facts)
    return given(content, form, name=f"{_('public-notice')}-{pk}")


@require_POST
@login_required
def notice_photo(request: HttpRequest, pk: int) -> HttpResponse:
    """Keep the photo of a board."""
    notice = _notice(pk, request.user)
    upload = request.FILES.get("file")
    chosen = numbers_in(request.POST.getlist("person"))
    if upload is None or not chosen:
        messages.error(request, _("Please choose a photo, and whose notice it shows."))
        return redirect("workflows:public_notice", pk)
    try:
        add_photo(notice=notice, people=chosen, upload=upload, by=request.user, at=timezone.now())
    except Refusal as refusal:
        messages.error(request, str(refusal))
    else:
        messages.success(request, _("The photo is kept as proof of the notice."))
    return redirect("workflows:public_notice", pk)


@require_safe
@login_required
def board_photo(request: HttpRequest, pk: int, person: int) -> HttpResponse:
    """Show the photo of a board; every look is in the log."""
    notice = _notice(pk, request.user)
    found = get_object_or_404(notice.people.select_related("photo", "case").exclude(photo=None), pk=person)
    if request.method != "HEAD":
        with transaction.atomic():
            facts = {"purpose": found.photo.purpose}
            at, number = timezone.now(), found.case.number
            log.record("files", "file.read", by=request.user, at=at, subject=number, facts=facts)
    return file_response(request, found.photo, inline=True)


def _notice(pk: int, account: Account) -> PublicNotice:
    seen = PublicNotice.objects.visible_to(account, on=timezone.localdate())
    return get_object_or_404(seen.select_related("organization", "published_by"), pk=pk)


def _own(request: HttpRequest) -> int:
    return request.user.person_id or 0
