"""Meetings: the agenda, who is in the room, and what is resolved."""

import pytest

from approvals.actions.meeting_closing import hand_over
from approvals.actions.meeting_results import note_words, set_recusal, words_of
from approvals.actions.meetings import (
    Belongs,
    plan_meeting,
    put_on_agenda,
    record_attendance,
    reorder_agenda,
    take_off_agenda,
)
from approvals.errors import DecidedByMeeting, OwnCase, PersonReasonMissing, ReasonMissing, ReviewDayMissing
from approvals.meeting_errors import (
    AttendanceMissing,
    CountWrong,
    EnteredMeanwhile,
    MajorityAgreed,
    MembersMissing,
    NoMajority,
    NoQuorum,
    NotReady,
    NotTheRecorder,
    OnAnotherAgenda,
    ResultUnknown,
    ReviewDayPast,
)
from approvals.meeting_queries import known_members, ready_stages
from approvals.models import Decision, Meeting
from approvals.rules.meetings import Count
from audit.models import Entry
from tests import factories as make
from tests.cases import say
from tests.meetings import (
    COMMITTEE,
    SESSION,
    confirm,
    counted,
    enter,
    in_session,
    item_of,
    many_at_deliberation,
    planned,
    to_deliberation,
    with_agenda,
)

# Planning


def test_nobody_but_an_organizer_of_the_committee_plans_a_meeting(committee):
    for who in (committee.zhou, committee.lin, committee.mei, committee.an):
        with pytest.raises(NotTheRecorder):
            plan_meeting(
                organization=committee.province, number="HY1", title="会议", held_at=SESSION, place="501 室",
                members=COMMITTEE, by=who, at=make.NOW,
            )  # fmt: skip
    assert not Meeting.objects.exists()


@pytest.mark.parametrize("members", [[], [Belongs("甲")], [Belongs("甲", is_chair=True), Belongs("乙", is_chair=True)]])
def test_a_meeting_has_members_and_one_chair(committee, members):
    with pytest.raises(MembersMissing):
        plan_meeting(
            organization=committee.province, number="HY1", title="会议", held_at=SESSION, place="501 室",
            members=members, by=committee.han, at=make.NOW,
        )  # fmt: skip


def test_members_are_suggested_from_the_posts_then_from_the_last_meeting(committee):
    head = make.person("闻岳")
    make.post(head, committee.province)
    assert [(one.name, one.is_chair) for one in known_members(committee.province, on=make.TODAY)] == [("闻岳", True)]
    planned(committee)
    assert [one.name for one in known_members(committee.province, on=make.TODAY)] == [one.name for one in COMMITTEE]


# The agenda


def test_what_waits_for_a_meeting_is_put_on_one_agenda_only(committee):
    case = to_deliberation(committee)
    meeting, other = with_agenda(committee), planned(committee, number="HY2", title="另一次会议")
    item = item_of(meeting, case)
    assert list(ready_stages(committee.province, on=make.TODAY)) == []
    with pytest.raises(OnAnotherAgenda, match="第18次"):
        put_on_agenda(meeting_pk=other.pk, stage_pks=[item.stage_id], by=committee.han, at=make.NOW)
    take_off_agenda(item_pk=item.pk, by=committee.han, at=make.NOW)
    put_on_agenda(meeting_pk=other.pk, stage_pks=[item.stage_id], by=committee.han, at=make.NOW)
    assert list(other.items.values_list("case", flat=True)) == [case.pk]
    told = Entry.objects.filter(subject=case.number, verb__startswith="meeting.").order_by("pk")
    assert [entry.verb for entry in told] == ["meeting.listed", "meeting.unlisted", "meeting.listed"]


def test_a_case_that_waits_elsewhere_is_not_ready(committee):
    publish_case = to_deliberation(committee)
    stage = publish_case.stages.get(step="party_levels")
    with pytest.raises(NotReady, match="沈若溪"):
        put_on_agenda(meeting_pk=planned(committee).pk, stage_pks=[stage.pk], by=committee.han, at=make.NOW)


def test_the_agenda_is_put_into_another_order(committee):
    cases = many_at_deliberation(committee, 3)
    meeting = with_agenda(committee)
    first, second, third = (item_of(meeting, case).pk for case in cases)
    reorder_agenda(meeting_pk=meeting.pk, item_pks=[third, first], by=committee.han, at=make.NOW)
    assert list(meeting.items.values_list("pk", flat=True)) == [third, first, second]


def test_nobody_decides_alone_what_a_meeting_decides(committee):
    with pytest.raises(DecidedByMeeting):
        say(to_deliberation(committee), committee.han, "agree")


# In the room


def test_half_of_the_members_have_to_come(committee):
    meeting = planned(committee)
    present = [member.pk for member in meeting.members.all()][:4]
    with pytest.raises(NoQuorum):
        record_attendance(meeting_pk=meeting.pk, present=present, by=committee.han, at=SESSION)
    assert record_attendance(
        meeting_pk=meeting.pk, present=[*present, meeting.members.last().pk], by=committee.han, at=SESSION
    ).state == "held"  # fmt: skip


def test_no_result_before_it_is_known_who_is_there(committee):
    case = to_deliberation(committee)
    with pytest.raises(AttendanceMissing):
        enter(committee, item_of(with_agenda(committee), case))


@pytest.mark.parametrize(
    ("result", "count", "words", "refusal"),
    [
        ("agree", Count(7), {}, CountWrong),
        ("agree", Count(9), {}, CountWrong),
        ("agree", Count(4, 4), {}, NoMajority),
        ("refuse", Count(5, 3), {}, MajorityAgreed),
        ("refuse", Count(0, 8), {"reason": ""}, ReasonMissing),
        ("refuse", Count(0, 8), {"reason_for_person": " "}, PersonReasonMissing),
        ("defer", Count(), {"review_on": None}, ReviewDayMissing),
        ("defer", Count(), {"review_on": SESSION.date()}, ReviewDayPast),
        ("defer", Count(3), {}, CountWrong),
        ("defer", Count(), {"reason": ""}, ReasonMissing),
    ],
)
def test_a_result_its_count_or_its_words_do_not_carry_is_refused(committee, result, count, words, refusal):
    case = to_deliberation(committee)
    item = item_of(in_session(committee), case)
    with pytest.raises(refusal):
        enter(committee, item, result, count, **words)
    assert counted(item) == ("", 0, 0, 0)


def test_a_result_is_one_of_four(committee):
    case = to_deliberation(committee)
    item = item_of(in_session(committee), case)
    with pytest.raises(ResultUnknown):
        enter(committee, item, "abstain", Count(8))


def test_a_recusal_leaves_the_count_of_that_item_only(committee):
    first, second = many_at_deliberation(committee, 2)
    meeting = in_session(committee)
    out = meeting.members.get(name="周砚秋")
    about = {"member_pk": out.pk, "by": committee.han, "at": SESSION}
    set_recusal(item_pk=item_of(meeting, first).pk, reason="与本人同单位", out=True, **about)
    with pytest.raises(CountWrong):
        enter(committee, item_of(meeting, first))
    enter(committee, item_of(meeting, first), count=Count(6, 0, 1))
    enter(committee, item_of(meeting, second), count=Count(8))
    hand_over(meeting_pk=meeting.pk, by=committee.han, at=SESSION)
    confirm(committee, meeting)
    said = [Decision.objects.get(seat__stage__case=case, on_behalf_of=meeting.title).facts for case in (first, second)]
    assert [(one["entitled"], one["present"], one["recused"], one["agree"]) for one in said] == [
        (8, 7, 1, 6),
        (9, 8, 0, 8),
    ]


def test_a_recusal_entered_late_opens_the_result_again(committee):
    case = to_deliberation(committee)
    meeting = in_session(committee)
    item = enter(committee, item_of(meeting, case))
    out = {
        "item_pk": item.pk,
        "member_pk": meeting.members.last().pk,
        "reason": "亲属",
        "by": committee.han,
        "at": SESSION,
    }
    set_recusal(out=True, **out)
    assert counted(item) == ("", 0, 0, 0)
    set_recusal(out=False, **out)
    enter(committee, item)
    assert counted(item) == ("agree", 8, 0, 0)


def test_half_typed_words_are_kept_sealed(committee):
    case = to_deliberation(committee)
    item = item_of(in_session(committee), case)
    note_words(item_pk=item.pk, reason="先听说明", reason_for_person="", by=committee.han, at=SESSION)
    item.refresh_from_db()
    assert "先听说明" not in str(item.sealed)
    assert words_of(item) == {"reason": "先听说明"}


def test_two_recorders_do_not_write_over_each_other(committee):
    case = to_deliberation(committee)
    item = item_of(in_session(committee), case)
    other = make.reviewer("记录二", "organizer", committee.province)
    enter(committee, item, by=other)
    from approvals.actions.meeting_results import Resolved, enter_result

    with pytest.raises(EnteredMeanwhile, match="记录二"):
        enter_result(item_pk=item.pk, resolved=Resolved("agree", Count(7, 1)), edition=0, by=committee.han, at=SESSION)
    assert counted(item) == ("agree", 8, 0, 0)


def test_a_recorder_does_not_touch_the_item_about_himself(committee):
    case = to_deliberation(committee)
    make.assign(case.subject.account, "organizer", committee.province)
    item = item_of(in_session(committee), case)
    with pytest.raises(OwnCase):
        enter(committee, item, by=case.subject.account)


def test_a_recorder_neither_puts_himself_on_an_agenda_nor_takes_himself_off(committee):
    case = to_deliberation(committee)
    own = case.subject.account
    make.assign(own, "organizer", committee.province)
    stage = case.stages.get(step="deliberation")
    with pytest.raises(OwnCase):
        put_on_agenda(meeting_pk=planned(committee).pk, stage_pks=[stage.pk], by=own, at=make.NOW)
    meeting = Meeting.objects.get()
    put_on_agenda(meeting_pk=meeting.pk, stage_pks=[stage.pk], by=committee.han, at=make.NOW)
    with pytest.raises(OwnCase):
        take_off_agenda(item_pk=meeting.items.get().pk, by=own, at=make.NOW)
