"""What is done on a letter: each a form, one action, and back to the page."""

from collections.abc import Callable
from datetime import datetime

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.forms import Form
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from approvals.actions import letter_delays, letter_replies
from approvals.actions.decisions import Answer, decide, entitled
from approvals.enums import Rule, SeatState, Verb
from approvals.letter_queries import people_of
from approvals.models import Case, Letter, Seat
from audit.errors import Refusal
from organizations.typed import click_key
from workflows.letters.actions.paper import enter_from_scan
from workflows.letters.forms import ExtendForm, WaitForm, WhyForm, reply_typed
from workflows.letters.views.pages import letter_page, letter_seen, reviewers


@login_required
@require_POST
def answer(request: HttpRequest, token: str) -> HttpResponse:
    """Answer for the department."""

    def act(letter: Letter, at: datetime) -> str:
        reply = reply_typed(request.POST, _open(letter))
        letter_replies.answer_letter(letter_pk=letter.pk, reply=reply, by=request.user, at=at, key=click_key(request))
        return _("Your department's reply to {number} is recorded.").format(number=letter.number)

    return _typed(request, token, act)


@login_required
@require_POST
def enter(request: HttpRequest, token: str) -> HttpResponse:
    """Type in a stamped reply; a second person checks it."""

    def act(letter: Letter, at: datetime) -> str:
        reply = reply_typed(request.POST, _open(letter))
        upload = request.FILES.get("scan")
        enter_from_scan(letter=letter, upload=upload, reply=reply, by=request.user, at=at, key=click_key(request))
        return _("The reply to {number} is typed in; somebody else checks it now.").format(number=letter.number)

    return _typed(request, token, act)


@login_required
@require_POST
def confirm(request: HttpRequest, token: str) -> HttpResponse:
    """Confirm a typed reply as the second person."""

    def act(letter: Letter, at: datetime) -> str:
        letter_replies.confirm_reply(letter_pk=letter.pk, by=request.user, at=at, key=click_key(request))
        return _("The reply to {number} counts now.").format(number=letter.number)

    return _done(request, token, act)


@login_required
@require_POST
def discard(request: HttpRequest, token: str) -> HttpResponse:
    """Throw a typed reply away."""

    def act(letter: Letter, at: datetime, form: Form) -> str:
        reason = form.cleaned_data["reason"]
        letter_replies.discard_entry(letter_pk=letter.pk, reason=reason, by=request.user, at=at)
        return _("What was typed in for {number} is thrown away; it can be typed in again.").format(
            number=letter.number
        )

    return _with_form(request, token, "discard", lambda letter: WhyForm(request.POST, prefix="discard"), act)


@login_required
@require_POST
def remind(request: HttpRequest, token: str) -> HttpResponse:
    """Remind the department."""

    def act(letter: Letter, at: datetime) -> str:
        letter_delays.remind_department(letter_pk=letter.pk, by=request.user, at=at)
        return _("{department} is reminded of {number}.").format(department=letter.department, number=letter.number)

    return _done(request, token, act)


@login_required
@require_POST
def extend(request: HttpRequest, token: str) -> HttpResponse:
    """Give the department more time."""

    def act(letter: Letter, at: datetime, form: Form) -> str:
        letter_delays.extend_letter(
            letter_pk=letter.pk, by=request.user, at=at, key=click_key(request), **form.cleaned_data
        )
        return _("{department} has more time now.").format(department=letter.department)

    return _with_form(request, token, "extend", lambda letter: ExtendForm(request.POST, prefix="extend"), act)


@login_required
@require_POST
def wait(request: HttpRequest, token: str) -> HttpResponse:
    """Note that the department asked by telephone to wait about one person."""

    def act(letter: Letter, at: datetime, form: Form) -> str:
        asked = form.cleaned_data
        letter_delays.hold_person(
            letter_pk=letter.pk, item_pk=asked["person"], review_on=asked["review_on"], words=asked["words"],
            by=request.user, at=at,
        )  # fmt: skip
        return _("Noted: the department is asked again on that day. The case waits until then.")

    def form(letter: Letter) -> Form:
        return WaitForm(request.POST, prefix="wait", items=_open_items(letter))

    return _with_form(request, token, "wait", form, act)


@login_required
@require_POST
def close(request: HttpRequest, token: str) -> HttpResponse:
    """Go on without the late answers, as the chair."""

    def act(letter: Letter, at: datetime, form: Form) -> str:
        letter_delays.close_without_reply(
            letter_pk=letter.pk, reason=form.cleaned_data["reason"], by=request.user, at=at, key=click_key(request)
        )
        return _("The cases go on without the late answers of {department}.").format(department=letter.department)

    return _with_form(request, token, "close", lambda letter: WhyForm(request.POST, prefix="close"), act)


@reviewers
@require_POST
def go_on(request: HttpRequest, pk: int) -> HttpResponse:
    """Say why a case goes on where there is no department to ask."""
    at = timezone.now()
    asked = Seat.objects.select_related("organization", "stage__case").exclude(
        stage__case__subject=request.user.person_id or 0
    )
    seat = get_object_or_404(asked, pk=pk, department=None, stage__rule=Rule.LETTERS)
    seen = Case.objects.visible_to(request.user, on=timezone.localdate(at)).filter(pk=seat.stage.case_id)
    if not entitled(seat, request.user, at=at) and not seen.exists():
        raise Http404
    try:
        said = Answer(Verb.WAIVE, request.POST.get("reason", ""))
        decide(seat_pk=pk, answer=said, by=request.user, at=at, key=click_key(request))
    except Refusal as refusal:
        messages.error(request, str(refusal))
    else:
        messages.success(request, _("{name}: the case goes on.").format(name=seat.stage.case.subject_name))
    return redirect(f"/letters/grid/?at={seat.organization.code}")


def _typed(request: HttpRequest, token: str, act: Callable[[Letter, datetime], str]) -> HttpResponse:
    if "more" in request.POST:  # one more line of exceptions, without scripts
        at = timezone.now()
        return letter_page(request, letter_seen(token, request.user, at=at), at=at)
    return _done(request, token, act)


def _done(request: HttpRequest, token: str, act: Callable[[Letter, datetime], str]) -> HttpResponse:
    at = timezone.now()
    letter = letter_seen(token, request.user, at=at)
    try:
        told = act(letter, at)
    except Refusal as refusal:
        return letter_page(request, letter_seen(token, request.user, at=at), at=at, refusal=refusal, status=422)
    messages.success(request, told)
    return redirect("workflows:letter", letter.token)


def _with_form(request, token, name: str, form_of: Callable[[Letter], Form], act) -> HttpResponse:
    at = timezone.now()
    letter = letter_seen(token, request.user, at=at)
    form = form_of(letter)
    if not form.is_valid():
        return letter_page(request, letter, at=at, forms={name: form}, status=422)
    try:
        told = act(letter, at, form)
    except Refusal as refusal:
        return letter_page(request, letter, at=at, refusal=refusal, forms={name: form}, status=422)
    messages.success(request, told)
    return redirect("workflows:letter", letter.token)


def _open_items(letter: Letter) -> list:
    return [item for item in people_of(letter) if item.seat.state == SeatState.OPEN]


def _open(letter: Letter) -> set[int]:
    return set(letter.items.filter(seat__state=SeatState.OPEN).values_list("pk", flat=True))
