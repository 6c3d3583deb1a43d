"""Moving the time limit of an open step to a later day, because somebody outside was given until then."""

from collections.abc import Mapping
from datetime import datetime

from approvals.actions.acting import Acting
from approvals.models import InboxRow, Stage


def put_off(act: Acting, stage: Stage, *, until: datetime, counted: Mapping[str, object]) -> None:
    """Let the clock of a step run until a later moment; a limit that is later already stays, and none is made.

    Args:
        act: The act on the case of the step.
        stage: The open step, as it stands under the lock.
        until: Last moment of the new limit.
        counted: The arithmetic it was counted by; empty for a day that was agreed on, which no calendar moves.

    Source: docs/letters.md; clocks stop while something is deferred.
    """
    was = stage.due_at
    if was is None or was >= until:
        return
    stage.closes_at = until if stage.closes_at == was else stage.closes_at
    stage.due_at, stage.counted = until, dict(counted)
    stage.save(update_fields=["due_at", "closes_at", "counted"])
    InboxRow.objects.filter(seat__stage=stage).update(due_at=until)
    facts = {"visit": stage.visit, "was": was.isoformat(), "due_at": until.isoformat()}
    act.log("stage.put_off", stage=stage, facts=facts)
