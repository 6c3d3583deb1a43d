"""我的待办: what is to be done, to be read, was done, was started."""

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.http import urlencode
from django.utils.timezone import localdate
from django.utils.translation import gettext as _
from django.utils.translation import pgettext
from django.views.decorators.http import require_safe

from approvals import inbox
from approvals.actions.reading import mark_read
from approvals.enums import RowKind
from approvals.forms import InboxFilter
from approvals.models import Decision, InboxRow
from approvals.views.labels import TRACKS
from approvals.wording import SAID, address_of, question_of, titled, why_mine
from organizations.calendar import working_days_left
from organizations.typed import number_in

LATEST = 3
EQUAL = 5  # so many equal rows are one row that leads to where they are handled together
NAMED = 3


@dataclass
class Line:
    """One row of the inbox, ready to be shown; ``others`` are the equal rows it stands for."""

    row: InboxRow
    question: str
    step: str
    flow: str
    why: str
    url: str
    days: int | None
    together: int = 0
    names: str = ""
    others: Sequence[InboxRow] = ()


@dataclass
class Group:
    """Rows that are due alike; ``goes_on`` when its heading stands above already."""

    name: str
    count: int
    lines: list[Line]
    goes_on: bool = False


@login_required
@require_safe
def todo(request: HttpRequest) -> HttpResponse:
    """Show what is to be done, what is late first."""
    at = timezone.now()
    form = InboxFilter(request.GET)
    wanted = form.wanted()
    counts = inbox.counts_of(request.user, wanted=wanted, at=at)
    rows = inbox.rows_of(request.user, on=timezone.localdate(at)).filter(kind=RowKind.TODO)
    after = _place(request.GET.get("after", ""))
    page, more = inbox.page_of_rows(inbox.narrowed(rows, wanted), after=after)
    facts = {
        "groups": _grouped(page, counts, at, after if request.htmx else None),
        "more": _more(request, _mark(page[-1])) if more else "",
        "counts": counts,
        "late": counts.groups[inbox.OVERDUE],
        "form": form,
        "narrowed": any((wanted.words, wanted.track, wanted.step, wanted.organization)),
        "tracks": [(track, TRACKS.get(track, track)) for _flow, track in counts.tracks],
        "tabs": _tabs("todo", counts),
        "latest": _said(inbox.done_by(request.user, on=localdate(), size=LATEST)[0]) if not counts.todo else [],
        "first": after is None,
    }
    return render(request, _template(request, "todo"), facts)


@login_required
@require_safe
def to_read(request: HttpRequest) -> HttpResponse:
    """Show what was laid before somebody for information."""
    at = timezone.now()
    counts = inbox.counts_of(request.user, wanted=inbox.Wanted(), at=at)
    rows = inbox.rows_of(request.user, on=timezone.localdate(at)).filter(kind=RowKind.READ)
    page, more = inbox.page_of_rows(rows, after=_place(request.GET.get("after", "")))
    facts = {
        "lines": [_line(row, at) for row in page],
        "more": _more(request, _mark(page[-1])) if more else "",
        "tabs": _tabs("read", counts),
    }
    return render(request, _template(request, "read"), facts)


@login_required
@require_safe
def open_read(request: HttpRequest, pk: int) -> HttpResponse:
    """Open what was laid before somebody: it counts as read, and the case is shown."""
    now = timezone.now()
    rows = inbox.rows_of(request.user, on=timezone.localdate(now)).filter(kind=RowKind.READ)
    row = get_object_or_404(rows.select_related("case__matter"), pk=pk)
    mark_read(row=row, at=now)
    return redirect("workflows:matter", row.case.matter.number)


@login_required
@require_safe
def done(request: HttpRequest) -> HttpResponse:
    """Show what somebody decided, the latest first."""
    page, more = inbox.done_by(request.user, on=localdate(), before=_key(request))
    facts = {
        "said": _said(page),
        "more": _more(request, str(page[-1].pk)) if more else "",
        "tabs": _tabs("done", _counts(request)),
    }
    return render(request, _template(request, "done"), facts)


@login_required
@require_safe
def started(request: HttpRequest) -> HttpResponse:
    """Show the cases somebody opened, the latest first."""
    page, more = inbox.started_by(request.user, on=localdate(), before=_key(request))
    facts = {
        "cases": [(case, titled(case, case.step, "") if case.step else "") for case in page],
        "more": _more(request, str(page[-1].pk)) if more else "",
        "tabs": _tabs("started", _counts(request)),
    }
    return render(request, _template(request, "started"), facts)


def _counts(request: HttpRequest) -> inbox.Counts:
    return inbox.counts_of(request.user, wanted=inbox.Wanted(), at=timezone.now())


def _line(row: InboxRow, at: datetime) -> Line:
    return Line(
        row=row,
        question=question_of(row.case, row.step, row.step_title),
        step=titled(row.case, row.step, row.step_title),
        flow=str(TRACKS.get(row.track, row.case.process.flow_class.process_title)),
        why=why_mine(row.why),
        url=address_of(row),
        days=working_days_left(timezone.localdate(at), row.due_at) if row.due_at else None,
    )


def _grouped(page: list[InboxRow], counts: inbox.Counts, at: datetime, after: tuple | None) -> list[Group]:
    groups: list[Group] = []
    begun = inbox.group_of(after[0], at) if after else ""
    for row in page:
        name = inbox.group_of(row.due_at, at)
        if not groups or groups[-1].name != name:
            groups.append(Group(name, counts.groups[name], [], goes_on=name == begun and not groups))
        groups[-1].lines.append(_line(row, at))
    for group in groups:
        group.lines = _equal_ones_joined(group.lines)
    return groups


def _equal_ones_joined(lines: list[Line]) -> list[Line]:
    """Show many equal rows as one; each still counts, and each is found on the page the one leads to."""
    counted = Counter(_sort_of(line.row) for line in lines if _goes_together(line.row))
    shown: list[Line] = []
    joined: dict[tuple, list[Line]] = {}
    for line in lines:
        sort = _sort_of(line.row)
        if not _goes_together(line.row) or counted[sort] < EQUAL:
            shown.append(line)
        elif sort in joined:
            joined[sort].append(line)
        else:
            joined[sort] = [line]
            shown.append(line)
    for same in joined.values():
        _join(same)
    return shown


def _join(same: list[Line]) -> None:
    first = same[0]
    node = first.row.case.process.flow_class.instance.node(first.row.step)
    first.together, first.others = len(same), [line.row for line in same[1:]]
    first.question = str(node.together).format(n=len(same))
    first.names = pgettext("between names", ", ").join(line.row.subject_name for line in same[:NAMED])
    first.url = reverse("workflows:batch", args=[first.row.flow, first.row.step])


def _goes_together(row: InboxRow) -> bool:
    node = row.case.process.flow_class.instance.node(row.step)
    return not row.red_findings and bool(getattr(node, "together", ""))


def _sort_of(row: InboxRow) -> tuple[str, str]:
    return row.flow, row.step


def _said(decisions: list[Decision]) -> list[dict[str, object]]:
    rows = []
    for decision in decisions:
        stage = decision.seat.stage
        kind, word = SAID[decision.verb]
        rows.append(
            {
                "decision": decision,
                "question": question_of(stage.case, stage.step, stage.step_title),
                "step": titled(stage.case, stage.step, stage.step_title),
                "kind": kind,
                "word": word,
            }
        )
    return rows


def _tabs(current: str, counts: inbox.Counts) -> list[dict[str, object]]:
    return [
        {"url": reverse(f"approvals:{name}"), "name": words, "count": count, "current": key == current}
        for key, name, words, count in (
            ("todo", "inbox", pgettext("tab", "To do"), counts.todo),
            ("read", "to_read", _("For information"), counts.read),
            ("done", "done", pgettext("tab", "Done"), None),
            ("started", "started", _("Started by me"), None),
        )
    ]


def _template(request: HttpRequest, name: str) -> str:
    appended = request.htmx and not request.htmx.boosted
    return f"approvals/inbox_{name}_rows.html" if appended else f"approvals/inbox_{name}.html"


def _more(request: HttpRequest, mark: str) -> str:
    kept = {name: value for name, value in request.GET.items() if name != "after"}
    return f"?{urlencode({**kept, 'after': mark})}"


def _mark(row: InboxRow) -> str:
    return f"{row.due_at.isoformat() if row.due_at else ''}~{row.pk}"


def _place(text: str) -> tuple[datetime | None, int] | None:
    due, sign, pk = text.partition("~")
    try:
        moment = datetime.fromisoformat(due) if due else None
    except ValueError:
        return None
    key = number_in(pk)
    return (moment, key) if sign and key is not None and (moment is None or moment.tzinfo) else None


def _key(request: HttpRequest) -> int | None:
    return number_in(request.GET.get("after", ""))
