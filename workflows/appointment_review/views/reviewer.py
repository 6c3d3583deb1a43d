"""审批页: one question, what it needs, the answers. Every "no" is told kindly and nothing typed is lost."""

from datetime import datetime

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.db import transaction
from django.http import Http404, HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_POST, require_safe

from approvals.actions import notes
from approvals.actions.decisions import claim, decide, release
from approvals.enums import RowKind, Verb
from approvals.errors import AnswerNotOffered, FourEyes, NotEntitled, OwnCase, SeatClaimed, SeatTaken
from approvals.forms import answer_of, typed_fields
from approvals.inbox import page_of_rows, rows_of
from approvals.models import InboxRow
from approvals.wording import address_of
from audit import log
from audit.errors import Refusal
from organizations.models import Account
from organizations.typed import click_key, fresh_key
from workflows.appointment_review.actions.elections_replies import decide_candidates
from workflows.appointment_review.views.seat_access import Standing, standing_on
from workflows.appointment_review.views.seat_election import by_person, of_election, refused_in
from workflows.appointment_review.views.seat_materials import FORM, materials_shown
from workflows.appointment_review.views.seat_page import correction_targets, seat_facts, typed_in

# Somebody else was faster, or has to do it: nothing is wrong with what was typed.
CONFLICTS = (SeatTaken, SeatClaimed, FourEyes, NotEntitled, OwnCase)
SAYINGS = {
    Verb.AGREE: gettext_lazy("You agreed: {name}."),
    Verb.REFUSE: gettext_lazy("You did not agree: {name}. The reason for the person is kept with it."),
    Verb.RETURN: gettext_lazy("Returned: {name}. The list of what to correct is kept with it."),
}


@login_required
@require_safe
def seat(request: HttpRequest, pk: int) -> HttpResponse:
    """Show the page on which somebody decides, or only looks."""
    at = timezone.now()
    standing = standing_on(pk, request.user, at=at)
    node = standing.seat.stage.task.flow_task
    if node.address and (standing.may_decide or standing.case.is_of_matter or Verb.WAIVE in node.verbs):
        return redirect(node.link(standing.case))
    if Verb.HAND_IN in node.verbs or node.address:
        return redirect("workflows:matter", standing.case.matter.number)
    return _page(request, standing, at=at)


@login_required
@require_POST
def seat_decide(request: HttpRequest, pk: int) -> HttpResponse:
    """Say something on a seat and go on to the next row of the inbox."""
    at = timezone.now()
    answer, key = answer_of(request.POST), click_key(request)
    after = InboxRow.objects.filter(account=request.user, seat=pk).first()
    standing = standing_on(pk, request.user, at=at)
    node = standing.seat.stage.task.flow_task
    if node.address:  # it is done on a page of its own, which checks what belongs to it
        messages.error(request, str(AnswerNotOffered()))
        return redirect(node.link(standing.case))
    said = {"seat_pk": pk, "answer": answer, "by": request.user, "at": at, "key": key}
    try:
        if by_person(standing.seat):
            decision = decide_candidates(refused=refused_in(request.POST), **said)
        else:
            decision = decide(**said)
    except Refusal as refusal:
        return _refused(request, pk, refusal, at=at)
    notes.forget_drafts(pk, request.user)
    messages.success(request, SAYINGS[decision.verb].format(name=after.subject_name if after else ""))
    return redirect(_next_address(request.user, after, at=at))


@login_required
@require_POST
def seat_draft(request: HttpRequest, pk: int) -> HttpResponse:
    """Keep a half-typed opinion; answers the script with the time, a person without scripts with the page."""
    at = timezone.now()
    standing = standing_on(pk, request.user, at=at)
    if not standing.may_decide:
        return JsonResponse({"error": _("This item is no longer yours; copy your text before you leave.")})
    draft = notes.save_draft(seat=standing.seat, account=request.user, fields=typed_fields(request.POST), at=at)
    if request.headers.get("X-Autosave"):
        return JsonResponse({"saved_at": timezone.localtime(draft.saved_at).strftime("%H:%M")})
    messages.success(request, _("Your draft is kept."))
    return redirect("workflows:seat", pk)


@login_required
@require_POST
def seat_claim(request: HttpRequest, pk: int) -> HttpResponse:
    """Take an item that several could decide."""
    return _act(request, pk, claim, _("You have taken this item; the others see that you are on it."))


@login_required
@require_POST
def seat_release(request: HttpRequest, pk: int) -> HttpResponse:
    """Give a taken item back."""
    return _act(request, pk, release, _("The item is open to everybody again who may decide it."))


@login_required
@require_POST
def seat_comment(request: HttpRequest, pk: int) -> HttpResponse:
    """Leave a remark for the other reviewers."""
    at = timezone.now()
    standing = standing_on(pk, request.user, at=at)
    if not (standing.may_decide or standing.barred or standing.reads_files):
        raise Http404
    stage = standing.seat.stage
    try:
        notes.comment(
            case_pk=standing.case.pk, stage_pk=stage.pk, text=request.POST.get("text", ""), by=request.user, at=at
        )
    except Refusal as refusal:
        return _page(request, standing, at=at, refusal=refusal, status=422, remark=request.POST.get("text", ""))
    messages.success(request, _("Your remark is kept; the person concerned never sees it."))
    return redirect("workflows:seat", pk)


def _act(request: HttpRequest, pk: int, verb, done: str) -> HttpResponse:
    at = timezone.now()
    standing_on(pk, request.user, at=at)
    try:
        verb(seat_pk=pk, by=request.user, at=at)
    except Refusal as refusal:
        return _page(request, standing_on(pk, request.user, at=at), at=at, refusal=refusal, status=409)
    messages.success(request, done)
    return redirect("workflows:seat", pk)


def _refused(request: HttpRequest, pk: int, refusal: Refusal, *, at: datetime) -> HttpResponse:
    standing = standing_on(pk, request.user, at=at)
    typed = typed_fields(request.POST)
    notes.save_draft(seat=standing.seat, account=request.user, fields=typed, at=at)
    status = 409 if isinstance(refusal, CONFLICTS) else 422
    verb = request.POST.get("verb", "")
    return _page(request, standing, at=at, refusal=refusal, status=status, typed=typed, verb=verb)


def _page(
    request: HttpRequest,
    standing: Standing,
    *,
    at: datetime,
    refusal: Refusal | None = None,
    status: int = 200,
    typed: dict[str, str] | None = None,
    **extra: object,
) -> HttpResponse:
    draft = notes.draft_of(standing.seat, request.user)
    facts = seat_facts(standing, request.user, at=at, typed=typed or typed_in(draft))
    if standing.case.is_of_matter:
        facts |= of_election(standing, request.user, at=at, typed=request.POST)
    facts |= {
        "draft": draft,
        "key": fresh_key(),
        "refusal": refusal,
        "targets": [] if standing.case.is_of_matter else correction_targets(at),
    }
    if standing.reads_files:
        facts["materials"] = materials_shown(standing.case, request.GET)
        if facts["materials"].get("sheet") and facts["materials"]["show"] == FORM:
            _record_reading(standing, request.user, facts["materials"]["version"].version, at=at)
    return render(request, "workflows/appointment_review/decision.html", facts | extra, status=status)


def _record_reading(standing: Standing, account: Account, version: int, *, at: datetime) -> None:
    facts = {"version": version, "step": standing.seat.stage.step}
    with transaction.atomic():
        log.record("files", "form.read", by=account, at=at, subject=standing.case.number, facts=facts)


def _next_address(account: Account, after: InboxRow | None, *, at: datetime) -> str:
    rows = rows_of(account, on=timezone.localdate(at)).filter(kind=RowKind.TODO)
    following = page_of_rows(rows, after=(after.due_at, after.pk), size=1)[0] if after else []
    following = following or page_of_rows(rows, size=1)[0]
    return address_of(following[0]) if following else reverse("approvals:inbox")
