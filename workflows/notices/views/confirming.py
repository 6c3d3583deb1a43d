"""The word after a notice: cleared, refused, or put up anew; said by the discipline officer for every person."""

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods

from approvals.actions.decisions import decide, entitled
from approvals.actions.speaking import Answer
from approvals.enums import SeatState, Verb
from approvals.models import Case, Seat
from audit.errors import Refusal
from organizations.models import Account
from organizations.typed import click_key, fresh_key
from workflows.notices.actions.confirming import STEP
from workflows.notices.actions.publishing import take_down
from workflows.notices.forms import ChangeForm, RefuseForm
from workflows.notices.queries import facts_of, noticed_now, objections_for
from workflows.notices.words import labelled

FORMS = {Verb.CLEAR: None, Verb.REFUSE: RefuseForm, Verb.CHANGE: ChangeForm}


@require_http_methods(["GET", "HEAD", "POST"])
@login_required
@never_cache
def notice_end(request: HttpRequest, number: str) -> HttpResponse:
    """Ask the discipline officer whether anything stands in the way."""
    at = timezone.now()
    seat = _seat_of(number, request.user, at=at)
    verb = request.POST.get("verb", "")
    made = FORMS.get(verb)
    form = made(request.POST) if made else None
    refusal = None
    if request.method == "POST" and verb in FORMS and (form is None or form.is_valid()):
        take_down(at)  # so that the candidate's state never tells how soon after the end somebody spoke
        try:
            _say(request, seat, verb, form.cleaned_data if form else {}, at=at)
            return redirect("workflows:objections")
        except Refusal as told:
            refusal = told
    return _page(request, seat, form, refusal, at=at)


def _seat_of(number: str, account: Account, *, at) -> Seat:
    seats = Seat.objects.select_related(
        "stage__case__subject", "stage__case__organization", "stage__case__policy", "stage__organization"
    )
    found = seats.filter(stage__case__number=number, stage__step=STEP, stage__outcome="", state=SeatState.OPEN).first()
    own = found is not None and account.person_id is not None and found.stage.case.subject_id == account.person_id
    if found is None or own or not entitled(found, account, at=at):
        raise Http404
    return found


def _say(request: HttpRequest, seat: Seat, verb: str, typed: dict[str, str], *, at) -> None:
    # What the office and the auditors read is the same for every refusal here: nothing tells what it rests on.
    inside = {"reason": _("Not confirmed by the discipline office after the public notice.")}
    answer = Answer(verb, **((inside if verb == Verb.REFUSE else {}) | typed))
    key = click_key(request)
    decide(seat_pk=seat.pk, answer=answer, by=request.user, at=at, key=key)
    sayings = {
        Verb.CLEAR: _("Nothing stands in the way: {name}."),
        Verb.REFUSE: _("You did not confirm: {name}. The person is heard next."),
        Verb.CHANGE: _("Back to the office: a new notice for {name} is put up."),
    }
    messages.success(request, sayings[verb].format(name=seat.stage.case.subject_name))


def _page(request: HttpRequest, seat: Seat, form, refusal: Refusal | None, *, at) -> HttpResponse:
    case: Case = seat.stage.case
    person = noticed_now(case)
    facts = {
        "case": case,
        "seat": seat,
        "noticed": person,
        "shown": labelled(facts_of(person)) if person else [],
        "over": person is not None and at > person.notice.ends_at,
        "objections": objections_for(request.user, on=timezone.localdate(at)).filter(about__case=case),
        "refuse_form": form if isinstance(form, RefuseForm) else RefuseForm(),
        "change_form": form if isinstance(form, ChangeForm) else ChangeForm(),
        "form": form,
        "refusal": refusal,
        "key": fresh_key(),
    }
    return render(request, "workflows/notices/end.html", facts, status=422 if request.method == "POST" else 200)
