"""会议: the list, a new one, and one meeting with its agenda, its members and its papers."""

from datetime import datetime

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.http import urlencode
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from approvals.actions import meetings as acts
from approvals.enums import MeetingState
from approvals.meeting_queries import known_members, places_recorded_by
from approvals.models import Stage
from audit.errors import Refusal
from organizations.typed import number_in, numbers_in
from workflows.meetings.actions import PlannedAlready, plan
from workflows.meetings.forms import PlanForm, listed, opening_time
from workflows.meetings.models import MeetingMinutes
from workflows.meetings.queries import ROWS, Attendance, lines_of, meetings_seen, ready_lines, reds_of
from workflows.meetings.views.access import Sight, sight_of

MOST_PAGES = 1000
TAGS = {
    MeetingState.PLANNED: "open",
    MeetingState.HELD: "doing",
    MeetingState.ENTERED: "today",
    MeetingState.CONFIRMED: "agreed",
    MeetingState.CALLED_OFF: "deferred",
}


@login_required
@require_safe
def meetings(request: HttpRequest) -> HttpResponse:
    """List the meetings in sight, the latest first."""
    on = timezone.localdate()
    page = number_in(request.GET.get("page", "")) or 1
    start = ROWS * (page - 1) if page <= MOST_PAGES else 0
    found = list(meetings_seen(request.user, on=on)[start : start + ROWS + 1])
    facts = {
        "lines": [(one, TAGS[one.state]) for one in found[:ROWS]],
        "more": f"?{urlencode({'page': start // ROWS + 2})}" if len(found) > ROWS else "",
        "may_plan": places_recorded_by(request.user, on=on).exists(),
    }
    appended = request.htmx and not request.htmx.boosted
    return render(request, f"workflows/meetings/{'rows' if appended else 'list'}.html", facts)


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def new(request: HttpRequest) -> HttpResponse:
    """Plan a meeting."""
    at = timezone.now()
    on = timezone.localdate(at)
    places = places_recorded_by(request.user, on=on)
    asked = number_in(request.POST.get("organization") or request.GET.get("organization", ""))
    first = places.filter(pk=asked).first() if asked is not None else places.first()
    if first is None:
        raise PermissionDenied
    known = known_members(first, on=on)
    chair = next((one.name for one in known if one.is_chair), "")
    initial = {
        "organization": first, "held_on": on, "held_from": opening_time(), "members": listed(known), "chair": chair
    }  # fmt: skip
    form = PlanForm(request.POST or None, places=places, known=known, initial=initial)
    if request.method == "POST" and form.is_valid():
        try:
            meeting = plan(**form.planned(), by=request.user, at=at)
        except PlannedAlready as twice:
            messages.info(request, str(twice))
            return redirect("workflows:meeting", twice.facts["number"])
        except Refusal as refusal:
            form.add_error(None, str(refusal))
        else:
            messages.success(request, _("The meeting is planned. Put on its agenda what is ready."))
            return redirect("workflows:meeting", meeting.number)
    return render(request, "workflows/meetings/plan.html", {"form": form}, status=422 if form.errors else 200)


@login_required
@require_safe
def meeting(request: HttpRequest, number: str) -> HttpResponse:
    """Show one meeting: agenda, what is ready for it, who belongs to it, its papers."""
    at = timezone.now()
    return _page(request, sight_of(number, request.user, at=at), at=at)


@login_required
@require_POST
def change_agenda(request: HttpRequest, number: str) -> HttpResponse:
    """Put cases on the agenda, move one up or down, or take one off."""
    at = timezone.now()
    sight = sight_of(number, request.user, at=at)
    act = request.POST.get("act", "")
    common = {"by": request.user, "at": at}
    try:
        if act == "add":
            stages = numbers_in(request.POST.getlist("stage"))
            known = Stage.objects.filter(pk__in=stages, organization=sight.meeting.organization)
            chosen = [pk for pk in stages if pk in set(known.values_list("pk", flat=True))]
            if chosen:
                acts.put_on_agenda(meeting_pk=sight.meeting.pk, stage_pks=chosen, **common)
        elif act.startswith("off-"):
            acts.take_off_agenda(item_pk=_item(sight, act), **common)
        elif act.startswith(("up-", "down-")):
            order = moved([item.pk for item in sight.items], _item(sight, act), -1 if act.startswith("up-") else 1)
            acts.reorder_agenda(meeting_pk=sight.meeting.pk, item_pks=order, **common)
    except Refusal as refusal:
        return _page(request, sight, at=at, refusal=refusal, status=409)
    return redirect("workflows:meeting", number)


@login_required
@require_POST
def attend(request: HttpRequest, number: str) -> HttpResponse:
    """Write down who came, and go to the table."""
    at = timezone.now()
    sight = sight_of(number, request.user, at=at)
    present = numbers_in(request.POST.getlist("present"))
    try:
        acts.record_attendance(meeting_pk=sight.meeting.pk, present=present, by=request.user, at=at)
    except Refusal as refusal:
        return _page(request, sight, at=at, refusal=refusal, status=422)
    return redirect("workflows:meeting_desk", number)


@login_required
@require_POST
def call_off(request: HttpRequest, number: str) -> HttpResponse:
    """Call the meeting off; what stood on its agenda is ready for another one."""
    at = timezone.now()
    sight = sight_of(number, request.user, at=at)
    try:
        acts.call_off(meeting_pk=sight.meeting.pk, reason=request.POST.get("reason", ""), by=request.user, at=at)
    except Refusal as refusal:
        return _page(request, sight, at=at, refusal=refusal, status=422)
    messages.success(request, _("Called off. What stood on the agenda is ready for another meeting."))
    return redirect("workflows:meeting", number)


def moved(keys: list[int], key: int, step: int) -> list[int]:
    """Move a key one place up (-1) or down (1) in a list; at its end it stays."""
    others = [one for one in keys if one != key]
    target = min(max(keys.index(key) + step, 0), len(others))
    return [*others[:target], key, *others[target:]]


def _item(sight: Sight, act: str) -> int:
    return sight.item(number_in(act.partition("-")[2]) or 0).pk


def _page(
    request: HttpRequest, sight: Sight, *, at: datetime, refusal: Refusal | None = None, status: int = 200
) -> HttpResponse:
    found = sight.meeting
    words = request.GET.get("q", "")[:80]
    changes = sight.open and sight.records
    reds = reds_of(Stage.objects.filter(agenda_item__meeting=found)) if sight.items and sight.reads_files else {}
    facts = {
        "meeting": found,
        "sight": sight,
        "tag": TAGS[found.state],
        "lines": lines_of(sight.items, sight.members, reds),
        "attendance": Attendance(sight.members),
        "ready": ready_lines(found, request.user, words=words) if changes else [],
        "words": words,
        "changes": changes,
        "held": found.state not in (MeetingState.PLANNED, MeetingState.CALLED_OFF),
        "may_call_off": changes and not any(item.result for item in sight.items),
        "minutes": MeetingMinutes.objects.filter(meeting=found).select_related("file").first(),
        "refusal": refusal,
    }
    return render(request, "workflows/meetings/meeting.html", facts, status=status)
