"""The résumé is continuous: what counts as a gap, and how months are written."""

import pytest

from workflows.appointment_review.form_fields import Field
from workflows.appointment_review.rules.resume import Gap, gaps, in_order
from workflows.appointment_review.rules.typing import stored


def rows(*spans):
    return [{"id": key, "start": start, "end": end} for key, (start, end) in enumerate(spans, start=1)]


def test_eight_empty_months_are_one_gap_between_its_two_entries():
    found = gaps(rows(("2011-07", "2014-06"), ("2015-03", "present")))
    assert found == [Gap((2014, 7), (2015, 2), 8, 1)]
    assert found[0].key == "2014-07_2015-02"


@pytest.mark.parametrize(
    ("second", "months"),
    [("2014-06", []), ("2014-07", []), ("2014-08", []), ("2014-09", [2]), ("2015-01", [6])],
)
def test_one_empty_month_is_no_gap_and_two_are(second, months):
    assert [gap.months for gap in gaps(rows(("2011-07", "2014-06"), (second, "present")))] == months


def test_a_gap_over_the_turn_of_the_year_counts_months():
    assert [gap.months for gap in gaps(rows(("2010-01", "2013-11"), ("2014-02", "present")))] == [2]


def test_studies_beside_the_work_leave_no_gap():
    assert gaps(rows(("2005-09", "2020-12"), ("2008-03", "2010-06"), ("2021-01", "present"))) == []


def test_the_order_of_typing_does_not_matter():
    typed = rows(("2015-03", "present"), ("2007-09", "2015-02"))
    assert gaps(typed) == []
    assert [row["id"] for row in in_order(typed)] == [2, 1]


def test_an_entry_without_readable_months_is_passed_over():
    assert gaps(rows(("2007-09", "2011-06"), ("?", "2014-06"), ("2011-07", "present"))) == []


def test_nothing_follows_an_entry_that_lasts_to_the_present():
    assert gaps(rows(("2007-09", "present"), ("2015-03", "2016-04"))) == []


@pytest.mark.parametrize(
    "typed", ["2015年3月", "2015.3", "201503", "2015-03", "２０１５年３月", "2015/3", " 2015年03月 "]
)
def test_the_usual_spellings_of_a_month_are_taken(typed):
    assert stored(Field("start", "month"), typed) == "2015-03"


@pytest.mark.parametrize("typed", ["至今", "现在", " 至 今 "])
def test_to_the_present_is_an_end(typed):
    assert stored(Field("end", "end"), typed) == "present"


def test_what_cannot_be_read_is_kept_as_typed():
    assert stored(Field("start", "month"), "去年春天") == "去年春天"
    assert stored(Field("joined_on", "day"), "2015年2月30日") == "2015年2月30日"
