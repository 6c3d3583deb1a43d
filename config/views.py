"""Pages that belong to no room: where the day starts, the source, privacy, language, health, errors."""

from django.conf import settings
from django.db import connection
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.http import url_has_allowed_host_and_scheme
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_GET, require_POST, require_safe

from config.places import places_of
from organizations.languages import remember_language
from organizations.queries import duties_of


@require_safe
@never_cache
def home(request: HttpRequest) -> HttpResponse:
    """Send everybody to the page they start the day with: the door, or their first place."""
    if not request.user.is_authenticated:
        return redirect("account_login")
    places = places_of(duties_of(request.user, on=timezone.localdate()), path=request.path)
    return redirect(places[0].url if places else reverse("account_change_password"))


@require_safe
def privacy(request: HttpRequest) -> HttpResponse:
    """Tell how personal data is used: kinds, purpose, keeping time, rights."""
    return render(request, "privacy.html")


@require_safe
def source(request: HttpRequest) -> HttpResponse:
    """Tell how to get the source code of the running system (AGPL, section 13)."""
    return render(request, "source.html")


@require_POST
def language(request: HttpRequest) -> HttpResponse:
    """Switch the language, remember it in a cookie and for the account, and come back to the same page."""
    chosen = request.POST.get("language", "")
    back = request.POST.get("next", "")
    known = url_has_allowed_host_and_scheme(back, {request.get_host()}, require_https=request.is_secure())
    response = redirect(back if known else "home")
    if chosen in dict(settings.LANGUAGES):
        remember_language(response, chosen)
        if request.user.is_authenticated:
            request.user.language = chosen
            request.user.save(update_fields=["language"])
    return response


@require_GET
@never_cache
def healthz(request: HttpRequest) -> HttpResponse:
    """Say that the process answers."""
    return HttpResponse("ok\n", content_type="text/plain")


@require_GET
@never_cache
def readyz(request: HttpRequest) -> HttpResponse:
    """Say that the process reaches its database; a server error otherwise."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT 1")
    return HttpResponse("ready\n", content_type="text/plain")


def csrf_failed(request: HttpRequest, reason: str = "") -> HttpResponse:
    """Say kindly that the form was open for too long."""
    return render(request, "errors/csrf.html", status=403)


def bad_request(request: HttpRequest, exception: Exception | None = None) -> HttpResponse:
    """Say that the address or form could not be understood."""
    return render(request, "errors/400.html", status=400)


def forbidden(request: HttpRequest, exception: Exception | None = None) -> HttpResponse:
    """Say that this page is for others, and whom to ask."""
    return render(request, "errors/403.html", status=403)


def not_found(request: HttpRequest, exception: Exception | None = None) -> HttpResponse:
    """Say that there is nothing here, or nothing for this person."""
    return render(request, "errors/404.html", status=404)


def server_error(request: HttpRequest) -> HttpResponse:
    """Say that it was not the person's fault and what to do; reads nothing from the database."""
    request.user = None
    return render(request, "errors/500.html", status=500)
