"""Turns what a document says into the parts of an official letter; PDF, DOCX and print view share them.

Source: GB/T 9704-2012, layout of official documents of Party and government organs: letterhead, number, title, main
addressee, body, signature and date, copies.
"""

from dataclasses import dataclass
from datetime import date
from functools import singledispatch

from django.utils.formats import date_format
from django.utils.translation import gettext as _

from workflows.shared.documents.papers import (
    AcceptancePaper,
    ApprovalPaper,
    Check,
    CorrectionPaper,
    DisapprovalPaper,
    Granted,
    InquiryPaper,
    InvitationPaper,
    LetterPaper,
    NonAcceptancePaper,
    PlainPaper,
)

END_MARK = "。"


@dataclass(frozen=True)
class Table:
    """A small table in a letter; every row has as many cells as there are headings."""

    headings: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]


@dataclass(frozen=True)
class Slip:
    """A sheet behind a letter, on which the other side answers."""

    title: str
    addressee: str
    paragraphs: tuple[str, ...]
    table: Table
    signed: tuple[str, ...]


@dataclass(frozen=True)
class Letter:
    """The parts of a letter, ready to print.

    Attributes:
        items: A numbered list between the first paragraph and the others.
        code: Printed large, for invitations.
        table: A list of people after the first paragraph.
        slip: The sheet for the answer.
        check: Printed small below, with its picture code.
    """

    letterhead: str
    number: str
    title: str
    addressee: str
    paragraphs: tuple[str, ...]
    signed_by: str
    dated: str
    day: date
    items: tuple[str, ...] = ()
    contact: str = ""
    copies: str = ""
    code: str = ""
    check: Check | None = None
    formal: bool = False
    table: Table | None = None
    slip: Slip | None = None


def day(on: date) -> str:
    """Write a day as documents do, 2026年11月23日."""
    return date_format(on, "DATE_FORMAT", use_l10n=True)


@singledispatch
def letter_of(paper: LetterPaper) -> Letter:
    """Compose the letter of a document; call it with the document language active.

    Raises:
        TypeError: the paper is none of ours.
    """
    raise TypeError(type(paper))


@letter_of.register
def _approval(paper: ApprovalPaper) -> Letter:
    opening = _("We have received your %(request)s.") % {"request": paper.request} if paper.request else ""
    return Letter(
        letterhead=paper.issuer,
        number=paper.number,
        title=_approval_title(paper),
        addressee=paper.addressee,
        paragraphs=(opening + _granted(paper), _("This is our reply.")),
        signed_by=paper.issuer,
        dated=day(paper.dated),
        day=paper.dated,
        copies="、".join(paper.copies_to),
        check=paper.check,
        formal=True,
    )


def _approval_title(paper: ApprovalPaper) -> str:
    texts = {
        Granted.APPOINTMENT: _("Reply approving the appointment of Comrade %(person)s"),
        Granted.REMOVAL: _("Reply approving the removal of Comrade %(person)s"),
        Granted.ACTING: _("Reply approving that Comrade %(person)s takes charge for the time being"),
        Granted.EXTENSION: _("Reply approving the extended term of %(organization)s"),
    }
    return texts[paper.granted] % {"person": paper.person, "organization": paper.organization}


def _granted(paper: ApprovalPaper) -> str:
    facts = {
        "person": paper.person,
        "post": paper.post,
        "organization": paper.organization,
        "from": day(paper.from_on) if paper.from_on else "",
        "until": day(paper.until_on) if paper.until_on else "",
    }
    if paper.granted == Granted.APPOINTMENT:
        text = _("After study, we approve that Comrade %(person)s serves as %(post)s of %(organization)s")
        term = _(", with a term from %(from)s to %(until)s") if paper.from_on and paper.until_on else ""
    elif paper.granted == Granted.REMOVAL:
        text = _("After study, we approve that Comrade %(person)s is removed as %(post)s of %(organization)s")
        term = _(", with effect from %(from)s") if paper.from_on else ""
    elif paper.granted == Granted.ACTING:
        text = _("After study, we approve that Comrade %(person)s takes charge of %(organization)s for the time being")
        term = _(", from %(from)s to the day a secretary takes office, at the latest until %(until)s")
    else:
        text = _("After study, we approve that %(organization)s holds its re-election later")
        term = _(", and this term is extended until %(until)s. Please complete the re-election by then")
    return (text + term) % facts + _(".")


@letter_of.register
def _disapproval(paper: DisapprovalPaper) -> Letter:
    facts = {
        "organization": paper.organization,
        "post": paper.post,
        "reason": paper.reason.rstrip(END_MARK),
        "until": day(paper.review_until_on),
        "office": paper.review_office,
    }
    return Letter(
        letterhead=paper.issuer,
        number=paper.number,
        title=_("Notice that an appointment is not approved"),
        addressee=_("Comrade %(person)s") % {"person": paper.person},
        paragraphs=(
            _("After study, we do not approve that you serve as %(post)s of %(organization)s.") % facts,
            _("Reason: %(reason)s.") % facts,
            _(
                "If you do not agree, you may ask %(office)s for a review by %(until)s. Other people will handle the "
                "review, and its outcome will not be worse for you."
            )
            % facts,
        ),
        signed_by=paper.issuer,
        dated=day(paper.dated),
        day=paper.dated,
        contact=_("Telephone: %(number)s") % {"number": paper.telephone},
        check=paper.check,
    )


@letter_of.register
def _correction(paper: CorrectionPaper) -> Letter:
    facts = {"organization": paper.organization, "post": paper.post, "due": day(paper.due_on)}
    return _notice(
        paper,
        title=_("Notice of what to correct"),
        paragraphs=(
            _("We have checked your materials for %(post)s of %(organization)s. Please correct the following:") % facts,
            _(
                "Please hand in the corrected materials by %(due)s. Until then the time of our handling stands still. "
                "If you need longer, please tell us before that day."
            )
            % facts,
        ),
        items=paper.items,
    )


@letter_of.register
def _acceptance(paper: AcceptancePaper) -> Letter:
    facts = {"organization": paper.organization, "post": paper.post}
    paragraphs = [
        _("Your materials for %(post)s of %(organization)s are complete and in due form. We have accepted them.")
        % facts
    ]
    if paper.expected_on:
        paragraphs.append(_("As a rule we finish by %(day)s.") % {"day": day(paper.expected_on)})
    return _notice(paper, title=_("Notice of acceptance"), paragraphs=tuple(paragraphs))


@letter_of.register
def _non_acceptance(paper: NonAcceptancePaper) -> Letter:
    facts = {"organization": paper.organization, "post": paper.post, "reason": paper.reason.rstrip(END_MARK)}
    return _notice(
        paper,
        title=_("Notice of non-acceptance"),
        paragraphs=(
            _("We do not accept your materials for %(post)s of %(organization)s.") % facts,
            _("Reason: %(reason)s.") % facts,
            _("You may hand in again once the reason no longer applies."),
        ),
    )


def _notice(
    paper: CorrectionPaper | AcceptancePaper | NonAcceptancePaper,
    *,
    title: str,
    paragraphs: tuple[str, ...],
    items: tuple[str, ...] = (),
) -> Letter:
    return Letter(
        letterhead=paper.issuer,
        number=paper.number,
        title=title,
        addressee=_("Comrade %(person)s") % {"person": paper.person},
        paragraphs=paragraphs,
        items=items,
        signed_by=paper.issuer,
        dated=day(paper.dated),
        day=paper.dated,
        contact=_("Telephone: %(number)s") % {"number": paper.telephone},
    )


@letter_of.register
def _invitation(paper: InvitationPaper) -> Letter:
    facts = {"until": day(paper.valid_until_on), "address": paper.address, "organization": paper.organization}
    return Letter(
        letterhead=paper.issuer,
        number="",
        title=_("How to open your account"),
        addressee=_("Comrade %(person)s") % {"person": paper.person},
        paragraphs=(
            _("%(organization)s asks you to fill in your materials online. The code below opens your account:") % facts,
            _("The code is for you alone and works once, until %(until)s. If it is lost, call us for a new one.")
            % facts,
        ),
        items=(
            _("Scan the picture code with your phone, or open %(address)s in a browser.") % facts,
            _("Type the code of this sheet and choose a password of at least 12 characters."),
            _("Sign in and follow the first page; what you type is saved at once."),
        ),
        signed_by=paper.issuer,
        dated=day(paper.dated),
        day=paper.dated,
        contact=_("Telephone: %(number)s") % {"number": paper.telephone},
        code=paper.code,
        check=Check(address=paper.address, code=""),
    )


@letter_of.register
def _inquiry(paper: InquiryPaper) -> Letter:
    facts = {
        "first": paper.people[0].name,
        "number": len(paper.people),
        "asks": paper.asks.rstrip(END_MARK),
        "due": day(paper.due_on),
        "letter": paper.number,
    }
    title = _("Letter asking for your opinion on Comrade %(first)s") if len(paper.people) == 1 else None
    return Letter(
        letterhead=paper.issuer,
        number=paper.number,
        title=(title or _("Letter asking for your opinion on Comrade %(first)s and others, %(number)s in all")) % facts,
        addressee=paper.department,
        paragraphs=(
            _(
                "Before people take a post in the Party organizations of social organizations we look into their "
                "records. Please check for the following comrades: %(asks)s."
            )
            % facts,
            _(
                "Please answer with the slip behind this letter, stamped, by %(due)s. Please answer as well where you "
                "have found nothing. What this letter says is for this check alone."
            )
            % facts,
        ),
        signed_by=paper.issuer,
        dated=day(paper.dated),
        day=paper.dated,
        contact=_("Telephone: %(number)s") % {"number": paper.telephone} if paper.telephone else "",
        check=paper.check,
        table=Table(
            (_("No."), _("Name"), _("Sex"), _("Born"), _("Identity number"), _("Organization"), _("Intended post")),
            tuple(
                (str(place), one.name, one.sex, one.born, one.identity, one.organization, one.post)
                for place, one in enumerate(paper.people, start=1)
            ),
        ),
        slip=_reply_slip(paper, facts),
    )


BLANK_ROWS = 4


def _reply_slip(paper: InquiryPaper, facts: dict) -> Slip:
    return Slip(
        title=_("Reply"),
        addressee=paper.issuer,
        paragraphs=(
            _("We have received your letter %(letter)s about %(number)s comrades.") % facts,
            _("After checking, we have found nothing about any of them except the following:"),
        ),
        table=Table((_("Name"), _("What was found")), (("", ""),) * BLANK_ROWS),
        signed=(_("%(department)s (stamp)") % {"department": paper.department}, _("Date: ")),
    )


@letter_of.register
def _plain(paper: PlainPaper) -> Letter:
    return Letter(
        letterhead=paper.issuer,
        number=paper.number,
        title=paper.title,
        addressee=paper.addressee,
        paragraphs=paper.paragraphs,
        items=paper.items,
        signed_by=paper.issuer,
        dated=day(paper.dated),
        day=paper.dated,
        contact=_("Telephone: %(number)s") % {"number": paper.contact} if paper.contact else "",
        check=paper.check,
        formal=paper.formal,
    )
