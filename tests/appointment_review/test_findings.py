"""What the automatic check says: each condition the day before, the day itself, and on 29 February."""

import pytest

from tests.appointment_review.candidate import document, on
from tests.factories import TODAY
from workflows.appointment_review.rules.findings import CHECKS, Intended, findings, full_months, months_later

BRANCH = "海珠湾晨光社工服务中心党支部"


def found(made, *, start="2026-12-01", units=(), years=1, today=TODAY):
    intended = Intended(on=on(start), branch=BRANCH, units=units)
    return findings(made, intended=intended, membership_years=years, today=today)


def codes(*args, **facts):
    return [one.code for one in found(*args, **facts)]


def test_a_good_candidate_gives_no_finding():
    assert found(document()) == []


@pytest.mark.parametrize(
    ("full_on", "start", "expected"),
    [
        ("2025-12-01", "2026-12-01", []),
        ("2025-12-02", "2026-12-01", ["membership_short"]),
        ("2024-02-29", "2025-02-28", ["membership_short"]),
        ("2024-02-29", "2025-03-01", []),
    ],
)
def test_a_year_of_membership_is_full_on_its_day(full_on, start, expected):
    made = document(membership={"joined_on": "2020-01-01", "full_member_on": full_on})
    assert codes(made, start=start, today=on("2024-02-29")) == expected


def test_the_number_that_matters_is_told():
    made = document(membership={"joined_on": "2024-12-20", "full_member_on": "2025-12-20"})
    (one,) = found(made, start="2026-12-01")
    assert (one.level, one.points_to) == ("reason", "membership.full_member_on")
    assert one.facts == {"months": 11, "years": 1, "full_on": "2025-12-20"}


def test_only_full_members_may_be_agreed_to():
    assert [one.level for one in found(document(basics={"political_status": "probationary"}))] == ["blocking"]


@pytest.mark.parametrize(
    ("field", "value", "code", "level"),
    [
        ("discipline", "probation", "on_probation", "blocking"),
        ("discipline", "disciplined", "disciplined", "note"),
        ("political_rights", "deprived", "rights_deprived", "blocking"),
        ("crime", "sentenced", "sentenced", "blocking"),
        ("crime", "under_investigation", "under_investigation", "blocking"),
    ],
)
def test_what_the_person_states_is_weighed(field, value, code, level):
    assert [(one.code, one.level) for one in found(document(pledge={field: value}))] == [(code, level)]


@pytest.mark.parametrize(("joined", "expected"), [("2003-03-08", ["joined_too_young"]), ("2003-03-09", [])])
def test_nobody_joins_before_the_eighteenth_birthday(joined, expected):
    assert codes(document(membership={"joined_on": joined})) == expected


@pytest.mark.parametrize(("full_on", "expected"), [("2007-05-03", ["full_too_early"]), ("2007-05-04", [])])
def test_the_probation_lasts_a_year(full_on, expected):
    assert codes(document(membership={"full_member_on": full_on})) == expected


@pytest.mark.parametrize(("born", "expected"), [("1955-12-01", ["too_old"]), ("1955-12-02", [])])
def test_nobody_over_seventy_starts_a_term_without_a_reason(born, expected):
    assert codes(document(basics={"born_on": born, "work_began": "1975-01"})) == expected


@pytest.mark.parametrize(("number", "expected"), [(2, []), (3, ["many_posts"])])
def test_more_than_two_concurrent_posts_are_noted(number, expected):
    rows = [{"id": key, "unit": f"读书会{key}", "post": "理事", "since": "2020-01"} for key in range(number)]
    assert codes(document(pledge={"rows": rows, "no_concurrent": False})) == expected


def test_a_branch_elsewhere_an_outsider_and_a_relative_are_noted():
    made = document(membership={"branch": "云州市象棋协会党支部"}, posts={"management": "outside"})
    made["family"]["rows"][0]["unit"] = "海珠湾晨光社工服务中心"
    assert codes(made, units=("海珠湾晨光社工服务中心",)) == ["branch_differs", "not_in_management", "relative_in_unit"]


@pytest.mark.parametrize(("issued", "expected"), [("2026-08-23", []), ("2026-08-22", ["credit_report_old"]), ("", [])])
def test_a_credit_report_is_valid_for_three_months(issued, expected):
    assert codes(document(pledge={"credit_report_on": issued})) == expected


def test_an_explained_gap_is_told():
    made = document()
    made["resume"]["rows"][1]["end"] = "2020-12"
    made["resume"]["reasons"] = {"2021-01_2021-08": "在家照顾老人"}
    assert [(one.code, one.facts) for one in found(made)] == [("gap_explained", {"gaps": 1, "months": 8})]


def test_an_incompetent_year_asks_for_a_reason():
    assert [one.facts for one in found(document(record={"appraisal_2024": "incompetent"}))] == [{"years": ["2024"]}]


def test_the_hindering_ones_come_first():
    made = document(
        pledge={"crime": "sentenced"}, posts={"management": "outside"}, record={"appraisal_2024": "incompetent"}
    )
    assert [one.level for one in found(made)] == ["blocking", "reason", "note"]
    assert {level for level, _ in CHECKS.values()} == {"blocking", "reason", "note"}


def test_months_end_with_the_month():
    assert months_later(on("2026-11-30"), 3) == on("2027-02-28")
    assert full_months(on("2025-12-20"), on("2026-12-19")) == 11
