"""The written rules of deciding, by examples; what is expected was worked out by hand."""

from decimal import Decimal

import pytest

from approvals.rules.conflicts import entitled_of, may_sit
from approvals.rules.levels import Body, Level, levels_above, next_level
from approvals.rules.outcome import Heard, outcome_of, votes_needed
from approvals.rules.policies import StepShape, problems_of

GENERAL = Body("general", "general_branch", can_approve=False)
COUNTY = Body("county", "social_committee", can_approve=False)
CITY = Body("city", "social_committee", can_approve=True)
PROVINCE = Body("province", "comprehensive_committee", can_approve=True)
TRADE = Body("trade", "industry_committee", can_approve=True)
CLOSED_COUNTY = Body("old-county", "social_committee", can_approve=False, open=False)
CLOSED_CITY = Body("old-city", "social_committee", can_approve=True, open=False)


@pytest.mark.parametrize(
    ("rule", "said", "outcome"),
    [
        ("any", "-", ""),
        ("any", "A", "agreed"),
        ("any", "R", "refused"),
        ("any", "B", "returned"),
        ("any", "H", "done"),
        ("all", "AA-", ""),
        ("all", "AAA", "agreed"),
        ("all", "A", "agreed"),
        ("all", "", ""),
        ("all", "-R-", "refused"),
        ("all", "AR-", "refused"),
        ("all", "AB-", "returned"),
        ("all", "RB", "returned"),
        ("sequence", "A-", ""),
        ("sequence", "AA", "agreed"),
        ("sequence", "R-", "refused"),
        ("sequence", "AB", "returned"),
    ],
)
def test_a_stage_closes_when_its_rule_is_met(rule, said, outcome):
    assert outcome_of(rule, 1, heard(said)) == outcome


@pytest.mark.parametrize(
    ("needed", "said", "outcome"),
    [
        (2, "A--", ""),
        (2, "AA-", "agreed"),
        (2, "AR-", ""),
        (2, "RR-", "refused"),
        (2, "RRA", "refused"),
        (2, "RAA", "agreed"),
        (3, "R--", "refused"),
        (1, "R--", ""),
        (1, "RRR", "refused"),
        (1, "RRA", "agreed"),
        (2, "AB-", "returned"),
        (2, "---", ""),
    ],
)
def test_a_vote_is_over_when_nothing_can_change_it_any_more(needed, said, outcome):
    assert outcome_of("quorum", needed, heard(said)) == outcome


@pytest.mark.parametrize(
    ("entitled", "needed", "share", "expected"),
    [
        (3, 2, None, 2),
        (1, 2, None, 1),
        (5, None, "0.5", 3),
        (4, None, "0.5", 2),
        (3, None, "0.667", 3),
        (3, None, "0.666", 2),
        (10, None, "0.8", 8),
        (7, None, "1", 7),
        (9, None, "0.001", 1),
        (0, 2, None, 1),
    ],
)
def test_a_share_is_rounded_up_and_never_asks_for_more_than_there_are(entitled, needed, share, expected):
    assert votes_needed(entitled=entitled, needed=needed, share=Decimal(share) if share else None) == expected


@pytest.mark.parametrize(
    ("superiors", "bottom_line", "expected"),
    [
        ([PROVINCE], [], ["province decides own_superior"]),
        (
            [GENERAL, COUNTY, PROVINCE],
            [],
            [
                "general forwards general_branch_forwards",
                "county forwards without_approval_power_forwards",
                "province decides own_superior",
            ],
        ),
        ([CITY, PROVINCE], [], ["city decides own_superior"]),
        (
            [GENERAL, CLOSED_COUNTY, PROVINCE],
            [],
            ["general forwards general_branch_forwards", "province decides own_superior over old-county"],
        ),
        ([CLOSED_COUNTY, CLOSED_CITY, PROVINCE], [], ["province decides own_superior over old-county old-city"]),
        ([COUNTY], [], []),
        ([], [], []),
        ([CLOSED_CITY], [], []),
        (
            [COUNTY],
            [TRADE, PROVINCE],
            ["county forwards without_approval_power_forwards", "trade decides bottom_line"],
        ),
        ([], [COUNTY, TRADE], ["trade decides bottom_line"]),
        ([CLOSED_CITY], [CLOSED_CITY, PROVINCE], ["province decides bottom_line over old-city old-city"]),
    ],
)
def test_who_speaks_on_a_post(superiors, bottom_line, expected):
    levels = levels_above(superiors, bottom_line=bottom_line)
    assert [told(level) for level in levels] == expected


def test_the_bottom_line_is_not_asked_while_a_superior_has_the_authority():
    assert [level.code for level in levels_above([COUNTY, CITY], bottom_line=[TRADE])] == ["county", "city"]


@pytest.mark.parametrize(
    ("spoken", "heard_before", "expected"),
    [
        ("", (), "general"),
        ("general", (), "county"),
        ("county", ("general",), "province"),
        ("province", ("general", "county"), None),
        ("elsewhere", (), "general"),
        ("elsewhere", ("general",), "county"),
        ("elsewhere", ("general", "county"), "province"),
        ("county", (), "province"),
    ],
)
def test_the_next_level_skips_nobody_even_when_the_tree_changed_under_way(spoken, heard_before, expected):
    levels = levels_above([GENERAL, COUNTY, PROVINCE])
    following = next_level(levels, spoken, heard=heard_before)
    assert (following.code if following else None) == expected


@pytest.mark.parametrize(
    ("account", "subject", "elsewhere", "expected"),
    [
        (1, 1, set(), "own_case"),
        (1, 1, {1}, "own_case"),
        (1, 2, {1}, "four_eyes"),
        (1, 2, {3}, ""),
        (1, None, set(), ""),
    ],
)
def test_nobody_decides_on_himself_or_twice(account, subject, elsewhere, expected):
    assert may_sit(account=account, concerned={subject} - {None}, spoken_elsewhere=elsewhere) == expected


def test_those_who_may_sit_keep_their_order():
    assert entitled_of([4, 2, 3, 1], concerned={2}, spoken_elsewhere={1}) == [4, 3]


SHAPES = [
    StepShape("materials", climbs=False, outcomes=frozenset({"done"}), of_person=True),
    StepShape("check", climbs=False, outcomes=frozenset({"agreed", "refused"})),
    StepShape("levels", climbs=True, outcomes=frozenset({"agreed", "refused"})),
]


def policy(*changes: dict) -> dict:
    steps = [
        {"step": "materials", "place": "candidate"},
        {"step": "check", "place": "first_level", "roles": ["organizer"]},
        {"step": "levels", "level": "forwarding", "place": "levels", "roles": ["organizer"]},
        {"step": "levels", "level": "deciding", "place": "levels", "roles": ["approver"]},
    ]
    for place, change in enumerate(changes):
        steps[place] |= change
    return {"title": "试行", "flow": "review", "steps": steps}


@pytest.mark.parametrize(
    ("document", "expected"),
    [
        (policy(), []),
        ({}, ["title missing", "flow missing", "steps missing"]),
        (policy({}, {"roles": ["janitor"]}), ["check: roles: janitor unknown"]),
        (policy({}, {"roles": []}), ["check: roles missing"]),
        (policy({}, {"rule": "dice"}), ["check: rule unknown"]),
        (policy({}, {"place": "nowhere"}), ["check: place unknown"]),
        (policy({}, {"rule": "quorum"}), ["check: needed missing"]),
        (policy({}, {"rule": "quorum", "needed": 2}), []),
        (policy({}, {"four_eyes_with": ["tea"]}), ["check: four_eyes_with: tea unknown"]),
        (policy({}, {"color": "red"}), ["check: color unknown"]),
        (policy({}, {"closes_by_itself": True, "due_working_days": 3}), ["check: closes_by_itself no_arrow"]),
    ],
)
def test_a_policy_says_where_it_is_wrong(document, expected):
    found = [f"{where} {what}" for where, what in problems_of(document, shapes=SHAPES, roles=["organizer", "approver"])]
    assert [line for line in found if line in expected] == expected
    assert found == [] or expected != []


def test_a_policy_names_each_step_once():
    document = policy()
    document["steps"] = [*document["steps"][1:], document["steps"][1], {"step": "tea", "place": "levels", "roles": []}]
    found = problems_of(document, shapes=SHAPES, roles=["organizer", "approver"])
    assert {("materials", "missing"), ("tea", "unknown"), ("check", "twice")} <= set(found)


def heard(said: str) -> list[Heard]:
    words = {"A": "agree", "R": "refuse", "B": "return", "H": "hand_in", "-": ""}
    return [Heard(words[letter]) for letter in said]


def told(level: Level) -> str:
    over = f" over {' '.join(level.skipped)}" if level.skipped else ""
    return f"{level.code} {'decides' if level.decides else 'forwards'} {level.reason}{over}"
