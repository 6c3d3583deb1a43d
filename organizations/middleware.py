"""What every signed-in request passes: the session's limits, the second factor, no copies in caches."""

from collections.abc import Callable
from urllib.parse import urlencode

from allauth.mfa.models import Authenticator
from django.conf import settings
from django.contrib.auth import logout
from django.contrib.auth.models import AnonymousUser
from django.db.models import Exists, OuterRef
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils import timezone, translation
from django_htmx.http import HttpResponseClientRedirect

from organizations.queries import SECOND_FACTORS, assignments_valid
from organizations.role_rules import ADMINISTRATORS, REVIEWERS
from organizations.sessions import SEEN_AT, SIGNED_IN_AT

Answer = Callable[[HttpRequest], HttpResponse]
# How often the moment of the last request is written; a write at every request would be felt.
WRITTEN_EVERY_SECONDS = 60
# Where somebody without the second factor may go to set it up, or to leave.
OPEN_WITHOUT_SECOND_FACTOR = ("/accounts/", "/static/", "/language/", "/i18n/")


class SessionLimits:
    """Ends a session that was idle for half an hour or is twelve hours old; keeps pages out of every cache."""

    def __init__(self, get_response: Answer) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        """Answer, or send an ended session to the sign-in page with the way back; untraced pages see a stranger."""
        if not request.user.is_authenticated:
            return self.get_response(request)
        now = int(timezone.now().timestamp())
        untraced, over = request.path.startswith(settings.UNTRACED), self.is_over(request, now)
        if over and untraced:  # neither a sign-out in the log nor an address in the way back may tell of the visit
            request.user = AnonymousUser()
            return self.get_response(request)
        if over:
            logout(request)
            return _go(request, f"{reverse(settings.LOGIN_URL)}?{urlencode({'next': request.path, 'idle': 1})}")
        if not untraced and now - request.session.get(SEEN_AT, 0) >= WRITTEN_EVERY_SECONDS:
            request.session[SEEN_AT] = now
        self.speak_their_language(request)
        response = self.get_response(request)
        if not response.has_header("Cache-Control"):
            response["Cache-Control"] = "no-store"
        return response

    def is_over(self, request: HttpRequest, now: int) -> bool:
        """Say whether a session was idle or open for too long; one that has no clocks yet begins now."""
        began = request.session.setdefault(SIGNED_IN_AT, now)
        seen = request.session.setdefault(SEEN_AT, now)
        return now - seen > settings.SESSION_IDLE_SECONDS or now - began > settings.SESSION_COOKIE_AGE

    def speak_their_language(self, request: HttpRequest) -> None:
        """Use the account's language unless this device has chosen one."""
        if settings.LANGUAGE_COOKIE_NAME not in request.COOKIES:
            translation.activate(request.user.language)
            request.LANGUAGE_CODE = translation.get_language()


class SecondFactor:
    """Sends reviewers and administrators without a second factor to the page that sets one up."""

    def __init__(self, get_response: Answer) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        """Answer, or send to the set-up page."""
        if (
            settings.SECOND_FACTOR_REQUIRED
            and request.user.is_authenticated
            and not request.path.startswith((*OPEN_WITHOUT_SECOND_FACTOR, *settings.UNTRACED))
            and self.is_missing(request)
        ):
            return _go(request, reverse("mfa_index"))
        return self.get_response(request)

    def is_missing(self, request: HttpRequest) -> bool:
        """Say whether a role held today asks for a second factor that is not there."""
        present = Authenticator.objects.filter(user=OuterRef("account"), type__in=SECOND_FACTORS)
        held = assignments_valid(timezone.localdate()).filter(account=request.user.pk)
        return held.filter(~Exists(present), role__in=list(REVIEWERS | ADMINISTRATORS)).exists()


def _go(request: HttpRequest, address: str) -> HttpResponse:
    if request.headers.get("HX-Request"):
        return HttpResponseClientRedirect(address)
    return redirect(address)
