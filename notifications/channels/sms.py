"""Text messages, through an adapter the settings name (``SMS_ADAPTER``); without one they stay on the incident page."""

from typing import Protocol

from django.conf import settings
from django.utils.module_loading import import_string

from notifications.channels import Parcel
from notifications.channels.errors import PermanentFailure


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


class SmsCarrier:
    """Sends text messages, each at most once."""

    def __init__(self) -> None:
        self.adapter: SmsAdapter = import_string(settings.SMS_ADAPTER)()

    def send(self, parcel: Parcel) -> str:
        """Send one text message, as ``Carrier`` says."""
        return self.adapter.send(parcel.address, f"{parcel.words.subject} {settings.SITE_ADDRESS}", key=parcel.key)

    def close(self) -> None:
        """Nothing is kept open."""
