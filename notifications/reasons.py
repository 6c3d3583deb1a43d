"""Why a message did not arrive, in words for the administrator."""

from django.utils.translation import gettext as _

from notifications.messages import KINDS


def subject_of(kind: str) -> str:
    """Name a kind of message in the reader's language; a kind that no longer exists by its stored name."""
    return str(KINDS[kind].subject) if kind in KINDS else kind


def reason_of(code: str) -> str:
    """Word the code of a failure and say what to do.

    Args:
        code: As the outbox keeps it, such as ``smtp_550``.

    Returns:
        One or two sentences.
    """
    word, _line, number = code.partition("_")
    if word in {"smtp", "http"} and number.startswith("5" if word == "smtp" else "4"):
        return _("The mail server refused it for good ({code}). Please check the address.").format(code=number)
    if word == "robot":
        return _("The group's robot refused it ({code}). Please check its address and secret.").format(code=number)
    if word == "sms":
        return _("The provider of text messages refused it ({code}).").format(code=number)
    known = {
        "recipient_refused": _("The provider refuses this address. Please check it."),
        "no_address": _("The recipient has no address any more. Please enter one first."),
        "recipient_inactive": _("The recipient's account is deactivated; nothing has to be done."),
        "no_provider": _("No provider of text messages is set up."),
        "no_robot": _("The settings name no such robot any more."),
        "no_answer": _("No answer came; it may have arrived."),
        "sender_vanished": _("The worker ended while it was being sent; it may have arrived."),
    }
    if code in known:
        return known[code]
    return _("It was tried many times without success ({code}). Please check the mail settings.").format(code=code)
