"""Inbox rows by the hundred thousand: a few real seats, shown to many reviewers."""

from datetime import timedelta

from django.db import connection

from approvals.models import InboxRow, Seat
from config.bench.world import World
from organizations.models import Account, OrganizationGrant

EACH = 100  # rows of one reviewer
SEATS = EACH
SLICE = 100  # reviewers whose rows are written at once


def fill_inbox(world: World, *, size: int, due_every: int = 0) -> Account:
    """Write rows until there are as many as asked for.

    Args:
        world: The database of the bench.
        size: Rows in all; every reviewer has ``EACH``.
        due_every: Every n-th row is due in an hour; the others in thirty days.

    Returns:
        One of the reviewers.
    """
    seats = _seats(world)
    empty_inbox()  # opening cases wrote rows, too
    accounts = list(Account.objects.order_by("pk").values_list("pk", flat=True)[: size // EACH])
    if len(accounts) < size // EACH:
        accounts += _more_accounts(size // EACH - len(accounts))
    for start in range(0, len(accounts), SLICE):  # all at once they would stay in the memory that a bench measures
        _insert(world, seats, accounts[start : start + SLICE], due_every)
    account = Account.objects.get(pk=accounts[len(accounts) // 2])
    for organization in {seat.organization_id for seat in seats}:
        permission = OrganizationGrant.objects.values_list("permission", flat=True).first()
        OrganizationGrant.objects.get_or_create(user=account, content_object_id=organization, permission_id=permission)
    return account


def empty_inbox() -> None:
    """Take all rows out."""
    with connection.cursor() as cursor:
        cursor.execute("DELETE FROM approvals_inboxrow")


def numbers(count: int) -> str:
    """Give a query of the numbers from 1, as both databases spell it."""
    if connection.vendor == "postgresql":
        return f"SELECT generate_series(1, {count}) AS n"
    return f"WITH RECURSIVE up(n) AS (SELECT 1 UNION ALL SELECT n + 1 FROM up WHERE n < {count}) SELECT n FROM up"  # noqa: S608


def _seats(world: World) -> list[Seat]:
    there = list(Seat.objects.filter(state="open").select_related("stage__case")[:SEATS])
    if len(there) < SEATS:
        world.open_cases(SEATS - len(there))
        there = list(Seat.objects.filter(state="open").select_related("stage__case")[:SEATS])
    return there


def _more_accounts(count: int) -> list[int]:
    start = Account.objects.order_by("-pk").values_list("pk", flat=True)[0]
    made = Account.objects.bulk_create(
        [Account(username=f"bench{start + n}", name=f"测{n}", password="!") for n in range(1, count + 1)],  # noqa: S106
        batch_size=1000,
    )
    return [account.pk for account in made]


def _insert(world: World, seats: list[Seat], accounts: list[int], due_every: int) -> None:
    soon, later = world.at + timedelta(hours=1), world.at + timedelta(days=30)
    rows = (
        InboxRow(
            account_id=account,
            seat_id=seat.pk,
            case_id=seat.stage.case_id,
            flow=seat.stage.case.flow,
            track=seat.stage.case.track,
            step=seat.stage.step,
            step_title=seat.stage.step_title,
            case_number=seat.stage.case.number,
            subject_name=seat.stage.case.subject_name,
            organization_name=seat.stage.organization_name,
            opened_at=seat.opened_at,
            due_at=soon if due_every and (place + number) % due_every == 0 else later + timedelta(minutes=place),
            valid_from=world.at.date(),
        )
        for number, account in enumerate(accounts)
        for place, seat in enumerate(seats)
    )
    InboxRow.objects.bulk_create(rows, batch_size=2000)
