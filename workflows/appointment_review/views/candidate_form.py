"""The registration form: one page per part, saved as one types, handed in by the candidate alone."""

from dataclasses import dataclass
from datetime import date
from secrets import token_hex

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.timezone import localdate, localtime
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from approvals.models import Case
from audit.errors import Refusal
from organizations.typed import fresh_key
from workflows.appointment_review.actions.forms import FormOvertaken, add_row, hand_in, remove_row, save_fields
from workflows.appointment_review.candidate_queries import (
    Form,
    current_form,
    current_materials,
    office_of,
    open_problems,
    seat_of_candidate,
)
from workflows.appointment_review.errors import FormIncomplete
from workflows.appointment_review.form_fields import CONFIRMATIONS, CONSENT_TEXT, Section, sections
from workflows.appointment_review.forms import RowForm, SectionForm, add_problems, anchor_of
from workflows.appointment_review.rules.documents import Page
from workflows.appointment_review.rules.form import Problem
from workflows.appointment_review.rules.resume import gaps, in_order, written
from workflows.appointment_review.sheet import form_sheet
from workflows.appointment_review.views.candidate import PLACE
from workflows.appointment_review.views.candidate_access import case_to_fill_in
from workflows.appointment_review.words import SECTIONS, month_words, problem_words


@dataclass
class Part:
    """One line of the list of parts."""

    name: str
    words: str
    url: str
    problems: int
    begun: bool
    current: bool


@login_required
@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def my_form(request: HttpRequest, number: str, section: str) -> HttpResponse:
    """Show one part of the form; a plain submit saves it and goes where the button says."""
    case, own = case_to_fill_in(request.user, number)
    today = timezone.localdate()
    about = next((one for one in sections(today=today) if one.name == section), None)
    if about is None:
        raise Http404
    if seat_of_candidate(case) is None or case.step != "materials":
        return redirect("workflows:my_sheet", number=number)
    if request.method != "POST":
        return _page(request, case, own, about, today)
    try:
        _save_page(request, case, own, about)
        return _go_on(request, case, about)
    except FormOvertaken as refusal:
        return _page(request, case, own, about, today, error=str(refusal))
    except Refusal as refusal:
        messages.error(request, str(refusal))
        return redirect("workflows:my_form", number=number, section=section)


@login_required
@require_POST
def my_form_save(request: HttpRequest, number: str, section: str) -> JsonResponse:
    """Save the one field that was just left."""
    case, _own = case_to_fill_in(request.user, number)
    at, name = timezone.now(), request.POST.get("field", "")
    try:
        values = {name: request.POST.get(name, "")}
        save_fields(case_pk=case.pk, section=section, values=values, page=_from(request), by=request.user, at=at)
    except Refusal as refusal:
        return JsonResponse({"error": str(refusal)})
    return JsonResponse({"saved_at": localtime(at).strftime("%H:%M")})


@login_required
@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def my_hand_in(request: HttpRequest, number: str) -> HttpResponse:
    """Show once more what is handed in; the candidate confirms."""
    case, own = case_to_fill_in(request.user, number)
    at = timezone.now()
    if request.method == "POST":
        office = office_of(case, today=localdate(at)).name
        try:
            hand_in(
                case_pk=case.pk, by=request.user, at=at, key=f"form-{request.POST.get('key', '')[:40]}",
                consent_text=request.POST.get("consent_text", "")[:20],
            )  # fmt: skip
        except FormIncomplete:
            return _refused(case, localdate(at))
        except Refusal as refusal:
            messages.error(request, str(refusal))
            return redirect("workflows:my_hand_in" if not own else "workflows:my_case", number=number)
        messages.success(request, _("Handed in to {office}.").format(office=office))
        return redirect("workflows:my_case", number=number)
    if seat_of_candidate(case) is None or case.step != "materials":
        return redirect("workflows:my_case" if own else "workflows:my", *([number] if own else []))
    return _confirmation(request, case, own)


@login_required
@never_cache
@require_safe
def my_sheet(request: HttpRequest, number: str) -> HttpResponse:
    """Show the form as it is printed: the draft, or the version handed in last."""
    case, own = case_to_fill_in(request.user, number)
    form = current_form(case, today=timezone.localdate())
    sheet = form_sheet(case, form.version, document=form.document, own=True)
    return render(request, f"{PLACE}/sheet_page.html", {"case": case, "own": own, "sheet": sheet})


def _save_page(request: HttpRequest, case: Case, own: bool, about: Section) -> None:
    values = {name: text for name, text in request.POST.items() if name.startswith(("rows-", "reason-"))}
    for field in about.fields:
        if not field.given and (own or field.name not in CONFIRMATIONS):
            values[field.name] = request.POST.get(field.name, "")
    save_fields(
        case_pk=case.pk, section=about.name, values=values, page=_from(request), by=request.user, at=timezone.now()
    )


def _go_on(request: HttpRequest, case: Case, about: Section) -> HttpResponse:
    then, at = request.POST.get("then", "stay"), timezone.now()
    verb, _sign, what = then.partition(":")
    here = reverse("workflows:my_form", args=[case.number, about.name])
    if verb == "add":
        row = add_row(case_pk=case.pk, section=about.name, by=request.user, at=at)
        return redirect(f"{here}#id_rows-{row}-{about.row[0].name}")
    if verb == "fill":
        first, _sign, last = what.partition("_")
        values = {"start": first, "end": last}
        row = add_row(case_pk=case.pk, section="resume", by=request.user, at=at, values=values)
        return redirect(f"{here}#id_rows-{row}-unit")
    if verb == "remove" and what.isdigit():
        remove_row(case_pk=case.pk, section=about.name, row=int(what), by=request.user, at=at)
        return redirect(f"{here}#rows")
    if verb == "check":
        problems = _problems(case, timezone.localdate())
        return (
            _refused(case, timezone.localdate(), problems)
            if problems
            else redirect("workflows:my_hand_in", case.number)
        )
    names = [section.name for section in sections(today=timezone.localdate())]
    place = names.index(about.name) + {"next": 1, "previous": -1}.get(verb, 0)
    if place >= len(names):
        return redirect("workflows:my_case_materials", case.number)
    return redirect("workflows:my_form", case.number, names[max(place, 0)])


def _refused(case: Case, today: date, problems: list[Problem] | None = None) -> HttpResponse:
    found = problems if problems is not None else _problems(case, today)
    return (
        redirect(_url_of(case, found[0], refused=True, anchor=False))
        if found
        else redirect("workflows:my_hand_in", case.number)
    )


def _problems(case: Case, today: date) -> list[Problem]:
    return open_problems(case, current_form(case, today=today).document, current_materials(case), today=today)


def _page(request: HttpRequest, case: Case, own: bool, about: Section, today: date, error: str = "") -> HttpResponse:
    form = current_form(case, today=today)
    problems = open_problems(case, form.document, current_materials(case), today=today)
    refused = "checked" in request.GET
    held = form.document[about.name]
    fields = SectionForm(about, held, confirms=own)
    rows = [RowForm(about, row) for row in in_order(held.get("rows", []))] if about.name == "resume" else [
        RowForm(about, row) for row in held.get("rows", [])
    ]  # fmt: skip
    add_problems(fields, rows, [one for one in problems if one.section == about.name], refused=refused)
    if error:
        _keep_typed(request, fields, rows)
    names = [one.name for one in sections(today=today)]
    place = names.index(about.name)
    context = {
        "case": case,
        "own": own,
        "section": about.name,
        "title": SECTIONS[about.name],
        "fields": fields,
        "rows": rows,
        "lines": _with_gaps(rows, held),
        "parts": _parts(case, form, problems, about, today),
        "done": len(names) - len({one.section for one in problems} - {"materials"}),
        "total": len(names),
        "place": place + 1,
        "problems": _summary(case, problems, refused=refused),
        "refused": refused,
        "error": error,
        "form": form,
        "tab": request.POST.get("tab", "")[:32] or token_hex(8),
        "edition": form.document["meta"]["edition"],
        "next": SECTIONS[names[place + 1]] if place + 1 < len(names) else SECTIONS["materials"],
    }
    return render(request, f"{PLACE}/form.html", context, status=409 if error else 200)


def _with_gaps(rows: list[RowForm], held: dict) -> list[tuple[str, object]]:
    if "reasons" not in held:
        return [("row", row) for row in rows]
    after = {gap.after_row: gap for gap in gaps(held["rows"])}
    lines: list[tuple[str, object]] = []
    for row in rows:
        lines.append(("row", row))
        gap = after.get(row.key)
        if gap:
            words = {"from": month_words(written(gap.from_month)), "to": month_words(written(gap.to_month))}
            lines.append(("gap", {**words, "gap": gap, "reason": held["reasons"].get(gap.key, "")}))
    return lines


def _keep_typed(request: HttpRequest, fields: SectionForm, rows: list[RowForm]) -> None:
    for form in (fields, *rows):
        for name in form.fields:
            if name in request.POST:
                form.initial[name] = request.POST[name]


def _parts(case: Case, form: Form, problems: list[Problem], about: Section, today: date) -> list[Part]:
    parts = []
    for section in sections(today=today):
        held = form.document[section.name]
        parts.append(
            Part(
                name=section.name,
                words=SECTIONS[section.name],
                url=reverse("workflows:my_form", args=[case.number, section.name]),
                problems=sum(one.section == section.name for one in problems),
                begun=any(held.values()),
                current=section.name == about.name,
            )
        )
    return parts


def _url_of(case: Case, problem: Problem, *, refused: bool, anchor: bool = True) -> str:
    if problem.section == "materials":
        page = reverse("workflows:my_case_materials", args=[case.number])
    else:
        page = reverse("workflows:my_form", args=[case.number, problem.section])
    page += "?checked=1" if refused else ""
    return f"{page}#{anchor_of(problem)}" if anchor else page


def _summary(case: Case, problems: list[Problem], *, refused: bool) -> list[tuple[str, str]]:
    """List the problems with their places; the materials are one line, their own page lists them."""
    lines = [(_url_of(case, one, refused=refused), _named(one)) for one in problems if one.section != "materials"]
    missing = [one for one in problems if one.section == "materials"]
    if missing:
        words = ngettext("{n} material is missing.", "{n} materials are missing.", len(missing)).format(n=len(missing))
        words = _("{section}: {words}").format(section=SECTIONS["materials"], words=words)
        lines.append((_url_of(case, missing[0], refused=refused), words))
    return lines


def _named(problem: Problem) -> str:
    return _("{section}: {words}").format(section=SECTIONS[problem.section], words=problem_words(problem))


def _confirmation(request: HttpRequest, case: Case, own: bool) -> HttpResponse:
    today = timezone.localdate()
    form, materials = current_form(case, today=today), current_materials(case)
    problems = open_problems(case, form.document, materials, today=today)
    context = {
        "case": case,
        "own": own,
        "problems": _summary(case, problems, refused=False),
        "materials": materials.values(),
        "sheet": form_sheet(case, form.version, document=form.document, own=True),
        "office": office_of(case, today=today).name,
        "key": fresh_key(),
        "consent_text": CONSENT_TEXT,
    }
    return render(request, f"{PLACE}/hand_in.html", context)


def _from(request: HttpRequest) -> Page:
    edition = request.POST.get("edition", "")
    return Page(tab=request.POST.get("tab", "")[:32], edition=int(edition) if edition.isdigit() else 0)
