"""Gathers the tables of all flows for Django."""

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
    "Finding",
    "FormVersion",
    "Material",
    "Numbering",
    "OfficialDocument",
    "Paper",
    "PaperScan",
    "Proposal",
    "Reply",
    "ScanPage",
    "ScanStack",
    "StoredFile",
]
