"""Getting in for the first time, and the sheets and letters that let people in."""

from allauth.account.adapter import get_adapter
from allauth.usersessions.models import UserSession
from django.conf import settings
from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_GET, require_http_methods

from audit.errors import Refusal
from organizations.access_queries import waiting_for_access
from organizations.actions import activate_account, find_invitation, invite_many, renew_access
from organizations.actions.invitations import EMAIL, SHEET, Issued, plain_code
from organizations.actions.sign_in import count_attempt
from organizations.forms import CodeForm, PasswordForm, RenewForm
from organizations.models import Account, Invitation
from organizations.paging import page_of
from organizations.queries import has_second_factor
from organizations.role_rules import INVITERS
from organizations.typed import numbers_in
from organizations.views.doors import for_roles

IN_SESSION = "invitation"


@require_http_methods(["GET", "POST"])
def activate(request: HttpRequest) -> HttpResponse:
    """Ask for the code of an invitation; a right one leads on to the password."""
    form = CodeForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        return _open(request, form.cleaned_data["code"], form)
    return render(request, "organizations/invitations/code.html", {"form": form})


@require_GET
def activate_by_link(request: HttpRequest, code: str) -> HttpResponse:
    """Take the code out of the address at once, so that it stays in no history."""
    return _open(request, code, CodeForm({"code": code}))


@sensitive_post_parameters("password", "again")
@require_http_methods(["GET", "POST"])
def choose_password(request: HttpRequest) -> HttpResponse:
    """Let the invited person choose a password and come in."""
    invitation = Invitation.objects.filter(pk=request.session.get(IN_SESSION)).select_related("account").first()
    if invitation is None:
        return redirect("organizations:activate")
    form = PasswordForm(request.POST or None, account=invitation.account)
    if request.method == "POST" and form.is_valid():
        try:
            account = activate_account(invitation=invitation, password=form.cleaned_data["password"], at=timezone.now())
        except Refusal as refusal:
            form.add_error(None, str(refusal))
        else:
            request.session.pop(IN_SESSION, None)
            if has_second_factor(account):
                # Whoever comes back by a new sheet still shows the second factor: the code lay in other hands.
                messages.success(request, _("The password is kept. Please sign in with it."))
                return redirect(settings.LOGIN_URL)
            get_adapter().login(request, account)
            UserSession.objects.create_from_request(request)
            messages.success(request, _("Welcome. From now on you sign in as “%(name)s”.") % {"name": account.username})
            return redirect("home")
    shown = {"form": form, "name": half_hidden(invitation.account.name), "username": invitation.account.username}
    return render(request, "organizations/invitations/password.html", shown)


@require_GET
@for_roles(*INVITERS)
def access(request: HttpRequest) -> HttpResponse:
    """List who has no access yet, and offer a way back to whoever forgot the password."""
    return _access_page(request, RenewForm(viewer=request.user))


def _access_page(request: HttpRequest, form: RenewForm) -> HttpResponse:
    today = timezone.localdate()
    waiting = waiting_for_access(request.user, on=today, words=request.GET.get("q", ""))
    page = page_of(waiting, request, by="search_key")
    shown = {"page": page, "q": request.GET.get("q", ""), "form": form}
    return render(request, "organizations/invitations/list.html", shown, status=400 if form.errors else 200)


@require_http_methods(["POST"])
@for_roles(*INVITERS)
def renew(request: HttpRequest) -> HttpResponse:
    """Print a new sheet for somebody who forgot the password."""
    form = RenewForm(request.POST, viewer=request.user)
    if form.is_valid():
        given = form.cleaned_data
        try:
            issued = renew_access(account=given["account"], by=request.user, at=timezone.now(), reason=given["reason"])
        except Refusal as refusal:
            form.add_error(None, str(refusal))
        else:
            return _sheets(request, [issued])
    return _access_page(request, form)


@require_http_methods(["POST"])
@for_roles(*INVITERS)
def send(request: HttpRequest) -> HttpResponse:
    """Invite the chosen ones: print their sheets or send their letters."""
    chosen = numbers_in(request.POST.getlist("account"))
    channel = SHEET if request.POST.get("channel") != EMAIL else EMAIL
    accounts = list(Account.objects.visible_to(request.user, on=timezone.localdate()).filter(pk__in=chosen))
    if not accounts:
        messages.error(request, _("Choose at least one person."))
        return redirect("organizations:access")
    try:
        issued = invite_many(accounts=accounts, channel=channel, by=request.user, at=timezone.now())
    except Refusal as refusal:
        messages.error(request, str(refusal))
        return redirect("organizations:access")
    if channel == EMAIL:
        many = len(issued)
        said = ngettext("%(n)d letter is on its way.", "%(n)d letters are on their way.", many) % {"n": many}
        messages.success(request, said)
        return redirect("organizations:access")
    return _sheets(request, issued)


def _sheets(request: HttpRequest, issued: list[Issued]) -> HttpResponse:
    address = request.build_absolute_uri(reverse("organizations:activate"))
    return render(request, "organizations/invitations/sheets.html", {"issued": issued, "address": address})


def half_hidden(name: str) -> str:
    """Show the first character of a name only."""
    return name[:1] + "＊" * max(len(name) - 1, 1)


def _open(request: HttpRequest, code: str, form: CodeForm) -> HttpResponse:
    now = timezone.now()
    address = get_adapter().get_client_ip(request)
    try:
        # Counted by the code itself: a whole office shares the address, and has the limit of an address for it.
        attempt = count_attempt(account=None, login=f"invitation:{plain_code(code)}", address=address, at=now)
        invitation = find_invitation(code, at=now)
    except Refusal as refusal:
        form.is_valid()
        form.add_error("code", str(refusal))
        return render(request, "organizations/invitations/code.html", {"form": form}, status=400)
    attempt.delete()
    request.session.cycle_key()
    request.session[IN_SESSION] = invitation.pk
    return redirect("organizations:choose_password")
