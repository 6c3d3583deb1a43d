"""Two people at once in one election: a count is entered once, and nothing locks in a circle."""

import pytest

from approvals.actions.cases import withdraw_case
from approvals.actions.decisions import Answer
from approvals.models import Case
from tests import factories as make
from tests.at_once import at_once
from tests.cases import fresh, open_seat, say
from tests.cast import build_cast
from tests.elections import election_at, paper, publish_for_elections
from workflows.appointment_review.actions.elections_counting import enter_count
from workflows.appointment_review.actions.elections_naming import name_others
from workflows.appointment_review.actions.elections_replies import decide_candidates
from workflows.appointment_review.election_errors import ElectionElsewhere
from workflows.appointment_review.election_models import ElectionResult

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture
def stage_set():
    cast = build_cast()
    publish_for_elections(cast.an)
    return cast


def test_two_counts_entered_at_once_are_one(stage_set):
    own, _lines = election_at(stage_set, "election")
    counts = paper(own)

    def entry(click: str):
        return lambda: enter_count(case_pk=own.pk, paper=counts, by=stage_set.chen, at=make.NOW, key=click)

    raised = at_once(entry("one"), entry("two"))
    assert sorted(type(error) for error in raised if error) == [ElectionElsewhere]
    assert ElectionResult.objects.count() == 1


def test_a_case_that_closes_while_request_2_is_decided_waits_its_turn(stage_set):
    cast = stage_set
    own, lines = election_at(cast, "second_approval")
    for who in (cast.gao, cast.lin):
        say(own, who, "agree")
    seat, theirs = open_seat(own).pk, lines["顾怀远"].case

    def decides() -> None:
        decide_candidates(seat_pk=seat, answer=Answer("agree"), refused={}, by=cast.zhou, at=make.NOW, key="both")

    def leaves() -> None:
        withdraw_case(case_pk=theirs.pk, by=theirs.account, at=make.NOW, reason="家里有事，先不参加。")

    assert at_once(decides, leaves) == [None, None]
    assert fresh(theirs).state == "withdrawn"
    if fresh(own).step == "election":  # the decision was faster, and under this policy nothing comes before the vote
        name_others(case_pk=own.pk, reason="副书记人选退出。", by=cast.chen, at=make.NOW, key="others")
    assert fresh(own).step == "nomination"  # the deputy has to be found anew
    assert Case.objects.get(pk=lines["沈若溪"].case.pk).step == "ballot"
