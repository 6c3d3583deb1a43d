"""When a meeting may decide, and what a count means: tables of examples, edges included."""

import pytest

from approvals.rules.meetings import Count, majority_of, objection_to_result, quorum_reached, unanimous


@pytest.mark.parametrize(
    ("members", "present", "reached"),
    [(9, 4, False), (9, 5, True), (8, 4, True), (8, 3, False), (1, 1, True), (1, 0, False), (0, 0, False)],
)
def test_at_least_half_of_the_members_have_to_come(members, present, reached):
    assert quorum_reached(members=members, present=present) is reached


@pytest.mark.parametrize(("entitled", "needed"), [(1, 1), (2, 2), (3, 2), (8, 5), (9, 5), (10, 6)])
def test_more_than_half_of_those_entitled_have_to_agree(entitled, needed):
    assert majority_of(entitled) == needed


@pytest.mark.parametrize(
    ("result", "count", "entitled", "present", "objection"),
    [
        ("agree", Count(6, 0, 1), 8, 7, ""),
        ("agree", Count(5, 2), 8, 7, ""),
        ("agree", Count(4, 3), 8, 7, "no_majority"),
        ("agree", Count(4, 0), 8, 4, "no_majority"),
        ("agree", Count(6, 0), 8, 7, "does_not_add_up"),
        ("agree", Count(8, 0), 8, 7, "does_not_add_up"),
        ("agree", Count(), 8, 0, "no_majority"),
        ("refuse", Count(1, 5, 1), 8, 7, ""),
        ("refuse", Count(4, 3), 8, 7, ""),
        ("refuse", Count(5, 2), 8, 7, "majority_agreed"),
        ("refuse", Count(0, 6), 8, 7, "does_not_add_up"),
        ("defer", Count(), 8, 7, ""),
        ("defer", Count(0, 0, 7), 8, 7, ""),
        ("defer", Count(7), 8, 7, ""),
        ("defer", Count(1), 8, 7, "does_not_add_up"),
    ],
)
def test_a_result_has_to_be_carried_by_its_count(result, count, entitled, present, objection):
    assert objection_to_result(result=result, count=count, entitled=entitled, present=present) == objection


@pytest.mark.parametrize(("result", "count"), [("agree", Count(7)), ("refuse", Count(0, 7)), ("defer", Count())])
def test_an_undisputed_result_stands_at_once(result, count):
    assert unanimous(result, 7) == count
    assert objection_to_result(result=result, count=count, entitled=8, present=7) == ""
