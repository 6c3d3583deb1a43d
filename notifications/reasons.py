"""Why a message did not arrive, in words for the administrator."""

from django.utils.translation import gettext as _

from notifications.enums import Channel, State
from notifications.messages import KINDS
from notifications.reminders import is_worth_another


def subject_of(kind: str) -> str:
    """Name a kind of message in the reader's language; a kind that no longer exists by its stored name."""
    return str(KINDS[kind].subject) if kind in KINDS else kind


def reason_of(code: str, *, channel: str = Channel.EMAIL, state: str = State.FAILED, attempts: int = 1) -> str:
    """Word the code of a failure and say what to do.

    Args:
        code: As the outbox keeps it, such as ``smtp_550``.
        channel: How the message travels.
        state: How it stands.
        attempts: How often it was tried; what failed for good was not tried to the last.

    Returns:
        One or two sentences.
    """
    word, _line, number = code.partition("_")
    known = {
        "recipient_refused": _("The provider refuses this address. Please check it."),
        "no_address": _("The recipient has no address any more. Please enter one first."),
        "recipient_inactive": _("The recipient's account is deactivated; nothing has to be done."),
        "no_provider": _("No provider of text messages is set up."),
        "no_robot": _("The settings name no such robot any more."),
        "too_late": _("It could not leave on the day it was about; nothing has to be done."),
        "no_answer": _("No answer came; it may have arrived."),
        "sender_vanished": _("The worker ended while it was being sent; it may have arrived."),
    }
    if code in known:
        return known[code]
    if state == State.UNKNOWN:
        return _("The answer was not clear ({code}); it may have arrived.").format(code=code)
    if word == "robot" or (word == "http" and channel == Channel.ROBOT):
        return _("The group's robot refused it ({code}). Please check its address and secret.").format(code=number)
    if word == "sms" or (word == "http" and channel == Channel.SMS):
        return _("The provider of text messages refused it ({code}).").format(code=number)
    refused = {"smtp": "5", "http": "4"}.get(word)
    if refused and number.startswith(refused) and is_worth_another(attempts):
        return _("The mail server refused it for good ({code}). Please check the address.").format(code=number)
    return _("It was tried many times without success ({code}). Please check the mail settings.").format(code=code)
