"""One thing that somebody was told, ready to read: each way it took, and how far it got."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime

from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from notifications.enums import Channel, State
from notifications.messages import KINDS
from notifications.models import Notice, Outbox

# Shape of the status tag by state; what waits is open.
TAGS = {State.SENT: "agreed", State.FAILED: "refused", State.UNKNOWN: "notice", State.READ: "agreed"}


@dataclass(frozen=True)
class Way:
    """How far a message got by one channel.

    Attributes:
        channel: Its name.
        tag: Shape of the status.
        state: The status in words.
        at: When it left or was read, if it was.
        provider_id: What the provider called it, or empty.
        reason: Why it did not arrive, in words, or empty.
        digest: Whether it went inside a digest.
        again_at, again_by: When and by whom it was sent again, if it was.
    """

    channel: str
    tag: str
    state: str
    at: datetime | None = None
    provider_id: str = ""
    reason: str = ""
    digest: bool = False
    again_at: datetime | None = None
    again_by: str = ""


@dataclass(frozen=True)
class ToldLine:
    """One notice to one person.

    Attributes:
        at: When it was written, in the transaction of the act that told it.
        name: Who was told.
        title, body: The words as they were said, in the language of the reader.
        due_at: The due moment a reminder was about, or None.
        ways: The system first, then the letters.
    """

    at: datetime
    name: str
    title: str
    body: str
    due_at: datetime | None
    ways: list[Way]


def line_of(notice: Notice, letters: Iterable[Outbox], due_at: datetime | None) -> ToldLine:
    """Make a notice ready to read.

    Args:
        notice: With its recipient.
        letters: What left the system with it, each with its digest.
        due_at: The due moment it reminded of, or None.
    """
    sent = list(letters)
    ways = [_in_the_system(notice), *(_letter(letter) for letter in sent)]
    meant = KINDS[notice.kind].channels if notice.kind in KINDS else ()
    if Channel.EMAIL in meant and not any(letter.channel == Channel.EMAIL for letter in sent):
        reason = _("There was no address then, or the person did not want it.")
        ways.append(Way(str(Channel.EMAIL.label), "deferred", pgettext("letter", "None went out"), reason=reason))
    return ToldLine(notice.created_at, notice.recipient.name, notice.title, notice.body, due_at, ways)


def _in_the_system(notice: Notice) -> Way:
    read = notice.read_at is not None
    state = pgettext("notice", "Read") if read else pgettext("notice", "Not read yet")
    return Way(str(Channel.IN_APP.label), "agreed" if read else "open", state, notice.read_at)


def _letter(letter: Outbox) -> Way:
    carried = letter.digest or letter
    state = State(carried.state)
    return Way(
        channel=str(letter.get_channel_display()),
        tag=TAGS.get(state, "open"),
        state=str(state.label),
        at=carried.sent_at,
        provider_id=carried.provider_id,
        reason=carried.reason if carried.last_error else "",
        digest=letter.digest_id is not None,
        again_at=carried.resent_at,
        again_by=carried.resent_by.name if carried.resent_by else "",
    )


def spoken(way: Way) -> str:
    """Say in one line how a message got there, for a cell of a workbook."""
    parts = [way.state, _("in a digest") if way.digest else "", way.reason]
    return pgettext("between sentences", " ").join(part for part in parts if part)
