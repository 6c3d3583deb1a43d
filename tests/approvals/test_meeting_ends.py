"""A meeting that is called off, and an item that is returned to be supplemented."""

import pytest

from approvals.actions.meeting_closing import confirm_meeting, hand_over
from approvals.actions.meetings import call_off, put_on_agenda
from approvals.errors import CorrectionsMissing, ReasonMissing, ReturnNotAllowed
from approvals.meeting_errors import CountWrong, MeetingMovedOn, NotTheRecorder, ResultsEntered
from approvals.meeting_queries import ready_stages
from approvals.models import AgendaItem, Correction, Decision, ItemRecusal
from approvals.rules.meetings import Count
from audit.models import Entry
from organizations.enums import Role
from tests import factories as make
from tests.approvals.rebuilt import differences
from tests.cases import fresh
from tests.meetings import (
    SESSION,
    enter,
    in_session,
    item_of,
    many_at_deliberation,
    planned,
    publish_meetings,
    to_deliberation,
    with_agenda,
)


@pytest.fixture
def committee(cast):
    publish_meetings(cast)
    return cast


def off(committee, meeting, *, by=None, reason="到会人数不足"):
    return call_off(meeting_pk=meeting.pk, reason=reason, by=by or committee.han, at=SESSION)


def test_what_stood_on_a_meeting_that_is_called_off_is_ready_for_another(committee):
    cases = many_at_deliberation(committee, 2)
    meeting = in_session(committee)
    member = meeting.members.last()
    ItemRecusal.objects.create(item=item_of(meeting, cases[0]), member=member, reason="同单位")
    assert list(ready_stages(committee.province, on=SESSION.date())) == []
    off(committee, meeting)
    ready = list(ready_stages(committee.province, on=SESSION.date()))
    assert [stage.case_id for stage in ready] == [case.pk for case in cases]
    other = planned(committee, number="HY2", title="改期")
    put_on_agenda(meeting_pk=other.pk, stage_pks=[stage.pk for stage in ready], by=committee.han, at=SESSION)
    assert (meeting.items.count(), other.items.count()) == (0, 2)
    told = list(Entry.objects.filter(stream="meetings").order_by("seq").values_list("verb", "subject"))
    assert told[-6:-3] == [
        ("meeting.unlisted", cases[0].number), ("meeting.unlisted", cases[1].number),
        ("meeting.called_off", meeting.number),
    ]  # fmt: skip
    with pytest.raises(MeetingMovedOn):
        off(committee, meeting)


NOBODY_ELSE = [("zhou", "改期", NotTheRecorder), ("mei", "改期", NotTheRecorder), ("han", " ", ReasonMissing)]


@pytest.mark.parametrize(("who", "reason", "refusal"), NOBODY_ELSE)
def test_only_the_recorder_calls_off_and_says_why(committee, who, reason, refusal):
    meeting = with_agenda(committee, [to_deliberation(committee)])
    with pytest.raises(refusal):
        off(committee, meeting, by=getattr(committee, who), reason=reason)
    assert meeting.items.count() == 1


def test_a_meeting_that_resolved_something_is_not_called_off(committee):
    case = to_deliberation(committee)
    meeting = in_session(committee)
    enter(committee, item_of(meeting, case))
    with pytest.raises(ResultsEntered):
        off(committee, meeting)


def confirmed(committee, meeting) -> None:
    chair = make.reviewer("程书记", Role.COMMITTEE_SECRETARY, committee.province)
    hand_over(meeting_pk=meeting.pk, by=committee.han, at=SESSION)
    confirm_meeting(meeting_pk=meeting.pk, by=chair, at=SESSION)


def test_a_returned_item_goes_back_to_the_person_with_a_list(committee):
    case = to_deliberation(committee)
    meeting = in_session(committee)
    words = {"reason": "材料不全", "reason_for_person": "补交学历证明\n\n补写兼职", "returns_to": "materials"}
    enter(committee, item_of(meeting, case), "return", Count(), **words)
    assert fresh(case).step == "deliberation"
    confirmed(committee, meeting)
    assert (fresh(case).step, fresh(case).phase) == ("materials", "correct")
    listed = Correction.objects.filter(stage__case=case).order_by("place")
    assert [one.text for one in listed] == ["补交学历证明", "补写兼职"]
    said = Decision.objects.get(seat__stage__case=case, verb="return")
    assert (said.on_behalf_of, said.entered_by, said.reason_for_person) == (meeting.title, committee.han, "")
    assert differences(fresh(case)) == []


@pytest.mark.parametrize(
    ("words", "count", "refusal"),
    [
        ({"reason": "材料不全", "returns_to": "materials"}, Count(), CorrectionsMissing),
        ({"reason": "材料不全", "reason_for_person": "补", "returns_to": "party_levels"}, Count(), ReturnNotAllowed),
        ({"reason": "材料不全", "reason_for_person": "补", "returns_to": "materials"}, Count(3), CountWrong),
    ],
)
def test_a_return_says_where_to_and_what_is_missing(committee, words, count, refusal):
    case = to_deliberation(committee)
    item = item_of(in_session(committee), case)
    with pytest.raises(refusal):
        enter(committee, item, "return", count, **words)
    assert AgendaItem.objects.get().result == ""
