"""The end of a meeting: handed to the chair, confirmed or given back; the papers, and the scan that comes back."""

from datetime import datetime

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.db import transaction
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from approvals.actions.meeting_closing import confirm_meeting, hand_back, hand_over, obstacles
from approvals.enums import MeetingState
from audit import log
from audit.errors import Refusal
from organizations.giving import given
from workflows.meetings.actions import attach_minutes
from workflows.meetings.models import MeetingMinutes
from workflows.meetings.papers import minutes_docx, summary_docx, summary_pdf, summary_print
from workflows.meetings.queries import Attendance, back_to, lines_of, opened_words
from workflows.meetings.views.access import Sight, sight_of
from workflows.shared.documents import PdfUnavailable
from workflows.shared.files import file_response

PAPERS = {
    ("minutes", "docx"): minutes_docx,
    ("summary", "docx"): summary_docx,
    ("summary", "pdf"): summary_pdf,
    ("summary", "print"): summary_print,
}


@login_required
@require_POST
def over(request: HttpRequest, number: str) -> HttpResponse:
    """Hand the record to the chair."""
    at = timezone.now()
    sight = sight_of(number, request.user, at=at)
    try:
        hand_over(meeting_pk=sight.meeting.pk, by=request.user, at=at)
    except Refusal as refusal:
        messages.error(request, str(refusal))
        return redirect("workflows:meeting_desk", number)
    messages.success(request, _("Handed to the chair. The results count once they are confirmed."))
    return redirect("workflows:meeting", number)


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def confirm(request: HttpRequest, number: str) -> HttpResponse:
    """Show the chair what was entered, and let it count."""
    at = timezone.now()
    sight = sight_of(number, request.user, at=at)
    if request.method != "POST":
        return _page(request, sight, at=at)
    try:
        if request.POST.get("act") == "back":
            hand_back(meeting_pk=sight.meeting.pk, reason=request.POST.get("reason", ""), by=request.user, at=at)
            messages.success(request, _("Given back to the recorder, who was told."))
        else:
            confirm_meeting(meeting_pk=sight.meeting.pk, by=request.user, at=at)
            messages.success(request, _("Confirmed. Every item has gone on as it was resolved."))
    except Refusal as refusal:
        return _page(request, sight_of(number, request.user, at=at), at=at, refusal=refusal)
    return redirect("workflows:meeting", number)


@login_required
@require_safe
def paper(request: HttpRequest, number: str, kind: str, form: str) -> HttpResponse:
    """Give the minutes or the summary table; every download is in the log."""
    at = timezone.now()
    sight = sight_of(number, request.user, at=at)
    make = PAPERS.get((kind, form))
    if make is None or sight.hidden:  # a paper with an item about the reader is fetched by somebody else
        raise Http404
    try:
        content = make(sight.meeting, sight.items, sight.members)
    except PdfUnavailable:
        form, content = "print", summary_print(sight.meeting, sight.items, sight.members)
    if request.method != "HEAD":
        with transaction.atomic():
            facts = {"form": form, "document": f"{kind} {number}"}
            log.record("exports", "document.downloaded", by=request.user, at=at, subject=number, facts=facts)
    name = _("Minutes") if kind == "minutes" else _("Summary of the agenda")
    return given(content, form, name=f"{name} {number}")


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def scan(request: HttpRequest, number: str) -> HttpResponse:
    """Read the sealed minutes, or attach them once."""
    at = timezone.now()
    sight = sight_of(number, request.user, at=at)
    if request.method == "POST":
        return _attach(request, sight, at=at)
    minutes = MeetingMinutes.objects.select_related("file__person").filter(meeting=sight.meeting).first()
    if minutes is None or sight.hidden:
        raise Http404
    if request.method != "HEAD":
        with transaction.atomic():
            facts = {"purpose": minutes.file.purpose}
            log.record("files", "file.read", by=request.user, at=at, subject=number, facts=facts)
    return file_response(request, minutes.file, inline=True)


def _attach(request: HttpRequest, sight: Sight, *, at: datetime) -> HttpResponse:
    upload = request.FILES.get("file")
    if upload is None:
        messages.error(request, _("Please choose the scan first."))
        return redirect("workflows:meeting", sight.meeting.number)
    try:
        attach_minutes(meeting_pk=sight.meeting.pk, upload=upload, by=request.user, at=at)
    except Refusal as refusal:
        messages.error(request, str(refusal))
    else:
        messages.success(request, _("The sealed minutes are kept with the meeting."))
    return redirect("workflows:meeting", sight.meeting.number)


def _page(request: HttpRequest, sight: Sight, *, at: datetime, refusal: Refusal | None = None) -> HttpResponse:
    waiting = sight.meeting.state == MeetingState.ENTERED
    against = obstacles(sight.meeting, sight.items, by=request.user, at=at) if waiting else []
    lines = lines_of(sight.items, sight.members, {})
    facts = {
        "meeting": sight.meeting,
        "sight": sight,
        "waiting": waiting,
        "attendance": Attendance(sight.members),
        "rows": [(line, opened_words(line.item), back_to(line.item)) for line in lines],
        "against": [(f"item-{item.pk}", f"{item.place}. {item.case.subject_name}：{why}") for item, why in against],
        "own_entries": any(item.entered_by_id == request.user.pk for item in sight.items),
        "refusal": refusal,
    }
    return render(request, "workflows/meetings/confirm.html", facts, status=409 if refusal else 200)
