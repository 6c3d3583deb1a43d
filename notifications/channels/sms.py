"""Text messages, through an adapter the settings name (``SMS_ADAPTER``); without one they stay on the incident page."""

import hashlib
import hmac
import json
import time
from typing import Protocol

from django.conf import settings
from django.utils.module_loading import import_string

from notifications.channels import Parcel
from notifications.channels.errors import PassingFailure, PermanentFailure
from notifications.channels.http import post


class SmsAdapter(Protocol):
    """What a provider's adapter offers."""

    def send(self, number: str, text: str, *, key: str) -> str:
        """Send one text message.

        Args:
            number: Telephone number of the recipient.
            text: The sentence, without any personal value.
            key: Names the message, for providers that recognize repetitions.

        Returns:
            The provider's name for it.

        Raises:
            DeliveryFailure: ``OutcomeUnknown`` when it was handed over and no answer came.
        """


class NoAdapter:
    """Stands in where no provider is set up: nothing is sent, and the incident page says so."""

    def send(self, number: str, text: str, *, key: str) -> str:
        """Refuse, as ``SmsAdapter`` allows."""
        raise PermanentFailure("no_provider")


class HttpSms:
    """Hands text messages to a gateway over HTTP, signed; ``SMS_URL`` and ``SMS_SECRET`` name it.

    The body is ``{"id", "to", "text", "at"}``; ``X-Signature`` is the hexadecimal HMAC-SHA256 of the body. The gateway
    answers ``{"code": 0, "id": …}``, or another code, of which those in ``SMS_PASSING_CODES`` are tried again.
    """

    def send(self, number: str, text: str, *, key: str) -> str:
        """Send one text message, as ``SmsAdapter`` says."""
        name = hashlib.sha256(key.encode()).hexdigest()[:40]
        body = json.dumps({"id": name, "to": number, "text": text, "at": int(time.time())}, ensure_ascii=False).encode()
        signature = hmac.new(settings.SMS_SECRET.encode(), body, hashlib.sha256).hexdigest()
        answer = post(settings.SMS_URL, body, {"X-Signature": signature})
        code = answer.facts.get("code")
        if code == 0:
            return str(answer.facts.get("id", ""))[:200]
        failure = PassingFailure if str(code) in settings.SMS_PASSING_CODES else PermanentFailure
        raise failure(f"sms_{code}"[:60])


class SmsCarrier:
    """Sends text messages, each at most once."""

    def __init__(self) -> None:
        self.adapter: SmsAdapter = import_string(settings.SMS_ADAPTER)()

    def send(self, parcel: Parcel) -> str:
        """Send one text message, as ``Carrier`` says."""
        return self.adapter.send(parcel.address, f"{parcel.words.subject} {settings.SITE_ADDRESS}", key=parcel.key)

    def close(self) -> None:
        """Nothing is kept open."""
