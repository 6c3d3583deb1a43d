"""All flows by name."""

from approvals.case_flow import CaseFlow
from workflows.appointment_review.flow import AppointmentReviewFlow
from workflows.appointment_review.matter_flow import ElectionFlow

FLOWS: dict[str, type[CaseFlow]] = {flow.name: flow for flow in (AppointmentReviewFlow, ElectionFlow)}
