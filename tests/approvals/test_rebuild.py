"""The log alone tells nodes, seats, decisions and dates of a case."""

import pytest

from approvals.actions.cases import withdraw_case
from approvals.actions.inbox import open_seats
from approvals.actions.upkeep import close_due_stages, mend_inbox
from approvals.models import Stage
from tests import factories as make
from tests.approvals.rebuilt import differences
from tests.approvals.test_decisions import deciding, end_roles
from tests.cases import case_at, fresh, publish, say


@pytest.mark.parametrize("step", ["materials", "completeness", "eligibility", "general_branch", "county", "province"])
def test_a_case_is_rebuilt_at_every_step(cast, policy, step):
    assert differences(case_at(cast, step)) == []


def test_a_completed_case_is_rebuilt(cast, policy):
    case = case_at(cast, "province")
    say(case, cast.zhou, "agree")
    assert differences(fresh(case)) == []


def test_a_returned_a_refused_and_a_withdrawn_case_are_rebuilt(cast, policy):
    case = case_at(cast, "completeness")
    say(case, cast.lin, "return", corrections=[("photo", "照片不清楚")])
    assert differences(fresh(case)) == []
    say(case, cast.shen, "hand_in")
    say(case, cast.lin, "refuse")
    close_due_stages(Stage.objects.get(case=case, step="reply").closes_at)
    assert differences(fresh(case)) == []
    withdraw_case(case_pk=case.pk, by=cast.shen, at=make.NOW, reason="本人放弃")
    assert differences(fresh(case)) == []


@pytest.mark.parametrize(
    ("rule", "more"),
    [("all", {}), ("quorum", {"needed": 2}), ("sequence", {"roles": ["organizer", "approver"], "four_eyes_with": []})],
)
def test_a_half_decided_stage_is_rebuilt(cast, rule, more):
    publish(deciding(rule, **more), by=cast.an)
    case = case_at(cast, "province")
    by_name = None if rule == "sequence" else cast.zhou
    say(case, cast.han if rule == "sequence" else cast.zhou, "agree", holder=by_name)
    assert differences(fresh(case)) == []
    end_roles(cast.qian)
    mend_inbox(open_seats(), at=make.NOW)
    assert differences(fresh(case)) == []


def test_a_changed_row_does_not_pass_for_the_story_of_the_log(cast, policy):
    case = case_at(cast, "county")
    Stage.objects.filter(case=case, step="eligibility").update(outcome="refused")
    assert [line.partition(":")[0] for line in differences(case)] == ["stages"]
