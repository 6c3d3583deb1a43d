"""What is done once a day: grants and inboxes are held against the roles, rests of files go, the log is signed."""

from datetime import datetime

from django.utils.timezone import localdate

from approvals.actions.inbox import open_seats
from approvals.actions.upkeep import mend_inbox
from audit.actions import verify_and_record
from audit.checkpoints import make_checkpoint
from audit.queries import last_checkpoint
from organizations.grants import repair_drift
from workflows.shared.orphans import remove_orphans


def once_a_day(at: datetime) -> int:
    """Mend what drifted when roles began or ended by their date, then sign where every stream ends and verify the log.

    Args:
        at: Moment of the sweep.

    Returns:
        1 when it was done, 0 when it had been done today.
    """
    last = last_checkpoint()
    if last is not None and localdate(last.made_at) >= localdate(at):
        return 0
    repair_drift(on=localdate(at))
    mend_inbox(open_seats(), at=at)
    remove_orphans(at=at)
    make_checkpoint(at=at)
    verify_and_record(by=None, at=at)
    return 1
