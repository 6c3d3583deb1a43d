"""The next ledger: what it ends, moves and lets stand."""

from datetime import date, timedelta

import pytest

from organizations.actions import extend_term
from organizations.models import (
    Account,
    OrganizationGrant,
    OrganizationMove,
    PartyOrganization,
    Post,
)
from tests.organizations.importing import AT, above, change, found, row_of, run
from tests.organizations.ledgers import identity_number, small_ledger, standard_book

pytestmark = pytest.mark.django_db


@pytest.fixture
def cast_of_one(db) -> Account:
    return Account.objects.create_user("xu", "徐行")


def test_a_role_that_ends_in_the_next_ledger_ends_here():
    run(standard_book(small_ledger()))
    ledger = small_ledger()
    change(ledger, "审批人员", 0, 任职止=date(2026, 11, 20))
    outcome = run(standard_book(ledger))
    account = Account.objects.get(username=ledger["审批人员"][1][0][1])
    assert outcome.changes["roles"] == 1
    assert OrganizationGrant.objects.filter(user=account).count() == 0


def test_a_branch_that_moves_takes_its_children_along_and_the_move_is_kept(cast_of_one):
    run(standard_book(small_ledger()))
    ledger = small_ledger()
    change(ledger, "党组织", row_of(ledger, "党组织", "党组织编码", "G009"), 上级党组织编码="C001")
    outcome = run(standard_book(ledger), by=cast_of_one)
    moved = PartyOrganization.objects.get(code="G009")
    assert (outcome.changes["organizations"], above(moved)[-1]) == (1, "C001")
    assert {above(child)[-1] for child in PartyOrganization.objects.below(moved).exclude(pk=moved.pk)} == {"G009"}
    assert PartyOrganization.objects.find_problems() == ([], [], [], [], [])
    move = OrganizationMove.objects.get()
    assert (move.from_code, move.to_code, move.moved_on, move.moved_by) == (
        "C003",
        "C001",
        date(2026, 11, 23),
        cast_of_one,
    )
    assert sum(run(standard_book(ledger)).changes.values()) == 0


def test_superior_and_inferior_may_change_places():
    ledger = small_ledger()
    run(standard_book(ledger))
    change(ledger, "党组织", row_of(ledger, "党组织", "党组织编码", "C001"), 上级党组织编码="C003")
    change(ledger, "党组织", row_of(ledger, "党组织", "党组织编码", "C003"), 上级党组织编码="W100")
    change(ledger, "党组织", row_of(ledger, "党组织", "党组织编码", "C000"), 上级党组织编码="C001")
    assert run(standard_book(ledger)).changes["organizations"] == 3
    assert above(PartyOrganization.objects.get(code="C000")) == ["W000", "W100", "C003", "C001"]
    assert PartyOrganization.objects.find_problems() == ([], [], [], [], [])


def test_new_branches_hang_behind_those_that_are_there():
    run(standard_book(small_ledger()))
    ledger = small_ledger()
    ledger["党组织"][1].append(["G100", "云州市新总支", "党总支", "G101", "县", "440102", "否"])
    ledger["党组织"][1].append(["G101", "云州市更新总支", "党总支", "C001", "县", "440102", "否"])
    assert run(standard_book(ledger)).changes["organizations"] == 2
    assert above(PartyOrganization.objects.get(code="G100"))[-2:] == ["C001", "G101"]
    assert PartyOrganization.objects.find_problems() == ([], [], [], [], [])


def test_a_new_secretary_ends_the_post_of_the_one_before():
    run(standard_book(small_ledger()))
    ledger = small_ledger()
    row = row_of(ledger, "书记台账", "党组织编码", "B00003")
    change(
        ledger, "书记台账", row, 姓名="苏明远", 性别="男", 任职时间=date(2026, 11, 1), 届满时间=date(2029, 11, 1),
        公民身份号码=identity_number(date(1980, 2, 3), 331), 联系电话="13900000001",
    )  # fmt: skip
    outcome = run(standard_book(ledger))
    posts = Post.objects.filter(organization__code="B00003", title="secretary").order_by("started_on")
    assert outcome.faults == []
    assert [(post.person.name == "苏明远", post.ended_on, post.end) for post in posts] == [
        (False, date(2026, 11, 1), "succeeded"),
        (True, None, ""),
    ]
    stale = run(standard_book(small_ledger()), dry_run=True)
    assert found(stale) == {("书记台账", row + 3, "secretary_outdated")}


def test_a_second_term_is_a_second_row():
    run(standard_book(small_ledger()))
    ledger = small_ledger()
    row = row_of(ledger, "书记台账", "党组织编码", "B00003")
    change(ledger, "书记台账", row, 任职时间=date(2026, 11, 2), 届满时间=date(2029, 11, 2))
    run(standard_book(ledger))
    posts = Post.objects.filter(organization__code="B00003", title="secretary").order_by("started_on")
    assert [(post.ended_on, post.end) for post in posts] == [(date(2026, 11, 2), "term_over"), (None, "")]
    assert len({post.person_id for post in posts}) == 1


def test_a_removed_secretary_does_not_come_back_with_the_old_ledger():
    run(standard_book(small_ledger()))
    Post.objects.filter(organization__code="B00003").update(ended_on=date(2026, 11, 20), end="removed")
    assert sum(run(standard_book(small_ledger())).changes.values()) == 0


def test_an_approved_extension_outlives_the_old_ledger():
    run(standard_book(small_ledger()))
    post = Post.objects.filter(title="secretary").exclude(due_on=None).first()
    until = post.due_on + timedelta(days=200)
    extend_term(
        post=post,
        until_on=until,
        reason="疫情",
        document_number="南社批〔2026〕7号",
        by=None,
        at=AT,
        approved_on=AT.date(),
    )
    assert sum(run(standard_book(small_ledger())).changes.values()) == 0
    assert Post.objects.get(pk=post.pk).due_on == until
