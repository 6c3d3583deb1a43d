"""``inbox``: first page and exact count of somebody's inbox, beside Viewflow's own queue and an index-only scan."""

from django.contrib.auth.models import Permission
from django.db import connection
from guardian.models import UserObjectPermission
from viewflow.workflow.models import Process, Task
from viewflow.workflow.status import STATUS
from viewflow.workflow.token import Token

from approvals.enums import RowKind
from approvals.inbox import Wanted, counts_of, page_of_rows, rows_of
from config.bench import rows
from config.bench.flows import SEE, StockFlow
from config.bench.frame import Contender, Line, measure
from config.bench.world import World, analyze
from organizations.models import Account

PAGE = 50
SIZES = (10_000, 100_000)
LARGE = 1_000_000
_SCAN = "SELECT due_at, id FROM approvals_inboxrow WHERE account_id = %s AND kind = 'todo' ORDER BY due_at, id LIMIT 51"
_COUNT = "SELECT count(*) FROM approvals_inboxrow WHERE account_id = %s AND kind = 'todo'"


def run(world: World, *, rounds: int, large: bool = False) -> list[Line]:
    """Measure a page and its count while the table grows; the reviewer always has about a hundred rows.

    Args:
        world: The database of the bench.
        rounds: How many rounds.
        large: Add a million rows.
    """
    lines: list[Line] = []
    for size in (*SIZES, LARGE) if large else SIZES:
        account = rows.fill_inbox(world, size=size)
        fill_queue(size=size, account=account)
        analyze()
        lines += measure(f"inbox {size // 1000}k", _contenders(world, account), unit="page", rounds=rounds)
    rows.empty_inbox()
    return lines


def fill_queue(*, size: int, account: Account) -> None:
    """Write as many open tasks, each with an organization's permission; the account may decide at a hundred of them."""
    Task.objects.filter(process__flow_class=StockFlow).delete()
    process = Process.objects.create(flow_class=StockFlow)
    task = Task.objects.create(
        process=process, flow_task=StockFlow.first, flow_task_type="HUMAN", token=Token("start"), owner_permission=SEE
    )
    kept = ("id", "owner_permission_obj_pk")
    names = ", ".join(field.column for field in Task._meta.concrete_fields if field.column not in kept)
    with connection.cursor() as cursor:
        cursor.execute(
            f"INSERT INTO viewflow_task ({names}, owner_permission_obj_pk) SELECT {names}, CAST(n AS varchar(12)) "  # noqa: S608
            f"FROM viewflow_task, ({rows.numbers(size)}) AS many WHERE viewflow_task.id = %s",
            [task.pk],
        )
    _grant_as_guardian_does(account)


def _grant_as_guardian_does(account: Account) -> None:
    permission = Permission.objects.get(codename=SEE.partition(".")[2])
    UserObjectPermission.objects.filter(user=account).delete()
    UserObjectPermission.objects.bulk_create(
        UserObjectPermission(
            user=account, permission=permission, content_type=permission.content_type, object_pk=str(number)
        )
        for number in range(1, rows.EACH + 1)
    )


def _contenders(world: World, account: Account) -> list[Contender]:
    return [
        Contender("our page and count", lambda _none: _ours(world, account), 1),
        Contender("Viewflow: user_queue page and count", lambda fresh: _stock(fresh), 1, lambda: _afresh(account)),
        Contender("bound: prepared index-only scan, count", lambda _none: _bound(account), 1),
    ]


def _afresh(account: Account) -> Account:
    return Account.objects.get(pk=account.pk)


def _ours(world: World, account: Account) -> None:
    counts_of(account, wanted=Wanted(), at=world.at)
    found, _more = page_of_rows(rows_of(account, on=world.at.date()).filter(kind=RowKind.TODO))
    assert len(found) == PAGE


def _stock(account: Account) -> None:
    queue = Task.objects.user_queue(account, flow_class=StockFlow).filter(status=STATUS.NEW)
    queue.count()
    assert len(queue.select_related("process").order_by("-created")[:PAGE]) == PAGE


def _bound(account: Account) -> None:
    prepared = {"prepare": True} if connection.vendor == "postgresql" else {}
    connection.ensure_connection()
    mark = "%s" if prepared else "?"
    cursor = connection.connection.cursor()
    for statement in (_SCAN, _COUNT):
        cursor.execute(statement.replace("%s", mark), (account.pk,), **prepared)
        cursor.fetchall()
    cursor.close()
