"""集中换届: many elections opened from the term board with one plan and one timetable; and the reminder letter."""

from collections.abc import Sequence
from datetime import date, datetime

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import ngettext
from django.views.decorators.http import require_http_methods, require_safe

from audit.errors import Refusal
from organizations.enums import Title
from organizations.models import Account, PartyOrganization, Post
from organizations.views.doors import for_roles
from workflows.appointment_review.actions.elections_opening import AT_ONCE, open_campaign, preflight
from workflows.appointment_review.actions.opening import OPENERS, demand_opener
from workflows.appointment_review.election_forms import CampaignForm
from workflows.appointment_review.election_papers import reminder_paper
from workflows.appointment_review.views.documents import delivered

openers_only = for_roles(*sorted(OPENERS))
LONGEST_CODE = 32


@openers_only
@require_http_methods(["GET", "HEAD", "POST"])
def together(request: HttpRequest) -> HttpResponse:
    """Show which of the chosen branches can be opened, take the timetable, open them."""
    at = timezone.now()
    data = request.POST if request.method == "POST" else request.GET
    chosen = _chosen(data.getlist("organization"), request.user, on=timezone.localdate(at))
    form = CampaignForm(request.POST if request.method == "POST" else None)
    if request.method == "POST" and form.is_valid() and chosen:
        opened, found = open_campaign(organizations=chosen, timetable=form.timetable(), by=request.user, at=at)
        if opened:
            said = ngettext("{n} election was opened.", "{n} elections were opened.", len(opened))
            messages.success(request, said.format(n=len(opened)))
            return redirect("workflows:matters")
    found = preflight(chosen, by=request.user, at=at)
    facts = {"form": form, "ready": found.ready, "barred": found.barred, "most": AT_ONCE}
    status = 422 if form.errors else 200
    return render(request, "workflows/elections/together.html", facts, status=status)


@openers_only
@require_safe
def reminder(request: HttpRequest, code: str) -> HttpResponse:
    """Give the letter that reminds a branch of the end of its term."""
    at = timezone.now()
    on = timezone.localdate(at)
    seen = PartyOrganization.objects.visible_to(request.user, on=on)
    organization = get_object_or_404(seen, code=code[:LONGEST_CODE])
    due_on, above = _due_on(organization), PartyOrganization.objects.get_parent(organization)
    if due_on is None or above is None or not _may_open(organization, request.user, at):
        raise Http404
    paper = reminder_paper(organization, issuer=above, due_on=due_on, on=on)
    form = request.GET.get("form", "print")
    return delivered(request, paper, form, name="reminder", subject=organization.code, at=at)


def _chosen(codes: Sequence[str], account: Account, *, on: date) -> list[PartyOrganization]:
    wanted = [code.replace("\0", "")[:LONGEST_CODE] for code in codes[:AT_ONCE]]
    seen = PartyOrganization.objects.visible_to(account, on=on).filter(code__in=wanted)
    return list(seen.order_by("path"))


def _due_on(organization: PartyOrganization) -> date | None:
    held = Post.objects.filter(organization=organization, title=Title.SECRETARY, ended_on=None).exclude(due_on=None)
    post = held.order_by("-due_on").first()
    return post.due_on if post else None


def _may_open(organization: PartyOrganization, account: Account, at: datetime) -> bool:
    try:
        demand_opener(organization, account, at)
    except Refusal:
        return False
    return True
