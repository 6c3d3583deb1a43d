"""How many statements a decision takes: counted, so that nobody adds one unawares."""

from collections.abc import Callable

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from approvals.actions.acting import lock_case
from approvals.actions.decisions import Answer, decide
from tests import factories as make
from tests.approvals.test_decisions import deciding
from tests.cases import case_at, open_seat, publish


def statements(act: Callable[[], object]) -> int:
    """Count what an act says to the database, without the borders of transactions."""
    with CaptureQueriesContext(connection) as captured:
        act()
    borders = ("SAVEPOINT", "RELEASE", "BEGIN", "COMMIT")
    return sum(not query["sql"].startswith(borders) for query in captured.captured_queries)


def test_a_decision_that_leaves_the_stage_open_takes_eight(cast):
    publish(deciding("all"), by=cast.an)
    seat = open_seat(case_at(cast, "province"), cast.zhou).pk
    assert statements(lambda: decide(seat_pk=seat, answer=Answer("agree"), by=cast.zhou, at=make.NOW, key="one")) == 8


def test_a_decision_that_opens_the_next_stage_takes_twenty(cast, policy):
    seat = open_seat(case_at(cast, "eligibility")).pk
    assert statements(lambda: decide(seat_pk=seat, answer=Answer("agree"), by=cast.lin, at=make.NOW, key="one")) == 20


def test_a_second_click_takes_three(cast, policy):
    seat = open_seat(case_at(cast, "eligibility")).pk
    click = {"seat_pk": seat, "answer": Answer("agree"), "by": cast.lin, "at": make.NOW, "key": "one"}
    decide(**click)
    assert statements(lambda: decide(**click)) == 3


@pytest.mark.parametrize("how", ["pk", "seat"])
def test_locking_a_case_with_its_matter_reads_no_whole_table(cast, policy, how):
    case = case_at(cast, "eligibility")
    lookup = {"pk": case.pk} if how == "pk" else {"stages__seats": open_seat(case).pk}
    with CaptureQueriesContext(connection) as captured:
        lock_case(**lookup)
    with connection.cursor() as cursor:
        if connection.vendor == "postgresql":
            cursor.execute("SET LOCAL enable_seqscan = off")  # a few rows are read whole otherwise
        cursor.execute(f"EXPLAIN {'QUERY PLAN ' if connection.vendor == 'sqlite' else ''}{captured[-1]['sql']}")
        plan = "\n".join(str(row) for row in cursor.fetchall())
    assert "SCAN approvals_" not in plan
    assert "Seq Scan" not in plan
