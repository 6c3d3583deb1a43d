"""事项: what was asked, who has it and since when, what came of it."""

from dataclasses import dataclass
from datetime import datetime

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.http import urlencode
from django.utils.translation import gettext as _
from django.utils.translation import pgettext
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from approvals.actions.cases import withdraw_case
from approvals.actions.upkeep import unfilled_seats
from approvals.concerned import has_stepped_back
from approvals.enums import CaseState, MatterKind, SeatState
from approvals.errors import NotEntitled
from approvals.models import Case, Seat, Stage
from approvals.queries import stages_of
from approvals.wording import TOLD, titled
from audit.errors import Refusal
from organizations.calendar import working_days_left
from organizations.enums import Role
from organizations.models import PartyOrganization
from organizations.queries import has_role
from organizations.typed import number_in
from organizations.views.doors import for_roles
from workflows.appointment_review import matter_queries
from workflows.appointment_review.actions.elections_opening import withdraw_election
from workflows.appointment_review.actions.nominating import invite_again
from workflows.appointment_review.actions.opening import OPENERS, demand_opener
from workflows.appointment_review.enums import Track
from workflows.appointment_review.matter_forms import MatterFilter, WithdrawForm
from workflows.appointment_review.models import OfficialDocument
from workflows.appointment_review.views.election_facts import election_facts

STEP_STATES = {
    "agreed": "done",
    "done": "done",
    "clear": "done",
    "refused": "refused",
    "returned": "returned",
    "": "now",
}


@dataclass
class Line:
    """One case of the list."""

    case: Case
    step: str
    days: int | None


@login_required
@require_safe
def matters(request: HttpRequest) -> HttpResponse:
    """List the matters in sight, the latest first."""
    on = timezone.localdate()
    form = MatterFilter(request.GET)
    asked = form.asked()
    cases = matter_queries.narrowed(matter_queries.cases_seen(request.user, on=on), **asked)
    before = number_in(request.GET.get("after", ""))
    page, more = matter_queries.page_of_cases(cases, before=before)
    kept = {name: value for name, value in request.GET.items() if name != "after"}
    facts = {
        "lines": [Line(case, titled(case, case.step, "") if case.step else "", _days(case, on)) for case in page],
        "more": f"?{urlencode({**kept, 'after': page[-1].pk})}" if more else "",
        "form": form,
        "narrowed": any(asked.values()),
        "may_open": has_role(request.user, OPENERS, on=on),
        "kinds": MatterKind.choices,
        "states": CaseState.choices,
    }
    appended = request.htmx and not request.htmx.boosted
    name = "matter_rows" if appended else "matters"
    return render(request, f"workflows/appointment_review/{name}.html", facts)


@login_required
@require_safe
def matter(request: HttpRequest, number: str) -> HttpResponse:
    """Show one matter: what is proposed, where it stands, what was issued."""
    at = timezone.now()
    on = timezone.localdate(at)
    case = matter_queries.case_of_matter(number, request.user, on=on)
    if case.is_of_matter:
        return _election(request, case, at)
    return _case_page(request, case, at)


def _election(request: HttpRequest, own: Case, at: datetime) -> HttpResponse:
    """Show the matter of an election: its own path and all its people."""
    facts = election_facts(own, request.user, at=at) | {
        "days": _days(own, timezone.localdate(at)),
        "steps": [_step(own, stage) for stage in stages_of(own)],
        "seat_url": _seat_url(request, own),
        "may_open": _may_open(request, own, at),
    }
    return render(request, "workflows/elections/matter.html", facts)


def _case_page(request: HttpRequest, case: Case, at: datetime) -> HttpResponse:
    on = timezone.localdate(at)
    facts = {
        "case": case,
        "proposal": case.proposal,
        "subject": case.process.flow_class.subject_of(case),
        "step": titled(case, case.step, "") if case.step else "",
        "days": _days(case, on),
        "steps": [_step(case, stage) for stage in stages_of(case)],
        "documents": list(OfficialDocument.objects.filter(case=case).select_related("issuer")),
        "seat_url": _seat_url(request, case),
        "may_open": _may_open(request, case, at),
        "came_in": case.account is not None and case.account.activated_at is not None,
        "notices": _notices(case),
        "told_here": Case.objects.with_messages_for(request.user, on=on).filter(pk=case.pk).exists(),
    }
    return render(request, "workflows/appointment_review/matter.html", facts)


@login_required
@require_safe
def case_matter(request: HttpRequest, number: str) -> HttpResponse:
    """Lead from the number of a case to its matter; somebody in an election has a page beside it."""
    at = timezone.now()
    seen = matter_queries.cases_seen(request.user, on=timezone.localdate(at))
    case = get_object_or_404(seen.select_related("subject", "policy", "opened_by", "origin__matter"), number=number)
    if case.track == Track.ELECTION and not case.is_of_matter:
        return _case_page(request, case, at)
    return redirect("workflows:matter", case.matter.number)


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def withdraw(request: HttpRequest, number: str) -> HttpResponse:
    """Withdraw a running case, with a reason; only those who may open matters there, and a review only by who asked."""
    at = timezone.now()
    seen = matter_queries.cases_seen(request.user, on=timezone.localdate(at))
    case = get_object_or_404(seen, number=number)
    if case.track == Track.REVIEW or not _may_open(request, case, at):
        raise Http404
    form = WithdrawForm(request.POST if request.method == "POST" else None)
    if request.method == "POST" and form.is_valid():
        try:
            take_back = withdraw_election if case.is_of_matter else withdraw_case
            take_back(case_pk=case.pk, by=request.user, at=at, reason=form.cleaned_data["reason"])
        except Refusal as refusal:
            form.add_error(None, str(refusal))
        else:
            messages.success(request, _("Withdrawn. What was handed in is kept; nobody is blamed."))
            return redirect("workflows:matter", case.matter.number)
    facts = {"form": form, "case": case}
    status = 422 if form.errors else 200
    return render(request, "workflows/appointment_review/matter_withdraw.html", facts, status=status)


@login_required
@require_POST
def code(request: HttpRequest, number: str) -> HttpResponse:
    """Show a new code for the person of a running case, this one time."""
    at = timezone.now()
    seen = matter_queries.cases_seen(request.user, on=timezone.localdate(at)).exclude(subject=None)
    case = get_object_or_404(seen.select_related("matter"), number=number)
    if not _may_open(request, case, at):
        raise Http404
    try:
        issued = invite_again(case_pk=case.pk, by=request.user, at=at)
    except Refusal as refusal:
        messages.error(request, str(refusal))
        return redirect("workflows:case_matter", case.number)
    facts = {"case": case, "code": issued.grouped, "account": issued.invitation.account, "again": True}
    return render(request, "workflows/appointment_review/matter_opened.html", facts)


@for_roles(Role.SECURITY_ADMINISTRATOR)
@require_safe
def unfilled(request: HttpRequest) -> HttpResponse:
    """Show the seats nobody can fill: place, step, role and since when, never a person or a case."""
    on = timezone.localdate()
    seen = PartyOrganization.objects.visible_to(request.user, on=on)
    seats = unfilled_seats().filter(organization__in=seen, roles__isnull=False).exclude(roles=[])
    shown = [
        {
            "organization": seat.organization,
            "step": titled(seat.stage.case, seat.stage.step, seat.stage.step_title),
            "roles": [Role(role).label for role in seat.roles],
            "since": seat.opened_at,
        }
        for seat in seats[:300]
    ]
    return render(request, "workflows/appointment_review/unfilled.html", {"seats": shown})


def _seat_url(request: HttpRequest, case: Case) -> str:
    """Lead to where the reader's open seat is acted on: its own page, or the one its step names; empty without one."""
    seats = Seat.objects.filter(stage__case=case, state=SeatState.OPEN, rows__account=request.user)
    seat = seats.select_related("stage").first()
    if seat is None:
        return ""
    node = case.process.flow_class.instance.node(seat.stage.step)
    return node.link(case) if node.address else reverse("workflows:seat", args=[seat.pk])


def _days(case: Case, on) -> int | None:
    return working_days_left(on, case.due_at) if case.due_at else None


def _may_open(request: HttpRequest, case: Case, at) -> bool:
    if has_stepped_back(request.user, case.pk):
        return False
    try:
        demand_opener(case.organization, request.user, at)
    except NotEntitled:
        return False
    return True


def _step(case: Case, stage: Stage) -> dict[str, object]:
    told = TOLD.get(stage.outcome)
    words = told[1] if told else _("in hand")
    day = date_format(timezone.localtime(stage.closed_at or stage.opened_at), pgettext("format of a day", "j M"))
    return {
        "name": titled(case, stage.step, stage.step_title),
        "line": f"{stage.organization_name} · {words} · {day}",
        "state": STEP_STATES.get(stage.outcome, "deferred"),
    }


def _notices(case: Case) -> list[tuple[str, str]]:
    """Name the notices that can be printed from a case by now."""
    outcomes = set(Stage.objects.filter(case=case).values_list("step", "outcome"))
    found = []
    if ("completeness", "returned") in outcomes:
        found.append(("correction", _("Notice of correction")))
    if ("completeness", "agreed") in outcomes:
        found.append(("acceptance", _("Notice of acceptance")))
    if case.state == CaseState.REJECTED:
        found.append(("refusal", _("Notice of refusal")))
    return found
