"""Gathers the tables of all flows for Django."""

from workflows.appointment_review.models import (
    Finding,
    FormVersion,
    Material,
    OfficialDocument,
    Proposal,
    Reply,
)
from workflows.meetings.models import MeetingMinutes
from workflows.shared.models import Numbering, StoredFile

__all__ = [
    "Finding",
    "FormVersion",
    "Material",
    "MeetingMinutes",
    "Numbering",
    "OfficialDocument",
    "Proposal",
    "Reply",
    "StoredFile",
]
