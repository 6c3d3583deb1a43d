"""Counting time limits again when the calendar changes under them."""

from datetime import date, datetime

from django.utils.timezone import localdate

from approvals.actions.acting import Acting, acting_on
from approvals.models import InboxRow, Stage
from organizations.calendar import end_of_day, recomputed
from organizations.calendar_changes import Moved
from organizations.models import Account


def recount(*, first: date, last: date, organization: int | None, by: Account | None, at: datetime) -> list[Moved]:
    """Count the open stages again whose time limit crosses the days that changed, each under the lock of its case.

    Args:
        first, last: Days between which the calendar changed.
        organization: Key of the only organization it changed for; None for everybody.
        by, at: Who changed the calendar, and when.

    Returns:
        The stages that end on another day now. A limit whose arithmetic changed and whose day did not is written
        down silently: nothing changes for anybody.
    """
    crossing = Stage.objects.filter(outcome="", due_at__gte=end_of_day(first))
    if organization is not None:
        crossing = crossing.filter(organization=organization)
    moved = []
    for stage in crossing.order_by("case", "pk"):
        if not _counts_over(stage, first, last) or _again(stage) == (stage.due_at, stage.counted):
            continue
        with acting_on(stage.case_id, by=by, at=at) as act:
            still = Stage.objects.filter(pk=stage.pk, outcome="", due_at=stage.due_at).first()
            if still is not None:
                moved += _move(act, still)
    return moved


def _counts_over(stage: Stage, first: date, last: date) -> bool:
    """Say whether the stored arithmetic touches these days, and still is what the stage goes by."""
    if not stage.counted or end_of_day(date.fromisoformat(stage.counted["day"])) != stage.due_at:
        return False
    return date.fromisoformat(stage.counted["start"]) <= last and first <= localdate(stage.due_at)


def _again(stage: Stage) -> tuple[datetime, dict[str, object]]:
    return recomputed(stage.counted, organization=stage.organization_id)


def _move(act: Acting, stage: Stage) -> list[Moved]:
    was, (due_at, counted) = stage.due_at, _again(stage)
    closes_at = due_at if stage.closes_at == was else stage.closes_at
    Stage.objects.filter(pk=stage.pk).update(due_at=due_at, closes_at=closes_at, counted=counted)
    if due_at == was:
        return []
    InboxRow.objects.filter(seat__stage=stage).update(due_at=due_at)
    facts = {"visit": stage.visit, "was": was.isoformat(), "due_at": due_at.isoformat()}
    act.log("stage.recounted", stage=stage, facts=facts | {"closes_at": closes_at.isoformat() if closes_at else ""})
    return [Moved(act.case.number, stage.step_title, localdate(was), localdate(due_at))]
