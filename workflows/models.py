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
from workflows.batches.models import BatchItem, BatchRun
from workflows.papers.models import ScanPage, ScanStack
from workflows.shared.models import Numbering, StoredFile
from workflows.shared.paper_models import Paper, PaperScan

__all__ = [
    "BatchItem",
    "BatchRun",
    "Challenge",
    "Finding",
    "FormVersion",
    "Investigation",
    "Material",
    "Numbering",
    "OfficialDocument",
    "Paper",
    "PaperScan",
    "Proposal",
    "Reply",
    "Report",
    "ReportSignature",
    "ScanPage",
    "ScanStack",
    "StoredFile",
    "TalkRecord",
    "Tally",
    "TeamMember",
]
