"""What happens when somebody signs in or out: the session's clocks, the log, no more than five at a time."""

from allauth.account.adapter import get_adapter
from allauth.usersessions.models import UserSession
from django.contrib.auth.signals import user_logged_in, user_logged_out
from django.contrib.sessions.models import Session
from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.dispatch import receiver
from django.http import HttpRequest
from django.utils import timezone

from audit import log
from organizations.models import Account

SIGNED_IN_AT = "signed_in_at"
SEEN_AT = "seen_at"
MOST_SESSIONS = 5


@receiver(user_logged_in, dispatch_uid="organizations.sign_in")
def signed_in(request: HttpRequest, user: Account, **_more: object) -> None:
    """Start the clocks of the session, end the oldest where five are open, and enter the sign-in into the log."""
    now = timezone.now()
    request.session[SIGNED_IN_AT] = request.session[SEEN_AT] = int(now.timestamp())
    with transaction.atomic():
        _make_room(user)
        if user.activated_at is None:
            user.activated_at = now
            Account.objects.filter(pk=user.pk, activated_at=None).update(activated_at=now)
        log.record(
            "sign_in",
            "sign_in.succeeded",
            by=user,
            at=now,
            subject=f"account:{user.pk}",
            facts={"address": _address(request)},
        )


@receiver(user_logged_out, dispatch_uid="organizations.sign_out")
def signed_out(request: HttpRequest, user: Account | None, **_more: object) -> None:
    """Enter the sign-out into the log."""
    if user is None:
        return
    with transaction.atomic():
        log.record("sign_in", "sign_in.ended", by=user, at=timezone.now(), subject=f"account:{user.pk}")


def _make_room(user: Account) -> None:
    newest_first = UserSession.objects.filter(user=user).order_by("-last_seen_at", "-pk")
    leaving = list(newest_first.values_list("pk", "session_key")[MOST_SESSIONS - 1 :])
    if leaving:
        Session.objects.filter(session_key__in=[key for _, key in leaving]).delete()
        UserSession.objects.filter(pk__in=[pk for pk, _ in leaving]).delete()


def _address(request: HttpRequest) -> str:
    try:
        return get_adapter().get_client_ip(request)
    except PermissionDenied:
        return ""
