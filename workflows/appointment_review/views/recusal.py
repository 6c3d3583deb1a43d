"""我要回避: stepping back from a seat, or saying that what the system noticed does not stand in the way."""

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST

from approvals.actions.recusing import declare_no_conflict, recuse
from audit.errors import Refusal
from workflows.appointment_review.investigation_forms import ReasonForm
from workflows.appointment_review.investigation_queries import hints_for
from workflows.appointment_review.investigation_words import HINT_WORDS
from workflows.appointment_review.views.seat_access import Standing, standing_on


@login_required
@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def seat_recuse(request: HttpRequest, pk: int) -> HttpResponse:
    """Step back from a case, with a reason."""
    at = timezone.now()
    standing = _mine(request, pk, at)
    hints = _hints(request, standing, at)
    form = ReasonForm(request.POST if request.method == "POST" else None)
    if request.method == "POST" and form.is_valid():
        try:
            recuse(seat_pk=pk, reason=form.cleaned_data["reason"], hints=hints, by=request.user, at=at)
        except Refusal as refusal:
            form.add_error(None, str(refusal))
        else:
            messages.success(request, _("You stepped back. Others decide this case; your reason is kept with it."))
            return redirect("approvals:inbox")
    facts = {"seat": standing.seat, "case": standing.case, "form": form, "hints": [HINT_WORDS[code] for code in hints]}
    return render(request, "workflows/investigation/recuse.html", facts, status=422 if form.errors else 200)


@login_required
@require_POST
def seat_no_conflict(request: HttpRequest, pk: int) -> HttpResponse:
    """Dismiss the hints: nothing stands in the way."""
    at = timezone.now()
    standing = _mine(request, pk, at)
    declare_no_conflict(seat_pk=pk, hints=_hints(request, standing, at), by=request.user, at=at)
    messages.success(request, _("Kept: you declared that nothing stands in the way."))
    return redirect("workflows:seat", pk)


def _mine(request: HttpRequest, pk: int, at) -> Standing:
    standing = standing_on(pk, request.user, at=at)
    if not standing.may_decide:
        raise Http404
    return standing


def _hints(request: HttpRequest, standing: Standing, at) -> list[str]:
    found = hints_for(standing.case, [request.user], on=timezone.localdate(at))
    return found.get(request.user.pk, [])
