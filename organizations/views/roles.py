"""Roles, for security administrators: who holds what where, giving it and taking it back."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods

from audit.errors import Refusal
from organizations.actions import grant_role, reset_second_factor, revoke_role
from organizations.enums import Role
from organizations.forms import GrantForm, ReasonForm
from organizations.models import Account, RoleAssignment
from organizations.paging import page_of
from organizations.queries import assignments_seen
from organizations.role_rules import ROLE_GRANTS, SEE_CASES, SEE_FILES, SEE_HISTORY, needs_second_factor
from organizations.views.doors import for_roles

security_only = for_roles(Role.SECURITY_ADMINISTRATOR)


@require_GET
@security_only
def grants(request: HttpRequest) -> HttpResponse:
    """List the roles in sight, by account, role and whether they hold."""
    asked = {name: request.GET.get(name, "") for name in ("q", "role", "state")}
    rows = assignments_seen(request.user, on=timezone.localdate(), **asked)
    page = page_of(rows, request, by="account_id")
    shown = {"page": page, "asked": asked, "roles": Role.choices, "today": timezone.localdate()}
    return render(request, "organizations/roles/list.html", shown)


@require_http_methods(["GET", "POST"])
@security_only
def grant(request: HttpRequest) -> HttpResponse:
    """Ask for a role, show what it gives, and give it once that was seen."""
    form = GrantForm(request.POST or None, viewer=request.user, initial={"account": request.GET.get("account", "")})
    preview = None
    if request.method == "POST" and form.is_valid():
        asked = form.cleaned_data
        if request.POST.get("seen"):
            if _given(request, form):
                return redirect("organizations:grants")
        else:
            preview = {**asked, "gives": gives(asked["role"]), "role_name": Role(asked["role"]).label}
    return render(request, "organizations/roles/grant.html", {"form": form, "preview": preview})


@require_http_methods(["GET", "POST"])
@security_only
def revoke(request: HttpRequest, pk: int) -> HttpResponse:
    """Take a role back, with a reason."""
    seen = assignments_seen(request.user, on=timezone.localdate())
    assignment = get_object_or_404(seen, pk=pk)
    form = ReasonForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            revoke_role(assignment=assignment, by=request.user, at=timezone.now(), reason=form.cleaned_data["reason"])
        except Refusal as refusal:
            form.add_error(None, str(refusal))
        else:
            messages.success(request, _("Taken back; it shows nothing from the next page on."))
            return redirect("organizations:grants")
    return render(request, "organizations/roles/revoke.html", {"form": form, "assignment": assignment})


@require_http_methods(["GET", "POST"])
@security_only
def reset_factor(request: HttpRequest, pk: int) -> HttpResponse:
    """Remove somebody's lost second factor, with a reason."""
    account = get_object_or_404(Account.objects.visible_to(request.user, on=timezone.localdate()), pk=pk)
    form = ReasonForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            reset_second_factor(account=account, by=request.user, at=timezone.now(), reason=form.cleaned_data["reason"])
        except Refusal as refusal:
            form.add_error(None, str(refusal))
        else:
            messages.success(request, _("Removed. At the next sign-in a new second factor is set up."))
            return redirect("organizations:grants")
    return render(request, "organizations/roles/reset_factor.html", {"form": form, "account": account})


def gives(role: str) -> list[str]:
    """Say in sentences what a role lets its holder see, for the look before it is given."""
    words = {
        SEE_CASES: _("Sees the cases there and how they stand."),
        SEE_FILES: _("Reads the candidates' materials."),
        SEE_HISTORY: _("Reads the whole history, and no materials."),
    }
    said = [sentence for need, sentence in words.items() if need in ROLE_GRANTS[role]]
    if not said:
        said.append(_("Sees no case and no material."))
    if needs_second_factor({role}):
        said.append(_("Has to sign in with a second factor."))
    return said


def _given(request: HttpRequest, form: GrantForm) -> bool:
    names = ("account", "role", "organization", "department", "scope", "from_on", "until_on", "reason")
    facts = {name: form.cleaned_data[name] for name in names}
    try:
        made: RoleAssignment = grant_role(by=request.user, at=timezone.now(), **facts)
    except Refusal as refusal:
        form.add_error(None, str(refusal))
        return False
    words = {"name": made.account.name, "role": made.get_role_display()}
    messages.success(request, _("%(name)s is %(role)s from now on.") % words)
    return True
