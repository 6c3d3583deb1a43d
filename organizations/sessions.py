"""What happens when somebody signs in or out, or changes the second factor: clocks, sessions, the log."""

from allauth.account.adapter import get_adapter
from allauth.core import context
from allauth.mfa.models import Authenticator
from allauth.usersessions.models import UserSession
from django.contrib.auth import update_session_auth_hash
from django.contrib.auth.signals import user_logged_in, user_logged_out
from django.contrib.sessions.models import Session
from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.db.models.signals import post_delete, post_save
from django.dispatch import receiver
from django.http import HttpRequest
from django.utils import timezone

from audit import log
from organizations.actions.accounts import end_sessions
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


# The rows are listened to, not allauth's own signals: those for codes and for recovery codes come after the commit,
# where a change could stay without its entry.
@receiver(post_save, sender=Authenticator, dispatch_uid="organizations.second_factor_added")
def second_factor_added(instance: Authenticator, created: bool, **_more: object) -> None:
    """Enter a new second factor into the log."""
    if created:
        _second_factor_changed("second_factor.added", instance)


@receiver(post_delete, sender=Authenticator, dispatch_uid="organizations.second_factor_removed")
def second_factor_removed(instance: Authenticator, **_more: object) -> None:
    """Enter the end of a second factor into the log."""
    _second_factor_changed("second_factor.removed", instance)


def _second_factor_changed(verb: str, factor: Authenticator) -> None:
    """Log what its owner changed, and end the sessions that stand open elsewhere; the one in hand goes on."""
    request = context.request
    # Where somebody else acts, an administrator after a loss, his own verb makes the entry.
    if request is None or request.user.pk != factor.user_id:
        return
    with transaction.atomic():
        end_sessions(request.user)
        update_session_auth_hash(request, request.user)
        UserSession.objects.create_from_request(request)
        log.record(
            "grants",
            verb,
            by=request.user,
            at=timezone.now(),
            subject=f"account:{factor.user_id}",
            facts={"account": request.user.name, "kind": factor.type},
        )


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
