"""Fills the letter to a department from what the system holds."""

from collections.abc import Sequence

from django.conf import settings
from django.urls import reverse
from django.utils.formats import date_format
from django.utils.timezone import localdate
from django.utils.translation import override, pgettext

from approvals.models import Letter, LetterItem
from workflows.shared.documents import Check, InquiryPaper, InquiryPerson
from workflows.shared.documents.pdf import LANGUAGE


def inquiry_paper(letter: Letter, items: Sequence[LetterItem]) -> InquiryPaper:
    """Make the letter as it was sent.

    Args:
        letter: The letter with department and organization.
        items: Its people with case, person, organization and proposal.
    """
    with override(LANGUAGE):
        people = tuple(_person(item) for item in items)
    return InquiryPaper(
        number=letter.number,
        issuer=letter.organization.name,
        department=letter.department.name,
        asks=letter.asks,
        people=people,
        due_on=localdate(letter.due_at),
        telephone=letter.organization.phone,
        dated=localdate(letter.sent_at),
        check=Check(f"{settings.SITE_ADDRESS}{reverse('workflows:letter', args=[letter.token])}", letter.token),
    )


def _person(item: LetterItem) -> InquiryPerson:
    person, case = item.case.subject, item.case
    born = date_format(person.born_on, pgettext("format of a month", "M Y")) if person.born_on else ""
    return InquiryPerson(
        name=case.subject_name,
        sex=str(person.get_sex_display()),
        born=born,
        identity=person.identity_mask,
        organization=case.organization.name,
        post=str(case.proposal.get_title_display()),
    )
