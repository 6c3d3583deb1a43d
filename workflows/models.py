"""Gathers the tables of all flows for Django."""

from workflows.appointment_review.investigation_models import (
    Challenge,
    Investigation,
    Report,
    ReportSignature,
    TalkRecord,
    Tally,
    TeamMember,
)
from workflows.appointment_review.models import (
    Finding,
    FormVersion,
    Material,
    OfficialDocument,
    Proposal,
    Reply,
)
from workflows.shared.models import Numbering, StoredFile

__all__ = [
    "Challenge",
    "Finding",
    "FormVersion",
    "Investigation",
    "Material",
    "Numbering",
    "OfficialDocument",
    "Proposal",
    "Reply",
    "Report",
    "ReportSignature",
    "StoredFile",
    "TalkRecord",
    "Tally",
    "TeamMember",
]
