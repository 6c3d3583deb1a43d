"""``decide``: one decision with audit, inbox and messages, beside Viewflow's assign + execute without any of them."""

from itertools import count
from typing import Any

from django.db import connection, transaction
from django.test import RequestFactory
from viewflow.workflow.models import Task

from approvals.actions.decisions import Answer, decide
from approvals.enums import Verb
from approvals.models import Seat
from config.bench.flows import STEPS, StockFlow
from config.bench.frame import Contender, Line, measure
from config.bench.world import World
from organizations.enums import Role
from organizations.models import Account, PartyOrganization

CASES = 12
_click = count(1)
_request = RequestFactory().post("/")
_BOUND = """
WITH moved AS (UPDATE bench_seat SET state = 'spoken' WHERE id = %s AND state = 'open' RETURNING id)
INSERT INTO bench_decision (seat, verb) SELECT id, 'agree' FROM moved
"""


def run(world: World, *, rounds: int) -> list[Line]:
    """Measure three approvals of some cases, one transaction for each.

    Args:
        world: The database of the bench.
        rounds: How many rounds.
    """
    body = PartyOrganization.objects.filter(assignments__role=Role.APPROVER, can_approve=True).order_by("pk").first()
    by = Account.objects.filter(assignments__role=Role.APPROVER, assignments__organization=body).first()
    units = CASES * len(STEPS)
    contenders = [
        Contender("decide(): rules, audit, inbox, outbox", _ours, units, lambda: world.open_cases(CASES)),
        Contender(
            "Viewflow: permission, assign + execute",
            lambda tasks: _stock(tasks, by),
            units,
            lambda: _stock_processes(body),
        ),
        Contender("bound: one statement, one commit", _bound, units, _bound_rows),
    ]
    return measure("decide", contenders, unit="decision", rounds=rounds)


def _ours(cases: list[tuple[Any, Account]]) -> None:
    for _step in STEPS:
        for case, by in cases:
            seat = Seat.objects.filter(stage__case=case, state="open").values_list("pk", flat=True).get()
            decide(seat_pk=seat, answer=Answer(Verb.AGREE), by=by, at=case.opened_at, key=f"bench-{next(_click)}")


def _stock_processes(body: PartyOrganization) -> list[int]:
    made = []
    for _ in range(CASES):
        activation = StockFlow.start.activation_class.create(StockFlow.instance.node("start"), None, None)
        activation.process.artifact = body
        activation.execute()
        made.append(activation.process.pk)
    return made


def _stock(processes: list[int], by: Account) -> None:
    for _step in STEPS:
        for process in processes:
            task = Task.objects.get(process=process, finished=None, flow_task_type="HUMAN")
            with transaction.atomic(), task.activation() as activation:
                assert activation.assign.has_perm(by)
                activation.assign(by)
                assert activation.start.has_perm(by)
                activation.start(_request)
                activation.execute()


def _bound_rows() -> list[int]:
    with connection.cursor() as cursor:
        cursor.execute("CREATE TABLE IF NOT EXISTS bench_seat (id integer PRIMARY KEY, state varchar(12))")
        cursor.execute("CREATE TABLE IF NOT EXISTS bench_decision (seat integer, verb varchar(12))")
        cursor.execute("DELETE FROM bench_seat")
        keys = list(range(1, CASES * len(STEPS) + 1))
        cursor.executemany("INSERT INTO bench_seat (id, state) VALUES (%s, 'open')", [(key,) for key in keys])
    return keys


def _bound(keys: list[int]) -> None:
    if connection.vendor == "postgresql":
        with connection.connection.cursor() as cursor:
            for key in keys:
                cursor.execute(_BOUND, (key,), prepare=True)
        return
    for key in keys:
        with transaction.atomic(), connection.cursor() as cursor:
            cursor.execute("UPDATE bench_seat SET state = 'spoken' WHERE id = %s AND state = 'open'", [key])
            cursor.execute("INSERT INTO bench_decision (seat, verb) VALUES (%s, 'agree')", [key])
