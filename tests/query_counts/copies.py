"""Many rows from one true one: what a list shows is copied with everything its page reads beside it."""

from datetime import timedelta
from itertools import count

from django.db.models import Model

from approvals.models import Case, Decision, InboxRow, Matter, Stage
from tests import factories as make
from workflows.appointment_review.models import Proposal

_number = count(1)


def copy_of(row: Model, **changes: object) -> Model:
    """Save a row like another under a new key."""
    values = {
        field.attname: getattr(row, field.attname) for field in row._meta.concrete_fields if not field.primary_key
    }
    return type(row).objects.create(**values | changes)


def cases_like(case: Case, times: int) -> None:
    """Copy a case with person, matter, stages, seats, decisions and inbox rows."""
    for _ in range(times):
        number = next(_number)
        person = make.person(f"同名{number}")
        matter = copy_of(Matter.objects.get(pk=case.matter_id), number=f"SX-{number}")
        process = copy_of(case.process)
        made = copy_of(
            Case.objects.get(pk=case.pk),
            process_id=process.pk,
            matter_id=matter.pk,
            number=f"RK-{number}",
            subject_id=person.pk,
        )
        proposal = Proposal.objects.get(case=case.pk)
        proposal.pk = made.pk
        proposal.save(force_insert=True)
        tasks = {task.pk: copy_of(task, process_id=process.pk).pk for task in case.process.task_set.order_by("pk")}
        for stage in Stage.objects.filter(case=case.pk).order_by("pk"):
            stage_pk = copy_of(stage, case_id=made.pk, task_id=tasks[stage.task_id]).pk
            for seat in stage.seats.all():
                seat_pk = copy_of(seat, stage_id=stage_pk).pk
                for decision in Decision.objects.filter(seat=seat):
                    copy_of(decision, seat_id=seat_pk, key=f"copy-{number}-{decision.pk}")
                for row in InboxRow.objects.filter(seat=seat):
                    copy_of(row, seat_id=seat_pk, case_id=made.pk, case_number=made.number)


def to_read_like(case: Case, account, times: int) -> None:
    """Lay a case before somebody for information, several times."""
    row = InboxRow.objects.filter(case=case, kind="todo").first()
    for _ in range(times):
        copy_of(row, kind="read", seat_id=None, account_id=account.pk)


def members_of(branch, times: int) -> None:
    """Give a branch further committee members."""
    for _ in range(times):
        make.post(make.person(f"委员{next(_number)}"), branch, title="member")


def branches_under(place, times: int) -> None:
    """Found branches with a secretary whose term runs out."""
    for number in range(times):
        branch = make.organization(f"第{next(_number)}读书会党支部", under=place)
        make.post(make.person(f"书记{branch.pk}"), branch, due_on=make.TODAY + timedelta(days=number % 90))
