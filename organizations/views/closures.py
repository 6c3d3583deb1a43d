"""Closed days of single offices: the system administrator enters them with a reason; time limits follow."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from audit.errors import Refusal
from organizations.calendar_actions import close_office, open_office
from organizations.calendar_told import changes_of, told_change
from organizations.enums import Role
from organizations.forms_ledger import ClosureForm
from organizations.models import Closure
from organizations.views.doors import for_roles

SHOWN = 100


@require_http_methods(["GET", "POST"])
@for_roles(Role.SYSTEM_ADMINISTRATOR, over_all=True)
def closures(request: HttpRequest) -> HttpResponse:
    """Show the closed days that stand, and close an office."""
    form = ClosureForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            change = close_office(**form.cleaned_data, by=request.user, at=timezone.now())
        except Refusal as refusal:
            form.add_error(None, str(refusal))
        else:
            messages.success(request, told_change(_("The office is closed on these days."), change))
            return redirect("organizations:closures")
    standing = Closure.objects.filter(taken_back_at=None).select_related("organization")
    facts = {
        "form": form,
        "closures": standing[:SHOWN],
        "today": timezone.localdate(),
        "changes": changes_of(offices=True),
    }
    return render(request, "organizations/calendar/closures.html", facts)


@require_POST
@for_roles(Role.SYSTEM_ADMINISTRATOR, over_all=True)
def reopen(request: HttpRequest, pk: int) -> HttpResponse:
    """Take closed days back that have not begun."""
    closure = get_object_or_404(Closure.objects.select_related("organization"), pk=pk)
    change = open_office(closure=closure, by=request.user, at=timezone.now())
    if change is None:
        messages.info(request, _("These days were taken back before, or they have begun."))
    else:
        messages.success(request, told_change(_("The days are worked again."), change))
    return redirect("organizations:closures")
