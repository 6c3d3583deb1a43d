"""Accounts: opened without a password, deactivated and never deleted."""

from datetime import datetime

from allauth.mfa.models import Authenticator
from allauth.usersessions.models import UserSession
from django.contrib.sessions.models import Session
from django.db import transaction
from django.db.models import F
from django.utils.translation import gettext_lazy as _

from audit import log
from audit.errors import Refusal
from organizations.actions.shared import NotYourDuty, day_of, demand_duty, kept_reason
from organizations.enums import Role
from organizations.grants import repair_drift
from organizations.models import Account, Person, RoleAssignment
from organizations.rules.names import name_keys
from organizations.signals import account_changed, roles_changed


class AccountNameTaken(Refusal):
    code = "account_name_taken"
    message = _("An account with this name exists already.")


class AccountAlready(Refusal):
    code = "account_already"
    message = _("{name} has been changed by somebody else in the meantime.")


class OwnAccount(Refusal):
    code = "own_account"
    message = _("Nobody does this to his own account; ask another administrator.")


@transaction.atomic
def open_account(
    *,
    username: str,
    name: str,
    by: Account | None,
    at: datetime,
    person: Person | None = None,
    email: str = "",
    phone: str = "",
) -> Account:
    """Open an account without a password; an invitation lets its owner in.

    Args:
        username, name, email, phone: What it is called and how its owner is reached.
        by: A system administrator or an organizer; None for the system itself.
        at: Moment of the act.
        person: Whom it belongs to, where the ledger knows the person.

    Returns:
        The account.

    Raises:
        NotYourDuty: ``by`` may not open accounts.
        AccountNameTaken: the name is in use.
    """
    demand_duty(by, [Role.SYSTEM_ADMINISTRATOR, Role.ORGANIZER], at=at)
    if Account.objects.filter(username__iexact=username).exists():
        raise AccountNameTaken
    made = Account.objects.create_user(
        username=username, name=name, person=person, email=email, phone=phone, search_key=name_keys(name)[0]
    )
    _record("account.opened", made, by=by, at=at)
    account_changed.send(sender=Account, account=made, at=at)
    return made


@transaction.atomic
def deactivate_account(*, account: Account, by: Account | None, at: datetime, reason: str) -> None:
    """Close an account: sessions end, grants go, seats in its name are withdrawn by those who listen.

    Args:
        account: Which one.
        by: A system administrator who sees it; None for the system itself.
        at: Moment of the act.
        reason: Kept in the log.

    Raises:
        NotYourDuty, OwnAccount: ``by`` may not.
        AccountAlready: it is deactivated already.
    """
    reason = kept_reason(reason)
    _demand_administrator(by, account, at)
    held = list(RoleAssignment.objects.not_over_on(day_of(at)).filter(account=account))
    if not Account.objects.filter(pk=account.pk, is_active=True).update(is_active=False, deactivated_at=at):
        raise AccountAlready(name=account.name)
    account.is_active, account.deactivated_at = False, at
    _roles_follow(account, held, by=by, at=at)
    _record("account.deactivated", account, by=by, at=at, reason=reason)


@transaction.atomic
def reactivate_account(*, account: Account, by: Account | None, at: datetime, reason: str) -> None:
    """Open a deactivated account again; roles that are not over hold again.

    Raises:
        NotYourDuty, OwnAccount, AccountAlready: as for ``deactivate_account``.
    """
    reason = kept_reason(reason)
    _demand_administrator(by, account, at)
    if not Account.objects.filter(pk=account.pk, is_active=False).update(is_active=True, deactivated_at=None):
        raise AccountAlready(name=account.name)
    account.is_active, account.deactivated_at = True, None
    held = list(RoleAssignment.objects.not_over_on(day_of(at)).filter(account=account))
    _roles_follow(account, held, by=by, at=at)
    _record("account.reactivated", account, by=by, at=at, reason=reason)


@transaction.atomic
def reset_second_factor(*, account: Account, by: Account, at: datetime, reason: str) -> None:
    """Remove somebody's second factor after a loss; a new one is asked for at the next sign-in.

    Args:
        account: Whose.
        by: A security administrator, never for himself.
        at: Moment of the act.
        reason: Kept in the log; says how the person was recognized.

    Raises:
        NotYourDuty, OwnAccount, ReasonMissing: as they say.
    """
    reason = kept_reason(reason)
    demand_duty(by, [Role.SECURITY_ADMINISTRATOR], at=at)
    if by.pk == account.pk:
        raise OwnAccount
    if not Account.objects.visible_to(by, on=day_of(at)).filter(pk=account.pk).exists():
        raise NotYourDuty
    removed, _rows = Authenticator.objects.filter(user=account).delete()
    end_sessions(account)
    _record("second_factor.reset", account, by=by, at=at, reason=reason, removed=removed)


@transaction.atomic
def set_password(*, account: Account, password: str, at: datetime) -> None:
    """Store a password its owner chose and end all other sessions.

    Args:
        account: Whose; the validators have seen the password.
        password: In clear, stored as an Argon2 hash.
        at: Moment of the act.
    """
    account.set_password(password)
    account.save(update_fields=["password"])
    end_sessions(account)
    _record("password.set", account, by=account, at=at)


def end_sessions(account: Account) -> None:
    """End every session of an account: what is open elsewhere asks for a sign-in at its next request."""
    Account.objects.filter(pk=account.pk).update(session_generation=F("session_generation") + 1)
    account.refresh_from_db(fields=["session_generation"])
    open_sessions = UserSession.objects.filter(user=account)
    Session.objects.filter(session_key__in=list(open_sessions.values_list("session_key", flat=True))).delete()
    open_sessions.delete()


def _demand_administrator(by: Account | None, account: Account, at: datetime) -> None:
    demand_duty(by, [Role.SYSTEM_ADMINISTRATOR], at=at)
    if by is None:
        return
    if by.pk == account.pk:
        raise OwnAccount
    if not Account.objects.visible_to(by, on=day_of(at)).filter(pk=account.pk).exists():
        raise NotYourDuty


def _roles_follow(account: Account, held: list[RoleAssignment], *, by: Account | None, at: datetime) -> None:
    repair_drift([account.pk], on=day_of(at))
    end_sessions(account)
    if held:
        roles_changed.send(sender=RoleAssignment, assignments=held, on=day_of(at), by=by, at=at)
    account_changed.send(sender=Account, account=account, at=at)


def _record(verb: str, account: Account, *, by: Account | None, at: datetime, **facts: object) -> None:
    log.record("grants", verb, by=by, at=at, subject=f"account:{account.pk}", facts={"account": account.name, **facts})
