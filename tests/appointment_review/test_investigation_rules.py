"""The rules of an investigation, as tables."""

import pytest

from workflows.appointment_review.rules.investigation import (
    PARTS,
    Counts,
    Known,
    appraisal_passes,
    hints_of,
    parts_missing,
    talks_wanted,
    tally_problem,
    team_problem,
    unfinished,
)

SPOUSE = {"name": "陆 远", "unit": "南岭省茶业协会党支部"}


@pytest.mark.parametrize(
    ("accounts", "head", "problem"),
    [([1, 2], 1, ""), ([1], 1, "too_few"), ([1, 1], 1, "too_few"), ([1, 2], None, "no_head"), ([1, 9], 1, "own_case")],
)
def test_a_team_has_two_people_and_a_head_and_never_the_candidate(accounts, head, problem):
    assert team_problem(accounts=accounts, head=head, at_least=2, subject_account=9) == problem


@pytest.mark.parametrize(("people", "talks"), [(0, 0), (1, 1), (2, 2), (6, 2), (7, 3), (30, 10), (60, 20), (500, 20)])
def test_talks_are_in_proportion_to_the_unit(people, talks):
    assert talks_wanted(people) == talks


@pytest.mark.parametrize(
    ("counts", "problem"),
    [
        (Counts(3, 3, 3, (1, 1, 1, 0)), ""),
        (Counts(3, 4, 3, (1, 1, 1, 0)), "returned"),
        (Counts(3, 2, 3, (1, 1, 1, 0)), "valid"),
        (Counts(3, 3, 3, (1, 1, 0, 0)), "sum"),
        (Counts(0, 0, 0, (0, 0, 0, 0)), ""),
    ],
)
def test_papers_add_up(counts, problem):
    assert tally_problem(counts) == problem


@pytest.mark.parametrize(
    ("grades", "passes"), [((2, 0, 1, 0), True), ((1, 1, 1, 0), True), ((1, 0, 1, 0), False), ((0, 0, 0, 0), False)]
)
def test_two_thirds_favorable_advise(grades, passes):
    assert appraisal_passes(Counts(9, 9, sum(grades), grades)) is passes


@pytest.mark.parametrize(
    ("known", "hints"),
    [
        (Known("何苗"), []),
        (Known("陆远"), ["relative"]),
        (Known("何苗", frozenset({"南岭省茶业协会党支部"})), ["relatives_unit"]),
        (Known("何苗", frozenset({"晨光党支部"}), at_the_branch=True), ["same_unit"]),
        (Known("何苗", frozenset({"晨光第一党小组"}), at_the_branch=True), ["subordinate"]),
        (Known("何苗", nominated=True), ["nominator"]),
    ],
)
def test_what_is_noticed(known, hints):
    assert hints_of(known, branch="晨光党支部", family=[SPOUSE, {"name": "", "unit": ""}]) == hints


def test_every_heading_and_the_weaknesses_are_needed():
    whole = dict.fromkeys(PARTS, "理想信念坚定，工作认真。")
    assert parts_missing(whole) == []
    assert parts_missing(whole | {"weaknesses": "无"}) == ["weaknesses"]
    assert parts_missing({}) == list(PARTS)


def test_what_is_still_to_do_comes_in_the_order_of_the_work():
    nothing = {"announced": False, "talks": 0, "tally_confirmed": False, "challenges": 1, "undeclared": 1}
    nothing |= {"missing": PARTS}
    assert unfinished(**nothing) == ["announced", "undeclared", "challenges", "talks", "tally", "report"]
    done = {"announced": True, "talks": 1, "tally_confirmed": True, "challenges": 0, "undeclared": 0, "missing": ()}
    assert unfinished(**done) == []
