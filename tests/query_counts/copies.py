"""Many rows from one true one: what a list shows is copied with everything its page reads beside it."""

from collections.abc import Mapping, Sequence
from datetime import timedelta
from itertools import count

from django.db.models import Model

from approvals.models import Case, Decision, InboxRow, Matter, Seat, Stage
from tests import factories as make
from workflows.appointment_review.models import Proposal

_number = count(1)


def unsaved_copy(row: Model, **changes: object) -> Model:
    """Make a row like another that has no key yet."""
    values = {
        field.attname: getattr(row, field.attname) for field in row._meta.concrete_fields if not field.primary_key
    }
    return type(row)(**values | changes)


def copy_of(row: Model, **changes: object) -> Model:
    """Save a row like another under a new key."""
    made = unsaved_copy(row, **changes)
    made.save(force_insert=True)
    return made


def copies_of(row: Model, changes: Sequence[Mapping[str, object]]) -> list[Model]:
    """Save many rows like another at once, each with changes of its own."""
    return type(row).objects.bulk_create([unsaved_copy(row, **each) for each in changes])


def cases_like(case: Case, times: int) -> None:
    """Copy a case with person, matter, stages, seats, decisions and inbox rows."""
    numbers = [next(_number) for _ in range(times)]
    people = make.people(f"同名{number}" for number in numbers)
    matters = copies_of(Matter.objects.get(pk=case.matter_id), [{"number": f"SX-{number}"} for number in numbers])
    processes = copies_of(case.process, [{}] * times)
    own = [
        {"process_id": process.pk, "matter_id": matter.pk, "number": f"RK-{number}", "subject_id": person.pk}
        for number, person, matter, process in zip(numbers, people, matters, processes, strict=True)
    ]
    made = copies_of(Case.objects.get(pk=case.pk), own)
    proposal = Proposal.objects.get(case=case.pk)
    Proposal.objects.bulk_create([unsaved_copy(proposal, case_id=each.pk) for each in made])
    tasks = {
        task.pk: copies_of(task, [{"process_id": process.pk} for process in processes])
        for task in case.process.task_set.order_by("pk")
    }
    for stage in Stage.objects.filter(case=case.pk).order_by("pk"):
        of_task = zip(made, tasks[stage.task_id], strict=True)
        stages = copies_of(stage, [{"case_id": each.pk, "task_id": task.pk} for each, task in of_task])
        for seat in stage.seats.all():
            seats_like(seat, made, stages)


def seats_like(seat: Seat, cases: list[Case], stages: list[Stage]) -> None:
    """Copy a seat with its decisions and inbox rows into each of the stages."""
    seats = copies_of(seat, [{"stage_id": stage.pk} for stage in stages])
    for decision in Decision.objects.filter(seat=seat):
        keys = [f"copy-{made.pk}-{decision.pk}" for made in seats]
        copies_of(decision, [{"seat_id": made.pk, "key": key} for made, key in zip(seats, keys, strict=True)])
    for row in InboxRow.objects.filter(seat=seat):
        of_case = zip(cases, seats, strict=True)
        copies_of(row, [{"seat_id": made.pk, "case_id": case.pk, "case_number": case.number} for case, made in of_case])


def to_read_like(case: Case, account, times: int) -> None:
    """Lay a case before somebody for information, several times."""
    row = InboxRow.objects.filter(case=case, kind="todo").first()
    copies_of(row, [{"kind": "read", "seat_id": None, "account_id": account.pk}] * times)


def members_of(branch, times: int) -> None:
    """Give a branch further committee members."""
    for _ in range(times):
        make.post(make.person(f"委员{next(_number)}"), branch, title="member")


def branches_under(place, times: int) -> None:
    """Found branches with a secretary whose term runs out."""
    for number in range(times):
        branch = make.organization(f"第{next(_number)}读书会党支部", under=place)
        make.post(make.person(f"书记{branch.pk}"), branch, due_on=make.TODAY + timedelta(days=number % 90))
