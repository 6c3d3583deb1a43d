"""All flows by name."""

from approvals.case_flow import CaseFlow
from approvals.models import Case
from workflows.appointment_review.flow import AppointmentReviewFlow
from workflows.appointment_review.matter_flow import ElectionFlow

FLOWS: dict[str, type[CaseFlow]] = {flow.name: flow for flow in (AppointmentReviewFlow, ElectionFlow)}


def title_of(case: Case) -> str:
    """Name what a case is about: the matter itself, or what is asked for its person, in the reader's language."""
    return case.matter.title if case.is_of_matter else FLOWS[case.flow].subject_of(case)
