"""Everything that changes data in this flow, one verb per function."""

from workflows.appointment_review.actions.electing import file_members
from workflows.appointment_review.actions.outcome import issue_document, open_obligations, record_outcome

__all__ = ["file_members", "issue_document", "open_obligations", "record_outcome"]
