"""The ledger gives roles by the same rules as a security administrator, and undoes nothing that one decided."""

import json
from datetime import date

import pytest

from audit.models import Entry
from audit.verify import verify_log
from organizations.actions import revoke_role
from organizations.models import Account, RoleAssignment
from tests.organizations.importing import AT, change, found, row_of, run
from tests.organizations.ledgers import small_ledger, standard_book

pytestmark = pytest.mark.django_db
SHEET = "审批人员"


def roles_of(ledger) -> list:
    return ledger[SHEET][1]


def place_of(number: int) -> int:
    return number + 3


def own_sheet(row: list, **changes: object) -> dict:
    """Give a small ledger with one row more about somebody it knows."""
    ledger = small_ledger()
    roles_of(ledger).append(list(row))
    change(ledger, SHEET, len(roles_of(ledger)) - 1, **changes)
    return ledger


def test_a_role_that_was_taken_back_does_not_come_back_with_the_old_ledger():
    run(standard_book(small_ledger()))
    row = roles_of(small_ledger())[0]
    role = RoleAssignment.objects.filter(account__username=row[1]).earliest("pk")
    revoke_role(assignment=role, by=None, at=AT, reason="调离")
    outcome = run(standard_book(small_ledger()), good_rows=True)
    assert found(outcome) == {(SHEET, place_of(0), "role_ended")}
    role.refresh_from_db()
    assert role.until_on == AT.date()
    assert run(standard_book(small_ledger()), good_rows=True).changes["roles"] == 0


def test_a_role_that_ends_later_than_known_is_prolonged_by_nobody_here():
    ledger = small_ledger()
    change(ledger, SHEET, 0, 任职止=date(2026, 12, 31))
    run(standard_book(ledger))
    change(ledger, SHEET, 0, 任职止=date(2027, 12, 31))
    assert found(run(standard_book(ledger), dry_run=True)) == {(SHEET, place_of(0), "role_ended")}


def test_nobody_imports_a_role_for_himself():
    run(standard_book(small_ledger()))
    rows = roles_of(small_ledger())
    mine = row_of(small_ledger(), SHEET, "角色", "系统管理员")
    importer = Account.objects.get(username=rows[mine][1])
    assert run(standard_book(small_ledger()), by=importer, good_rows=True).faults == []
    more = own_sheet(rows[mine], 角色="系统管理员", 组织编码="P100")
    assert found(run(standard_book(more), by=importer, dry_run=True)) == {(SHEET, place_of(len(rows)), "own_role")}
    assert found(run(standard_book(more), dry_run=True)) == set()


def test_what_somebody_holds_already_counts_for_three_pairs_of_hands():
    run(standard_book(small_ledger()))
    ledger = small_ledger()
    auditor = row_of(ledger, SHEET, "角色", "监督员")
    change(ledger, SHEET, auditor, 角色="审批人")
    assert found(run(standard_book(ledger), dry_run=True)) == {(SHEET, place_of(auditor), "role_clash")}


def test_each_role_of_a_ledger_is_an_entry_and_ends_open_sessions():
    run(standard_book(small_ledger()))
    granted = Entry.objects.filter(stream="grants", verb="role.granted")
    assert granted.count() == RoleAssignment.objects.count()
    row = roles_of(small_ledger())[0]
    account = Account.objects.get(username=row[1])
    Account.objects.filter(pk=account.pk).update(last_login=AT)
    more = own_sheet(row, 组织编码="P100")
    assert run(standard_book(more)).faults == []
    last = json.loads(granted.latest("seq").body)["facts"]
    assert (last["account"], last["place"]) == (row[0], "P100")
    before = account.session_generation
    account.refresh_from_db()
    assert account.session_generation == before + 1
    assert verify_log().holds


@pytest.mark.parametrize(
    ("sheet", "row", "changes", "kind"),
    [
        ("社会组织", 0, {"从业人数": 13900000001}, "number_too_large"),
        ("党组织", 0, {"党组织编码": "P" * 40}, "code_too_long"),
    ],
)
def test_a_value_no_column_holds_is_a_fault_of_its_row(sheet, row, changes, kind):
    ledger = small_ledger()
    change(ledger, sheet, row, **changes)
    assert (sheet, kind) in {(where, what) for where, _row, what in found(run(standard_book(ledger), dry_run=True))}
