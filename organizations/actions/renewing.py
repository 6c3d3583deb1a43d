"""A way back for whoever forgot the password and has no e-mail: a new sheet, handed over in person."""

from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from audit import log
from audit.errors import Refusal
from notifications.outbox import enqueue
from organizations.access_queries import renewed_by
from organizations.actions.accounts import OwnAccount, end_sessions
from organizations.actions.invitations import SHEET, Issued, make_invitation, withdraw_invitations
from organizations.actions.shared import NotYourDuty, day_of, demand_duty, kept_reason
from organizations.identity import seal_for
from organizations.models import Account
from organizations.role_rules import INVITERS
from organizations.telling import ACCESS_RENEWED


class NeverSignedIn(Refusal):
    code = "never_signed_in"
    message = _("{name} has not signed in yet; choose the name in the list and print a sheet.")


@transaction.atomic
def renew_access(*, account: Account, by: Account | None, at: datetime, reason: str) -> Issued:
    """Take the password from somebody who forgot it, and make a new sheet; a second factor stays as it is.

    Args:
        account: Who comes back in.
        by: Who hands the sheet over: for people who review, a system administrator, else an organizer as well;
            None for the system itself, the only way for an administrator.
        at: Moment of the act; the code holds for seven days.
        reason: How the person was recognized; kept sealed in the log.

    Returns:
        The invitation and its code.

    Raises:
        NotYourDuty, OwnAccount, NeverSignedIn: ``by`` may not, or there is nothing to renew.
        ReasonMissing, ReasonTooLong, PersonalNumberInText: of the reason.
    """
    reason = kept_reason(reason)
    demand_duty(by, INVITERS, at=at)
    locked = Account.objects.select_for_update(no_key=True).get(pk=account.pk)
    if by is not None and by.pk == locked.pk:
        raise OwnAccount
    if by is not None and not renewed_by(by, on=day_of(at)).filter(pk=locked.pk).exists():
        raise NotYourDuty
    if locked.activated_at is None or not locked.is_active:
        raise NeverSignedIn(name=locked.name)
    locked.set_unusable_password()
    locked.activated_at = None
    locked.save(update_fields=["password", "activated_at"])
    end_sessions(locked)
    withdraw_invitations([locked.pk], at)
    issued = make_invitation(locked, SHEET, by=by, at=at)
    log.record(
        "grants",
        "access.renewed",
        by=by,
        at=at,
        subject=f"account:{locked.pk}",
        facts={"account": locked.name},
        sealed=seal_for(locked.person, {"reason": reason}),
    )
    enqueue(ACCESS_RENEWED, to=locked, key=f"access_renewed:{issued.invitation.pk}", at=at)
    return issued
