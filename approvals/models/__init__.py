"""The tables of those who decide, gathered from the files beside this one."""

from approvals.models.cases import Case, Matter
from approvals.models.inbox import InboxRow
from approvals.models.letters import Letter, LetterExtension, LetterItem
from approvals.models.notes import Comment, Correction, Draft
from approvals.models.policies import Policy, PolicyStep
from approvals.models.stages import Decision, Seat, Stage

__all__ = [
    "Case",
    "Comment",
    "Correction",
    "Decision",
    "Draft",
    "InboxRow",
    "Letter",
    "LetterExtension",
    "LetterItem",
    "Matter",
    "Policy",
    "PolicyStep",
    "Seat",
    "Stage",
]
