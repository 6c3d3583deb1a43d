"""The import of the ledger, for system administrators: upload, look at the check, write."""

from collections import Counter

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from audit.errors import Refusal
from organizations.enums import ImportState, Role
from organizations.forms_ledger import LedgerUploadForm
from organizations.giving import given
from organizations.ledger.runs import check_upload, progress_of, refused_rows, was_cut_off, write_import
from organizations.ledger.template import template_workbook
from organizations.models import LedgerImport
from organizations.views.doors import for_roles

LISTED = 20
SHOWN_FAULTS = 200
system_only = for_roles(Role.SYSTEM_ADMINISTRATOR, over_all=True)


@require_http_methods(["GET", "POST"])
@system_only
def imports(request: HttpRequest) -> HttpResponse:
    """List one's own imports and take a new ledger."""
    form = LedgerUploadForm(request.POST or None, request.FILES or None)
    if request.method == "POST" and form.is_valid():
        upload = form.cleaned_data["file"]
        try:
            run = check_upload(file=upload, name=upload.name, by=request.user, at=timezone.now())
        except Refusal as refusal:
            form.add_error("file", str(refusal))
        else:
            return redirect("organizations:import", pk=run.pk)
    runs = LedgerImport.objects.filter(started_by=request.user).defer("sealed_content", "sealed_refused", "report")
    return render(request, "organizations/ledger/imports.html", {"form": form, "runs": runs[:LISTED]})


@require_GET
@system_only
def detail(request: HttpRequest, pk: str) -> HttpResponse:
    """Show what was found in a ledger and what can be done with it."""
    run = _own(request, pk)
    bad = run.report.get("bad", [])
    refused = Counter(sheet for sheet, _row in {(fault["sheet"], fault["row"]) for fault in bad})
    sheets = [
        (name, count, count - refused[name], refused[name]) for name, count in run.report.get("sheets", {}).items()
    ]
    context = {
        "run": run,
        "sheets": sheets,
        "faults": bad[:SHOWN_FAULTS],
        "hidden": max(len(bad) - SHOWN_FAULTS, 0),
        "refused": sum(refused.values()),
        "changes": sum(run.report.get("changes", {}).values()),
        **_standing(run),
    }
    return render(request, "organizations/ledger/import.html", context)


@require_GET
@system_only
def progress(request: HttpRequest, pk: str) -> HttpResponse:
    """Say how far the writing is; when it is over the page is loaded anew."""
    run = _own(request, pk)
    standing = _standing(run)
    response = render(request, "organizations/ledger/progress.html", {"run": run, **standing})
    if not standing["writing"]:
        response["HX-Refresh"] = "true"
    return response


@require_POST
@system_only
def write(request: HttpRequest, pk: str) -> HttpResponse:
    """Write all rows, or the good ones."""
    run = _own(request, pk)
    try:
        write_import(run=run, good_rows=request.POST.get("rows") == "good", by=request.user, at=timezone.now())
    except Refusal as refusal:
        messages.error(request, str(refusal))
    else:
        run.refresh_from_db(fields=["state"])
        if run.state == ImportState.WRITTEN:
            messages.success(request, _("The ledger is written. New accounts get their invitation from you."))
    return redirect("organizations:import", pk=run.pk)


@require_GET
@system_only
def refused(request: HttpRequest, pk: str) -> HttpResponse:
    """Send the workbook of refused rows to the person who uploaded them."""
    run = _own(request, pk)
    if not run.sealed_refused:
        raise Http404
    return given(refused_rows(run), "xlsx", name="refused-rows")


@require_GET
@system_only
def template(request: HttpRequest) -> HttpResponse:
    """Send the empty ledger."""
    return given(template_workbook(), "xlsx", name="ledger-template")


def _own(request: HttpRequest, pk: str) -> LedgerImport:
    run = get_object_or_404(LedgerImport, pk=pk)
    if run.started_by_id != request.user.pk:
        raise PermissionDenied
    return run


def _standing(run: LedgerImport) -> dict[str, object]:
    done, total = progress_of(run)
    cut_off = was_cut_off(run, at=timezone.now())
    return {
        "cut_off": cut_off,
        "checked": run.state == ImportState.CHECKED or cut_off,
        "writing": run.state == ImportState.WRITING and not cut_off,
        "written": run.state == ImportState.WRITTEN,
        "done": done,
        "total": total,
    }
