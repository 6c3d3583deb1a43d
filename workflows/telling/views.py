"""Screens of telling: the proof of notice of a case, and sending again what did not arrive."""

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.exceptions import BadRequest
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from approvals.models import Case
from audit.errors import Refusal
from notifications.audience import To
from notifications.enums import State
from notifications.queries import incident
from notifications.views import ADMINISTRATORS_ONLY
from organizations.enums import ADMINISTRATORS
from organizations.giving import given
from organizations.queries import has_role
from organizations.role_rules import SEE_HISTORY, roles_giving
from organizations.views.doors import for_roles
from workflows.registry import title_of
from workflows.telling import actions
from workflows.telling.ahead import cards_of
from workflows.telling.forms import SendAgainForm
from workflows.telling.queries import case_told, told_in_order, told_lines
from workflows.telling.table import choices, rows_by_group

LINES = 30


@login_required
@require_safe
def told(request: HttpRequest, number: str) -> HttpResponse:
    """Show who was told what about a case, when, by which ways, and how far each got."""
    case = found(request, number)
    lines, after = told_lines(case, after=_after(request), size=LINES)
    facts = {"lines": lines, "more": f"?after={after}" if after else ""} | about(case, request)
    return render(request, "workflows/telling/told.html", facts)


@login_required
@require_safe
def told_on_paper(request: HttpRequest, number: str) -> HttpResponse:
    """Show all of it first to last, for printing."""
    case = found(request, number)
    facts = {"lines": told_in_order(case), "at": timezone.now()} | about(case, request)
    return render(request, "workflows/telling/told_print.html", facts)


@login_required
@require_safe
def would_tell(request: HttpRequest, number: str) -> HttpResponse:
    """Show who would be told at the step a case stands at and at each behind it, and why."""
    case, at = found(request, number), timezone.now()
    return render(request, "workflows/telling/ahead.html", {"cards": cards_of(case, at=at)} | about(case, request))


@login_required
@require_POST
def export(request: HttpRequest, number: str) -> HttpResponse:
    """Hand out the proof as a workbook; the export is recorded first."""
    case = found(request, number)
    content = actions.export_told(case=case, by=request.user, at=timezone.now())
    return given(content, "xlsx", name=_("Proof of notice {number}").format(number=case.number))


@require_safe
@for_roles(*ADMINISTRATORS)
def table(request: HttpRequest) -> HttpResponse:
    """Show every message the system can send, with whom it goes to and by which ways."""
    to = request.GET.get("to", "")
    to = to if to in To.values else ""
    facts = {"groups": rows_by_group(to=to), "choices": choices(), "to": to}
    return render(request, "workflows/telling/table.html", facts)


@login_required
@ADMINISTRATORS_ONLY
@require_http_methods(["GET", "HEAD", "POST"])
def send_again(request: HttpRequest, pk: int) -> HttpResponse:
    """Ask why a message is sent again, and send it."""
    letter, too_late = incident(pk), _("There is nothing to send again: somebody did so before you, or it has arrived.")
    if letter is None:
        messages.info(request, too_late)
        return redirect("notifications:deliveries")
    form = SendAgainForm(request.POST if request.method == "POST" else None, letter=letter)
    if request.method == "POST" and form.is_valid():
        asked = {name: form.cleaned_data[name] for name in ("version", "why")}
        try:
            done = actions.send_again(delivery_id=pk, **asked, by=request.user, at=timezone.now())
        except Refusal as refusal:
            form.add_error("why", str(refusal))
        else:
            if done:
                messages.success(request, _("It is being sent again."))
            else:
                messages.info(request, too_late)
            return redirect("notifications:deliveries")
    facts = {"letter": letter, "form": form, "unknown": letter.state == State.UNKNOWN}
    return render(request, "workflows/telling/send_again.html", facts)


def found(request: HttpRequest, number: str) -> Case:
    """Find the case of an address, or nothing."""
    case = case_told(request.user, number, on=timezone.localdate())
    if case is None:
        raise Http404
    return case


def about(case: Case, request: HttpRequest) -> dict[str, object]:
    """Say what a page about a case shows at its head, and where it leads back to."""
    histories = roles_giving(SEE_HISTORY)
    return {
        "case": case,
        "title": title_of(case),
        "reads_history": has_role(request.user, histories, on=timezone.localdate()),
    }


def _after(request: HttpRequest) -> int:
    after = request.GET.get("after", "0")
    if not after.isdecimal() or not after.isascii() or len(after) > 18:
        raise BadRequest("not a place in the list")
    return int(after)
