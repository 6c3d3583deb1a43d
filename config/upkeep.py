"""What is done once a day: the log is signed and verified."""

from datetime import datetime

from django.utils.timezone import localdate

from audit.actions import verify_and_record
from audit.checkpoints import make_checkpoint
from audit.queries import last_checkpoint


def sign_once_a_day(at: datetime) -> int:
    """Sign where every stream ends and verify the log, unless it was done today.

    Args:
        at: Moment of the sweep.

    Returns:
        1 when it was done, else 0.
    """
    last = last_checkpoint()
    if last is not None and localdate(last.made_at) >= localdate(at):
        return 0
    make_checkpoint(at=at)
    verify_and_record(by=None, at=at)
    return 1
