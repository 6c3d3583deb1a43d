"""Gathers the tables of all flows for Django."""

from workflows.appointment_review.models import (
    Finding,
    FormVersion,
    Material,
    OfficialDocument,
    Proposal,
    Reply,
)
from workflows.letters.models import LetterScan
from workflows.shared.models import Numbering, StoredFile

__all__ = [
    "Finding",
    "FormVersion",
    "LetterScan",
    "Material",
    "Numbering",
    "OfficialDocument",
    "Proposal",
    "Reply",
    "StoredFile",
]
