"""考察: the team for one or many cases, talk records, tally and report, and the files for the time of the work."""

from datetime import datetime

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.db import transaction
from django.http import Http404, HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.timezone import localtime
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from audit import log
from audit.errors import Refusal
from organizations.typed import click_key
from workflows.appointment_review.actions.investigation_records import (
    Talk,
    enter_tally,
    record_talk,
    save_talk_draft,
    talk_draft,
)
from workflows.appointment_review.actions.investigation_report import save_report
from workflows.appointment_review.enums import InquiryPart
from workflows.appointment_review.inquiry_papers import text_of
from workflows.appointment_review.investigation_forms import ReportForm, TalkForm, TallyForm
from workflows.appointment_review.investigation_models import TalkRecord
from workflows.appointment_review.investigation_queries import parts_of
from workflows.appointment_review.investigation_words import HEADING_WORDS
from workflows.appointment_review.rules.investigation import GRADES, PARTS
from workflows.appointment_review.views.investigation_access import Door, door_to
from workflows.appointment_review.views.investigation_rows import talk_rows
from workflows.appointment_review.views.seat_materials import FORM, materials_shown

PLACE = "workflows/investigation"
DRAFTED = ("talkee", "relation", "held_on", "place", "text", "pages", "keeper", "kind")
FORM_METHODS = ["GET", "HEAD", "POST"]


@login_required
@never_cache
@require_http_methods(FORM_METHODS)
def talk_new(request: HttpRequest, number: str) -> HttpResponse:
    """Record a talk; what is typed is kept as a draft."""
    at = timezone.now()
    door = _at_work(number, request, at)
    draft, saved_at = talk_draft(door.member)
    form = TalkForm(request.POST or None, initial=draft, team=door.work.members)
    key = click_key(request)
    if request.method == "POST" and form.is_valid():
        asked = form.cleaned_data
        talk = Talk(
            **{name: asked[name] for name in (*DRAFTED, "confirmed")}, present=[int(pk) for pk in asked["present"]]
        )
        try:
            record_talk(case_pk=door.case.pk, talk=talk, by=request.user, at=at, key=key)
        except Refusal as refusal:
            form.add_error(None, str(refusal))
        else:
            messages.success(request, _("The record is kept. The person concerned never sees it."))
            return redirect("workflows:investigation", number)
    facts = {"door": door, "case": door.case, "form": form, "key": key, "saved_at": saved_at}
    return render(request, f"{PLACE}/talk_form.html", facts, status=422 if form.errors else 200)


@login_required
@require_POST
def talk_save(request: HttpRequest, number: str) -> HttpResponse:
    """Keep what was typed so far; a person without scripts comes back to the page."""
    at = timezone.now()
    door = _at_work(number, request, at)
    fields = {name: request.POST[name] for name in DRAFTED if name in request.POST}
    try:
        save_talk_draft(case_pk=door.case.pk, fields=fields, by=request.user, at=at)
    except Refusal as refusal:
        return JsonResponse({"error": str(refusal)})
    if request.headers.get("X-Autosave"):
        return JsonResponse({"saved_at": localtime(at).strftime("%H:%M")})
    return redirect("workflows:investigation_talk_new", number)


@login_required
@never_cache
@require_safe
def talk(request: HttpRequest, number: str, pk: int) -> HttpResponse:
    """Read a talk record; the reading is kept."""
    at = timezone.now()
    door = _reading(number, request, at, InquiryPart.TALK)
    found = TalkRecord.objects.filter(investigation=door.work.investigation).prefetch_related("present__account")
    record = get_object_or_404(found.select_related("recorded_by"), pk=pk)
    words = text_of(door.case, "talk", record.sealed_text)
    facts = {"door": door, "case": door.case, "talk": talk_rows(door.case, [record])[0], "words": words}
    return render(request, f"{PLACE}/talk.html", facts)


@login_required
@never_cache
@require_http_methods(FORM_METHODS)
def tally(request: HttpRequest, number: str) -> HttpResponse:
    """Enter the counted papers."""
    at = timezone.now()
    door = _at_work(number, request, at)
    held = door.work.tally
    names = ("held_on", "issued", "returned", "valid", *GRADES, "opinions_issued", "opinions_returned")
    form = TallyForm(request.POST or None, initial={name: getattr(held, name) for name in names} if held else {})
    if request.method == "POST" and form.is_valid():
        asked = form.cleaned_data
        opinions = (asked["opinions_issued"], asked["opinions_returned"])
        try:
            enter_tally(
                case_pk=door.case.pk,
                counts=form.counts(),
                held_on=asked["held_on"],
                opinions=opinions,
                by=request.user,
                at=at,
            )
        except Refusal as refusal:
            form.add_error(None, str(refusal))
        else:
            messages.success(request, _("Entered. Somebody else on the team holds it against the papers now."))
            return redirect("workflows:investigation", number)
    facts = {"door": door, "case": door.case, "form": form}
    return render(request, f"{PLACE}/tally_form.html", facts, status=422 if form.errors else 200)


@login_required
@never_cache
@require_http_methods(FORM_METHODS)
def report_edit(request: HttpRequest, number: str) -> HttpResponse:
    """Write the report, or a new version."""
    at = timezone.now()
    door = _at_work(number, request, at)
    held = door.work.report
    initial = parts_of(held) | {"conclusion": held.conclusion} if held else {}
    form = ReportForm(request.POST or None, initial=initial)
    if request.method == "POST" and form.is_valid():
        parts = {name: form.cleaned_data[name] for name in PARTS}
        chosen = form.cleaned_data["conclusion"]
        try:
            save_report(case_pk=door.case.pk, parts=parts, conclusion=chosen, by=request.user, at=at)
        except Refusal as refusal:
            form.add_error(None, str(refusal))
        else:
            messages.success(request, _("The report is kept; everybody on the team signs it now."))
            return redirect("workflows:investigation", number)
    facts = {"door": door, "case": door.case, "form": form, "held": held}
    return render(request, f"{PLACE}/report_form.html", facts, status=422 if form.errors else 200)


@login_required
@never_cache
@require_safe
def report(request: HttpRequest, number: str) -> HttpResponse:
    """Read the report; the reading is kept."""
    at = timezone.now()
    door = _reading(number, request, at, InquiryPart.REPORT)
    if door.work.report is None:
        raise Http404
    parts = parts_of(door.work.report)
    facts = {
        "door": door,
        "case": door.case,
        "report": door.work.report,
        "parts": [(HEADING_WORDS[name], parts.get(name, "")) for name in PARTS],
        "signatures": door.work.report.signatures.filter(version=door.work.report.version),
    }
    return render(request, f"{PLACE}/report.html", facts)


@login_required
@never_cache
@require_safe
def files(request: HttpRequest, number: str) -> HttpResponse:
    """Show form and materials to the team for the time of the work; the reading is kept."""
    at = timezone.now()
    door = _at_work(number, request, at)
    shown = materials_shown(door.case, request.GET)
    if shown.get("sheet") and shown["show"] == FORM:
        with transaction.atomic():
            facts = {"version": shown["version"].version, "step": "investigation"}
            log.record("files", "form.read", by=request.user, at=at, subject=number, facts=facts)
    return render(request, f"{PLACE}/files.html", {"door": door, "case": door.case, "materials": shown})


def _at_work(number: str, request: HttpRequest, at: datetime) -> Door:
    door = door_to(number, request.user, at=at)
    if not door.works:
        raise Http404
    return door


def _reading(number: str, request: HttpRequest, at: datetime, what: InquiryPart) -> Door:
    door = door_to(number, request.user, at=at)
    if door.work is None or not door.reads:
        raise Http404
    if request.method != "HEAD":
        with transaction.atomic():
            log.record(
                "files", "investigation.read", by=request.user, at=at, subject=number, facts={"what": what.value}
            )
    return door
