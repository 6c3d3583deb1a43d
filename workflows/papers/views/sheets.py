"""Printing: what there is for a case, one sheet, one kind for many cases."""

import io
import zipfile
from datetime import datetime

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.db import transaction
from django.db.models import QuerySet
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_safe

from approvals.enums import CaseState
from approvals.models import Case
from audit import log
from audit.sealing import SealBroken
from organizations.enums import Role
from organizations.giving import CONTENT_TYPES, given
from organizations.views.doors import for_roles
from workflows.appointment_review.enums import VETTED
from workflows.appointment_review.matter_queries import FLOWS, cases_seen
from workflows.appointment_review.views.investigation_papers import sheet_for_reader
from workflows.papers.printing import OF_A_VETTED_PERSON, Fill, kinds_for, printed, printed_together
from workflows.papers.queries import papers_filed_by
from workflows.shared.documents import PdfUnavailable
from workflows.shared.enums import PaperKind
from workflows.shared.files import file_mark, file_response
from workflows.shared.paper_codes import read_code, shown
from workflows.shared.paper_models import Paper, PaperScan

FORMS = ("docx", "pdf", "print")
MOST = 100
FROM_FILES = (PaperKind.REGISTRATION, PaperKind.MATERIALS_LIST)
BESIDE = ("subject", "organization", "proposal", "matter", "policy", "step_organization", "process")


@login_required
@require_safe
def case_papers(request: HttpRequest, number: str) -> HttpResponse:
    """List what can be printed for a case, and what came back."""
    on = timezone.localdate()
    case = _case(request, number)
    papers = Paper.objects.visible_to(request.user, on=on).filter(case=case).prefetch_related("scans")
    facts = {
        "case": case,
        "kinds": [(kind.value, kind.label) for kind in _kinds(request, case)],
        "papers": [(paper, shown(paper.code), list(paper.scans.all())) for paper in papers],
        "files_here": papers_filed_by(request.user, on=on).filter(case=case).exists(),
    }
    return render(request, "workflows/papers/case.html", facts)


@login_required
@never_cache
@require_safe
def case_paper(request: HttpRequest, number: str, kind: str, form: str) -> HttpResponse:
    """Give one sheet of a case; its first printing draws its code, each printing is in the log."""
    case = _case(request, number)
    if form not in FORMS or kind not in _kinds(request, case):
        raise Http404
    if request.method == "HEAD":
        return HttpResponse(content_type=CONTENT_TYPES[form])
    at = timezone.now()
    with transaction.atomic():
        try:
            made = printed(case, PaperKind(kind), form, by=request.user, at=at, fill=_fills(request, kind, at))
        except SealBroken as broken:
            raise Http404 from broken
        facts = {"form": made.form, "document": kind}
        log.record("exports", "document.downloaded", by=request.user, at=at, subject=case.number, facts=facts)
    return given(made.content, made.form, name=made.name)


@login_required
@require_safe
def paper(request: HttpRequest, code: str) -> HttpResponse:
    """Lead from a code to the sheets of its case; unknown and out of sight are the same."""
    found = _papers(request).filter(code=read_code(code)).select_related("case").first()
    if found is None or found.case is None:
        raise Http404
    return redirect("workflows:case_papers", found.case.number)


@login_required
@never_cache
@require_safe
def paper_scan(request: HttpRequest, pk: int) -> HttpResponse:
    """Deliver a scan to those who may read the files of its case; each look is in the log."""
    scans = PaperScan.objects.filter(paper__in=_papers(request)).select_related("file__person", "paper__case")
    scan = get_object_or_404(scans, pk=pk)
    subject = scan.paper.case.number if scan.paper.case else ""
    facts = {"file": file_mark(scan.file), "purpose": scan.file.purpose, "kind": scan.file.kind}
    with transaction.atomic():
        log.record("files", "file.read", by=request.user, at=timezone.now(), subject=subject, facts=facts)
    return file_response(request, scan.file, inline=True)


@for_roles(Role.ORGANIZER, Role.APPROVER, Role.GENERAL_BRANCH_SECRETARY)
@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def print_many(request: HttpRequest) -> HttpResponse:
    """Print one kind for many cases: first the list of which go and which not, then one PDF or a ZIP of DOCX files."""
    asked = request.POST if request.method == "POST" else request.GET
    kind = asked.get("kind", PaperKind.PLEDGE)
    if kind not in (PaperKind.REGISTRATION, *OF_A_VETTED_PERSON):
        raise Http404
    goes, stays = _looked_over(request, PaperKind(kind))
    if request.method == "POST":
        chosen = [case for case in goes if str(case.pk) in request.POST.getlist("case")]
        if chosen:
            packed = _in_one if request.POST.get("form") == "pdf" else _zipped
            return packed(request, chosen, PaperKind(kind))
        messages.error(request, _("Nothing is marked. Please mark at least one case."))
    facts = {
        "kind": PaperKind(kind),
        "kinds": [(one.value, one.label) for one in (PaperKind.REGISTRATION, *OF_A_VETTED_PERSON)],
        "goes": goes,
        "stays": stays,
    }
    status = 422 if request.method == "POST" else 200
    return render(request, "workflows/papers/print_many.html", facts, status=status)


def _looked_over(request: HttpRequest, kind: PaperKind) -> tuple[list[Case], list[tuple[Case, str]]]:
    seen = cases_seen(request.user, on=timezone.localdate()).filter(
        state=CaseState.OPEN, track__in=VETTED, subject__isnull=False
    )
    cases = list(seen.select_related(*BESIDE).prefetch_related("form_versions").order_by("-pk")[:MOST])
    if kind not in FROM_FILES:
        return cases, []
    readable = set(_readable(request).filter(pk__in=cases).values_list("pk", flat=True))
    cases = [case for case in cases if case.pk in readable]
    if kind != PaperKind.REGISTRATION:
        return cases, []
    ready = {case.pk for case in cases if any(one.submitted_at for one in case.form_versions.all())}
    why = _("The form was not handed in yet.")
    return [case for case in cases if case.pk in ready], [(case, why) for case in cases if case.pk not in ready]


def _in_one(request: HttpRequest, cases: list[Case], kind: PaperKind) -> HttpResponse:
    at = timezone.now()
    try:
        with transaction.atomic():
            content = printed_together(cases, kind, by=request.user, at=at, fill=_fills(request, kind, at))
            facts = {"form": "pdf", "document": kind}
            for case in cases:
                log.record("exports", "document.downloaded", by=request.user, at=at, subject=case.number, facts=facts)
    except PdfUnavailable:
        return _zipped(request, cases, kind)
    return given(content, "pdf", name=f"{kind.label} {len(cases)}")


def _zipped(request: HttpRequest, cases: list[Case], kind: PaperKind) -> HttpResponse:
    at, out = timezone.now(), io.BytesIO()
    with transaction.atomic(), zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as packed:
        for case in cases:
            made = printed(case, kind, "docx", by=request.user, at=at, fill=_fills(request, kind, at))
            packed.writestr(f"{case.subject_name} {made.name}.docx", made.content)
            facts = {"form": "docx", "document": kind}
            log.record("exports", "document.downloaded", by=request.user, at=at, subject=case.number, facts=facts)
    return given(out.getvalue(), "zip", name=f"{kind.label} {len(cases)}")


def _fills(request: HttpRequest, kind: str, at: datetime) -> Fill:
    """Let the investigation fill its papers for those who may read it."""
    return lambda case, on: sheet_for_reader(case.number, kind, request.user, on=on, at=at)


def _papers(request: HttpRequest):
    return Paper.objects.visible_to(request.user, on=timezone.localdate())


def _kinds(request: HttpRequest, case: Case) -> list[PaperKind]:
    # What tells of the candidate's form and files opens like the files, not like the case.
    readable = _readable(request).filter(pk=case.pk).exists()
    return [kind for kind in kinds_for(case) if kind not in FROM_FILES or readable]


def _readable(request: HttpRequest) -> QuerySet[Case]:
    return Case.objects.with_files_for(request.user, on=timezone.localdate())


def _case(request: HttpRequest, number: str) -> Case:
    seen = Case.objects.visible_to(request.user, on=timezone.localdate()).filter(flow__in=FLOWS)
    return get_object_or_404(seen.select_related(*BESIDE), number=number)
