"""Everything that changes data in this flow, one verb per function."""

from workflows.appointment_review.actions.elections_replies import (
    confirm_winners,
    file_members,
    issue_first_reply,
    let_stand,
    refuse_all,
    refuse_winners,
)
from workflows.appointment_review.actions.outcome import issue_document, open_obligations, record_outcome

__all__ = [
    "confirm_winners",
    "file_members",
    "issue_document",
    "issue_first_reply",
    "let_stand",
    "open_obligations",
    "record_outcome",
    "refuse_all",
    "refuse_winners",
]
