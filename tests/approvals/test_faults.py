"""The database fails at each statement of an act in turn: everything is as before, and the same click then counts."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import date

from django.apps import apps
from django.db import OperationalError, connection

from approvals.actions.cases import withdraw_case
from approvals.actions.decisions import Answer, claim, decide
from approvals.actions.upkeep import close_due_stages
from approvals.models import Case, Stage
from organizations.actions.accounts import open_account
from organizations.actions.roles import grant_role
from tests import factories as make
from tests.approvals.rebuilt import differences
from tests.approvals.test_decisions import deciding, holders
from tests.cases import INTENT, case_at, fresh, new_case, open_seat, publish, say
from workflows.appointment_review.actions.opening import ask_for_review, open_assignment, open_removal

ROOMS = ("audit", "notifications", "organizations", "approvals", "workflows", "viewflow", "guardian")
TABLES = [model for model in apps.get_models(include_auto_created=True) if model._meta.app_label in ROOMS]


def everything() -> dict[str, list[tuple]]:
    """Read every row of every table of ours."""
    return {model._meta.label: list(model._base_manager.order_by("pk").values_list()) for model in TABLES}


@contextmanager
def failing_at(number: int) -> Iterator[list[int]]:
    """Let the database fail once, at one statement; the list holds how many came."""
    came = [0]

    def fail(execute, sql, params, many, context):
        came[0] += 1
        if came[0] == number:
            raise OperationalError("the connection was lost")
        return execute(sql, params, many, context)

    with connection.execute_wrapper(fail):
        yield came


def survive(act: Callable[[], object]) -> int:
    """Let an act fail at each of its statements in turn until it gets through.

    Returns:
        At how many statements it failed.
    """
    before, number = everything(), 1
    while True:
        with failing_at(number) as came:
            try:
                act()
            except OperationalError:
                assert everything() == before, f"something stayed after a failure at statement {number}"
                number += 1
                continue
        assert came[0] < number, f"the failure at statement {number} was swallowed"
        assert everything() != before
        return number - 1


def answering(case: Case, by, verb: str = "agree", **answer) -> Callable[[], object]:
    seat = open_seat(case).pk
    said = Answer(verb, **answer)
    return lambda: decide(seat_pk=seat, answer=said, by=by, at=make.NOW, key="the-same-click")


def test_a_decision_that_leaves_the_stage_open(cast):
    publish(deciding("all"), by=cast.an)
    case = case_at(cast, "province")
    seat = open_seat(case, cast.zhou).pk
    assert survive(lambda: decide(seat_pk=seat, answer=Answer("agree"), by=cast.zhou, at=make.NOW, key="one")) >= 10
    assert (fresh(case).state, holders(case), differences(fresh(case))) == ("open", ["钱一帆"], [])


def test_a_decision_that_opens_the_next_stage(cast, policy):
    case = case_at(cast, "eligibility")
    assert survive(answering(case, cast.lin)) >= 18
    assert (fresh(case).step, holders(case), differences(fresh(case))) == ("party_levels", ["高远"], [])


def test_the_last_decision_with_its_document_and_post(cast, policy):
    case = case_at(cast, "province")
    assert survive(answering(case, cast.zhou)) >= 50
    assert (fresh(case).state, differences(fresh(case))) == ("done", [])
    assert (case.documents.count(), cast.branch.posts.count(), cast.shen_person.obligations.count()) == (1, 1, 2)


def test_a_return_with_its_list(cast, policy):
    case = case_at(cast, "completeness")
    survive(answering(case, cast.lin, "return", corrections=[("photo", "照片不清楚"), ("pledge", "没有签名")]))
    assert (fresh(case).step, Stage.objects.get(case=case, outcome="returned").corrections.count()) == ("materials", 2)
    assert differences(fresh(case)) == []


def test_a_refusal(cast, policy):
    case = case_at(cast, "county")
    survive(answering(case, cast.lin, "refuse", reason="不符合条件", reason_for_person="党龄不满一年。"))
    assert (fresh(case).step, differences(fresh(case))) == ("reply", [])


def test_handing_in(cast, policy):
    case = new_case(cast)
    survive(answering(case, cast.shen, "hand_in"))
    assert (fresh(case).step, differences(fresh(case))) == ("completeness", [])


def test_claiming(cast, policy):
    seat = open_seat(case_at(cast, "province"))
    survive(lambda: claim(seat_pk=seat.pk, by=cast.zhou, at=make.NOW))
    seat.refresh_from_db()
    assert seat.claimed_by == cast.zhou


def test_opening_an_assignment(cast, policy):
    survive(
        lambda: open_assignment(
            organization=cast.branch, person=cast.shen_person, intent=INTENT, by=cast.lin, at=make.NOW
        )
    )
    case = Case.objects.get()
    assert (case.step, holders(case), differences(case)) == ("materials", ["沈若溪"], [])


def test_opening_a_removal(cast, policy):
    post = make.post(cast.shen_person, cast.branch, due_on=date(2026, 12, 1))
    survive(lambda: open_removal(post=post, reason=INTENT.reason, by=cast.lin, at=make.NOW))
    assert differences(Case.objects.get()) == []


def test_asking_for_a_review(cast, policy):
    case = case_at(cast, "general_branch")
    say(case, cast.gao, "refuse")
    say(case, cast.shen, "hand_in")
    say(case, cast.gao, "agree")
    survive(lambda: ask_for_review(case_pk=case.pk, grounds="请再核对。", by=cast.shen, at=make.NOW))
    assert differences(Case.objects.get(origin=case)) == []


def test_withdrawing(cast, policy):
    case = case_at(cast, "county")
    survive(lambda: withdraw_case(case_pk=case.pk, by=cast.shen, at=make.NOW, reason="本人放弃"))
    assert (fresh(case).state, holders(case), differences(fresh(case))) == ("withdrawn", [], [])


def test_closing_by_itself(cast, policy):
    case = case_at(cast, "county")
    say(case, cast.lin, "refuse")
    closes_at = Stage.objects.get(case=case, step="reply").closes_at
    survive(lambda: close_due_stages(closes_at))
    assert (fresh(case).step, differences(fresh(case))) == ("confirmation", [])


def test_a_role_that_brings_items_into_an_inbox(cast, policy):
    case = case_at(cast, "province")
    survive(
        lambda: grant_role(
            account=cast.he, role="approver", organization=cast.province, by=cast.an, at=make.NOW, reason="增补"
        )
    )
    assert holders(case) == ["何苗", "周正", "钱一帆"]


def test_an_account_that_brings_the_person_to_a_waiting_case(cast, policy):
    somebody = make.person("顾南")
    case = new_case(cast, person=somebody)
    survive(lambda: open_account(username="gunan", name="顾南", by=cast.lin, at=make.NOW, person=somebody))
    assert (holders(case), differences(fresh(case))) == (["顾南"], [])
