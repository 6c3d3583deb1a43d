"""Ways to reach somebody, one file each. All speak the same: open, send one parcel, close."""

from dataclasses import dataclass
from datetime import datetime
from typing import Protocol

from notifications.messages import Words


@dataclass(frozen=True)
class Part:
    """What a digest says of one group.

    Attributes:
        title: Name of the group.
        lines: One line for each kind, with its count.
    """

    title: str
    lines: tuple[str, ...]


@dataclass(frozen=True)
class Parcel:
    """One message, ready to go.

    Attributes:
        key: Names it for ever; the Message-ID is made of it.
        name, address: The recipient's own name, and e-mail or telephone number of this moment.
        language: Code of the recipient's language.
        words: What is said.
        link: Full address of the page that shows more.
        written_at: When it was queued.
        parts: What a digest lists.
    """

    key: str
    name: str
    address: str
    language: str
    words: Words
    link: str
    written_at: datetime
    parts: tuple[Part, ...] = ()


class Carrier(Protocol):
    """Somebody who carries parcels."""

    def send(self, parcel: Parcel) -> str:
        """Hand a parcel over.

        Args:
            parcel: What to send.

        Returns:
            The provider's name for it, or an empty string.

        Raises:
            DeliveryFailure: one of its three kinds.
        """

    def close(self) -> None:
        """Let go of the connection, if any."""
