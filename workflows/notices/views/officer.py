"""Pages of the discipline officer: the only ones that know of objections."""

from datetime import date
from uuid import UUID

from django.contrib import messages
from django.db.models import QuerySet
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_safe

from audit.errors import Refusal
from organizations.calendar import end_of_day, working_days_left
from organizations.enums import Role
from organizations.views.doors import for_roles
from workflows.notices import box
from workflows.notices.actions.objecting import Said, object_to
from workflows.notices.actions.settling import accept, conclude, read
from workflows.notices.enums import Finding, Standing, Way
from workflows.notices.forms import FindingForm, LetterForm
from workflows.notices.models import Objection
from workflows.notices.queries import objections_for, people_watched
from workflows.notices.rules import spaced_code

officers_only = for_roles(Role.DISCIPLINE_OFFICER)
MOST_SHOWN = 200


@require_safe
@officers_only
@never_cache
def objections(request: HttpRequest) -> HttpResponse:
    """List what waits, what is being verified, and what was settled; and the notices that stand."""
    on = timezone.localdate()
    found = objections_for(request.user, on=on)
    groups = [
        (Standing(standing), _rows(found.filter(standing=standing), on))
        for standing in (Standing.RECEIVED, Standing.ACCEPTED, Standing.SETTLED)
    ]
    facts = {
        "groups": [(standing, rows) for standing, rows in groups if rows],
        "people": people_watched(request.user, on=on)[:MOST_SHOWN],
        "key_held": box.opens_objections(),
    }
    return render(request, "workflows/notices/objections.html", facts)


def _rows(found: QuerySet[Objection], on: date) -> list[tuple[Objection, int | None]]:
    rows = list(found.order_by("due_on", "pk")[:MOST_SHOWN])
    return [
        (row, None if row.standing == Standing.SETTLED else working_days_left(on, end_of_day(row.due_on)))
        for row in rows
    ]


@require_http_methods(["GET", "HEAD", "POST"])
@officers_only
@never_cache
def objection(request: HttpRequest, pk: UUID) -> HttpResponse:
    """Show one objection and take what the officer makes of it."""
    at = timezone.now()
    found = objections_for(request.user, on=timezone.localdate(at)).filter(pk=pk).first()
    if found is None:
        raise Http404
    facts: dict[str, object] = {"objection": found, "days": _rows(_only(found), timezone.localdate(at))[0][1]}
    if not box.opens_objections():
        return render(request, "workflows/notices/key_missing.html", facts, status=503)
    act = request.POST.get("act", "")
    form = FindingForm(
        request.POST if act in ("dismiss", "conclude") else None, dismiss=found.standing == Standing.RECEIVED
    )
    if request.method == "POST":
        done = _done(request, found, act, form, at=at)
        if done is not None:
            return done
    facts |= {"said": read(pk=pk, by=request.user, at=at), "form": form, "letter": Way.LETTER}
    return render(request, "workflows/notices/objection.html", facts, status=422 if request.method == "POST" else 200)


def _only(found: Objection) -> QuerySet[Objection]:
    return Objection.objects.filter(pk=found.pk)


def _done(request: HttpRequest, found: Objection, act: str, form: FindingForm, *, at) -> HttpResponse | None:
    try:
        if act == "accept":
            accept(pk=found.pk, by=request.user, at=at)
            messages.success(request, _("Taken up. The person is not cleared before your finding."))
            return redirect("workflows:objection", found.pk)
        if not form.is_valid():
            return None
        typed = {"finding": Finding.DISMISSED} | form.cleaned_data
        conclude(pk=found.pk, by=request.user, at=at, **typed)
    except Refusal as refusal:
        form.add_error(None, str(refusal)) if form.is_bound else messages.error(request, str(refusal))
        return None
    messages.success(request, _("The finding is kept, and the answer waits for whoever asks with the code."))
    return redirect("workflows:objections")


@require_http_methods(["GET", "HEAD", "POST"])
@officers_only
@never_cache
def letter(request: HttpRequest) -> HttpResponse:
    """Enter an objection that came on paper or by telephone; the code is written back to whoever sent it."""
    at = timezone.now()
    people = list(people_watched(request.user, on=timezone.localdate(at)))
    form = LetterForm(request.POST or None, people=people, initial={"about": request.GET.get("about", "")})
    facts: dict[str, object] = {"form": form, "people": people}
    if request.method == "POST" and form.is_valid():
        typed = form.cleaned_data
        person = next(one for one in people if str(one.pk) == typed["about"])
        said = Said(
            text=typed["text"],
            name=typed["name"],
            contact=typed["contact"],
            way=Way.LETTER,
            entered_by=request.user.name,
        )
        try:
            object_to(person=person, said=said, code=typed["code"], at=at)
            return render(request, "workflows/notices/entered.html", {"code": spaced_code(typed["code"])})
        except Refusal as refusal:
            form.add_error(None, str(refusal))
    return render(request, "workflows/notices/letter.html", facts, status=422 if request.method == "POST" else 200)
