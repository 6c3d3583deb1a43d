"""Helpers: whom a candidate lets fill in, and for whom one fills in."""

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.db.models import Q
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from audit.errors import Refusal
from organizations.actions import add_helper, end_helper
from organizations.forms import HelperForm
from organizations.models import Helper
from organizations.queries import is_candidate


@require_http_methods(["GET", "POST"])
@login_required
def helpers(request: HttpRequest) -> HttpResponse:
    """Show who helps whom, and name another helper."""
    form = HelperForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            made = add_helper(candidate=request.user, login=form.cleaned_data["login"], at=timezone.now())
        except Refusal as refusal:
            form.add_error("login", str(refusal))
        else:
            messages.success(request, _("%(name)s can fill in for you from now on.") % {"name": made.helper.name})
            return redirect("organizations:helpers")
    current = Helper.objects.filter(until_at=None)
    facts = {
        "form": form,
        "can_name": is_candidate(request.user),
        "mine": current.filter(candidate=request.user.pk).select_related("helper"),
        "helped": current.filter(helper=request.user.pk).select_related("candidate"),
    }
    return render(request, "organizations/helpers/list.html", facts)


@require_http_methods(["POST"])
@login_required
def end(request: HttpRequest, pk: int) -> HttpResponse:
    """End a helper's right."""
    own = Helper.objects.filter(Q(candidate=request.user.pk) | Q(helper=request.user.pk), until_at=None)
    try:
        end_helper(helper=get_object_or_404(own, pk=pk), by=request.user, at=timezone.now())
    except Refusal as refusal:
        messages.error(request, str(refusal))
    else:
        messages.success(request, _("Ended."))
    return redirect("organizations:helpers")
