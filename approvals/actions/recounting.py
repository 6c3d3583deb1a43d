"""Counting time limits again when the calendar changes under them: those of steps, and the days given in letters."""

from datetime import date, datetime

from django.utils.timezone import localdate

from approvals.actions.acting import Acting, acting_on
from approvals.actions.acting_together import acting_on_several
from approvals.actions.letters import told_of
from approvals.enums import LetterState, SeatState
from approvals.models import InboxRow, Letter, LetterItem, Stage
from organizations.calendar import end_of_day, recomputed
from organizations.calendar_changes import Moved, crosses, put_later
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
        if not crosses(stage.counted, stage.due_at, first=first, last=last):
            continue
        if _again(stage) == (stage.due_at, stage.counted):
            continue
        with acting_on(stage.case_id, by=by, at=at) as act:
            still = Stage.objects.filter(pk=stage.pk, outcome="", due_at=stage.due_at).first()
            if still is not None:
                moved += _move(act, still)
    return moved


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


def recount_letters(*, first: date, last: date, by: Account | None, at: datetime) -> list[Moved]:
    """Give departments the days their letters promised, under the lock of everybody asked about.

    Args:
        first, last: Days between which the calendar changed for everybody.
        by, at: Who changed the calendar, and when.

    Returns:
        The letters that are due later now. A letter names its day, so none becomes due earlier than it says.
    """
    moved = []
    for letter in Letter.objects.exclude(state=LetterState.CLOSED).filter(due_at__gte=end_of_day(first)).order_by("pk"):
        if put_later(letter.counted, letter.due_at, first=first, last=last):
            moved += _move_letter(letter.pk, first, last, by=by, at=at)
    return moved


def _move_letter(letter_pk: int, first: date, last: date, *, by: Account | None, at: datetime) -> list[Moved]:
    cases = set(LetterItem.objects.filter(letter=letter_pk).values_list("case", flat=True))
    with acting_on_several(cases, by=by, at=at) as acts:
        letter = Letter.objects.select_related("department").get(pk=letter_pk)
        later = put_later(letter.counted, letter.due_at, first=first, last=last)
        if letter.state == LetterState.CLOSED or later is None:
            return []
        was = letter.due_at
        letter.due_at, letter.counted = later
        letter.save(update_fields=["due_at", "counted"])
        open_items = letter.items.filter(seat__state=SeatState.OPEN).select_related("seat__stage")
        for item in open_items:
            facts = told_of(letter) | {"was": was.isoformat()}
            acts[item.case_id].log("letter.recounted", stage=item.seat.stage, facts=facts)
        return [Moved(letter.number, letter.department.name, localdate(was), localdate(letter.due_at))]
