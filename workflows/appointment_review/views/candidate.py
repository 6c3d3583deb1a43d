"""我的事项: what waits for me, how my cases stand, withdrawing, being heard, asking for a review."""

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.timezone import localtime
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from approvals.actions.cases import withdraw_case
from approvals.enums import CaseState
from approvals.models import Correction
from audit.errors import Refusal
from organizations.models import Obligation
from organizations.typed import fresh_key
from workflows.appointment_review.actions.forms import mark_corrected
from workflows.appointment_review.actions.opening import ask_for_review
from workflows.appointment_review.actions.replies import LONGEST, draft_of_reply, hand_in_reply, save_reply
from workflows.appointment_review.candidate_queries import (
    HEARD_STEPS,
    cases_about,
    cases_helped,
    refusal_told,
    seat_of_candidate,
)
from workflows.appointment_review.forms import WordsForm
from workflows.appointment_review.models import Material, OfficialDocument
from workflows.appointment_review.views.candidate_access import own_case
from workflows.appointment_review.views.candidate_cards import card_of, kind_of
from workflows.appointment_review.views.heard import words_of_the_person

PLACE = "workflows/appointment_review/candidate"
REASON_LENGTH = 300
MOST = 100


@login_required
@never_cache
@require_safe
def my(request: HttpRequest) -> HttpResponse:
    """Show what waits for me, first of all, and then the rest."""
    at = timezone.now()
    cases = list(cases_about(request.user)[:MOST])
    cases.sort(key=lambda case: case.state != CaseState.OPEN)
    obligations = Obligation.objects.filter(person=request.user.person_id or 0, done_on=None, waived_on=None)
    context = {
        "card": card_of(cases[0], at=at) if cases else None,
        "others": [(case, kind_of(case)) for case in cases[1:]],
        "obligations": obligations.select_related("organization").order_by("due_on")[:MOST],
        "helped": cases_helped(request.user)[:MOST],
        "materials_count": _handed_in(cases[0].pk) if cases else 0,
    }
    return render(request, f"{PLACE}/home.html", context)


@login_required
@never_cache
@require_safe
def my_case(request: HttpRequest, number: str) -> HttpResponse:
    """Show one case: how it stands, what to do, what was decided."""
    case = own_case(request.user, number)
    context = {
        "card": card_of(case, at=timezone.now()),
        "documents": OfficialDocument.objects.filter(case=case),
        "said": words_of_the_person(case),
        "materials_count": _handed_in(case.pk),
        "alone": True,
    }
    return render(request, f"{PLACE}/case.html", context)


@login_required
@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def my_withdraw(request: HttpRequest, number: str) -> HttpResponse:
    """Ask whether, and why, and withdraw."""
    case = own_case(request.user, number)
    card = card_of(case, at=timezone.now())
    if not card.may_withdraw:
        return redirect("workflows:my_case", number=number)
    label = gettext_lazy("Why you withdraw")
    form = WordsForm(request.POST or None, label=label, longest=REASON_LENGTH)
    if request.method == "POST" and form.is_valid():
        words = form.cleaned_data["words"].strip()
        if words:
            return _withdrawn(request, case, words)
        form.add_error("words", _("Please write in a few words why you withdraw."))
    return render(request, f"{PLACE}/withdraw.html", {"card": card, "form": form})


@login_required
@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def my_reply(request: HttpRequest, number: str) -> HttpResponse:
    """Let the person say their view before a refusal or a removal stands."""
    case = own_case(request.user, number)
    seat = seat_of_candidate(case) if case.step in HEARD_STEPS else None
    key = request.POST.get("key", "")[:40]
    if seat is None and not key:
        return redirect("workflows:my_case", number=number)
    error = ""
    if request.method == "POST":
        text = request.POST.get("words", "")
        try:
            hand_in_reply(case_pk=case.pk, text=text, by=request.user, at=timezone.now(), key=f"reply-{key}")
        except Refusal as refusal:
            error = str(refusal)
        else:
            messages.success(request, _("Your view was handed in. It is read before anything is decided."))
            return redirect("workflows:my_case", number=number)
    if seat is None:
        return redirect("workflows:my_case", number=number)
    saved, saved_at = draft_of_reply(seat, request.user)
    form = WordsForm(
        initial={"words": request.POST.get("words", saved)},
        label=gettext_lazy("What you want to say"),
        hint=gettext_lazy("At most 3,000 characters. Proof can be named here and handed to the office."),
        longest=LONGEST,
    )
    refusal = refusal_told(case)
    context = {
        "card": card_of(case, at=timezone.now()),
        "form": form,
        "saved_at": saved_at,
        "error": error,
        "key": key or fresh_key(),
        "reason": refusal.reason_for_person if refusal else "",
    }
    return render(request, f"{PLACE}/reply.html", context, status=422 if error else 200)


@login_required
@require_POST
def my_reply_save(request: HttpRequest, number: str) -> JsonResponse:
    """Keep what was typed so far."""
    case, at = own_case(request.user, number), timezone.now()
    try:
        save_reply(case_pk=case.pk, text=request.POST.get("words", ""), by=request.user, at=at)
    except Refusal as refusal:
        return JsonResponse({"error": str(refusal)})
    return JsonResponse({"saved_at": localtime(at).strftime("%H:%M")})


@login_required
@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def my_review(request: HttpRequest, number: str) -> HttpResponse:
    """Ask that other people look at a refusal again."""
    case = own_case(request.user, number)
    form = WordsForm(
        request.POST or None,
        label=gettext_lazy("Why it should be looked at again"),
        hint=gettext_lazy("Name what was overlooked or has changed."),
    )
    if request.method == "POST" and form.is_valid():
        grounds = form.cleaned_data["words"].strip()
        try:
            if not grounds:
                form.add_error("words", _("Please write why the case should be looked at again."))
            else:
                review = ask_for_review(case_pk=case.pk, grounds=grounds, by=request.user, at=timezone.now())
                messages.success(request, _("Asked for. Other people look at it, and it is never decided worse."))
                return redirect("workflows:my_case", number=review.number)
        except Refusal as refusal:
            form.add_error(None, str(refusal))
    card = card_of(case, at=timezone.now())
    return render(request, f"{PLACE}/review.html", {"card": card, "form": form})


@login_required
@require_POST
def my_correction(request: HttpRequest, number: str, pk: int) -> HttpResponse:
    """Tick something off the list of what to put right."""
    case = own_case(request.user, number)
    correction = get_object_or_404(Correction, pk=pk, stage__case=case)
    try:
        done = request.POST.get("done") == "1"
        mark_corrected(correction_pk=correction.pk, case_pk=case.pk, done=done, by=request.user, at=timezone.now())
    except Refusal as refusal:
        messages.error(request, str(refusal))
    return redirect("workflows:my_case", number=number)


@login_required
@never_cache
@require_safe
def my_materials(request: HttpRequest) -> HttpResponse:
    """List all I ever uploaded, by case, withdrawn versions marked."""
    rows = Material.objects.filter(case__in=cases_about(request.user).order_by().values("pk"))
    rows = rows.select_related("case__proposal", "case__organization", "file").order_by(
        "-case__opened_at", "kind", "-version"
    )
    return render(request, f"{PLACE}/all_materials.html", {"materials": rows[:500]})


def _withdrawn(request: HttpRequest, case, words: str) -> HttpResponse:
    try:
        withdraw_case(case_pk=case.pk, by=request.user, at=timezone.now(), reason=words)
        messages.success(request, _("Withdrawn. Nobody is blamed; you can be nominated again later."))
    except Refusal as refusal:
        messages.error(request, str(refusal))
    return redirect("workflows:my_case", number=case.number)


def _handed_in(case_pk: int) -> int:
    return Material.objects.filter(case=case_pk, withdrawn_at=None).values("kind").distinct().count()
