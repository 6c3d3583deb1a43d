"""What a public notice may say of a person: read from the form handed in last and from the proposal."""

from collections.abc import Mapping
from datetime import date

from django.utils import translation
from django.utils.dateformat import format as dated
from django.utils.translation import pgettext

from approvals.models import Case
from workflows.appointment_review.candidate_queries import document_of, last_handed_in
from workflows.appointment_review.words import choice_words
from workflows.notices.rules import permitted
from workflows.notices.words import LANGUAGE


def facts_of_case(case: Case) -> dict[str, str]:
    """Give the permitted facts in Chinese; what is not known is left out.

    Args:
        case: The case, with subject, organization and proposal.
    """
    version = last_handed_in(case)
    document = document_of(case.subject, version) if version else {}
    with translation.override(LANGUAGE):
        return permitted(_facts(case, document))


def _facts(case: Case, document: Mapping[str, Mapping]) -> dict[str, str]:
    basics, learned = document.get("basics", {}), document.get("education", {})
    education = (learned.get("full_time_education"), learned.get("full_time_degree"))
    return {
        "name": case.subject_name,
        "sex": _word(basics.get("sex") or case.subject.sex),
        "birth_month": _month(basics.get("born_on") or case.subject.born_on),
        "ethnicity": _word(basics.get("ethnicity") or case.subject.ethnicity),
        "native_place": str(basics.get("native_place", "")),
        "political_status": _word(basics.get("political_status")),
        "education": pgettext("between names", ", ").join(filter(None, map(_word, education))),
        "employer": str(document.get("posts", {}).get("current_post", "")),
        "organization": case.organization.name,
        "post": str(case.proposal.get_title_display()),
    }


def _word(value: object) -> str:
    return choice_words(str(value)) if value and value != "no_degree" else ""


def _month(value: date | str | None) -> str:
    """Write the month only; the day would help to find the identity number."""
    if not value:
        return ""
    day = value if isinstance(value, date) else date.fromisoformat(value)
    return dated(day, pgettext("format of a month", "M Y"))
