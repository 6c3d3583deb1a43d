"""Choosing people and departments, looking over the letters, sending them."""

from collections import defaultdict
from collections.abc import Collection
from dataclasses import dataclass
from datetime import date, datetime

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_http_methods

from approvals.actions.letters import works_in_office
from approvals.errors import NotEntitled
from approvals.letter_errors import NobodyToAsk
from approvals.letter_queries import asking_bodies, seats_to_ask
from approvals.models import Case, PolicyStep, Seat
from audit.errors import Refusal
from organizations.calendar import due_after
from organizations.enums import Channel, Role
from organizations.models import Department, RoleAssignment
from organizations.typed import click_key, fresh_key
from workflows.letters.actions.sending import send
from workflows.letters.forms import SendForm, departments_chosen
from workflows.letters.views.pages import reviewers
from workflows.letters.wording import ASKS

MOST_SEATS = 2000


@dataclass(frozen=True)
class Planned:
    """One letter of the pre-flight list.

    Attributes:
        department: Who is asked.
        people: Names, in their order.
        reached: Whether somebody can answer it here; otherwise it goes on paper.
    """

    department: Department
    people: list[str]
    reached: bool


@reviewers
@require_http_methods(["GET", "HEAD", "POST"])
def new(request: HttpRequest) -> HttpResponse:
    """Choose people and departments; look the letters over; send them."""
    at = timezone.now()
    on = timezone.localdate(at)
    bodies = asking_bodies(request.user, on=on)
    asked = request.POST.get("at") or request.GET.get("at", "")
    body = next((one for one in bodies if one.code == asked), bodies[0] if bodies else None)
    seats = list(seats_to_ask(request.user, on=on, organization=body)[:MOST_SEATS]) if body else []
    if request.method != "POST":
        return _page(request, bodies, body, seats, SendForm(initial=_initial(seats)))
    form = SendForm(request.POST)
    chosen = _chosen(request, seats)
    try:
        if body is None or not works_in_office(body, request.user, at):
            raise NotEntitled
        if not chosen:
            raise NobodyToAsk
        if form.is_valid() and request.POST.get("seen"):
            return _send(request, form, chosen, at)
    except Refusal as refusal:
        return _page(request, bodies, body, seats, form, refusal=refusal, status=422)
    if not form.is_valid() or "back" in request.POST:
        return _page(request, bodies, body, seats, form, status=422 if form.errors else 200)
    days = form.cleaned_data["working_days"]
    facts = {
        "body": body,
        "form": form,
        "planned": _planned(chosen, on),
        "cases": sorted({seat.stage.case_id for seat in chosen}),
        "departments": sorted({seat.department_id for seat in chosen}),
        "due_at": due_after(at, days)[0],
        "key": fresh_key(),
    }
    return render(request, "workflows/letters/preflight.html", facts)


def _send(request: HttpRequest, form: SendForm, chosen: list[Seat], at: datetime) -> HttpResponse:
    sent = send(
        seat_pks=[seat.pk for seat in chosen],
        asks=form.cleaned_data["asks"],
        working_days=form.cleaned_data["working_days"],
        by=request.user,
        at=at,
        key=click_key(request),
    )
    words = ngettext("{n} letter was sent.", "{n} letters were sent.", len(sent)).format(n=len(sent))
    on_paper = sum(letter.channel == Channel.PAPER for letter in sent)
    if on_paper:
        words += _(" {n} of them go on paper: print them here.").format(n=on_paper)
    messages.success(request, words)
    return redirect("workflows:letters")


def _page(request, bodies, body, seats, form, *, refusal=None, status=200) -> HttpResponse:
    posted = request.method == "POST"
    cases: dict[int, Case] = {seat.stage.case_id: seat.stage.case for seat in seats}
    departments: dict[int, Department] = {seat.department_id: seat.department for seat in seats}
    ticked = set(request.POST.getlist("case")), set(request.POST.getlist("department"))
    facts = {
        "bodies": bodies,
        "body": body,
        "form": form,
        "cases": [(case, not posted or str(case.pk) in ticked[0]) for case in cases.values()],
        "departments": [
            (one, not posted or str(one.pk) in ticked[1]) for one in sorted(departments.values(), key=lambda d: d.code)
        ],
        "refusal": refusal,
    }
    return render(request, "workflows/letters/new.html", facts, status=status)


def _chosen(request: HttpRequest, seats: list[Seat]) -> list[Seat]:
    cases = set(request.POST.getlist("case"))
    departments = departments_chosen(request.POST, [seat.department for seat in seats])
    return [seat for seat in seats if str(seat.stage.case_id) in cases and seat.department_id in departments]


def _initial(seats: Collection[Seat]) -> dict[str, object]:
    policies = {seat.stage.case.policy_id for seat in seats}
    steps = PolicyStep.objects.filter(policy__in=policies, step__in={seat.stage.step for seat in seats})
    days = [one for one in steps.values_list("due_working_days", flat=True) if one]
    return {"asks": str(ASKS), "working_days": max(days, default=10)}


def _planned(chosen: list[Seat], on: date) -> list[Planned]:
    people: dict[Department, list[str]] = defaultdict(list)
    for seat in chosen:
        people[seat.department].append(seat.stage.case.subject_name)
    officers = RoleAssignment.objects.valid_on(on).filter(role=Role.DEPARTMENT_OFFICER, department__in=people)
    manned = set(officers.values_list("department", flat=True))
    return [
        Planned(one, names, one.channel == Channel.ACCOUNT and one.pk in manned)
        for one, names in sorted(people.items(), key=lambda pair: pair[0].code)
    ]
