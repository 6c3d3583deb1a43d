"""Accounts, for system administrators: who can sign in, and closing the door."""

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods

from audit.errors import Refusal
from organizations.actions import deactivate_account, reactivate_account
from organizations.actions.sign_in import unlock_sign_in
from organizations.enums import Role
from organizations.forms import ReasonForm
from organizations.models import Account
from organizations.paging import page_of
from organizations.queries import duties_of, found_by_words
from organizations.views.doors import for_roles

system_only = for_roles(Role.SYSTEM_ADMINISTRATOR)
VERBS = {"deactivate": deactivate_account, "reactivate": reactivate_account, "unlock": unlock_sign_in}


@require_GET
@system_only
def accounts(request: HttpRequest) -> HttpResponse:
    """List the accounts in sight."""
    asked = {"q": request.GET.get("q", ""), "state": request.GET.get("state", "")}
    seen = found_by_words(Account.objects.visible_to(request.user, on=timezone.localdate()), asked["q"])
    states = {
        "waiting": {"activated_at": None, "is_active": True},
        "active": {"activated_at__isnull": False, "is_active": True},
        "closed": {"is_active": False},
    }
    page = page_of(seen.filter(**states.get(asked["state"], {})), request, by="search_key")
    return render(request, "organizations/accounts/list.html", {"page": page, "asked": asked})


@require_GET
@system_only
def account(request: HttpRequest, pk: int) -> HttpResponse:
    """Show one account and what can be done with it."""
    return _page(request, _seen(request, pk), ReasonForm(), None)


@require_http_methods(["POST"])
@system_only
def change(request: HttpRequest, pk: int, verb: str) -> HttpResponse:
    """Deactivate, open again, or unlock, with a reason."""
    if verb not in VERBS:
        raise Http404
    shown = _seen(request, pk)
    form = ReasonForm(request.POST)
    if form.is_valid():
        try:
            VERBS[verb](account=shown, by=request.user, at=timezone.now(), reason=form.cleaned_data["reason"])
        except Refusal as refusal:
            form.add_error(None, str(refusal))
        else:
            messages.success(request, _("Done, and kept with your reason."))
            return redirect("organizations:account", pk=pk)
    return _page(request, shown, form, verb)


def _seen(request: HttpRequest, pk: int) -> Account:
    return get_object_or_404(Account.objects.visible_to(request.user, on=timezone.localdate()), pk=pk)


def _page(request: HttpRequest, shown: Account, form: ReasonForm, verb: str | None) -> HttpResponse:
    facts = {"shown": shown, "form": form, "verb": verb, "duties": duties_of(shown, on=timezone.localdate())}
    return render(request, "organizations/accounts/account.html", facts, status=400 if form.errors else 200)
