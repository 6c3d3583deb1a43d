"""The Party tree: found by name, pinyin or code; changed by system administrators only."""

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.db import transaction
from django.db.models import Count, Q
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_POST

from audit.errors import Refusal
from organizations.actions import close_organization, describe_organization, move_organization, set_go_live
from organizations.enums import OrganizationKind, Role
from organizations.going_live import live_days
from organizations.models import PartyOrganization
from organizations.paging import page_of
from organizations.queries import has_role
from organizations.tree_forms import CloseForm, DescribeForm, MoveForm


@require_GET
@login_required
def organizations(request: HttpRequest) -> HttpResponse:
    """List the organizations in sight, in the order of the tree."""
    words, kind = request.GET.get("q", "").strip(), request.GET.get("kind", "")
    found = PartyOrganization.objects.visible_to(request.user, on=timezone.localdate())
    if words:
        found = found.filter(Q(name__icontains=words) | Q(search_key__icontains=words.lower()) | Q(code__iexact=words))
    if kind:
        found = found.filter(kind=kind)
    facts = {
        "page": page_of(found, request, by="path"),
        "q": words,
        "kind": kind,
        "kinds": OrganizationKind.choices,
    }
    return render(request, "organizations/tree/list.html", facts)


@require_GET
@login_required
def organization(request: HttpRequest, code: str) -> HttpResponse:
    """Show one organization: where it stands, whom it serves, who holds posts and roles."""
    return _page(request, _seen(request, code))


@require_POST
@login_required
def describe(request: HttpRequest, code: str) -> HttpResponse:
    """Change what an organization prints and whether it decides."""
    shown, form = _seen(request, code), DescribeForm(request.POST)
    if form.is_valid():
        facts = form.cleaned_data
        at = timezone.now()
        try:
            with transaction.atomic():
                set_go_live(organization=shown, on=facts.pop("go_live_on"), by=request.user, at=at)
                describe_organization(organization=shown, by=request.user, at=at, **facts)
        except Refusal as refusal:
            form.add_error(None, str(refusal))
    if form.errors:
        return _page(request, shown, describing=form)
    messages.success(request, _("Saved."))
    return redirect("organizations:organization", code=code)


@require_POST
@login_required
def move(request: HttpRequest, code: str) -> HttpResponse:
    """Let an organization report elsewhere."""
    shown = _seen(request, code)
    form = MoveForm(request.POST, viewer=request.user, today=timezone.localdate())
    if form.is_valid():
        facts = form.cleaned_data
        try:
            move_organization(
                organization=shown, to=facts["to"], by=request.user, at=timezone.now(), reason=facts["reason"]
            )
        except Refusal as refusal:
            form.add_error(None, str(refusal))
    if form.errors:
        return _page(request, shown, moving=form)
    messages.success(request, _("The organization and everything under it moved; the history stays."))
    return redirect("organizations:organization", code=code)


@require_POST
@login_required
def close(request: HttpRequest, code: str) -> HttpResponse:
    """Close an organization."""
    shown, form = _seen(request, code), CloseForm(request.POST)
    if form.is_valid():
        try:
            close_organization(organization=shown, by=request.user, at=timezone.now(), **form.cleaned_data)
        except Refusal as refusal:
            form.add_error(None, str(refusal))
    if form.errors:
        return _page(request, shown, closing=form)
    messages.success(request, _("The organization is closed; its history stays."))
    return redirect("organizations:organization", code=code)


def _seen(request: HttpRequest, code: str) -> PartyOrganization:
    return get_object_or_404(PartyOrganization.objects.visible_to(request.user, on=timezone.localdate()), code=code)


def _page(
    request: HttpRequest,
    shown: PartyOrganization,
    *,
    describing: DescribeForm | None = None,
    moving: MoveForm | None = None,
    closing: CloseForm | None = None,
) -> HttpResponse:
    today = timezone.localdate()
    seen = PartyOrganization.objects.visible_to(request.user, on=today)
    below = seen.filter(path__startswith=shown.path, depth=shown.depth + 1)
    facts = {
        "shown": shown,
        "superiors": PartyOrganization.objects.filter(path__in=shown.superior_paths()).order_by("path"),
        "live_on": live_days([shown]).get(shown.pk),
        "below": below.order_by("path")[:50],
        "below_count": below.aggregate(count=Count("pk"))["count"],
        "served": shown.social_organizations.select_related("registry", "supervisor").order_by("name")[:50],
        "posts": shown.posts.filter(ended_on=None).select_related("person").order_by("title", "pk"),
        "duties": shown.assignments.valid_on(today).select_related("account").order_by("role", "pk"),
        "moves": shown.moves.select_related("moved_by"),
        "may_change": has_role(request.user, [Role.SYSTEM_ADMINISTRATOR], on=today),
        "describing": describing or DescribeForm(initial=_described(shown)),
        "moving": moving or MoveForm(viewer=request.user, today=today),
        "closing": closing or CloseForm(),
    }
    wrong = any(form is not None and form.errors for form in (describing, moving, closing))
    return render(request, "organizations/tree/organization.html", facts, status=400 if wrong else 200)


def _described(shown: PartyOrganization) -> dict[str, object]:
    return {name: getattr(shown, name) for name in ("letterhead", "phone", "can_approve", "go_live_on")}
