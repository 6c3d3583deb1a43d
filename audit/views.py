"""The auditor's screens: is the record whole, and take it along."""

import base64
import tempfile
from collections.abc import Callable

from django.contrib import messages
from django.contrib.auth.decorators import login_required, permission_required
from django.http import FileResponse, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.timezone import localdate, now
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_POST

from audit import queries, signing
from audit.actions import export_log, verify_and_record

permitted = permission_required("audit.view_entry", raise_exception=True)


def for_auditors(view: Callable[..., HttpResponse]) -> Callable[..., HttpResponse]:
    """Send strangers to the door and refuse everybody else who is no auditor."""
    return login_required(permitted(view))


IN_MEMORY_BYTES = 8 * 1024 * 1024


@require_GET
@for_auditors
def proof(request: HttpRequest) -> HttpResponse:
    """Show the last verification, the last checkpoint and how much there is."""
    checked = queries.last_verification()
    facts = {
        "size": queries.size(),
        "checked": checked,
        "outcome": checked.facts if checked else None,
        "checkpoint": queries.last_checkpoint(),
        "key": base64.b64encode(signing.public_key()).decode(),
    }
    return render(request, "audit/proof.html", facts)


@require_POST
@for_auditors
def verify(request: HttpRequest) -> HttpResponse:
    """Check the whole log now."""
    report = verify_and_record(by=request.user, at=now())
    if report.holds:
        messages.success(request, _("The whole record was checked. Nothing was changed."))
    else:
        messages.error(request, _("The record was checked. It does not hold."))
    return redirect("audit:proof")


@require_GET
@for_auditors
def public_key(request: HttpRequest) -> HttpResponse:
    """Hand out the key that checks signatures."""
    text = base64.b64encode(signing.public_key()).decode() + "\n"
    headers = {"Content-Disposition": 'attachment; filename="kaoping-audit.pub"'}
    return HttpResponse(text, content_type="text/plain; charset=utf-8", headers=headers)


@require_GET
@for_auditors
def exports(request: HttpRequest) -> HttpResponse:
    """Show what was exported, by whom and when."""
    entries = queries.entries_of("exports").order_by("-seq")[: queries.PAGE]
    return render(request, "audit/exports.html", {"exports": entries})


@require_POST
@for_auditors
def export(request: HttpRequest) -> FileResponse:
    """Hand out the whole log; the export is recorded first."""
    target = tempfile.SpooledTemporaryFile(max_size=IN_MEMORY_BYTES)  # noqa: SIM115 - the response closes it
    export_log(target, by=request.user, at=now())
    target.seek(0)
    return FileResponse(target, as_attachment=True, filename=f"kaoping-audit-{localdate():%Y%m%d}.zip")
