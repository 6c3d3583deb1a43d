"""Which case a candidate or a helper has before them; for everybody else it does not exist."""

from django.http import Http404

from approvals.models import Case
from organizations.models import Account
from workflows.appointment_review.candidate_queries import cases_about, cases_helped


def own_case(account: Account, number: str) -> Case:
    """Find a case that is about the account's person.

    Raises:
        Http404: there is none of this number, or it is somebody else's.
    """
    case = cases_about(account).filter(number=number).first()
    if case is None:
        raise Http404
    return case


def case_to_fill_in(account: Account, number: str) -> tuple[Case, bool]:
    """Find a case that the account may fill in, and say whether it is their own.

    Raises:
        Http404: it is neither their own nor one they help with at the moment.
    """
    case = cases_about(account).filter(number=number).first()
    if case is not None:
        return case, True
    case = cases_helped(account).filter(number=number).first()
    if case is None:
        raise Http404
    return case, False
