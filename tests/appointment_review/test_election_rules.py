"""The rules of an election as tables, edges included."""

from datetime import date

import pytest

from workflows.appointment_review.rules.elections import (
    Count,
    Votes,
    candidates_needed,
    count_problems,
    has_majority,
    has_quorum,
    judge,
    nomination_problems,
    plan_problems,
    window_end,
)

FIFTHS = {"numerator": 4, "denominator": 5}


def seats(secretary: int = 0, deputy: int = 0, member: int = 0) -> dict[str, int]:
    return {"secretary": secretary, "deputy": deputy, "member": member}


@pytest.mark.parametrize(
    ("voters", "wanted", "problems"),
    [
        (2, seats(1), ["too_few_members"]),
        (3, seats(1), []),
        (6, seats(1, 1), []),
        (6, seats(1, 0, 3), ["no_committee"]),
        (7, seats(1, 0, 3), []),
        (7, seats(1, 0, 2), ["committee_size"]),
        (20, seats(1, 1, 7), []),
        (20, seats(1, 1, 8), ["committee_size"]),
        (50, seats(1, 1, 5), []),
        (51, seats(1, 1, 5), ["too_many_members"]),
        (6, seats(2), ["one_secretary"]),
        (6, seats(0, 1), ["no_secretary"]),
        (6, seats(), ["nobody_elected", "no_secretary"]),
        (3, seats(1, 3), ["more_seats_than_members"]),
    ],
)
def test_seats_are_held_against_the_size_of_the_branch(voters, wanted, problems):
    assert plan_problems(voters=voters, seats=wanted, whole_committee=True, is_branch=True) == problems


def test_a_by_election_may_fill_one_seat_of_a_committee_and_a_committee_is_no_branch():
    assert plan_problems(voters=9, seats=seats(member=1), whole_committee=False, is_branch=True) == []
    assert plan_problems(voters=9, seats=seats(member=8), whole_committee=False, is_branch=True) == ["committee_size"]
    assert plan_problems(voters=120, seats=seats(1, 2, 9), whole_committee=True, is_branch=False) == []


@pytest.mark.parametrize(
    ("title", "places", "percent", "needed"),
    [
        ("secretary", 1, 20, 1), ("deputy", 2, 20, 2), ("member", 3, 20, 4), ("member", 5, 20, 6),
        ("member", 6, 20, 8), ("member", 7, 20, 9), ("member", 0, 20, 0), ("member", 3, 0, 3),
    ],
)  # fmt: skip
def test_members_are_chosen_among_some_more_than_seats_and_officers_among_as_many(title, places, percent, needed):
    assert candidates_needed(title, places, more_percent=percent) == needed


def test_a_list_names_where_too_few_or_too_many_stand():
    named = {"secretary": 2, "member": 3}
    assert nomination_problems(seats=seats(1, 1, 3), named=named, more_percent=20) == [
        ("too_many", "secretary", 1), ("too_few", "deputy", 1), ("too_few", "member", 4),
    ]  # fmt: skip
    assert nomination_problems(seats=seats(1), named={"secretary": 1, "member": 1}, more_percent=20) == [
        ("too_many", "member", 0)
    ]
    assert nomination_problems(seats=seats(1, 0, 3), named={"secretary": 1, "member": 9}, more_percent=20) == []


@pytest.mark.parametrize(
    ("present", "entitled", "enough"),
    [(4, 5, True), (3, 5, False), (8, 10, True), (7, 9, False), (8, 9, True), (0, 0, False)],
)  # fmt: skip
def test_four_fifths_are_a_quorum_and_reaching_it_counts(present, entitled, enough):
    assert has_quorum(present=present, entitled=entitled, **FIFTHS) is enough


@pytest.mark.parametrize(
    ("yes", "present", "won"), [(3, 6, False), (4, 6, True), (3, 5, True), (2, 4, False), (1, 1, True)]
)
def test_a_majority_is_more_than_half_of_those_present(yes, present, won):
    assert has_majority(yes=yes, present=present) is won


@pytest.mark.parametrize(
    ("count", "votes", "problems"),
    [
        (Count(6, 6, 6, 6, 6), [Votes(1, "secretary", 5, 1, 0)], []),
        (Count(6, 7, 7, 6, 6), [], ["more_present"]),
        (Count(6, 5, 6, 5, 5), [], ["more_issued"]),
        (Count(6, 6, 6, 5, 6), [], ["more_valid"]),
        (Count(6, 6, 6, 6, 5), [Votes(1, "secretary", 5, 1, 0)], ["sum_of_votes"]),
        (Count(12, 12, 12, 12, 12, 3), [Votes(1, "secretary", 3, 1, 0)], ["sum_of_votes"]),
        (Count(12, 12, 12, 12, 12, 3), [Votes(1, "member", 10, 2, 0), Votes(2, "secretary", 2, 1, 0)], []),
    ],
)
def test_a_count_that_contradicts_itself_is_named(count, votes, problems):
    assert count_problems(count, votes) == problems


@pytest.mark.parametrize(
    ("count", "votes", "places", "elected", "failed", "vacant"),
    [
        (Count(6, 6, 6, 6, 6), [("a", "secretary", 4)], seats(1), {"a"}, (), 0),
        (Count(6, 6, 6, 6, 6), [("a", "secretary", 3)], seats(1), set(), ("no_majority",), 0),
        (Count(6, 4, 4, 4, 4), [("a", "secretary", 4)], seats(1), set(), ("no_quorum",), 0),
        (Count(6, 6, 6, 7, 6), [("a", "secretary", 6)], seats(1), set(), ("more_ballots",), 0),
        (Count(6, 6, 6, 6, 6), [("a", "deputy", 6)], seats(1, 1), set(), ("no_majority",), 0),
        (Count(9, 9, 9, 9, 9), [("a", "member", 9), ("b", "member", 8), ("c", "member", 7), ("d", "member", 6)],
         seats(member=3), {"a", "b", "c"}, (), 0),
        (Count(9, 9, 9, 9, 9), [("a", "member", 9), ("b", "member", 8), ("c", "member", 7), ("d", "member", 7)],
         seats(member=3), set(), ("tie",), 0),
        (Count(9, 9, 9, 9, 9), [("a", "member", 9), ("b", "member", 8), ("c", "member", 4)],
         seats(member=3), {"a", "b"}, (), 1),
        (Count(9, 9, 9, 9, 9, 3), [("a", "secretary", 2)], seats(1), {"a"}, (), 0),
        (Count(9, 9, 9, 9, 9, 4), [("a", "secretary", 2)], seats(1), set(), ("no_majority",), 0),
    ],
)  # fmt: skip
def test_who_is_elected_and_why_nobody_is(count, votes, places, elected, failed, vacant):
    judged = judge(count, [Votes(*one) for one in votes], seats=places, **FIFTHS)
    assert (judged.elected, judged.why_failed, judged.vacant) == (elected, failed, vacant)


def test_candidates_stay_approved_for_half_a_year():
    assert window_end(approved_on=date(2026, 11, 23), days=183) == date(2027, 5, 25)
