"""E-mail, through whatever Django's mail settings name: SMTP, or a provider by anymail."""

import hashlib
from email.utils import format_datetime, formataddr
from smtplib import (
    SMTPAuthenticationError,
    SMTPException,
    SMTPRecipientsRefused,
    SMTPResponseException,
    SMTPSenderRefused,
)
from urllib.parse import urlsplit

from anymail.exceptions import AnymailAPIError, AnymailRecipientsRefused
from django.conf import settings
from django.core.mail import EmailMultiAlternatives, get_connection
from django.core.mail.backends.base import BaseEmailBackend
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import override

from notifications.channels import Parcel
from notifications.channels.errors import DeliveryFailure, PassingFailure, PermanentFailure

TOO_MANY_REQUESTS = 429


class EmailCarrier:
    """Sends letters over one connection."""

    def __init__(self) -> None:
        self.connection: BaseEmailBackend | None = None

    def send(self, parcel: Parcel) -> str:
        """Send one letter, as ``Carrier`` says."""
        try:
            if self.connection is None:
                self.connection = get_connection()
                self.connection.open()
            letter = letter_of(parcel, self.connection)
            letter.send()
        except (SMTPException, AnymailAPIError, AnymailRecipientsRefused, OSError) as error:
            self.close()
            raise failure_of(error) from error
        status = getattr(letter, "anymail_status", None)
        return str(getattr(status, "message_id", "") or letter.extra_headers["Message-ID"])[:200]

    def close(self) -> None:
        """Close the connection; a broken one is only forgotten."""
        connection, self.connection = self.connection, None
        if connection is None:
            return
        try:
            connection.close()
        except (SMTPException, OSError):
            return


def letter_of(parcel: Parcel, connection: BaseEmailBackend | None = None) -> EmailMultiAlternatives:
    """Write a letter as text and HTML.

    Args:
        parcel: What to say to whom.
        connection: How it will travel.

    Returns:
        The letter; the same parcel gives the same Message-ID and Date for ever.
    """
    site = urlsplit(settings.SITE_ADDRESS).hostname or "localhost"
    facts = {"parcel": parcel, "words": parcel.words}
    with override(parcel.language):
        facts["greeting"] = _("Dear {name},").format(name=one_line(parcel.name))
        facts["footer"] = _("This letter was sent by the system; please do not answer it.")
        ways = settings.SITE_ADDRESS + reverse("organizations:telling")
        facts["ways"] = _("You decide how you are told: {address}").format(address=ways)
        text, html = (render_to_string(f"email/notice.{kind}", facts) for kind in ("txt", "html"))
    letter = EmailMultiAlternatives(
        subject=one_line(parcel.words.subject),
        body=text,
        to=[formataddr((one_line(parcel.name), parcel.address))],
        connection=connection,
        headers={
            "Message-ID": message_id(parcel.key, site),
            "Date": format_datetime(parcel.written_at),
            "List-Id": f"<notices.{site}>",
            "List-Help": f"<{settings.SITE_ADDRESS}/notices/>",
            "Auto-Submitted": "auto-generated",
            "X-Auto-Response-Suppress": "All",
        },
    )
    letter.attach_alternative(html, "text/html")
    return letter


def message_id(key: str, site: str) -> str:
    """Make the Message-ID of a key.

    Args:
        key: Names the message for ever.
        site: Host name of the system.

    Returns:
        The same identifier for the same key, which tells nothing about it.
    """
    return f"<{hashlib.sha256(key.encode()).hexdigest()[:40]}@{site}>"


def one_line(text: str) -> str:
    """Make a text safe for a header: no line breaks, no control characters."""
    return " ".join("".join(sign if sign.isprintable() else " " for sign in text).split())


def failure_of(error: Exception) -> DeliveryFailure:
    """Say whether to try again after an error.

    Args:
        error: What the mail backend raised.

    Returns:
        A passing failure for 4xx answers, broken connections and faults of our own settings, else a permanent one.
    """
    if isinstance(error, SMTPRecipientsRefused):
        code = max(answer[0] for answer in error.recipients.values())
        return _by_code(code, code >= 500)
    if isinstance(error, SMTPAuthenticationError | SMTPSenderRefused):
        return PassingFailure(f"smtp_{error.smtp_code}")
    if isinstance(error, SMTPResponseException):
        return _by_code(error.smtp_code, error.smtp_code >= 500)
    if isinstance(error, AnymailRecipientsRefused):
        return PermanentFailure("recipient_refused")
    if isinstance(error, AnymailAPIError):
        status = error.status_code or 0
        return _by_code(status, 400 <= status < 500 and status != TOO_MANY_REQUESTS, word="http")
    return PassingFailure(type(error).__name__)


def _by_code(code: int, permanent: bool, word: str = "smtp") -> DeliveryFailure:
    return (PermanentFailure if permanent else PassingFailure)(f"{word}_{code}")
