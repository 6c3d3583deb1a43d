"""Counting wrong attempts to sign in; five within a quarter of an hour lock for another one."""

from datetime import datetime, timedelta

from django.db import transaction
from django.db.models import QuerySet
from django.utils.timezone import localtime
from django.utils.translation import gettext_lazy as _

from audit import log
from audit.errors import Refusal
from audit.sealing import blind_index
from organizations.actions.shared import NotYourDuty, day_of, demand_duty, kept_reason
from organizations.enums import Role
from organizations.models import Account, SignInAttempt

WINDOW = timedelta(minutes=15)
LOCK = timedelta(minutes=15)
MOST_WRONG_PER_ACCOUNT = 5
# A whole office often shares one address, so an address may err more often before it waits.
MOST_WRONG_PER_ADDRESS = 20


class SignInLocked(Refusal):
    code = "sign_in_locked"
    message = _("Too many wrong attempts. For your protection please wait until {time}, or ask your administrator.")


def account_key(account: Account | None, login: str) -> str:
    """Give the key under which attempts are counted: the account's, else a blind index of what was typed."""
    return blind_index(f"account:{account.pk}" if account else f"login:{login.strip().lower()}", "sign_in")


@transaction.atomic
def count_attempt(*, account: Account | None, login: str, address: str | None, at: datetime) -> SignInAttempt:
    """Count an attempt as wrong before the password is looked at; ``forgive_attempt`` takes a right one back.

    Counting first is what makes many guesses at the same moment count as many.

    Args:
        account: Whom the typed name belongs to, if to anybody.
        login: The typed name.
        address: Where the attempt comes from.
        at: Moment of the attempt.

    Returns:
        The attempt.

    Raises:
        SignInLocked: the account or the address has to wait; whether the account exists is not said.
    """
    if account is not None:
        Account.objects.select_for_update(no_key=True).get(pk=account.pk)
    key = account_key(account, login)
    until = max(
        filter(
            None,
            [
                _locked_until(SignInAttempt.objects.filter(account_key=key), MOST_WRONG_PER_ACCOUNT),
                _locked_until(SignInAttempt.objects.filter(address=address), MOST_WRONG_PER_ADDRESS)
                if address
                else None,
            ],
        ),
        default=None,
    )
    if until is not None and until > at:
        raise SignInLocked(time=f"{localtime(until):%H:%M}")
    return SignInAttempt.objects.create(account_key=key, address=address, at=at)


@transaction.atomic
def sign_in_succeeded(*, attempt: SignInAttempt, account: Account) -> None:
    """Take a right attempt back and forgive the wrong ones before it, for this account only."""
    SignInAttempt.objects.filter(pk=attempt.pk).delete()
    SignInAttempt.objects.filter(account_key=account_key(account, ""), forgiven=False).update(forgiven=True)


@transaction.atomic
def sign_in_failed(*, attempt: SignInAttempt, account: Account | None, at: datetime) -> None:
    """Enter a wrong attempt into the log, and the lock where this was one too many.

    Args:
        attempt: As ``count_attempt`` gave it.
        account: Whom the typed name belongs to, if to anybody.
        at: Moment of the attempt.
    """
    subject = f"account:{account.pk}" if account else ""
    facts = {"address": attempt.address or ""}
    log.record("sign_in", "sign_in.failed", by=None, at=at, subject=subject, facts=facts)
    until = _locked_until(SignInAttempt.objects.filter(account_key=attempt.account_key), MOST_WRONG_PER_ACCOUNT)
    if until is not None and until > at:
        log.record(
            "sign_in", "sign_in.locked", by=None, at=at, subject=subject, facts={**facts, "until": until.isoformat()}
        )


@transaction.atomic
def unlock_sign_in(*, account: Account, by: Account, at: datetime, reason: str) -> None:
    """Let somebody try again before the quarter of an hour is over.

    Args:
        account: Whose.
        by: A system administrator who sees the account.
        at: Moment of the act.
        reason: Kept in the log.

    Raises:
        NotYourDuty, ReasonMissing: as they say.
    """
    reason = kept_reason(reason)
    demand_duty(by, [Role.SYSTEM_ADMINISTRATOR], at=at)
    if not Account.objects.visible_to(by, on=day_of(at)).filter(pk=account.pk).exists():
        raise NotYourDuty
    SignInAttempt.objects.filter(account_key=account_key(account, ""), forgiven=False).update(forgiven=True)
    log.record("sign_in", "sign_in.unlocked", by=by, at=at, subject=f"account:{account.pk}", facts={"reason": reason})


def _locked_until(attempts: QuerySet[SignInAttempt], most: int) -> datetime | None:
    """Give the end of the lock that the last wrong attempts caused, None where they are too few or too far apart."""
    last = list(attempts.filter(forgiven=False).order_by("-at", "-pk").values_list("at", flat=True)[:most])
    if len(last) < most or last[0] - last[-1] > WINDOW:
        return None
    return last[0] + LOCK
