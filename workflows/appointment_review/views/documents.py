"""Issued documents: read, download, attach the sealed scan; and the page on which anybody checks one."""

from datetime import date, datetime

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.cache import cache
from django.db import transaction
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone, translation
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from approvals.models import Case
from audit import log
from audit.errors import Refusal
from organizations.giving import given
from organizations.models import Account
from workflows.appointment_review.actions.scans import attach_scan, may_attach
from workflows.appointment_review.models import OfficialDocument
from workflows.appointment_review.papers import check_address, issued_paper, notice_paper
from workflows.shared.documents import LANGUAGE, Mark, PdfUnavailable, docx_of, pdf_of, print_view_of
from workflows.shared.enums import PaperKind
from workflows.shared.papers import mark_of, paper_for

CHECKS_A_MINUTE = 30
CASES = "organization", "subject", "proposal", "policy", "matter"


@login_required
@require_safe
def document(request: HttpRequest, token: str) -> HttpResponse:
    """Show an issued document with its ways out."""
    on = timezone.localdate()
    found = _document(token, request.user, on=on)
    facts = {
        "document": found,
        "case": found.case,
        "own": found.case.subject_id is not None and found.case.subject_id == request.user.person_id,
        "check": check_address(found),
        "may_attach": found.scan_id is None and may_attach(found, request.user, on=on),
    }
    return render(request, "workflows/appointment_review/document.html", facts)


@login_required
@require_safe
def download(request: HttpRequest, token: str, form: str) -> HttpResponse:
    """Give an issued document as PDF, DOCX or print view; every download is in the log."""
    at = timezone.now()
    found = _document(token, request.user, on=timezone.localdate(at))
    mark = _marked(request, PaperKind.DOCUMENT, found.case, at=at, part=found.token, facts={"number": found.number})
    return delivered(request, issued_paper(found), form, name=found.number, subject=found.case.number, at=at, mark=mark)


@login_required
@require_POST
def attach(request: HttpRequest, token: str) -> HttpResponse:
    """Attach the sealed scan, once."""
    at = timezone.now()
    found = _document(token, request.user, on=timezone.localdate(at))
    upload = request.FILES.get("file")
    if upload is None:
        messages.error(request, _("Please choose the scan first."))
        return redirect("workflows:document", token)
    try:
        attach_scan(document=found, upload=upload, by=request.user, at=at, on=timezone.localdate(at))
    except Refusal as refusal:
        messages.error(request, str(refusal))
    else:
        messages.success(request, _("The sealed scan is kept with the document."))
    return redirect("workflows:document", token)


@login_required
@require_safe
def notice(request: HttpRequest, number: str, kind: str) -> HttpResponse:
    """Give a notice of a case as a page to print."""
    at = timezone.now()
    case = _case(number, request.user, on=timezone.localdate(at))
    paper = notice_paper(case, kind)
    if paper is None:
        raise Http404
    mark, form = _marked(request, PaperKind(kind), case, at=at), request.GET.get("form", "print")
    return delivered(request, paper, form, name=kind, subject=case.number, at=at, mark=mark)


@require_http_methods(["GET", "HEAD"])
def check(request: HttpRequest, token: str) -> HttpResponse:
    """Tell anybody whether a document was issued; asked too often, the page rests for a minute."""
    if _too_often(request):
        return render(request, "workflows/appointment_review/check.html", {"resting": True}, status=429)
    found = OfficialDocument.objects.select_related("issuer").filter(token=token[:40]).first()
    status = 200 if found else 404
    response = render(request, "workflows/appointment_review/check.html", {"document": found}, status=status)
    response["X-Robots-Tag"] = "noindex"
    response["Cache-Control"] = "no-store"
    return response


def _document(token: str, account: Account, *, on: date) -> OfficialDocument:
    kept = OfficialDocument.objects.select_related("issuer", "scan", *(f"case__{name}" for name in CASES))
    found = kept.filter(token=token[:40]).first()
    if found is None or not _may_read(found.case, account, on=on):
        raise Http404
    return found


def _case(number: str, account: Account, *, on: date) -> Case:
    found = Case.objects.select_related(*CASES).filter(number=number, flow="appointment_review").first()
    if found is None or not _may_read(found, account, on=on):
        raise Http404
    return found


def _may_read(case: Case, account: Account, *, on: date) -> bool:
    if account.person_id is not None and case.subject_id == account.person_id:
        return True
    return Case.objects.visible_to(account, on=on).filter(pk=case.pk).exists()


def _marked(request: HttpRequest, kind: PaperKind, case: Case, *, at: datetime, **more: object) -> Mark | None:
    """Give the footer with the code of the sheet; a HEAD request registers nothing."""
    if request.method == "HEAD":
        return None
    with translation.override(LANGUAGE):
        return mark_of(paper_for(kind=kind, case=case, by=request.user, at=at, **more))


def delivered(
    request: HttpRequest, paper, form: str, *, name: str, subject: str, at: datetime, mark: Mark | None = None
) -> HttpResponse:
    """Give a paper as PDF, DOCX or print view, and note who took it.

    Args:
        paper: One of ``workflows.shared.documents``.
        form: ``pdf``, ``docx`` or ``print``.
        name: Name of the file.
        subject: Number of the case the note is kept under.
        at: Now.
        mark: The footer with the code of the sheet; None for papers that are not filed by code.
    """
    if form not in ("pdf", "docx", "print"):
        raise Http404
    try:
        content = {"pdf": pdf_of, "docx": docx_of, "print": print_view_of}[form](paper, mark=mark)
    except PdfUnavailable:
        form, content = "print", print_view_of(paper, mark=mark)
    if request.method != "HEAD":
        with transaction.atomic():
            facts = {"form": form, "document": name}
            log.record("exports", "document.downloaded", by=request.user, at=at, subject=subject, facts=facts)
    return given(content, form, name=name)


def _too_often(request: HttpRequest) -> bool:
    key = f"check:{request.META.get('REMOTE_ADDR', '')}:{int(timezone.now().timestamp()) // 60}"
    cache.add(key, 0, 120)
    return cache.incr(key) > CHECKS_A_MINUTE
