"""Materials: what is asked for, what is there, uploading, removing, and the private delivery of files."""

from dataclasses import dataclass

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.db import transaction
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.timezone import localdate
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from approvals.actions.decisions import entitled
from approvals.enums import SeatState
from approvals.models import Case, Seat
from audit import log
from audit.errors import Refusal
from organizations.models import Account
from workflows.appointment_review.actions.materials import PHOTO_LIMIT_BYTES, add_material, remove_material
from workflows.appointment_review.candidate_queries import (
    case_of_file,
    cases_helped,
    current_form,
    current_materials,
    last_handed_in,
    office_of,
    open_problems,
    reviewers_see_files,
    seat_of_candidate,
    wanted_of,
)
from workflows.appointment_review.enums import MaterialKind
from workflows.appointment_review.models import Material
from workflows.appointment_review.views.candidate import PLACE
from workflows.appointment_review.views.candidate_access import case_to_fill_in
from workflows.appointment_review.words import MATERIAL_HINTS, problem_words
from workflows.shared.files import file_mark, file_response
from workflows.shared.models import StoredFile

PICTURES = ".jpg,.jpeg,.png,image/jpeg,image/png"
PAPERS = f"{PICTURES},.pdf,application/pdf,.docx"


@dataclass
class Line:
    """One material of the list."""

    kind: str
    label: str
    hint: str
    need: str
    material: Material | None
    removable: bool
    accept: str
    limit: int
    error: str = ""


@login_required
@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def my_case_materials(request: HttpRequest, number: str) -> HttpResponse:
    """List the materials of a case and take an upload."""
    case, own = case_to_fill_in(request.user, number)
    refused: dict[str, str] = {}
    if request.method == "POST":
        kind, upload = request.POST.get("kind", ""), request.FILES.get("file")
        if kind not in MaterialKind.values:
            raise Http404
        try:
            if upload is None:
                refused[kind] = _("Please choose a file first.")
            else:
                at = timezone.now()
                add_material(case_pk=case.pk, kind=MaterialKind(kind), upload=upload, by=request.user, at=at)
                return redirect(f"{request.path}#material-{kind}")
        except Refusal as refusal:
            refused[kind] = str(refusal)
    return _page(request, case, own, refused)


@login_required
@require_POST
def my_material_remove(request: HttpRequest, number: str, pk: int) -> HttpResponse:
    """Take back a file that was not handed in yet."""
    case, _own = case_to_fill_in(request.user, number)
    try:
        remove_material(case_pk=case.pk, material_pk=pk, by=request.user, at=timezone.now())
    except Refusal as refusal:
        messages.error(request, str(refusal))
    return redirect("workflows:my_case_materials", number=number)


@login_required
@never_cache
@require_safe
def file(request: HttpRequest, pk) -> HttpResponse:
    """Deliver a file to those who may read it; for everybody else it does not exist."""
    found = case_of_file(pk)
    if found is None:
        raise Http404
    stored, case, is_material = found
    as_reviewer = _reads_as_reviewer(request.user, case, is_material)
    if as_reviewer:
        _log_read(stored, case, request.user)
    return file_response(request, stored, inline="download" not in request.GET)


def _reads_as_reviewer(account: Account, case: Case, is_material: bool) -> bool:
    """Say whether the account reads as a reviewer, False for the candidate and a helper; ``Http404`` for nobody."""
    if account.person_id is not None and case.subject_id == account.person_id:
        return False
    if is_material and cases_helped(account).filter(pk=case.pk).exists():
        return False
    at = timezone.now()
    if reviewers_see_files(account, case, on=localdate(at)):
        return True
    seats = Seat.objects.filter(stage__case=case, stage__outcome="", state=SeatState.OPEN).exclude(roles=[])
    if any(entitled(seat, account, at=at) for seat in seats):
        return True
    raise Http404


def _log_read(stored: StoredFile, case: Case, by: Account) -> None:
    with transaction.atomic():
        facts = {"file": file_mark(stored), "purpose": stored.purpose, "kind": stored.kind}
        log.record("files", "file.read", by=by, at=timezone.now(), subject=case.number, facts=facts)


def _page(request: HttpRequest, case: Case, own: bool, refused: dict[str, str]) -> HttpResponse:
    today = timezone.localdate()
    form, current = current_form(case, today=today), current_materials(case)
    editable = case.step == "materials" and seat_of_candidate(case) is not None
    checked = "checked" in request.GET
    handed_in = last_handed_in(case)
    lines = []
    for one in wanted_of(case, form.document, current):
        material = current.get(one.kind)
        after = material and (handed_in is None or material.uploaded_at > handed_in.submitted_at)
        lines.append(
            Line(
                kind=one.kind,
                label=str(MaterialKind(one.kind).label),
                hint=str(MATERIAL_HINTS[one.kind]),
                need=one.need,
                material=material,
                removable=bool(after and editable),
                accept=PICTURES if one.kind == MaterialKind.PHOTO else PAPERS,
                limit=PHOTO_LIMIT_BYTES if one.kind == MaterialKind.PHOTO else 20 * 1024 * 1024,
                error=refused.get(one.kind) or (_("Still missing.") if checked and one.missing else ""),
            )
        )
    problems = open_problems(case, form.document, current, today=today) if editable else []
    missing = [one for one in problems if one.section == "materials"]
    context = {
        "case": case,
        "own": own,
        "lines": lines,
        "editable": editable,
        "here": sum(line.material is not None for line in lines if line.need == "required"),
        "needed": sum(line.need == "required" for line in lines),
        "missing": [(f"#material-{one.field}", problem_words(one)) for one in missing],
        "form_missing": len(problems) - len(missing),
        "office": office_of(case, today=today).name if editable else "",
        "checked": checked,
    }
    return render(request, f"{PLACE}/materials.html", context, status=422 if refused else 200)
