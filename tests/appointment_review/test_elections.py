"""An election from the first request to the ledger, and every way it can go wrong."""

from dataclasses import replace
from datetime import date

import pytest

from approvals.actions.cases import withdraw_case
from approvals.actions.decisions import Answer
from approvals.enums import MatterKind
from approvals.errors import CaseRunning, NotEntitled
from approvals.models import Case, Matter, Stage
from organizations.models import Obligation, Post
from tests import factories as make
from tests.approvals.rebuilt import differences
from tests.cases import fresh, open_seat, say
from tests.elections import (
    REASON,
    SEATS,
    candidate,
    climb,
    counted,
    election_at,
    key,
    later,
    new_election,
    paper,
    vetted,
)
from workflows.appointment_review.actions.elections_counting import WriteIn, enter_count, report_result
from workflows.appointment_review.actions.elections_naming import (
    ask_for_candidates,
    ask_for_election,
    close_nomination,
    name_person,
    take_off,
)
from workflows.appointment_review.actions.elections_opening import (
    Timetable,
    open_campaign,
    preflight,
    withdraw_election,
)
from workflows.appointment_review.actions.elections_replies import NotThisOne, decide_candidates
from workflows.appointment_review.election_errors import (
    CountFaulty,
    ElectionElsewhere,
    HeldTooEarly,
    NamedAlready,
    NobodyMayStand,
    NominationIncomplete,
    NoSuchSeat,
    PlanFaulty,
    WindowOver,
)
from workflows.appointment_review.election_models import Campaign, ElectionPlan, ElectionResult
from workflows.appointment_review.election_queries import ballot_of
from workflows.appointment_review.errors import PostAlreadyFilled
from workflows.appointment_review.models import OfficialDocument
from workflows.appointment_review.rules.elections import Count

pytestmark = pytest.mark.usefixtures("election_policies")
WHY = NotThisOne("党龄存疑，需进一步核实。", "入党时间需要进一步核实。")


def kinds(case: Case) -> list[str]:
    return list(OfficialDocument.objects.filter(case=case).order_by("pk").values_list("kind", flat=True))


def states(own: Case) -> dict[str, str]:
    people = Case.objects.filter(matter=own.matter_id).exclude(subject=None)
    return {case.subject_name: case.step or case.state for case in people}


def unsound(own: Case) -> list:
    return [found for case in Case.objects.filter(matter=own.matter_id) for found in differences(case)]


def refuse_one(own: Case, cast, line, *others):
    for who in (cast.gao, cast.lin):
        say(own, who, "agree")
    refused = {one.pk: WHY for one in (line, *others)}
    return decide_candidates(
        seat_pk=open_seat(own).pk, answer=Answer("agree"), refused=refused, by=cast.zhou, at=make.NOW, key=key()
    )


def test_a_whole_election_ends_with_posts_documents_and_what_the_new_ones_owe(cast):
    old = make.post(cast.ma_person, cast.branch, due_on=date(2027, 3, 1))
    own, lines = election_at(cast, "report")
    assert states(own) == {"沈若溪": "ballot", "顾怀远": "ballot"}
    report_result(case_pk=own.pk, by=cast.chen, at=make.NOW, key=key())
    assert climb(own, cast).state == "done"
    assert states(own) == {"沈若溪": "done", "顾怀远": "done"}
    assert kinds(own) == ["election_leave", "election_people", "election_result"]
    held = Post.objects.filter(organization=cast.branch, ended_on=None).order_by("pk")
    assert [(post.person.name, post.title, post.source) for post in held] == [
        ("沈若溪", "secretary", "elected"), ("顾怀远", "deputy", "elected"),
    ]  # fmt: skip
    old.refresh_from_db()
    assert (old.ended_on, old.end) == (make.TODAY, "succeeded")
    assert Obligation.objects.filter(person=lines["沈若溪"].person).count() == 2
    assert Matter.objects.get(pk=own.matter_id).state == "done"
    assert unsound(own) == []


def test_members_of_the_committee_are_filed_without_a_case_and_the_old_ones_leave(cast):
    old = make.post(cast.ma_person, cast.branch, title="member")
    people = [("secretary", "沈若溪"), *(("member", name) for name in ("甘棠", "白露", "谷雨", "夏至"))]
    own, _lines = election_at(cast, "election", seats=replace(SEATS, deputies=0, members=3, voters=12), people=people)
    counted(own, cast, lost=("夏至",), count=Count(12, 12, 12, 12, 12, committee_present=3), votes=by_hand(own))
    report_result(case_pk=own.pk, by=cast.chen, at=make.NOW, key=key())
    assert climb(own, cast).state == "done"
    members = Post.objects.filter(organization=cast.branch, title="member", ended_on=None)
    assert sorted(post.person.name for post in members) == ["甘棠", "白露", "谷雨"]
    old.refresh_from_db()
    assert old.end == "term_over"
    assert Case.objects.exclude(subject=None).count() == 1


def by_hand(own: Case) -> dict[int, tuple[int, int, int]]:
    ballot = ballot_of(ElectionPlan.objects.get(case=own))
    votes = {"secretary": (3, 0, 0), "夏至": (4, 8, 0)}
    return {one.pk: votes.get(one.person.name, votes.get(one.title, (10, 2, 0))) for one in ballot}


def test_request_1_is_held_against_the_size_of_the_branch(cast):
    own = new_election(cast)
    for seats in (
        replace(SEATS, voters=2),
        replace(SEATS, members=3),
        replace(SEATS, voters=9),
        replace(SEATS, voters=51),
    ):
        with pytest.raises(PlanFaulty):
            ask_for_election(case_pk=own.pk, seats=seats, by=cast.chen, at=make.NOW, key=key())
    with pytest.raises(NotEntitled):
        ask_for_election(case_pk=own.pk, seats=SEATS, by=cast.zhou, at=make.NOW, key=key())
    click = key()
    for _time in range(2):
        ask_for_election(case_pk=own.pk, seats=SEATS, by=cast.chen, at=make.NOW, key=click)
    assert fresh(own).step == "first_approval"
    with pytest.raises(ElectionElsewhere):
        ask_for_election(case_pk=own.pk, seats=SEATS, by=cast.chen, at=make.NOW, key=key())


def test_request_1_is_returned_and_refused_with_the_words_of_the_body_above(cast):
    own, _lines = election_at(cast, "first_approval")
    say(own, cast.gao, "return", goes_to="first_request", reason="请核对党员人数。")
    assert fresh(own).step == "first_request"
    ask_for_election(case_pk=own.pk, seats=SEATS, by=cast.chen, at=make.NOW, key=key())
    say(own, cast.gao, "refuse")
    assert (fresh(own).state, Matter.objects.get(pk=own.matter_id).state) == ("rejected", "rejected")
    assert unsound(own) == []


def test_one_election_a_branch_at_a_time_and_no_by_election_of_a_secretary_in_office(cast):
    post = make.post(cast.ma_person, cast.branch, due_on=date(2028, 1, 1))
    with pytest.raises(PostAlreadyFilled):
        new_election(cast, kind=MatterKind.BY_ELECTION)
    post.delete()
    new_election(cast)
    with pytest.raises(CaseRunning):
        new_election(cast)
    with pytest.raises(NotEntitled):
        new_election(cast, organization=cast.city_branch)


def test_a_list_is_complete_only_with_one_for_each_post_and_nobody_twice(cast):
    own, lines = election_at(cast, "nomination", people=[("secretary", "沈若溪")])
    nominee, _account = candidate("顾怀远")
    with pytest.raises(NominationIncomplete):
        close_nomination(case_pk=own.pk, by=cast.chen, at=make.NOW, key=key())
    with pytest.raises(NoSuchSeat):
        name_person(case_pk=own.pk, title="member", nominee=nominee, by=cast.chen, at=make.NOW)
    line, _issued = name_person(case_pk=own.pk, title="deputy", nominee=nominee, by=cast.chen, at=make.NOW)
    with pytest.raises(NamedAlready):
        name_person(case_pk=own.pk, title="secretary", nominee=nominee, by=cast.chen, at=make.NOW)
    take_off(nominee_pk=line.pk, reason="本人不愿参选", by=cast.chen, at=make.NOW)
    assert fresh(line.case).state == "withdrawn"
    name_person(case_pk=own.pk, title="deputy", nominee=nominee, by=cast.chen, at=make.NOW)
    close_nomination(case_pk=own.pk, by=cast.chen, at=make.NOW, key=key())
    assert fresh(own).step == "vetting"


def test_when_a_seat_has_nobody_left_after_the_vetting_names_are_collected_again(cast):
    own, lines = election_at(cast, "vetting")
    withdraw_case(case_pk=lines["沈若溪"].case.pk, by=cast.lin, at=make.NOW, reason="本人撤回")
    assert fresh(own).step == "vetting"
    withdraw_case(case_pk=lines["顾怀远"].case.pk, by=cast.lin, at=make.NOW, reason="本人撤回")
    assert fresh(own).step == "nomination"
    assert unsound(own) == []


def test_request_2_is_refused_for_one_of_three_who_is_heard_before_it_stands(cast):
    people = [("secretary", "沈若溪"), ("deputy", "顾怀远"), ("deputy", "秦望")]
    own, lines = election_at(cast, "second_approval", seats=replace(SEATS, deputies=2), people=people)
    with pytest.raises(NobodyMayStand):
        refuse_one(own, cast, *lines.values())
    own = fresh(own)
    decide_candidates(
        seat_pk=open_seat(own).pk, answer=Answer("agree"), refused={lines["秦望"].pk: WHY}, by=cast.zhou, at=make.NOW,
        key=key(),
    )  # fmt: skip
    assert states(own) == {"沈若溪": "ballot", "顾怀远": "ballot", "秦望": "reply"}
    assert fresh(own).step == "publicity"
    document = OfficialDocument.objects.get(kind="election_people")
    assert [name for _title, name in document.facts["people"]] == ["沈若溪", "顾怀远"]
    theirs = lines["秦望"].case
    say(theirs, theirs.account, "hand_in")
    say(theirs, cast.zhou, "agree")
    assert fresh(theirs).state == "rejected"
    assert fresh(own).step == "nomination"  # the second seat of a deputy has nobody now
    assert unsound(own) == []


def test_request_2_refused_as_a_whole_is_told_to_everybody_nominated(cast):
    own, _lines = election_at(cast, "second_approval")
    say(own, cast.gao, "refuse")
    assert fresh(own).state == "rejected"
    assert states(own) == {"沈若溪": "reply", "顾怀远": "reply"}
    assert Matter.objects.get(pk=own.matter_id).state == "open"


def second_round(cast) -> Case:
    """Bring an election to request 2 for somebody named later; another may stand already."""
    own, lines = election_at(cast, "second_approval")
    refuse_one(own, cast, lines["顾怀远"])
    theirs = lines["顾怀远"].case
    say(theirs, theirs.account, "hand_in")
    say(theirs, cast.zhou, "agree")
    nominee, account = candidate("秦望")
    line, _issued = name_person(case_pk=own.pk, title="deputy", nominee=nominee, by=cast.chen, at=make.NOW)
    close_nomination(case_pk=own.pk, by=cast.chen, at=make.NOW, key=key())
    vetted(line.case, account, cast)
    assert fresh(own).step == "second_request"
    ask_for_candidates(case_pk=own.pk, by=cast.chen, at=make.NOW, key=key())
    return fresh(own)


def test_who_may_stand_already_waits_for_those_named_later(cast):
    own = second_round(cast)
    assert climb(own, cast).step == "election"
    assert states(own) == {"沈若溪": "ballot", "顾怀远": "rejected", "秦望": "ballot"}
    assert unsound(own) == []


def test_request_2_of_a_second_round_refused_as_a_whole_is_told_to_those_with_leave_as_well(cast):
    own = second_round(cast)
    say(own, cast.gao, "refuse")
    assert fresh(own).state == "rejected"
    assert states(own) == {"沈若溪": "reply", "顾怀远": "rejected", "秦望": "reply"}
    assert unsound(own) == []


def test_a_failed_election_is_recorded_and_held_again_with_the_same_people(cast):
    own, _lines = election_at(cast, "election")
    result = counted(own, cast, count=Count(6, 4, 4, 4, 4), votes={pk: (3, 1, 0) for pk in paper(own).votes})
    assert (result.outcome, result.why_failed, fresh(own).step) == ("failed", ["no_quorum"], "election")
    assert states(own) == {"沈若溪": "ballot", "顾怀远": "ballot"}
    assert counted(own, cast).outcome == "held"
    assert list(ElectionResult.objects.values_list("attempt", "outcome")) == [(1, "failed"), (2, "held")]
    assert [stage.outcome for stage in Stage.objects.filter(case=own, step="election")] == ["failed", "done"]
    assert unsound(own) == []


def test_an_election_lies_in_the_approved_window(cast):
    own, _lines = election_at(cast, "election")
    with pytest.raises(HeldTooEarly):
        counted(own, cast, held_on=date(2026, 11, 22))
    with pytest.raises(HeldTooEarly):
        counted(own, cast, held_on=date(2026, 11, 24))
    with pytest.raises(WindowOver):
        counted(own, cast, held_on=later(184).date(), at=later(184))
    assert counted(own, cast, held_on=later(183).date(), at=later(183)).outcome == "held"


def test_a_count_that_contradicts_itself_is_told_in_sentences(cast):
    own, _lines = election_at(cast, "election")
    for changes in (
        {"count": Count(6, 7, 6, 6, 6)}, {"counters": ""}, {"counters": "沈若溪"}, {"votes": {}},
        {"count": Count(6, 6, 6, 6, 5)},
    ):  # fmt: skip
        with pytest.raises(CountFaulty) as told:
            counted(own, cast, **changes)
        assert len(told.value.sentences) == 1
    assert ElectionResult.objects.count() == 0


def test_who_loses_is_not_elected_and_a_winner_who_was_never_vetted_is_vetted_first(cast):
    own, lines = election_at(cast, "election")
    nominee, account = candidate("秦望")
    votes = {pk: (1, 4, 1) if pk == lines["沈若溪"].pk else (5, 1, 0) for pk in paper(own).votes}
    written = [WriteIn("secretary", nominee, 4)]
    result = counted(own, cast, votes=votes, written_in=written)
    assert result.outcome == "held"
    assert states(own) == {"沈若溪": "not_elected", "顾怀远": "ballot", "秦望": "materials"}
    assert fresh(own).step == "late_vetting"
    late = Case.objects.get(subject__name="秦望")
    assert vetted(late, account, cast).step == "ballot"  # nobody asks for leave after the vote
    assert not Stage.objects.filter(case=late, step="standing").exists()
    assert fresh(own).step == "report"
    assert not Post.objects.filter(person=late.subject).exists()
    report_result(case_pk=own.pk, by=cast.chen, at=make.NOW, key=key())
    climb(own, cast)
    assert Post.objects.get(person=late.subject).source == "elected"
    assert unsound(own) == []


def test_the_report_is_due_thirty_plain_days_after_the_election(cast):
    own, _lines = election_at(cast, "election")
    counted(own, cast, held_on=make.TODAY, at=later(5))
    stage = Stage.objects.get(case=own, step="report")
    assert stage.due_at.date() == date(2026, 12, 23)
    assert stage.counted["unit"] == "days"


def test_a_result_that_is_refused_is_told_to_the_people_elected(cast):
    own, _lines = election_at(cast, "report")
    report_result(case_pk=own.pk, by=cast.chen, at=make.NOW, key=key())
    say(own, cast.gao, "refuse")
    assert (fresh(own).state, states(own)) == ("rejected", {"沈若溪": "reply", "顾怀远": "reply"})
    assert not Post.objects.filter(organization=cast.branch).exists()


def test_a_matter_is_withdrawn_with_everybody_in_it(cast):
    own, lines = election_at(cast, "vetting")
    withdraw_election(case_pk=own.pk, by=cast.lin, at=make.NOW, reason="推迟换届")
    assert set(Case.objects.values_list("state", flat=True)) == {"withdrawn"}
    assert Matter.objects.get(pk=own.matter_id).state == "withdrawn"
    assert unsound(own) == []


def test_many_branches_are_opened_at_once_and_who_cannot_be_is_named(cast):
    branches = [make.organization(f"海珠湾第{n}社工站党支部", under=cast.general_branch) for n in range(12)]
    new_election(cast)
    wanted = [*branches, cast.branch, cast.city_branch]
    found = preflight(wanted, by=cast.lin, at=make.NOW)
    assert (len(found.ready), [place.name for place, _why in found.barred]) == (
        12, [cast.branch.name, cast.city_branch.name],
    )  # fmt: skip
    timetable = Timetable("2026年集中换届", date(2026, 12, 10), date(2026, 12, 25), date(2027, 1, 20), REASON)
    opened, left = open_campaign(organizations=wanted, timetable=timetable, by=cast.lin, at=make.NOW)
    assert (len(opened), len(left.barred)) == (12, 2)
    assert Campaign.objects.get().plans.count() == 12
    assert {case.step for case in opened} == {"first_request"}


def test_two_entries_of_one_count_are_one(cast):
    own, _lines = election_at(cast, "election")
    click, counts = key(), paper(own)
    for _time in range(2):
        enter_count(case_pk=own.pk, paper=counts, by=cast.chen, at=make.NOW, key=click)
    with pytest.raises(ElectionElsewhere):
        enter_count(case_pk=own.pk, paper=counts, by=cast.chen, at=make.NOW, key=key())
    assert ElectionResult.objects.count() == 1
