"""How somebody is told: one's own wishes, and the telephone that text messages may go to."""

import secrets
from collections.abc import Mapping
from datetime import datetime, timedelta

from django.conf import settings
from django.db import transaction
from django.utils.crypto import constant_time_compare
from django.utils.translation import gettext_lazy as _

from audit import log
from audit.errors import Refusal
from audit.sealing import blind_index
from notifications.buckets import take
from notifications.models import Preference
from notifications.outbox import enqueue
from notifications.wishes import phone_hash
from organizations.models import Account
from organizations.telling import PHONE_CODE, sealed_phone_code

STREAM = "telling"
COLUMNS = (
    "waiting", "own", "below", "information", "system",
    "digest_at", "quiet_from", "quiet_until", "on_days_off", "urgent_by_sms",
)  # fmt: skip
CODE_MINUTES = 10
NO_ADAPTER = "notifications.channels.sms.NoAdapter"


class NoTelephone(Refusal):
    code = "no_telephone"
    message = _("Your account has no mobile number. Please ask your office to enter it.")


class NoTextMessages(Refusal):
    code = "no_text_messages"
    message = _("This system sends no text messages.")


class TooOften(Refusal):
    code = "too_often"
    message = _("That was too often. Please wait {seconds} seconds and try again.")


class WrongCode(Refusal):
    code = "wrong_phone_code"
    message = _("This code is wrong or older than {minutes} minutes. Please ask for a new one.")


def sends_texts() -> bool:
    """Say whether a provider of text messages is set up."""
    return settings.SMS_ADAPTER != NO_ADAPTER


@transaction.atomic
def change_telling(*, account: Account, wishes: Mapping[str, object], language: str, at: datetime) -> bool:
    """Keep how somebody wants to be told; from the next message on it holds, and for letters that are held.

    Args:
        account: Whose; everybody decides for himself only.
        wishes: Values by column of ``Preference``, those of ``COLUMNS``; a column that is missing stays as it is.
        language: Code of the language letters and pages are written in.
        at: Moment of the act, timezone-aware.

    Returns:
        Whether anything is new; what stays as it was leaves no entry.
    """
    owner = Account.objects.select_for_update(no_key=True).get(pk=account.pk)
    row = Preference.objects.filter(account=owner).first() or Preference(account=owner, changed_at=at)
    before = {column: getattr(row, column) for column in COLUMNS} | {"language": owner.language}
    after = before | {column: wishes[column] for column in COLUMNS if column in wishes} | {"language": language}
    changed = [name for name in before if before[name] != after[name]]
    if not changed:
        return False
    for column in COLUMNS:
        setattr(row, column, after[column])
    row.changed_at = at
    row.save()
    Account.objects.filter(pk=owner.pk).update(language=language)
    account.language = language
    facts = {name: [before[name], after[name]] for name in changed}
    _record("telling.changed", account, at=at, changed=facts)
    return True


@transaction.atomic
def send_phone_code(*, account: Account, at: datetime) -> str:
    """Send a code to somebody's own telephone.

    Args:
        account: Whose.
        at: Moment of the act, timezone-aware.

    Returns:
        The hash of the code, to be kept until it is typed in; the code itself waits sealed in the outbox.

    Raises:
        NoTextMessages, NoTelephone, TooOften: as they say.
    """
    if not sends_texts():
        raise NoTextMessages
    if not account.phone:
        raise NoTelephone
    _take_turn(f"phone_code:{account.pk}", at_once=3, at=at)
    code = f"{secrets.randbelow(1_000_000):06}"
    key = f"phone_code:{at.timestamp():.6f}"
    enqueue(PHONE_CODE, to=account, key=key, at=at, facts=sealed_phone_code(code, CODE_MINUTES), urgent=True)
    return _hash(code, account)


def confirm_phone(*, account: Account, code: str, code_hash: str, sent_at: datetime, at: datetime) -> None:
    """Confirm that a telephone is somebody's own; urgent messages may come to it from now on.

    Args:
        account: Whose.
        code: What was typed.
        code_hash, sent_at: As ``send_phone_code`` gave it, and when; empty when no code was asked for.
        at: Moment of the act, timezone-aware.

    Raises:
        TooOften, WrongCode: as they say.
    """
    if not code_hash:
        raise WrongCode(minutes=CODE_MINUTES)
    # Outside the transaction: a wrong code must not give its turn back.
    _take_turn(f"phone_try:{account.pk}", at_once=5, at=at)
    typed = _hash("".join(sign for sign in code if sign.isdecimal()), account)
    if at > sent_at + timedelta(minutes=CODE_MINUTES) or not constant_time_compare(typed, code_hash):
        raise WrongCode(minutes=CODE_MINUTES)
    values = {"confirmed_phone": phone_hash(account.phone), "changed_at": at}
    with transaction.atomic():
        Preference.objects.update_or_create(account=account, defaults=values)
        _record("telling.phone_confirmed", account, at=at)


def _take_turn(bucket: str, *, at_once: int, at: datetime) -> None:
    seconds = take(bucket, a_minute=1, at_once=at_once, at=at)
    if seconds:
        raise TooOften(seconds=int(seconds) + 1)


def _hash(code: str, account: Account) -> str:
    return blind_index(f"{code}:{account.phone}", "phone_code")


def _record(verb: str, account: Account, *, at: datetime, **facts: object) -> None:
    log.record(STREAM, verb, by=account, at=at, subject=f"account:{account.pk}", facts=facts)
