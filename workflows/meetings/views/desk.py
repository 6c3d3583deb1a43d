"""上会台: one item after the other, one key each; every result is saved at once and nothing typed is lost."""

from collections.abc import Mapping
from datetime import datetime

from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from approvals.actions.meeting_results import enter_result, note_words, set_recusal
from approvals.enums import MeetingState
from approvals.meeting_queries import room_of
from approvals.models import AgendaItem, Case
from audit.errors import Refusal
from organizations.typed import number_in
from workflows.appointment_review.queries import current_findings
from workflows.appointment_review.views.finding_rows import finding_rows
from workflows.meetings.forms import LONGEST, resolved_in
from workflows.meetings.queries import (
    Attendance,
    back_to,
    lines_of,
    next_to_decide,
    opened_words,
    people_at,
    proposed_day,
    proposed_votes,
    said_before,
    ways_back,
)
from workflows.meetings.views.access import Sight, sight_of


@login_required
@require_safe
def desk(request: HttpRequest, number: str) -> HttpResponse:
    """Show the table with one item in the middle; before it is known who came, the meeting's page comes first."""
    at = timezone.now()
    sight = sight_of(number, request.user, at=at)
    if sight.meeting.state == MeetingState.PLANNED or not sight.items:
        return redirect("workflows:meeting", number)
    asked = number_in(request.GET.get("item", "")) or 0
    item = next((one for one in sight.items if one.pk == asked), None)
    return _page(request, sight, item or next_to_decide(sight.items) or sight.items[0])


@login_required
@require_POST
def result(request: HttpRequest, number: str, pk: int) -> HttpResponse:
    """Enter the result of an item and go on to the next."""
    at = timezone.now()
    sight = sight_of(number, request.user, at=at)
    item = sight.item(pk)
    resolved = resolved_in(request.POST, present=room_of(sight.members, item).present, before=item.result)
    edition = number_in(request.POST.get("edition", "")) or 0
    try:
        enter_result(item_pk=pk, resolved=resolved, edition=edition, by=request.user, at=at)
    except Refusal as refusal:
        return _page(request, sight_of(number, request.user, at=at), item, refusal=refusal, typed=request.POST)
    return _go_on(request, number, after=pk, at=at)


@login_required
@require_POST
def recuse(request: HttpRequest, number: str, pk: int) -> HttpResponse:
    """Write down that somebody steps out for this item, or stays."""
    at = timezone.now()
    sight = sight_of(number, request.user, at=at)
    item = sight.item(pk)
    about = {"item_pk": pk, "member_pk": number_in(request.POST.get("member", "")) or 0, "by": request.user, "at": at}
    try:
        set_recusal(reason=request.POST.get("why", ""), out=request.POST.get("out") == "1", **about)
    except Refusal as refusal:
        return _page(request, sight, item, refusal=refusal)
    if not request.htmx:
        return redirect(f"{reverse('workflows:meeting_desk', args=[number])}?item={pk}")
    sight = sight_of(number, request.user, at=at)
    return _page(request, sight, sight.item(pk), saved=at)


@login_required
@require_POST
def draft(request: HttpRequest, number: str, pk: int) -> HttpResponse:
    """Keep half-typed words; answers the script with the time."""
    at = timezone.now()
    item = sight_of(number, request.user, at=at).item(pk)
    words = opened_words(item)
    typed = {name: request.POST.get(name, words.get(name, ""))[:LONGEST] for name in ("reason", "reason_for_person")}
    try:
        note_words(item_pk=pk, **typed, by=request.user, at=at)
    except Refusal as refusal:
        return JsonResponse({"error": str(refusal)})
    return JsonResponse({"saved_at": timezone.localtime(at).strftime("%H:%M")})


def _go_on(request: HttpRequest, number: str, *, after: int, at: datetime) -> HttpResponse:
    if not request.htmx:
        sight = sight_of(number, request.user, at=at)
        following = next_to_decide(sight.items, sight.item(after)) or sight.item(after)
        return redirect(f"{reverse('workflows:meeting_desk', args=[number])}?item={following.pk}")
    sight = sight_of(number, request.user, at=at)
    done = sight.item(after)
    return _page(request, sight, next_to_decide(sight.items, done) or done, saved=at)


def _page(
    request: HttpRequest,
    sight: Sight,
    item: AgendaItem,
    *,
    refusal: Refusal | None = None,
    typed: Mapping[str, str] | None = None,
    saved: datetime | None = None,
) -> HttpResponse:
    lines = lines_of(sight.items, sight.members, {})
    place = next(n for n, line in enumerate(lines) if line.item.pk == item.pk)
    line, words = lines[place], opened_words(lines[place].item)
    votes = proposed_votes(line)
    facts = {
        "meeting": sight.meeting,
        "sight": sight,
        "lines": lines,
        "line": line,
        "place": place + 1,
        "decided": sum(bool(one.item.result) for one in lines),
        "complete": not any(one.item.stands and not one.item.result for one in lines),
        "attendance": Attendance(sight.members),
        "people": people_at(sight.members, line.item, family=sight.reads_files),
        "said": said_before(line.item),
        "findings": _findings(line.item.case) if sight.reads_files else [],
        "previous": lines[place - 1] if place else None,
        "following": lines[place + 1] if place + 1 < len(lines) else None,
        "editable": sight.in_session and sight.records and line.item.stands,
        "proposed": f"{votes.agree}-{votes.against}-{votes.abstain}",
        "typed": typed
        or {
            "agree": votes.agree,
            "against": votes.against,
            "abstain": votes.abstain,
            "reason": words.get("reason", ""),
            "reason_for_person": words.get("reason_for_person", ""),
            "review_on": proposed_day(sight.meeting, line.item).isoformat(),
            "returns_to": line.item.returns_to,
        },
        "back": ways_back(line.item),
        "back_to": back_to(line.item),
        "refusal": refusal,
        "saved": saved,
        "saved_words": _("Every item is saved"),
    }
    name = "_desk" if request.htmx and not request.htmx.boosted else "desk"
    return render(request, f"workflows/meetings/{name}.html", facts, status=422 if refusal else 200)


def _findings(case: Case) -> list[dict[str, object]]:
    return [one | {"url": ""} for one in finding_rows(list(current_findings(case)))]
