"""Gathers the tables of all flows for Django."""

from workflows.appointment_review.models import (
    Finding,
    FormVersion,
    Material,
    OfficialDocument,
    Proposal,
    Reply,
)
from workflows.notices.models import NoticePerson, Objection, ObjectionEntry, PublicNotice
from workflows.shared.models import Numbering, StoredFile

__all__ = [
    "Finding",
    "FormVersion",
    "Material",
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
