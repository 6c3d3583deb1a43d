"""Getting people in: a link by e-mail or a printed sheet with a code, used once."""

import secrets
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta

from django.db import transaction
from django.db.models import F
from django.dispatch import receiver
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from audit import log
from audit.errors import Refusal
from audit.sealing import blind_index
from notifications.outbox import enqueue
from organizations.access_queries import let_in_by
from organizations.actions.accounts import set_password
from organizations.actions.shared import NotYourDuty, day_of, demand_duty
from organizations.enums import ADMINISTRATORS
from organizations.models import Account, Invitation, RoleAssignment
from organizations.role_rules import INVITERS
from organizations.signals import roles_changed
from organizations.telling import INVITATION, sealed_code

# Signs that nobody mixes up when they are read aloud or from paper.
ALPHABET = "23456789ABCDEFGHJKMNPQRSTUVWXYZ"
CODE_LENGTH = 10
VALID_DAYS = 7
MOST_ATTEMPTS = 10
EMAIL = "email"
SHEET = "sheet"


class InvitationSpent(Refusal):
    code = "invitation_spent"
    message = _("This code is wrong, used or older than {days} days. Ask your office for a new one.")


class ActivatedAlready(Refusal):
    code = "activated_already"
    message = _("{name} has signed in before and needs no invitation.")


class NoAddress(Refusal):
    code = "no_address"
    message = _("{name} has no e-mail address; print a sheet instead.")


class SheetOfAdministrator(Refusal):
    code = "sheet_of_administrator"
    message = _(
        "{name} is an administrator, and nobody here may hold that code in hand. "
        "Send a letter, or have the code printed with the command “invite”."
    )


@dataclass(frozen=True)
class Issued:
    """An invitation with its code, which exists in clear only here.

    Attributes:
        invitation: The row.
        code: Ten signs.
    """

    invitation: Invitation
    code: str

    @property
    def grouped(self) -> str:
        """The code as it is printed, in two groups of five."""
        return f"{self.code[:5]} {self.code[5:]}"


@transaction.atomic
def invite(*, account: Account, channel: str, by: Account | None, at: datetime, entitled: bool = False) -> Issued:
    """Invite the owner of an account that was never used; an earlier invitation is withdrawn.

    Args:
        account: Who is to come in.
        channel: ``email``, where the link is sent, or ``sheet``, where the caller prints the code.
        by: A system administrator or organizer who may let the owner in; None for the system itself.
        at: Moment of the act; the code holds for seven days.
        entitled: Whether the calling verb has asked already if ``by`` may let the owner in.

    Returns:
        The invitation and its code.

    Raises:
        NotYourDuty: ``by`` may not invite this account.
        ActivatedAlready, NoAddress: as they say.
        SheetOfAdministrator: ``by`` would see the code of an administrator (三员分立).
    """
    return invite_many(accounts=[account], channel=channel, by=by, at=at, entitled=entitled)[0]


@transaction.atomic
def invite_many(
    *, accounts: Iterable[Account], channel: str, by: Account | None, at: datetime, entitled: bool = False
) -> list[Issued]:
    """Invite several people at once, all or none; arguments, result and errors as for ``invite``."""
    chosen = sorted(accounts, key=lambda account: account.pk)
    asked = by is not None and not entitled
    if asked:
        demand_duty(by, INVITERS, at=at)
    keys = [account.pk for account in chosen]
    locked = list(Account.objects.select_for_update(no_key=True).filter(pk__in=keys).order_by("pk"))
    if asked:
        _demand_reach(by, keys, at)
    if by is not None and channel == SHEET:
        _refuse_administrators(keys, at)
    for account in locked:
        if account.activated_at is not None or not account.is_active:
            raise ActivatedAlready(name=account.name)
        if channel == EMAIL and not account.email:
            raise NoAddress(name=account.name)
    withdraw_invitations(keys, at)
    return [_issue(account, channel, by=by, at=at) for account in chosen]


def plain_code(typed: str) -> str:
    """Give a code as it was issued: blanks, hyphens and case make no difference."""
    return "".join(sign for sign in typed.upper() if sign.isalnum())


def find_invitation(code: str, *, at: datetime) -> Invitation:
    """Find an open invitation by its code and count the look.

    Args:
        code: As typed; blanks, hyphens and case make no difference.
        at: Moment of the look.

    Returns:
        The invitation, with its account loaded.

    Raises:
        InvitationSpent: wrong, used, withdrawn, expired, or tried too often; which of them is not said.
    """
    found = Invitation.objects.filter(
        code_hash=_hash(code),
        used_at=None,
        withdrawn_at=None,
        expires_at__gt=at,
        attempts__lt=MOST_ATTEMPTS,
        account__is_active=True,
    )
    if not found.update(attempts=F("attempts") + 1):
        raise InvitationSpent(days=VALID_DAYS)
    return Invitation.objects.select_related("account").get(code_hash=_hash(code))


@transaction.atomic
def activate_account(*, invitation: Invitation, password: str, at: datetime) -> Account:
    """Use an invitation: the owner chose a password and may sign in from now on.

    Args:
        invitation: As ``find_invitation`` gave it.
        password: In clear, seen by the validators before.
        at: Moment of the act.

    Returns:
        The account.

    Raises:
        InvitationSpent: it was used, withdrawn or ran out in the meantime.
    """
    open_ones = Invitation.objects.filter(
        pk=invitation.pk, used_at=None, withdrawn_at=None, expires_at__gt=at, account__is_active=True
    )
    if not open_ones.update(used_at=at):
        raise InvitationSpent(days=VALID_DAYS)
    account = invitation.account
    set_password(account=account, password=password, at=at)
    account.activated_at = at
    account.save(update_fields=["activated_at"])
    _record("account.activated", account, by=account, at=at, channel=invitation.channel)
    return account


@receiver(roles_changed, dispatch_uid="organizations.invitations_of_administrators")
def withdraw_from_administrators(assignments: Iterable[RoleAssignment], at: datetime, **_more: object) -> None:
    """Withdraw open invitations to whoever becomes an administrator: the code may lie in an organizer's hands."""
    keys = {assignment.account_id for assignment in assignments if assignment.role in ADMINISTRATORS}
    if keys:
        withdraw_invitations(keys, at)


def _demand_reach(by: Account, keys: list[int], at: datetime) -> None:
    """Refuse unless ``by`` may let all of these in; their rows are locked, so no role comes in between."""
    if let_in_by(by, on=day_of(at)).filter(pk__in=keys).count() != len(keys):
        raise NotYourDuty


def _refuse_administrators(keys: list[int], at: datetime) -> None:
    """Refuse to show anybody the code of an administrator, whose rows are locked as well."""
    held = RoleAssignment.objects.not_over_on(day_of(at)).filter(account__in=keys, role__in=ADMINISTRATORS)
    administrator = held.select_related("account").first()
    if administrator is not None:
        raise SheetOfAdministrator(name=administrator.account.name)


def withdraw_invitations(keys: Iterable[int], at: datetime) -> None:
    """Withdraw what is open of these accounts."""
    Invitation.objects.filter(account__in=keys, used_at=None, withdrawn_at=None).update(withdrawn_at=at)


def make_invitation(account: Account, channel: str, *, by: Account | None, at: datetime) -> Issued:
    """Make the row and the code; right and entry are the caller's."""
    code = "".join(secrets.choice(ALPHABET) for _sign in range(CODE_LENGTH))
    invitation = Invitation.objects.create(
        account=account,
        code_hash=_hash(code),
        channel=channel,
        made_by=by,
        made_at=at,
        expires_at=at + timedelta(days=VALID_DAYS),
    )
    return Issued(invitation, code)


def _issue(account: Account, channel: str, *, by: Account | None, at: datetime) -> Issued:
    issued = make_invitation(account, channel, by=by, at=at)
    if channel == EMAIL:
        enqueue(
            INVITATION,
            to=account,
            key=f"invitation:{issued.invitation.pk}",
            at=at,
            facts=sealed_code(issued.code, VALID_DAYS),
            link=reverse("organizations:activate"),
            urgent=True,
        )
    _record("account.invited", account, by=by, at=at, channel=channel)
    return issued


def _hash(code: str) -> str:
    return blind_index(plain_code(code), "invitation")


def _record(verb: str, account: Account, *, by: Account | None, at: datetime, **facts: object) -> None:
    log.record("grants", verb, by=by, at=at, subject=f"account:{account.pk}", facts={"account": account.name, **facts})
