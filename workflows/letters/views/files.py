"""The letter as a file, and the scans of its replies; every one taken along is in the record."""

from django.contrib.auth.decorators import login_required
from django.db import transaction
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404
from django.utils import timezone
from django.views.decorators.http import require_safe

from approvals.actions.letters import works_in_office
from approvals.letter_queries import people_of
from audit import log
from organizations.giving import given
from workflows.letters.models import LetterScan
from workflows.letters.papers import inquiry_paper
from workflows.letters.views.pages import letter_seen
from workflows.shared.documents import PdfUnavailable, docx_of, pdf_of, print_view_of
from workflows.shared.enums import FilePurpose
from workflows.shared.files import file_response

FORMS = {"pdf": pdf_of, "docx": docx_of, "print": print_view_of}


@login_required
@require_safe
def download(request: HttpRequest, token: str, form: str) -> HttpResponse:
    """Give a letter with its reply slip as PDF, DOCX or print view."""
    at = timezone.now()
    letter = letter_seen(token, request.user, at=at)
    if form not in FORMS:
        raise Http404
    paper = inquiry_paper(letter, people_of(letter))
    try:
        content = FORMS[form](paper)
    except PdfUnavailable:
        form, content = "print", print_view_of(paper)
    if request.method != "HEAD":
        with transaction.atomic():
            facts = {"form": form, "document": letter.number}
            log.record("exports", "document.downloaded", by=request.user, at=at, subject=letter.number, facts=facts)
    return given(content, form, name=letter.number)


@login_required
@require_safe
def scan(request: HttpRequest, token: str, pk: str) -> HttpResponse:
    """Show the scan of a stamped reply to the office."""
    at = timezone.now()
    letter = letter_seen(token, request.user, at=at)
    if not works_in_office(letter.organization, request.user, at):
        raise Http404
    kept = get_object_or_404(LetterScan.objects.select_related("file"), letter=letter, file=pk)
    if request.method != "HEAD":
        with transaction.atomic():
            facts = {"purpose": FilePurpose.SEALED_SCAN, "sha256": kept.file.sha256}
            log.record("files", "file.read", by=request.user, at=at, subject=letter.number, facts=facts)
    return file_response(request, kept.file, inline=True)
