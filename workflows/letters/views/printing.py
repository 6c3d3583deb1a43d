"""Printing many letters at once: the list of what waits, then one PDF or a ZIP of DOCX files."""

import io
import zipfile
from datetime import datetime

from django.contrib import messages
from django.db import transaction
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods

from approvals.enums import LetterState
from approvals.letter_queries import letters_seen, people_of
from approvals.models import Letter
from audit import log
from organizations.giving import given
from workflows.letters.papers import inquiry_paper
from workflows.letters.views.pages import reviewers
from workflows.shared.documents import PdfUnavailable, docx_of, pdf_of_many

MOST = 100


@reviewers
@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def print_letters(request: HttpRequest) -> HttpResponse:
    """Print the letters that are marked; those that nobody has answered yet are offered."""
    at = timezone.now()
    found = letters_seen(request.user, on=timezone.localdate(at)).exclude(state=LetterState.CLOSED)
    letters = list(found.order_by("-pk")[:MOST])
    if request.method != "POST":
        return render(request, "workflows/letters/print.html", {"letters": letters})
    chosen = [letter for letter in letters if str(letter.pk) in request.POST.getlist("letter")]
    if not chosen:
        messages.error(request, _("Nothing is marked. Please mark at least one letter."))
        return render(request, "workflows/letters/print.html", {"letters": letters}, status=422)
    if request.POST.get("form") == "pdf":
        try:
            return _in_one(request, chosen, at=at)
        except PdfUnavailable:
            pass  # this machine draws no PDF; the files say the same
    return _zipped(request, chosen, at=at)


def _in_one(request: HttpRequest, letters: list[Letter], *, at: datetime) -> HttpResponse:
    content = pdf_of_many([(inquiry_paper(letter, people_of(letter)), None) for letter in letters])
    return _given(request, letters, content, "pdf", at=at)


def _zipped(request: HttpRequest, letters: list[Letter], *, at: datetime) -> HttpResponse:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as packed:
        for letter in letters:
            name = f"{letter.number} {letter.department.name}.docx".replace("/", " ")
            packed.writestr(name, docx_of(inquiry_paper(letter, people_of(letter))))
    return _given(request, letters, out.getvalue(), "zip", at=at)


def _given(request: HttpRequest, letters: list[Letter], content: bytes, form: str, *, at: datetime) -> HttpResponse:
    with transaction.atomic():
        for letter in letters:
            facts = {"form": "docx" if form == "zip" else form, "document": letter.number}
            log.record("exports", "document.downloaded", by=request.user, at=at, subject=letter.number, facts=facts)
    return given(content, form, name=f"{_('Letters')} {len(letters)}")
