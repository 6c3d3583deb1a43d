"""Gathers the tables of all flows for Django."""

from workflows.appointment_review.election_models import (
    Campaign,
    ElectionNominee,
    ElectionPlan,
    ElectionResult,
    NomineeVotes,
)
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
from workflows.letters.models import LetterScan
from workflows.notices.models import NoticePerson, Objection, ObjectionEntry, PublicNotice
from workflows.papers.models import ScanPage, ScanStack
from workflows.shared.models import Numbering, StoredFile
from workflows.shared.paper_models import Paper, PaperScan

__all__ = [
    "BatchItem",
    "BatchRun",
    "Campaign",
    "Challenge",
    "ElectionNominee",
    "ElectionPlan",
    "ElectionResult",
    "Finding",
    "FormVersion",
    "Investigation",
    "LetterScan",
    "Material",
    "NomineeVotes",
    "NoticePerson",
    "Numbering",
    "Objection",
    "ObjectionEntry",
    "OfficialDocument",
    "Paper",
    "PaperScan",
    "Proposal",
    "PublicNotice",
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
