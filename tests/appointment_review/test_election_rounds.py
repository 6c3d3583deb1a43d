"""A second round: names are collected again while others of the same matter have their leave already."""

from dataclasses import replace

import pytest

from approvals.actions.acting import acting_on
from approvals.actions.cases import withdraw_case
from approvals.actions.decisions import Answer
from approvals.actions.notes import comment
from approvals.actions.seating import entitled_on
from approvals.actions.speaking import settle
from approvals.concerned import concerned_in, concerned_in_all
from approvals.errors import NotEntitled, OwnCase, ReasonMissing
from approvals.models import Case, Decision, Recusal, Seat
from audit.models import Entry
from organizations.models import Account
from tests import factories as make
from tests.appointment_review.test_elections import WHY, states, unsound
from tests.cases import fresh, open_seat, say
from tests.elections import (
    SEATS,
    candidate,
    climb,
    counted,
    election_at,
    identity_number,
    key,
    new_election,
    paper,
    publish_for_elections,
    short_policy_document,
    vetted,
)
from workflows.appointment_review.actions.elections_counting import enter_count
from workflows.appointment_review.actions.elections_naming import (
    ask_for_candidates,
    close_nomination,
    name_others,
    name_person,
    take_off,
)
from workflows.appointment_review.actions.elections_replies import decide_candidates
from workflows.appointment_review.actions.nominating import Nominee
from workflows.appointment_review.election_errors import CountFaulty, ElectionElsewhere, LeaveStands
from workflows.appointment_review.views.election_facts import person_line


def named_again(cast) -> Case:
    """Let two of three stand, and name somebody in the place of the third, whose refusal stood after the reply."""
    people = [("secretary", "沈若溪"), ("deputy", "顾怀远"), ("deputy", "秦望")]
    own, lines = election_at(cast, "second_approval", seats=replace(SEATS, deputies=2), people=people)
    for who in (cast.gao, cast.lin):
        say(own, who, "agree")
    refused = {lines["秦望"].pk: WHY}
    seat = open_seat(own).pk
    decide_candidates(seat_pk=seat, answer=Answer("agree"), refused=refused, by=cast.zhou, at=make.NOW, key=key())
    say(lines["秦望"].case, lines["秦望"].case.account, "hand_in")
    say(lines["秦望"].case, cast.zhou, "agree")
    nominee, account = candidate("闻舟")
    line, _issued = name_person(case_pk=own.pk, title="deputy", nominee=nominee, by=cast.chen, at=make.NOW)
    close_nomination(case_pk=own.pk, by=cast.chen, at=make.NOW, key=key())
    vetted(line.case, account, cast)
    return fresh(own)


def test_who_has_leave_already_does_not_keep_the_matter_waiting_for_somebody_named_later(cast):
    publish_for_elections(cast.an)
    own = named_again(cast)
    assert own.step == "second_request"
    ask_for_candidates(case_pk=own.pk, by=cast.chen, at=make.NOW, key=key())
    assert climb(own, cast).step == "election"
    assert states(own) == {"沈若溪": "ballot", "顾怀远": "ballot", "秦望": "rejected", "闻舟": "ballot"}
    assert unsound(own) == []


def test_a_second_request_refused_in_a_later_round_is_told_to_those_with_leave_too(cast):
    publish_for_elections(cast.an)
    own = named_again(cast)
    ask_for_candidates(case_pk=own.pk, by=cast.chen, at=make.NOW, key=key())
    say(own, cast.gao, "refuse")
    assert states(own) == {"沈若溪": "reply", "顾怀远": "reply", "秦望": "rejected", "闻舟": "reply"}
    assert unsound(own) == []


def test_whoever_has_leave_can_still_be_refused_in_a_later_round(cast):
    publish_for_elections(cast.an)
    own = asked_again(cast)
    decide_candidates(
        seat_pk=open_seat(own).pk, answer=Answer("agree"), refused={nominee_of(own, "顾怀远"): WHY}, by=cast.zhou,
        at=make.NOW, key=key(),
    )  # fmt: skip
    assert states(own) == {"沈若溪": "ballot", "顾怀远": "reply", "秦望": "rejected", "闻舟": "ballot"}
    assert unsound(own) == []


def test_whoever_is_on_notice_with_leave_is_not_refused_beside_it(cast, client):
    publish_for_elections(cast.an)
    own = asked_again(cast)
    client.force_login(cast.zhou)
    page = f"/seats/{open_seat(own).pk}/"
    field = f'name="not-{nominee_of(own, "顾怀远")}"'
    assert field in client.get(page).content.decode()
    Case.objects.filter(matter=own.matter, subject__name="顾怀远").update(step="notice")
    assert field not in client.get(page).content.decode()
    with pytest.raises(LeaveStands):
        decide_candidates(
            seat_pk=open_seat(own).pk, answer=Answer("agree"), refused={nominee_of(own, "顾怀远"): WHY}, by=cast.zhou,
            at=make.NOW, key=key(),
        )  # fmt: skip


def test_nobody_on_the_list_decides_on_it_or_reads_what_is_said_about_it(cast, client):
    publish_for_elections(cast.an)
    own, _lines = election_at(cast, "second_approval")
    for who in (cast.gao, cast.lin):
        say(own, who, "agree")
    seat = open_seat(own)
    comment(case_pk=own.pk, stage_pk=seat.stage_id, text="请核对差额。", by=cast.zhou, at=make.NOW)
    reads = {cast.zhou: True, cast.chen: False, cast.lin: False}
    assert {who: "请核对差额。" in page_of(client, who, seat) for who in reads} == reads
    person = own.election.nominees.get(title="deputy").person
    Account.objects.filter(person=person).update(person=None)
    Account.objects.filter(pk=cast.zhou.pk).update(person=person)
    zhou = Account.objects.get(pk=cast.zhou.pk)
    assert "请核对差额。" not in page_of(client, zhou, seat)
    with pytest.raises(OwnCase):
        decide_candidates(seat_pk=seat.pk, answer=Answer("agree"), refused={}, by=zhou, at=make.NOW, key=key())
    assert set(entitled_on(seat, stage=seat.stage, case=fresh(own), on=make.TODAY)) == {cast.qian.pk}
    decide_candidates(seat_pk=seat.pk, answer=Answer("agree"), refused={}, by=cast.qian, at=make.NOW, key=key())
    assert unsound(own) == []


def test_an_auditor_who_stands_for_election_reads_neither_its_record_nor_who_was_told(cast, client):
    publish_for_elections(cast.an)
    own, _lines = election_at(cast, "second_approval")
    addresses = [f"/cases/{own.number}/", f"/cases/{own.number}/chart/", f"/cases/{own.number}/told/"]
    client.force_login(cast.jian)
    assert [client.get(address).status_code for address in addresses] == [200] * 3
    person = own.election.nominees.get(title="deputy").person
    Account.objects.filter(person=person).update(person=None)
    Account.objects.filter(pk=cast.jian.pk).update(person=person)
    assert [client.get(address).status_code for address in addresses] == [404] * 3


def test_whom_many_elections_decide_about_is_asked_with_one_statement(cast, django_assert_num_queries):
    publish_for_elections(cast.an)
    own, lines = election_at(cast, "second_approval")
    other = fresh(new_election(cast, organization=make.organization("另一个党支部", under=cast.general_branch)))
    own = fresh(own)
    assert {one.process.flow_class.name for one in (own, other)} == {"election"}  # reads the processes
    with django_assert_num_queries(1):
        found = concerned_in_all([(own, "second_approval"), (other, "second_approval")])
    assert found[own.pk, "second_approval"] == {line.person.account.pk for line in lines.values()}
    assert found[other.pk, "second_approval"] == set()
    with django_assert_num_queries(0):
        assert concerned_in(own, "first_approval") == set()


def test_who_stepped_back_from_a_nominee_does_not_decide_on_the_list(cast):
    publish_for_elections(cast.an)
    own, lines = election_at(cast, "second_approval")
    for who in (cast.gao, cast.lin):
        say(own, who, "agree")
    seat = open_seat(own)
    case = lines["顾怀远"].case
    Recusal.objects.create(case=case, seat=Seat.objects.filter(stage__case=case).first(), account=cast.zhou,
                           recused=True, at=make.NOW)  # fmt: skip
    assert set(entitled_on(seat, stage=seat.stage, case=fresh(own), on=make.TODAY)) == {cast.qian.pk}
    with pytest.raises(OwnCase):
        decide_candidates(seat_pk=seat.pk, answer=Answer("agree"), refused={}, by=cast.zhou, at=make.NOW, key=key())
    decide_candidates(seat_pk=seat.pk, answer=Answer("agree"), refused={}, by=cast.qian, at=make.NOW, key=key())


def page_of(client, who, seat) -> str:
    """Give the page of a seat as somebody sees it."""
    client.force_login(who)
    return client.get(f"/seats/{seat.pk}/").content.decode()


def asked_again(cast) -> Case:
    """Bring the second round up to the committee that decides."""
    own = named_again(cast)
    ask_for_candidates(case_pk=own.pk, by=cast.chen, at=make.NOW, key=key())
    for who in (cast.gao, cast.lin):
        say(own, who, "agree")
    return fresh(own)


def nominee_of(own: Case, name: str) -> int:
    """Give the key of somebody's line on the list."""
    return own.election.nominees.get(person__name=name).pk


def deliberated(case: Case, cast) -> None:
    """Let the committee agree."""
    with acting_on(case.pk, by=cast.zhou, at=make.NOW) as act:
        settle(act, "deliberation", Answer("agree"), key=key())


def test_who_is_cleared_by_a_reply_after_the_matter_was_refused_waits_for_no_vote(cast):
    document = short_policy_document()
    next(step for step in document["steps"] if step["step"] == "deliberation").pop("tracks")
    publish_for_elections(cast.an, document)
    own, lines = election_at(cast, "vetting")
    theirs = [line.case for line in lines.values()]
    for case in theirs:
        vetted(case, case.account, cast)
        deliberated(case, cast)
    ask_for_candidates(case_pk=own.pk, by=cast.chen, at=make.NOW, key=key())
    say(own, cast.gao, "refuse")
    say(theirs[0], theirs[0].account, "hand_in")
    say(theirs[0], cast.zhou, "return", reason="说明属实。")
    deliberated(theirs[0], cast)
    assert states(own) == {"沈若溪": "not_elected", "顾怀远": "reply"}
    assert unsound(own) == []


def test_before_the_vote_the_branch_goes_back_and_names_somebody_for_who_withdrew(cast):
    publish_for_elections(cast.an)
    own, lines = election_at(cast, "election")
    gone = lines["顾怀远"].case
    withdraw_case(case_pk=gone.pk, by=gone.account, at=make.NOW, reason="工作调动")
    assert fresh(own).step == "election"
    with pytest.raises(ReasonMissing):
        name_others(case_pk=own.pk, reason=" ", by=cast.chen, at=make.NOW, key=key())
    with pytest.raises(NotEntitled):
        name_others(case_pk=own.pk, reason="另行提名", by=cast.zhou, at=make.NOW, key=key())
    first = name_others(case_pk=own.pk, reason="另行提名", by=cast.chen, at=make.NOW, key="again")
    assert name_others(case_pk=own.pk, reason="另行提名", by=cast.chen, at=make.NOW, key="again") == first
    assert (fresh(own).step, fresh(lines["沈若溪"].case).step) == ("nomination", "ballot")
    with pytest.raises(ElectionElsewhere):
        name_others(case_pk=own.pk, reason="另行提名", by=cast.chen, at=make.NOW, key=key())
    nominee, account = candidate("唐以珩")
    line, _issued = name_person(case_pk=own.pk, title="deputy", nominee=nominee, by=cast.chen, at=make.NOW)
    close_nomination(case_pk=own.pk, by=cast.chen, at=make.NOW, key=key())
    vetted(line.case, account, cast)
    assert fresh(own).step == "second_request"
    name_others(
        case_pk=own.pk, reason="再议", by=cast.chen, at=make.NOW, key=key()
    )  # before the second request as well
    assert fresh(own).step == "nomination"
    close_nomination(case_pk=own.pk, by=cast.chen, at=make.NOW, key=key())
    ask_for_candidates(case_pk=own.pk, by=cast.chen, at=make.NOW, key=key())
    climb(own, cast)
    assert (fresh(own).step, fresh(line.case).step) == ("election", "ballot")
    assert unsound(fresh(own)) == []


@pytest.mark.parametrize("step", ["first_request", "nomination", "second_request"])
def test_a_step_with_a_page_of_its_own_is_not_answered_beside_it(cast, client, step):
    publish_for_elections(cast.an)
    own, _lines = election_at(cast, step)
    seat = open_seat(own)
    client.force_login(cast.chen)
    answer = client.post(f"/seats/{seat.pk}/decide", {"verb": "hand_in", "key": "beside"})
    assert (answer.status_code, answer["Location"]) == (302, f"/matters/{own.matter.number}/election/")
    assert (fresh(own).step, Decision.objects.filter(seat=seat).count()) == (step, 0)


def test_whoever_is_on_the_ballot_does_not_enter_the_count(cast):
    publish_for_elections(cast.an)
    own, lines = election_at(cast, "election")
    person = lines["顾怀远"].person
    Account.objects.filter(person=person).update(person=None)
    Account.objects.filter(pk=cast.chen.pk).update(person=person)
    with pytest.raises(OwnCase):
        enter_count(case_pk=own.pk, paper=paper(own), by=Account.objects.get(pk=cast.chen.pk), at=make.NOW, key=key())
    assert fresh(own).step == "election"


def test_who_stands_reads_on_the_list_nothing_of_the_own_vetting(cast):
    publish_for_elections(cast.an)
    _own, lines = election_at(cast, "second_request")
    line = lines["顾怀远"]
    assert line.case is not None
    line.case.refresh_from_db()
    seen = {
        who: str(person_line(line, account)["word"])
        for who, account in (("own", line.person.account), ("chen", cast.chen))
    }
    assert seen["own"] != seen["chen"]
    assert (line.case.step, seen["own"]) == ("standing", "考察中")


def test_whoever_withdrew_is_named_again_on_a_line_of_their_own(cast):
    publish_for_elections(cast.an)
    number = identity_number()
    own, _lines = election_at(cast, "nomination", people=())
    named = {"case_pk": own.pk, "title": "secretary", "nominee": Nominee("顾怀远", number), "by": cast.chen}
    first, _issued = name_person(**named, at=make.NOW)
    withdraw_case(case_pk=first.case.pk, by=cast.lin, at=make.NOW, reason="本人不愿参选")
    again, _issued = name_person(**named, at=make.NOW)
    assert (again.pk != first.pk, again.case.state) == (True, "open")
    first.refresh_from_db()
    assert first.standing == "taken_off"
    taken_off = {"nominee_pk": again.pk, "reason": "", "by": cast.chen, "at": make.NOW}
    take_off(**taken_off)
    take_off(**taken_off)  # a second click
    assert Entry.objects.filter(verb="nominee.taken_off").count() == 1


def test_a_counter_is_not_taken_for_a_candidate_whose_name_begins_alike(cast):
    publish_for_elections(cast.an)
    own, _lines = election_at(cast, "election")
    with pytest.raises(CountFaulty):
        counted(own, cast, counters="何苗、顾怀远")
    counted(own, cast, counters="何苗，顾怀远山")
    assert fresh(own).step == "report"
