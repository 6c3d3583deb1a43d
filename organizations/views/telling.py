"""The page "How I am told": a way for each group of kinds, the hours, the language, the telephone."""

from collections.abc import Iterator
from datetime import datetime

from django.conf import settings
from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import override, pgettext
from django.views.decorators.http import require_http_methods, require_POST

from audit.errors import Refusal
from notifications.models import Preference
from notifications.routing_words import group_name, route_words
from notifications.rules.routing import CHOOSABLE, EMAIL, Group, Message, Way, routes
from notifications.wishes import local, reachable, wish_of
from notifications.working_days import is_workday
from organizations.actions.telling import change_telling, confirm_phone, send_phone_code, sends_texts
from organizations.forms_telling import PhoneCodeForm, TellingForm, chosen
from organizations.languages import remember_language
from organizations.models import Account

SENT_CODE = "phone_code"


@require_http_methods(["GET", "HEAD", "POST"])
@login_required
def telling(request: HttpRequest) -> HttpResponse:
    """Show how one is told, and keep what is chosen."""
    row = Preference.objects.filter(account=request.user.pk).first()
    form = TellingForm(request.POST or None, initial=chosen(row, request.user.language))
    if request.method == "POST" and form.is_valid():
        wishes = {**form.cleaned_data}
        language = str(wishes.pop("language"))
        if not sends_texts():
            wishes.pop("urgent_by_sms")
        change_telling(account=request.user, wishes=wishes, language=language, at=timezone.now())
        with override(language):
            messages.success(request, _("Saved. It holds from the next message on."))
        response = redirect("organizations:telling")
        remember_language(response, language)
        return response
    return _page(request, row, form, PhoneCodeForm())


@require_POST
@login_required
def phone_code(request: HttpRequest) -> HttpResponse:
    """Send a code to one's own telephone."""
    at = timezone.now()
    try:
        code_hash = send_phone_code(account=request.user, at=at)
    except Refusal as refusal:
        messages.error(request, str(refusal))
    else:
        request.session[SENT_CODE] = [code_hash, at.isoformat()]
        messages.success(request, _("A code is on its way to your telephone."))
    return redirect("organizations:telling")


@require_POST
@login_required
def phone(request: HttpRequest) -> HttpResponse:
    """Confirm one's own telephone by the code that came to it."""
    form = PhoneCodeForm(request.POST)
    code_hash, sent_at = request.session.get(SENT_CODE) or ["", timezone.now().isoformat()]
    if form.is_valid():
        try:
            confirm_phone(
                account=request.user,
                code=form.cleaned_data["code"],
                code_hash=code_hash,
                sent_at=datetime.fromisoformat(sent_at),
                at=timezone.now(),
            )
        except Refusal as refusal:
            form.add_error("code", str(refusal))
        else:
            request.session.pop(SENT_CODE, None)
            messages.success(request, _("Your telephone is confirmed."))
            return redirect("organizations:telling")
    row = Preference.objects.filter(account=request.user.pk).first()
    return _page(request, row, TellingForm(initial=chosen(row, request.user.language)), form)


def _page(request: HttpRequest, row: Preference | None, form: TellingForm, code_form: PhoneCodeForm) -> HttpResponse:
    facts = {
        "form": form,
        "budget": settings.REMINDERS_A_WEEK,
        "lines": list(_lines(request.user, row, form)),
        "code_form": code_form,
        "asked": SENT_CODE in request.session,
        "texts": sends_texts(),
        "confirmed": "sms" in reachable(request.user, row),
    }
    return render(request, "organizations/telling.html", facts)


def _lines(account: Account, row: Preference | None, form: TellingForm) -> Iterator[dict[str, object]]:
    """Give the lines of the table: each group with its choice, and what happens to a message of now."""
    at, wish, addresses = local(timezone.now()), wish_of(row), reachable(account, row)
    held = {
        Group.WAITING: _("New matters and tasks, and reminders of them."),
        Group.OWN: _("What happens in your own matter and has no letter of its own by right."),
        Group.BELOW: _("Matters that wait too long at organizations below you."),
        Group.INFORMATION: _("Copies, answers to letters; nothing has to be done."),
        Group.SYSTEM: _("Imports, masked values that were looked at."),
        Group.RIGHTS: _("Decisions, returned materials, your right of reply, who comes to talk."),
    }
    for group in (*CHOOSABLE, Group.RIGHTS):
        found = routes(Message(group), wish, reachable=addresses, at=at, is_workday=is_workday)
        shown = [route for route in found if route.way != Way.NEVER or EMAIL in addresses]
        yield {
            "title": group_name(group),
            "what": held[group],
            "field": form[group.value] if group in CHOOSABLE else None,
            "now": pgettext("in a list", ", ").join(route_words(route, at=at) for route in shown),
        }
