"""The whole agenda in one table: everything is entered by mouse and saved with one press."""

from collections.abc import Mapping

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_http_methods

from approvals.actions.meeting_results import Resolved, enter_result
from approvals.enums import ItemResult, MeetingState
from approvals.rules.meetings import unanimous
from audit.errors import Refusal
from organizations.typed import number_in
from workflows.meetings.forms import resolved_in
from workflows.meetings.queries import (
    Attendance,
    ItemLine,
    lines_of,
    opened_words,
    proposed_day,
    proposed_votes,
    ways_back,
)
from workflows.meetings.views.access import Sight, sight_of

FIELDS = ("result", "agree", "against", "abstain", "reason", "reason_for_person", "review_on", "returns_to")


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def table(request: HttpRequest, number: str) -> HttpResponse:
    """Show all items in one table, and save those that were entered; what cannot be saved stays as it was typed."""
    at = timezone.now()
    sight = sight_of(number, request.user, at=at)
    if sight.meeting.state == MeetingState.PLANNED or not sight.items:
        return redirect("workflows:meeting", number)
    if request.method != "POST":
        return _page(request, sight, {}, {})
    refused: dict[int, str] = {}
    saved = 0
    for line in lines_of(sight.items, sight.members, {}):
        resolved = _resolved(line, request.POST)
        if resolved is None:
            continue
        edition = number_in(request.POST.get(f"edition-{line.item.pk}", ""))
        try:
            enter_result(
                item_pk=line.item.pk,
                resolved=resolved,
                edition=-1 if edition is None else edition,
                by=request.user,
                at=at,
            )
            saved += 1
        except Refusal as refusal:
            refused[line.item.pk] = str(refusal)
    if refused:
        return _page(request, sight_of(number, request.user, at=at), refused, request.POST, saved=saved)
    messages.success(request, _saved_words(saved))
    return redirect("workflows:meeting_table", number)


def _resolved(line: ItemLine, data: Mapping[str, str]) -> Resolved | None:
    """Read one row; nothing where nothing was chosen or nothing changed."""
    item, suffix = line.item, f"-{line.item.pk}"
    if not item.stands:
        return None
    if not item.result and data.get("rest") == "agree" and not data.get(f"result{suffix}"):
        return Resolved(ItemResult.AGREE, unanimous(ItemResult.AGREE, line.room.present))
    if not data.get(f"result{suffix}"):
        return None
    resolved = resolved_in(data, present=line.room.present, before=item.result, suffix=suffix)
    words = opened_words(item)
    stored = (item.result, item.agree, item.against, item.abstain, words.get("reason", ""))
    stored += (words.get("reason_for_person", ""), item.review_on, item.returns_to)
    count = resolved.count
    typed = (resolved.result, count.agree, count.against, count.abstain, resolved.reason.strip())
    typed += (resolved.reason_for_person.strip(), resolved.review_on, resolved.returns_to)
    return None if typed == stored else resolved


def _row(sight: Sight, line: ItemLine, refused: Mapping[int, str], data: Mapping[str, str]) -> dict[str, object]:
    item, votes = line.item, proposed_votes(line)
    words = opened_words(item)
    stored = {
        "result": item.result,
        "agree": votes.agree,
        "against": votes.against,
        "abstain": votes.abstain,
        "reason": words.get("reason", ""),
        "reason_for_person": words.get("reason_for_person", ""),
        "review_on": proposed_day(sight.meeting, item).isoformat(),
        "returns_to": item.returns_to,
    }
    typed = {name: data.get(f"{name}-{item.pk}", stored[name]) for name in FIELDS} if item.pk in refused else stored
    return {
        "line": line,
        "typed": typed,
        "back": ways_back(item),
        "proposed": f"{votes.agree}-{votes.against}-{votes.abstain}",
        "refusal": refused.get(item.pk, ""),
        "out": "、".join(recusal.member.name for recusal in item.recusals.all()),
    }


def _page(
    request: HttpRequest, sight: Sight, refused: Mapping[int, str], data: Mapping[str, str], *, saved: int = 0
) -> HttpResponse:
    lines = lines_of(sight.items, sight.members, {})
    facts = {
        "meeting": sight.meeting,
        "sight": sight,
        "attendance": Attendance(sight.members),
        "rows": [_row(sight, line, refused, data) for line in lines],
        "results": ItemResult.choices,
        "editable": sight.in_session and sight.records,
        "complete": not any(line.item.stands and not line.item.result for line in lines),
        "errors": [
            (f"row-{line.item.pk}", f"{line.item.case.subject_name}：{refused[line.item.pk]}")
            for line in lines
            if line.item.pk in refused
        ],
        "saved": _saved_words(saved) if saved else "",
    }
    return render(request, "workflows/meetings/table.html", facts, status=422 if refused else 200)


def _saved_words(saved: int) -> str:
    if not saved:
        return _("Nothing was changed.")
    return ngettext("{n} item is saved.", "{n} items are saved.", saved).format(n=saved)
