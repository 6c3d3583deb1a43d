"""What each document says, as plain data; the flows fill them, nothing here looks anything up.

All texts are shown as given. Dates are calendar days. ``organization`` and ``post`` are printed names that
read well behind each other: 云州市物流行业协会党支部 and 书记.
"""

from dataclasses import dataclass
from datetime import date
from enum import StrEnum


class Granted(StrEnum):
    """What an approval document grants."""

    APPOINTMENT = "appointment"
    REMOVAL = "removal"
    ACTING = "acting"
    EXTENSION = "extension"


@dataclass(frozen=True)
class Check:
    """Where anybody can check a document: full address of the check page, and the code that is typed by hand."""

    address: str
    code: str


@dataclass(frozen=True)
class ApprovalPaper:
    """The approval document 批复.

    Attributes:
        granted: Which of the four texts.
        number: As given by ``next_number``.
        issuer: The organization that decides; its name is the letterhead.
        addressee: The organization that asked.
        organization: Whose post or term it is about.
        dated: The day on the document; also the day in the file's metadata.
        check: The check page.
        person, post: Empty for an extension.
        from_on: First day of the post, of the acting time, or the day a removal takes effect.
        until_on: Last day of the term, the acting time or the extended term; None leaves it out.
        request: Name of the request that is answered; empty when nobody asked.
        copies_to: Who else gets the document.
    """

    granted: Granted
    number: str
    issuer: str
    addressee: str
    organization: str
    dated: date
    check: Check
    person: str = ""
    post: str = ""
    from_on: date | None = None
    until_on: date | None = None
    request: str = ""
    copies_to: tuple[str, ...] = ()


@dataclass(frozen=True)
class DisapprovalPaper:
    """The notice of refusal 不予同意告知书.

    Attributes:
        reason: The reason written for the person, never the internal one.
        review_until_on: Last day on which the person may ask for a review.
        review_office: Who takes the request for review.
        telephone: Of that office.
    """

    number: str
    issuer: str
    person: str
    organization: str
    post: str
    reason: str
    review_until_on: date
    review_office: str
    telephone: str
    dated: date
    check: Check | None = None


@dataclass(frozen=True)
class CorrectionPaper:
    """The notice of what to correct 补正通知书; ``items`` are whole sentences, ``due_on`` the last day."""

    number: str
    issuer: str
    person: str
    organization: str
    post: str
    items: tuple[str, ...]
    due_on: date
    telephone: str
    dated: date


@dataclass(frozen=True)
class AcceptancePaper:
    """The notice that the materials were accepted 受理通知书; ``expected_on`` is the policy date, if it is told."""

    number: str
    issuer: str
    person: str
    organization: str
    post: str
    telephone: str
    dated: date
    expected_on: date | None = None


@dataclass(frozen=True)
class NonAcceptancePaper:
    """The notice that the materials are not accepted 不予受理通知书; ``reason`` is the one for the person."""

    number: str
    issuer: str
    person: str
    organization: str
    post: str
    reason: str
    telephone: str
    dated: date


@dataclass(frozen=True)
class InvitationPaper:
    """The sheet for somebody without e-mail: where to go and which code to type; handed over in person."""

    issuer: str
    person: str
    organization: str
    address: str
    code: str
    valid_until_on: date
    telephone: str
    dated: date


@dataclass(frozen=True)
class InquiryPerson:
    """One person a department is asked about; ``identity`` is masked, ``born`` a month."""

    name: str
    sex: str
    born: str
    identity: str
    organization: str
    post: str


@dataclass(frozen=True)
class InquiryPaper:
    """The letter that asks a department about people 征求意见函, with the slip for its reply 回函.

    Attributes:
        department: Who is asked.
        asks: What is to be looked into, as one phrase.
        people: In the order of the list.
        due_on: Last day for the reply.
        check: The page of the letter and the code by which a scanned reply is filed.
    """

    number: str
    issuer: str
    department: str
    asks: str
    people: tuple[InquiryPerson, ...]
    due_on: date
    telephone: str
    dated: date
    check: Check


@dataclass(frozen=True)
class PlainPaper:
    """A letter whose text its flow has written: requests, replies and reports of an election.

    Attributes:
        number: Empty for papers that the sender numbers by hand.
        issuer: Whose letterhead and signature it bears.
        paragraphs: The first stands before ``items``, the others after them; at least one.
        items: A numbered list.
        contact: Telephone; empty leaves it out.
        check: The check page, for issued documents.
        formal: Whether it bears the red letterhead of an issued document.
    """

    number: str
    issuer: str
    addressee: str
    title: str
    paragraphs: tuple[str, ...]
    items: tuple[str, ...]
    dated: date
    contact: str = ""
    check: Check | None = None
    formal: bool = False


LetterPaper = (
    ApprovalPaper
    | DisapprovalPaper
    | CorrectionPaper
    | AcceptancePaper
    | NonAcceptancePaper
    | InvitationPaper
    | InquiryPaper
    | PlainPaper
)
