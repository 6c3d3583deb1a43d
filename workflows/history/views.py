"""Cases and their whole story, for auditors."""

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.http import content_disposition_header
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from approvals.enums import CaseState
from approvals.flows import in_order
from approvals.models import Case
from approvals.wording import standing_of
from audit.queries import last_checkpoint
from organizations.giving import given
from organizations.paging import ROWS
from organizations.role_rules import SEE_HISTORY, roles_giving
from organizations.typed import number_in
from organizations.views.doors import for_roles
from workflows.appointment_review.enums import Track
from workflows.history import chart, queries, story
from workflows.history.actions import check_case, export_case, print_dossier
from workflows.history.holders import holder_of
from workflows.history.looks import looked_at
from workflows.history.proof import prove
from workflows.history.queries import Asked, case_seen, cases_seen
from workflows.history.spans import spans_of, total
from workflows.history.steps import steps_of
from workflows.registry import FLOWS, title_of
from workflows.shared.documents import PdfUnavailable, pdf_of, print_view_of

readers_only = for_roles(*roles_giving(SEE_HISTORY))


@require_safe
@readers_only
def cases(request: HttpRequest) -> HttpResponse:
    """Search the cases whose history one may read."""
    at, on, asked = timezone.now(), timezone.localdate(), Asked.of(request.GET)
    found = cases_seen(request.user, asked, at=at, on=on).order_by("-pk")
    after = number_in(request.GET.get("after", ""))
    if after is not None:
        found = found.filter(pk__lt=after)
    rows = list(found[: ROWS + 1])
    more = ""
    if len(rows) > ROWS:
        rows = rows[:ROWS]
        kept = request.GET.copy()
        kept["after"] = str(rows[-1].pk)
        more = f"?{kept.urlencode()}"
    facts = {
        "rows": [(case, holder_of(case, on=on), title_of(case)) for case in rows],
        "more": more,
        "asked": asked,
        "states": CaseState.choices,
        "tracks": Track.choices,
        "steps": _step_names(),
    }
    return render(request, "workflows/history/cases.html", facts)


@require_safe
@readers_only
def case(request: HttpRequest, number: str) -> HttpResponse:
    """Tell one case: its steps, its story by day, where the days went, who looked, and the proof."""
    found, at, on = _found(request, number), timezone.now(), timezone.localdate()
    entries, stages = queries.entries_about_case(found), queries.stages_with_place(found)
    lines = story.story_of(found, entries, stages, queries.notices_about(found), at=at)
    group = request.GET.get("group", story.WEIGHTY)
    group = group if group in story.GROUPS else story.WEIGHTY
    kept = story.kept(lines, group)
    shown = kept if request.GET.get("whole") else kept[: story.SHORT]
    counts, spans = story.counted(lines), spans_of(found, stages, on=on)
    checks = [entry for entry in entries if entry.verb == queries.CHECKED]
    checkpoint = last_checkpoint()
    beside = queries.paths_beside(found, request.user, on=on)
    facts = {
        "case": found,
        "beside": [(other, title_of(other), standing_of(other)) for other in beside],
        "title": title_of(found),
        "flow_title": FLOWS[found.flow].process_title,
        "holder": holder_of(found, on=on),
        "steps": steps_of(found, queries.tasks_of(found), stages, on=on),
        "days": story.by_day(shown),
        "left": len(kept) - len(shown),
        "groups": [(name, label, counts[name], name == group) for name, label in story.GROUPS.items()],
        "group": group,
        "spans": spans,
        "total": total(spans),
        "looked": looked_at(entries),
        "proof": prove(found),
        "checked_at": checks[-1].at if checks else None,
        "signed_on": timezone.localdate(checkpoint.made_at) if checkpoint else None,
        "today": on,
    }
    return render(request, "workflows/history/case.html", facts)


@require_POST
@readers_only
def check(request: HttpRequest, number: str) -> HttpResponse:
    """Check the record of one case now."""
    found = _found(request, number)
    proof = check_case(case=found, by=request.user, at=timezone.now())
    if proof.whole:
        messages.success(request, _("The record of this case was checked. Nothing was changed."))
    else:
        said = _("The record was checked. Entry {n} does not match.")
        messages.error(request, said.format(n=proof.broken_at))
    return redirect("workflows:case_history", number)


@require_POST
@readers_only
def export(request: HttpRequest, number: str) -> HttpResponse:
    """Hand out the record of one case; the export is recorded first."""
    found = _found(request, number)
    content = export_case(case=found, by=request.user, at=timezone.now())
    response = HttpResponse(content, content_type="application/x-ndjson; charset=utf-8")
    response["Content-Disposition"] = content_disposition_header(True, f"{found.number}.jsonl")
    response["Cache-Control"] = "private, no-store"
    return response


@require_POST
@readers_only
def dossier(request: HttpRequest, number: str) -> HttpResponse:
    """Hand out the dossier of one case as PDF, or as a page to print where this machine draws none."""
    found = _found(request, number)
    sheet = print_dossier(case=found, by=request.user, at=timezone.now())
    try:
        return given(pdf_of(sheet), "pdf", name=found.number)
    except PdfUnavailable:
        return given(print_view_of(sheet), "print")


@require_safe
@readers_only
def case_chart(request: HttpRequest, number: str) -> HttpResponse:
    """Draw the flow of a case with the steps it has taken, the same in words beside it."""
    found, on = _found(request, number), timezone.localdate()
    flow = FLOWS[found.flow]
    states = {task.flow_task.name: task.status for task in queries.tasks_of(found)}
    facts = {
        "case": found,
        "title": title_of(found),
        "holder": holder_of(found, on=on),
        "drawing": chart.svg(flow, states=states, current=found.step),
        "ways": list(chart.ways_of(flow, states, found.step)),
    }
    return render(request, "workflows/history/case_chart.html", facts)


def _found(request: HttpRequest, number: str) -> Case:
    found = case_seen(request.user, number, on=timezone.localdate())
    if found is None:
        raise Http404
    return found


def _step_names() -> list[tuple[str, str]]:
    """Name the steps at which a case can stand."""
    nodes = (node for flow in FLOWS.values() for node in in_order(flow))
    return [(node.name, str(node.task_title)) for node in nodes if hasattr(node, "arrows")]
