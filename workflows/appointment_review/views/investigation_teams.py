"""考察组: setting up the same team for one or many cases at once."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods

from audit.errors import Refusal
from organizations.enums import Role
from organizations.views.doors import for_roles
from workflows.appointment_review.actions.investigation_team import Plan, set_up_teams
from workflows.appointment_review.investigation_forms import TeamForm
from workflows.appointment_review.investigation_queries import may_be_chosen, waiting_for


@for_roles(Role.ORGANIZER)
@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def teams(request: HttpRequest) -> HttpResponse:
    """Choose cases, people and days."""
    at = timezone.now()
    on = timezone.localdate(at)
    waiting = list(waiting_for(request.user, on=on)[:200])
    place = waiting[0].step_organization if waiting else None
    ticked = request.POST.getlist("case") if request.method == "POST" else request.GET.getlist("case")
    chosen = [case for case in waiting if case.number in ticked]
    form = TeamForm(
        request.POST if request.method == "POST" else None, choosable=may_be_chosen(place, on=on) if place else []
    )
    if request.method == "POST" and form.is_valid():
        if not chosen:
            form.add_error(None, _("Please tick at least one case."))
        else:
            try:
                _set_up(chosen, form, by=request.user, at=at)
            except Refusal as refusal:
                form.add_error(None, str(refusal))
            else:
                return _told(request, chosen)
    facts = {"waiting": waiting, "ticked": ticked, "form": form}
    status = 422 if form.is_bound and form.errors else 200
    return render(request, "workflows/investigation/teams.html", facts, status=status)


def _set_up(chosen: list, form: TeamForm, *, by, at) -> None:
    accounts, head = form.team()
    asked = form.cleaned_data
    plan = Plan(accounts, head, asked["from_on"], asked["until_on"], asked["contact"], asked["people"])
    set_up_teams(cases=[case.pk for case in chosen], plan=plan, by=by, at=at)


def _told(request: HttpRequest, chosen: list) -> HttpResponse:
    words = ngettext("The team is set up for {n} case.", "The team is set up for {n} cases.", len(chosen))
    messages.success(request, words.format(n=len(chosen)))
    if len(chosen) == 1:
        return redirect("workflows:investigation", chosen[0].number)
    return redirect("workflows:investigation_teams")
