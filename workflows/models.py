"""Gathers the tables of all flows for Django."""

from workflows.appointment_review.election_models import (
    Campaign,
    ElectionNominee,
    ElectionPlan,
    ElectionResult,
    NomineeVotes,
)
from workflows.appointment_review.models import (
    Finding,
    FormVersion,
    Material,
    OfficialDocument,
    Proposal,
    Reply,
)
from workflows.letters.models import LetterScan
from workflows.notices.models import NoticePerson, Objection, ObjectionEntry, PublicNotice
from workflows.shared.models import Numbering, StoredFile

__all__ = [
    "Campaign",
    "ElectionNominee",
    "ElectionPlan",
    "ElectionResult",
    "Finding",
    "FormVersion",
    "LetterScan",
    "Material",
    "NomineeVotes",
    "NoticePerson",
    "Numbering",
    "Objection",
    "ObjectionEntry",
    "OfficialDocument",
    "Proposal",
    "PublicNotice",
    "Reply",
    "StoredFile",
]
