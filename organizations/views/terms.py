"""The term board (任期台账)."""

from dataclasses import dataclass
from datetime import date

from django.contrib import messages
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from audit.errors import Refusal
from organizations import term_board
from organizations.enums import ADMINISTRATORS, Role
from organizations.forms_ledger import OverdueReasonForm
from organizations.giving import given
from organizations.going_live import live_days
from organizations.models import PartyOrganization
from organizations.queries import assignments_valid
from organizations.role_rules import SEE, roles_giving
from organizations.rules.terms import TermState, term_state
from organizations.term_actions import AT_ONCE, explain_overdue, record_export, remind_of_term, remind_of_terms
from organizations.term_export import term_workbook
from organizations.views.doors import for_roles

ROWS = 20
board_only = for_roles(*(set(roles_giving(SEE)) - ADMINISTRATORS), Role.AUDITOR)
REMINDABLE = ("first", "overdue", "30", "60", "120", "180", "vacant")


@dataclass
class Asked:
    """What a request wants to see of the board.

    Attributes:
        which: Name of a counter.
        under: Code of an organization, or empty.
        words: Words searched for.
        place: The organization of ``under``, if it is in sight.
    """

    which: str
    under: str
    words: str
    place: PartyOrganization | None


@dataclass
class Line:
    """One row of the board, ready to show."""

    organization: PartyOrganization
    state: TermState
    step: term_board.Step | None
    reminded_at: object
    may_act: bool
    before_live: bool


@require_GET
@board_only
def terms(request: HttpRequest) -> HttpResponse:
    """Show counters, rows by urgency, and what is due this year; htmx asks for further rows only."""
    on = timezone.localdate()
    asked = _asked(request, on)
    rows = term_board.board(request.user, on=on, under=asked.place, words=asked.words)
    chosen = term_board.in_order(rows.filter(term_board.choices(on=on)[asked.which]))
    lines, more = _lines(request, chosen, on)
    context = {"lines": lines, "more": more, "today": on, "asked": asked, "query": request.GET.urlencode()}
    if request.htmx and request.GET.get("after"):
        return render(request, "organizations/terms/rows.html", context)
    counts = term_board.counters(rows, on=on)
    context |= {
        "may_open": any(line.may_act and not line.step for line in lines),
        "figures": _figures(request, counts, asked.which),
        "shown": counts[asked.which],
        "total": counts["all"],
        "rest": max(counts[asked.which] - ROWS, 0),
        "waiting": len(_waiting(request, chosen)) if asked.which in REMINDABLE else 0,
        "leading": term_board.leading_organizations(request.user, on=on)[:300],
        "year": term_board.renewed_this_year(rows, on=on),
        "owed": term_board.owed(request.user, on=on),
        "place": asked.place or _home(request, on),
        "head": figure_names()[asked.which],
    }
    return render(request, "organizations/terms/board.html", context)


@require_GET
@board_only
def export(request: HttpRequest) -> HttpResponse:
    """Send the rows that are shown as a workbook; the export is kept in the log."""
    on, at = timezone.localdate(), timezone.now()
    asked = _asked(request, on)
    rows = term_board.board(request.user, on=on, under=asked.place, words=asked.words)
    chosen = list(term_board.in_order(rows.filter(term_board.choices(on=on)[asked.which])))
    keys = [row.pk for row in chosen]
    names = PartyOrganization.objects.visible_to(request.user, on=on).values_list("path", "name")
    content = term_workbook(
        chosen,
        on=on,
        steps=term_board.steps_of(keys, request.user),
        reminders=term_board.last_reminders(keys),
        superiors=dict(names),
    )
    record_export(rows=len(chosen), which=asked.which, under=asked.under, by=request.user, at=at)
    return given(content, "xlsx", name=f"terms-{on.isoformat()}")


@require_http_methods(["GET", "POST"])
@board_only
def reason(request: HttpRequest, pk: int) -> HttpResponse:
    """Write down why a term is overdue."""
    on = timezone.localdate()
    row = get_object_or_404(term_board.in_order(term_board.board(request.user, on=on)), pk=pk)
    form = OverdueReasonForm(request.POST or None, initial={"reason": row.overdue_reason or ""})
    if request.method == "POST" and form.is_valid():
        try:
            explain_overdue(organization=row, reason=form.cleaned_data["reason"], by=request.user, at=timezone.now())
        except Refusal as refusal:
            form.add_error("reason", str(refusal))
        else:
            messages.success(request, _("The reason is kept."))
            return _back(request)
    context = {"form": form, "row": row, "back": f"{reverse('organizations:terms')}?{request.GET.urlencode()}"}
    return render(request, "organizations/terms/reason.html", context)


@require_POST
@board_only
def remind(request: HttpRequest, pk: int) -> HttpResponse:
    """Remind one branch."""
    row = get_object_or_404(term_board.board(request.user, on=timezone.localdate()), pk=pk)
    try:
        told = remind_of_term(organization=row, by=request.user, at=timezone.now())
    except Refusal as refusal:
        messages.error(request, str(refusal))
    else:
        said = ngettext("{name}: {n} person was reminded.", "{name}: {n} people were reminded.", told)
        messages.success(request, said.format(name=row.name, n=told))
    return _back(request)


@require_POST
@board_only
def remind_all(request: HttpRequest) -> HttpResponse:
    """Remind all branches of the list that have not begun."""
    on = timezone.localdate()
    asked = _asked(request, on)
    rows = term_board.board(request.user, on=on, under=asked.place, words=asked.words)
    chosen = term_board.in_order(rows.filter(term_board.choices(on=on)[asked.which]))
    if asked.which in REMINDABLE:
        told = remind_of_terms(organizations=_waiting(request, chosen), by=request.user, at=timezone.now())
        said = ngettext("{n} organization was reminded.", "{n} organizations were reminded.", told)
        messages.success(request, said.format(n=told))
    return _back(request)


def _asked(request: HttpRequest, on: date) -> Asked:
    which, under = request.GET.get("which", "first"), request.GET.get("under", "")
    seen = PartyOrganization.objects.visible_to(request.user, on=on)
    place = seen.filter(code=under).first() if under else None
    known = which if which in term_board.choices(on=on) else "first"
    return Asked(known, under if place else "", request.GET.get("q", "").strip()[:60], place)


def _lines(request: HttpRequest, chosen: QuerySet, on: date) -> tuple[list[Line], str]:
    rows = list(term_board.after(chosen, request.GET.get("after", ""))[: ROWS + 1])
    more = ""
    if len(rows) > ROWS:
        rows = rows[:ROWS]
        kept = request.GET.copy()
        kept["after"] = term_board.mark_of(rows[-1])
        more = f"?{kept.urlencode()}"
    keys = [row.pk for row in rows]
    steps = term_board.steps_of(keys, request.user)
    reminders = term_board.last_reminders(keys)
    live = live_days(rows)
    mine = _organizer_paths(request, on)
    return [
        Line(
            organization=row,
            state=term_state(
                has_secretary=row.post_id is not None, due_on=row.due_on, vacant_since=row.vacant_since, on=on
            ),
            step=steps.get(row.pk),
            reminded_at=reminders.get(row.pk),
            may_act=row.path.startswith(mine),
            before_live=bool(row.pk in live and row.due_on and row.due_on < live[row.pk]),
        )
        for row in rows
    ], more


def _home(request: HttpRequest, on: date) -> PartyOrganization | None:
    """Give the highest organization under which the viewer holds a role."""
    held = assignments_valid(on).filter(account=request.user.pk, scope="subtree", organization__isnull=False)
    first = held.select_related("organization").order_by("organization__path").first()
    return first.organization if first else None


def _organizer_paths(request: HttpRequest, on: date) -> tuple[str, ...]:
    held = assignments_valid(on).filter(account=request.user.pk, role=Role.ORGANIZER, scope="subtree")
    return tuple(held.values_list("organization__path", flat=True))


def _waiting(request: HttpRequest, chosen: QuerySet) -> list[PartyOrganization]:
    """Find the organizations of the list that the viewer may remind and that have not begun, at most 200."""
    mine = _organizer_paths(request, timezone.localdate())
    rows = [row for row in chosen[: 2 * AT_ONCE] if row.path.startswith(mine)] if mine else []
    begun = term_board.steps_of([row.pk for row in rows], request.user) if rows else {}
    return [row for row in rows if row.pk not in begun][:AT_ONCE]


def _figures(request: HttpRequest, counts: dict[str, int], which: str) -> list[dict[str, object]]:
    names = figure_names()
    kept = request.GET.copy()
    kept.pop("after", None)
    figures = []
    for name in ("first", "overdue", "30", "60", "120", "180", "vacant", "extended"):
        kept["which"] = name
        figures.append(
            {
                "url": f"?{kept.urlencode()}",
                "name": names[name],
                "count": counts[name],
                "current": name == which,
                "stop": name in {"overdue", "vacant"} and counts[name] > 0,
            }
        )
    return figures


def figure_names() -> dict[str, str]:
    """Name the counters of the board in the language of the moment."""
    within = {str(days): _("Within {days} days").format(days=days) for days in (60, 120, 180)}
    return {
        "first": _("Do first"),
        "overdue": _("Renewal overdue"),
        "30": _("Ends within 30 days"),
        **within,
        "vacant": _("Vacant"),
        "extended": _("Extended with approval"),
        "all": _("All"),
    }


def _back(request: HttpRequest) -> HttpResponse:
    return redirect(f"{reverse('organizations:terms')}?{request.GET.urlencode()}")
