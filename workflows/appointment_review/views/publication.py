"""Putting up a public notice: choose the people, see the list of what is missing and how it will look, put it up."""

from datetime import datetime

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.utils.translation import pgettext
from django.views.decorators.http import require_http_methods

from approvals.actions.decisions import entitled
from approvals.enums import SeatState
from approvals.models import Case, Seat
from audit.errors import Refusal
from organizations.calendar import arithmetic_sentence, due_after
from organizations.models import Account
from organizations.typed import click_key, fresh_key
from workflows.appointment_review.notice_forms import NoticeForm
from workflows.appointment_review.notice_texts import facts_of_case
from workflows.notices.actions.publishing import STEP, put_up
from workflows.notices.models import NoticePerson
from workflows.notices.words import labelled, missing_words

MOST_AT_ONCE = 100
BESIDE = (
    "stage__case__subject", "stage__case__organization", "stage__case__proposal", "stage__case__policy",
    "stage__organization",
)  # fmt: skip


@require_http_methods(["GET", "HEAD", "POST"])
@login_required
def publication(request: HttpRequest, number: str) -> HttpResponse:
    """Put up a notice for this case and any others that are ready for the same one."""
    at = timezone.now()
    seat = _seat_of(number, request.user, at=at)
    if seat is None:
        return _elsewhere(number, request.user, at=at)
    ready = [other.stage.case for other in _ready_beside(seat, request.user)]
    first = {"case": [case.pk for case in ready], "contact": _contact(seat)}
    form = NoticeForm(request.POST or None, cases=ready, initial=first)
    facts: dict[str, object] = {"case": seat.stage.case, "form": form, "ready": ready, "seat": seat}
    facts |= _terms(seat.stage.case, at)
    if request.method != "POST" or not form.is_valid():
        return render(request, "workflows/notices/choose.html", facts, status=422 if form.is_bound else 200)
    chosen = [case for case in ready if case.pk in form.cleaned_data["case"]]
    people = [(case, facts_of_case(case)) for case in chosen]
    if request.POST.get("seen"):
        try:
            return _put_up(request, seat, people, form.cleaned_data["contact"], at=at)
        except Refusal as refusal:
            facts["refusal"] = refusal
    facts["people"] = [(case, labelled(shown), missing_words(shown)) for case, shown in people]
    facts |= {"key": fresh_key(), "contact": form.cleaned_data["contact"]}
    return render(request, "workflows/notices/preview.html", facts)


def _put_up(request: HttpRequest, seat: Seat, people: list, contact: str, *, at: datetime) -> HttpResponse:
    numbers = seat.stage.case.policy.parameters
    notice = put_up(
        people=[(case.pk, shown) for case, shown in people],
        mode=numbers["notice_mode"],
        working_days=numbers["notice_working_days"],
        contact=contact,
        by=request.user,
        at=at,
        key=click_key(request),
    )
    day = date_format(timezone.localdate(notice.ends_at), pgettext("format of a day with year", "j M Y"))
    messages.success(request, _("The notice is up. It ends by itself at the end of {day}.").format(day=day))
    return redirect("workflows:public_notice", notice.pk)


def _terms(case: Case, at: datetime) -> dict[str, object]:
    days = case.policy.parameters["notice_working_days"]
    ends_at, counted = due_after(at, days)
    mode = case.policy.parameters["notice_mode"]
    return {"days": days, "ends_at": ends_at, "arithmetic": arithmetic_sentence(counted), "mode": mode}


def _seat_of(number: str, account: Account, *, at: datetime) -> Seat | None:
    seats = Seat.objects.select_related(*BESIDE).filter(stage__step=STEP, stage__outcome="", state=SeatState.OPEN)
    found = seats.filter(stage__case__number=number).first()
    own = found is not None and account.person_id is not None and found.stage.case.subject_id == account.person_id
    return found if found is not None and not own and entitled(found, account, at=at) else None


def _ready_beside(seat: Seat, account: Account) -> list[Seat]:
    """List the seats that may go on one notice with this one: same body, same rules, nobody else on them."""
    ready = Seat.objects.select_related(*BESIDE).filter(
        stage__step=STEP, stage__outcome="", state=SeatState.OPEN, organization=seat.organization_id
    )
    ready = ready.exclude(stage__case__subject=account.person_id or 0).order_by("pk")[:MOST_AT_ONCE]
    wanted = _rules(seat)
    found = [other for other in ready if _rules(other) == wanted and other.claimed_by_id in (None, account.pk)]
    return sorted(found, key=lambda other: other.pk != seat.pk)


def _rules(seat: Seat) -> tuple[object, ...]:
    numbers = seat.stage.case.policy.parameters
    return numbers["notice_mode"], numbers["notice_working_days"], tuple(seat.roles)


def _contact(seat: Seat) -> str:
    place = seat.stage.organization
    return pgettext("between names", ", ").join(filter(None, [place.name, place.phone]))


def _elsewhere(number: str, account: Account, *, at: datetime) -> HttpResponse:
    """Lead whoever may look into the case to the notice that was put up, if any."""
    seen = Case.objects.visible_to(account, on=timezone.localdate(at)).filter(number=number)
    person = NoticePerson.objects.filter(case__in=seen).order_by("-pk").first()
    if person is None:
        raise Http404
    return redirect("workflows:public_notice", person.notice_id)
