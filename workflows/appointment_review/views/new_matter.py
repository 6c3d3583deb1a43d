"""开始新事项: fill in, see whom it will pass, then open it."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime

from django import forms
from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_http_methods, require_safe

from approvals.enums import CaseState, MatterKind
from approvals.models import Case
from approvals.preview import Station, path_ahead
from approvals.queries import policy_in_force
from audit.errors import Refusal
from organizations.actions.people import IdentityNumberWrong, NameWrong, OtherPersonWithNumber
from organizations.models import PartyOrganization, Post
from organizations.typed import number_in
from organizations.views.doors import for_roles
from workflows.appointment_review.actions.elections_opening import open_election
from workflows.appointment_review.actions.nominating import Nominee, name_acting, nominate
from workflows.appointment_review.actions.opening import (
    OPENERS,
    Intent,
    demand_opener,
    open_extension,
    open_removal,
)
from workflows.appointment_review.election_forms import ElectionForm
from workflows.appointment_review.errors import ActingTooLong, ExtensionTooLong, PostAlreadyFilled
from workflows.appointment_review.matter_forms import ActingForm, AssignmentForm, ExtensionForm, PostForm
from workflows.appointment_review.matter_queries import ELECTION, FLOW, cases_seen

MOST_PLACES = 12
openers_only = for_roles(*sorted(OPENERS))
# At which field a refusal is told; all others stand above the form.
FIELD_OF = {
    NameWrong: "name",
    OtherPersonWithNumber: "identity_number",
    IdentityNumberWrong: "identity_number",
    PostAlreadyFilled: "organization",
    ActingTooLong: "until_on",
    ExtensionTooLong: "until_on",
}
KINDS = {
    MatterKind.ELECTION: (
        ElectionForm,
        gettext_lazy("A branch elects at the end of a term, with two requests and a report."),
    ),
    MatterKind.BY_ELECTION: (
        ElectionForm,
        gettext_lazy("A vacant post is filled by the members in the middle of a term."),
    ),
    MatterKind.ASSIGNMENT: (AssignmentForm, gettext_lazy("A secretary is proposed and vetted up to the authority.")),
    MatterKind.REMOVAL: (PostForm, gettext_lazy("Somebody leaves a post; the person is heard first.")),
    MatterKind.ACTING: (ActingForm, gettext_lazy("A vacancy is bridged for a limited time.")),
    MatterKind.EXTENSION: (ExtensionForm, gettext_lazy("A term goes on for a year at most.")),
}


@dataclass
class Opened:
    """What came of opening: the case, and the code of an invitation that has to be printed now."""

    case: Case
    code: str = ""


@openers_only
@require_safe
def kinds(request: HttpRequest) -> HttpResponse:
    """Choose what kind of matter to open."""
    listed = [(kind.value, kind.label, words) for kind, (_form, words) in KINDS.items()]
    return render(request, "workflows/appointment_review/matter_kinds.html", {"kinds": listed})


@openers_only
@require_safe
def places(request: HttpRequest) -> HttpResponse:
    """Offer organizations in sight while somebody types."""
    words = request.GET.get("organization", "").replace("\0", "").lower().split()[:6]
    found = PartyOrganization.objects.visible_to(request.user, on=timezone.localdate())
    for word in words:
        found = found.filter(search_key__contains=word)
    found = list(found.order_by("path")[:MOST_PLACES]) if words else []
    return render(request, "workflows/appointment_review/matter_places.html", {"places": found})


@openers_only
@require_http_methods(["GET", "HEAD", "POST"])
def new(request: HttpRequest, kind: str) -> HttpResponse:
    """Fill in a new matter, look at its way, open it."""
    if kind not in KINDS:
        raise Http404
    at = timezone.now()
    form = _form(request, kind, at)
    way: list[Station] = []
    if request.method == "POST" and form.is_valid():
        try:
            demand_opener(form.cleaned_data["organization"], request.user, at)
            way = _way(kind, form.cleaned_data["organization"], at)
            if request.POST.get("seen"):
                return _opened(request, OPEN[kind](request, form, at))
        except Refusal as refusal:
            way = []
            form.add_error(FIELD_OF.get(type(refusal)), str(refusal))
    facts = {"form": form, "kind": kind, "title": MatterKind(kind).label, "way": way, "origin": _origin_number(request)}
    status = 422 if form.errors else 200
    return render(request, "workflows/appointment_review/matter_new.html", facts, status=status)


def _form(request: HttpRequest, kind: str, at: datetime) -> forms.Form:
    on = timezone.localdate(at)
    data = request.POST if request.method == "POST" else None
    return KINDS[kind][0](data, viewer=request.user, on=on, initial=_initial(request, at))


def _initial(request: HttpRequest, at: datetime) -> dict[str, object]:
    on = timezone.localdate(at)
    values: dict[str, object] = {"from_on": on}
    post_key = number_in(request.GET.get("post", ""))
    if post_key is not None:
        post = Post.objects.visible_to(request.user, on=on).filter(pk=post_key).select_related("organization").first()
        if post:
            values |= {"organization": f"{post.organization.name} {post.organization.code}", "post": post.pk}
    place = request.GET.get("organization", "")
    if place:
        known = PartyOrganization.objects.visible_to(request.user, on=on).filter(code=place).first()
        values |= {"organization": f"{known.name} {known.code}"} if known else {}
    origin = _origin(request, at)
    if origin:
        old = origin.proposal
        values |= {
            "organization": f"{origin.organization.name} {origin.organization.code}",
            "name": origin.subject_name,
            "title": old.title,
            "source": old.source,
            "term_number": old.term_number,
            "from_on": old.from_on,
            "until_on": old.until_on,
            "reason": old.reason,
        }
    return values


def _origin(request: HttpRequest, at: datetime) -> Case | None:
    number = _origin_number(request)
    if not number:
        return None
    seen = cases_seen(request.user, on=timezone.localdate(at))
    return get_object_or_404(seen, number=number, state=CaseState.REJECTED)


def _origin_number(request: HttpRequest) -> str:
    return (request.POST.get("origin") or request.GET.get("origin") or "")[:40]


def _way(kind: str, organization: PartyOrganization, at: datetime) -> list[Station]:
    on = timezone.localdate(at)
    flow = ELECTION if kind in (MatterKind.ELECTION, MatterKind.BY_ELECTION) else FLOW
    policy = policy_in_force(flow, organization, on=on)
    case = Case(track=kind, organization=organization, policy=policy, flow=flow)
    return path_ahead(case, on=on)


def _opened(request: HttpRequest, opened: Opened) -> HttpResponse:
    if opened.code:
        facts = {"case": opened.case, "code": opened.code, "account": opened.case.subject.account}
        return render(request, "workflows/appointment_review/matter_opened.html", facts)
    messages.success(request, _("Opened: {number}.").format(number=opened.case.matter.number))
    return redirect("workflows:matter", opened.case.matter.number)


def _open_assignment(request: HttpRequest, form: forms.Form, at: datetime) -> Opened:
    asked = form.cleaned_data
    intent = Intent(
        asked["title"], asked["source"], asked["reason"], asked["from_on"], asked["until_on"], asked["term_number"]
    )
    nominee = Nominee(asked["name"], asked["identity_number"], asked["email"], asked["channel"])
    origin = _origin(request, at)
    case, issued = nominate(
        organization=asked["organization"], nominee=nominee, intent=intent, by=request.user, at=at, origin=origin
    )
    return Opened(case, issued.grouped if issued and asked["channel"] == "sheet" else "")


def _open_removal(request: HttpRequest, form: forms.Form, at: datetime) -> Opened:
    asked = form.cleaned_data
    return Opened(open_removal(post=asked["post"], reason=asked["reason"], by=request.user, at=at))


def _open_acting(request: HttpRequest, form: forms.Form, at: datetime) -> Opened:
    asked = form.cleaned_data
    nominee = Nominee(asked["name"], asked["identity_number"])
    return Opened(
        name_acting(
            organization=asked["organization"], nominee=nominee, until_on=asked["until_on"], reason=asked["reason"],
            by=request.user, at=at,
        )
    )  # fmt: skip


def _open_extension(request: HttpRequest, form: forms.Form, at: datetime) -> Opened:
    asked = form.cleaned_data
    return Opened(
        open_extension(post=asked["post"], until_on=asked["until_on"], reason=asked["reason"], by=request.user, at=at)
    )


def _open_election(request: HttpRequest, form: forms.Form, at: datetime) -> Opened:
    kind = MatterKind(request.resolver_match.kwargs["kind"])
    organization = form.cleaned_data["organization"]
    return Opened(open_election(kind=kind, organization=organization, seats=form.seats(), by=request.user, at=at))


OPEN: dict[str, Callable[[HttpRequest, forms.Form, datetime], Opened]] = {
    MatterKind.ELECTION: _open_election,
    MatterKind.BY_ELECTION: _open_election,
    MatterKind.ASSIGNMENT: _open_assignment,
    MatterKind.REMOVAL: _open_removal,
    MatterKind.ACTING: _open_acting,
    MatterKind.EXTENSION: _open_extension,
}
