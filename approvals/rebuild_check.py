"""Holds what the log alone tells of every case against what the tables say."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import datetime
from itertools import groupby

from django.db.models import QuerySet

from approvals.models import Case, Decision, Seat, Stage
from approvals.rebuild import CaseStory, rebuild
from audit.models import Entry

CHUNK = 500


@dataclass(frozen=True)
class Difference:
    """One thing the log and the tables do not agree on.

    Attributes:
        case: Number of the case.
        what: ``case``, ``nodes``, ``stage``, ``seat`` or ``decision``.
        where: Step, visit and place, as far as they apply.
    """

    case: str
    what: str
    where: str


def compare_cases(cases: QuerySet[Case]) -> Iterator[Difference]:
    """Compare cases, some at a time.

    Args:
        cases: Which.

    Yields:
        Every difference, by case.
    """
    last = 0
    while chunk := list(cases.filter(pk__gt=last).order_by("pk").select_related("process")[:CHUNK]):
        yield from _compare(chunk)
        last = chunk[-1].pk


def _compare(chunk: list[Case]) -> Iterator[Difference]:
    streams = {f"case:{case.number}": case for case in chunk}
    entries = Entry.objects.filter(stream__in=streams).order_by("stream", "seq")
    stories = {stream: rebuild(told) for stream, told in groupby(entries, key=lambda entry: entry.stream)}
    stages = _by_case(Stage.objects.filter(case__in=chunk).select_related("organization"), "case_id")
    seats = _by_case(Seat.objects.filter(stage__case__in=chunk), "stage_id")
    said = {decision.seat_id: decision for decision in Decision.objects.filter(seat__stage__case__in=chunk)}
    tasks = _by_case(_tasks(chunk), "process_id")
    for stream, case in streams.items():
        story = stories.get(stream, CaseStory())
        yield from (Difference(case.number, *found) for found in _of_case(case, story, tasks.get(case.pk, [])))
        of_case = stages.get(case.pk, [])
        yield from (Difference(case.number, *found) for found in _of_stages(story, of_case, seats, said))


def _tasks(chunk: list[Case]) -> QuerySet:
    task_class = chunk[0].process.flow_class.task_class
    return task_class._default_manager.filter(process__in=[case.pk for case in chunk]).order_by("pk")


def _of_case(case: Case, story: CaseStory, tasks: list) -> Iterator[tuple[str, str]]:
    told = (story.state, story.opened_at, story.closed_at)
    if told != (case.state, _iso(case.opened_at), _iso(case.closed_at)):
        yield "case", ""
    if story.nodes != [task.flow_task.name for task in tasks]:
        yield "nodes", ""


def _of_stages(story: CaseStory, stages: list[Stage], seats: dict, said: dict) -> Iterator[tuple[str, str]]:
    by_key = {(stage.step, stage.visit): stage for stage in stages}
    for key in [*story.stages, *(key for key in by_key if key not in story.stages)]:
        told, stage = story.stages.get(key), by_key.get(key)
        where = f"{key[0]} {key[1]}"
        if told is None or stage is None:
            yield "stage", where
            continue
        log = (told.organization, told.opened_at, _moment(told.due_at), told.outcome, told.goes_to, told.closed_at)
        table = (stage.organization.code, _iso(stage.opened_at), stage.due_at, stage.outcome, stage.goes_to)
        if log != (*table, _iso(stage.closed_at)):
            yield "stage", where
        rows = {seat.place: seat for seat in seats.get(stage.pk, [])}
        for place in sorted({*told.seats, *rows}):
            yield from _of_seat(told.seats.get(place), rows.get(place), said, f"{where} {place}")


def _of_seat(told, seat: Seat | None, said: dict, where: str) -> Iterator[tuple[str, str]]:
    if told is None or seat is None or (told.holder, told.state) != (seat.holder_id, seat.state):
        yield "seat", where
        return
    decision = said.get(seat.pk)
    row = (decision.verb, decision.by_id, _iso(decision.at)) if decision else None
    if told.decision != row:
        yield "decision", where


def _by_case(rows: Iterable, key: str) -> dict[int, list]:
    found: dict[int, list] = {}
    for row in rows.order_by("pk"):
        found.setdefault(getattr(row, key), []).append(row)
    return found


def _iso(moment: datetime | None) -> str:
    return moment.isoformat() if moment else ""


def _moment(text: str) -> datetime | None:
    return datetime.fromisoformat(text) if text else None
