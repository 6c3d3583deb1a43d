"""Meetings: the agenda, who is in the room, what is resolved, and the one act by which it counts."""

from datetime import date, timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from approvals.actions.cases import withdraw_case
from approvals.actions.meeting_closing import confirm_meeting, hand_back, hand_over
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
    AlreadyConfirmed,
    AttendanceMissing,
    CountWrong,
    EnteredMeanwhile,
    ItemFellAway,
    ItemsOpen,
    ItemsStandInTheWay,
    MajorityAgreed,
    MeetingMovedOn,
    MembersMissing,
    NoMajority,
    NoQuorum,
    NotReady,
    NotTheChair,
    NotTheRecorder,
    OnAnotherAgenda,
    RecorderConfirms,
    ResultUnknown,
    ReviewDayPast,
)
from approvals.meeting_queries import known_members, ready_stages
from approvals.models import AgendaItem, Decision, Meeting
from approvals.rules.meetings import Count
from audit.models import Entry
from notifications.models import Notice
from organizations.models import RoleAssignment
from tests import factories as make
from tests.approvals.rebuilt import differences
from tests.cases import fresh, say
from tests.meetings import (
    COMMITTEE,
    SESSION,
    enter,
    entered,
    in_session,
    item_of,
    many_at_deliberation,
    planned,
    publish_meetings,
    to_deliberation,
    with_agenda,
)
from workflows.appointment_review.models import Finding

LATER = SESSION + timedelta(hours=2)


@pytest.fixture
def committee(cast):
    publish_meetings(cast)
    return cast


def confirm(cast, meeting, by=None):
    return confirm_meeting(meeting_pk=meeting.pk, by=by or cast.zhou, at=LATER)


def counted(item):
    item.refresh_from_db()
    return item.result, item.agree, item.against, item.abstain


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


# Confirming


def test_a_meeting_of_23_items_is_entered_and_confirmed_in_one_act(committee):
    cases = many_at_deliberation(committee, 23)
    meeting = in_session(committee)
    with CaptureQueriesContext(connection) as at_the_table:
        enter(committee, item_of(meeting, cases[0]))
    entered(committee, meeting)
    with CaptureQueriesContext(connection) as asked:
        confirm(committee, meeting)
    assert {fresh(case).step for case in cases} == {"publication"}
    said = Decision.objects.filter(on_behalf_of=meeting.title)
    assert set(said.values_list("by_name", "entered_by__name")) == {("周正", "韩启明")}
    assert said.count() == AgendaItem.objects.filter(meeting=meeting, settled_at=LATER).count() == 23
    assert differences(fresh(cases[7])) == []
    statements = len([one for one in asked if not one["sql"].startswith(("SAVEPOINT", "RELEASE"))])
    print(f"\n23 items: {statements} statements to confirm, {len(at_the_table)} to enter one")
    assert statements <= 23 * 32


def test_a_refused_item_leads_to_the_reply_of_the_person_who_reads_no_count(committee, client):
    case = to_deliberation(committee)
    meeting = in_session(committee)
    enter(committee, item_of(meeting, case), "refuse")
    hand_over(meeting_pk=meeting.pk, by=committee.han, at=SESSION)
    confirm(committee, meeting)
    assert fresh(case).step == "reply"
    client.force_login(case.subject.account)
    for address in ("/my/", f"/my/{case.number}/", f"/my/{case.number}/reply/"):
        told = client.get(address).content.decode()
        assert "第18次" not in told
        assert "票" not in told
    assert "任职条件还不具备" in client.get(f"/my/{case.number}/reply/").content.decode()


def test_a_deferred_item_comes_back_on_its_day_and_not_before(committee):
    case = to_deliberation(committee)
    meeting = in_session(committee)
    enter(committee, item_of(meeting, case), "defer", review_on=date(2026, 12, 7))
    hand_over(meeting_pk=meeting.pk, by=committee.han, at=SESSION)
    confirm(committee, meeting)
    stage = case.stages.get(step="deliberation", outcome="")
    assert (fresh(case).step, stage.not_before) == ("deliberation", date(2026, 12, 7))
    assert list(ready_stages(committee.province, on=date(2026, 12, 6))) == []
    assert list(ready_stages(committee.province, on=date(2026, 12, 7))) == [stage]
    early = planned(committee, number="HY2", title="早一周", held_at=SESSION + timedelta(days=7))
    with pytest.raises(NotReady):
        put_on_agenda(meeting_pk=early.pk, stage_pks=[stage.pk], by=committee.han, at=LATER)
    late = planned(committee, number="HY3", title="两周后", held_at=SESSION + timedelta(days=14))
    put_on_agenda(meeting_pk=late.pk, stage_pks=[stage.pk], by=committee.han, at=LATER)
    assert late.items.get().case_id == case.pk
    assert differences(fresh(case)) == []


def test_a_case_withdrawn_meanwhile_falls_away_and_holds_nothing_up(committee):
    first, second = many_at_deliberation(committee, 2)
    meeting = in_session(committee)
    withdraw_case(case_pk=first.pk, by=committee.han, at=SESSION, reason="支部撤回提名")
    with pytest.raises(ItemFellAway):
        enter(committee, item_of(meeting, first))
    enter(committee, item_of(meeting, second))
    hand_over(meeting_pk=meeting.pk, by=committee.han, at=SESSION)
    confirm(committee, meeting)
    assert (fresh(first).state, fresh(second).step) == ("withdrawn", "publication")
    assert item_of(meeting, first).settled_at is None
    assert Entry.objects.get(verb="meeting.confirmed").facts == {"settled": 1, "fell_away": 1}


def test_a_record_is_handed_over_complete(committee):
    first, second = many_at_deliberation(committee, 2)
    meeting = in_session(committee)
    enter(committee, item_of(meeting, first))
    with pytest.raises(ItemsOpen, match="第2人"):
        hand_over(meeting_pk=meeting.pk, by=committee.han, at=SESSION)
    enter(committee, item_of(meeting, second))
    # Somebody came late: the counts are those of fewer people now.
    everybody = [member.pk for member in meeting.members.all()]
    record_attendance(meeting_pk=meeting.pk, present=everybody, by=committee.han, at=SESSION)
    with pytest.raises(ItemsOpen):
        hand_over(meeting_pk=meeting.pk, by=committee.han, at=SESSION)


def test_whoever_entered_results_does_not_confirm_them(committee):
    to_deliberation(committee)
    meeting = entered(committee, in_session(committee))
    make.assign(committee.han, "approver", committee.province)
    with pytest.raises(RecorderConfirms):
        confirm(committee, meeting, by=committee.han)
    for who in (committee.wu, committee.lin, committee.shi):
        with pytest.raises(NotTheChair):
            confirm(committee, meeting, by=who)
    assert Notice.objects.filter(kind="meeting_to_confirm").count() == 2


def test_where_there_is_a_secretary_nobody_else_confirms(committee):
    case = to_deliberation(committee)
    meeting = entered(committee, in_session(committee))
    secretary = make.reviewer("闻人岳", "committee_secretary", committee.province)
    with pytest.raises(NotTheChair):
        confirm(committee, meeting)
    confirm(committee, meeting, by=secretary)
    assert Decision.objects.get(seat__stage__case=case, on_behalf_of=meeting.title).by == secretary


def test_a_meeting_is_confirmed_once(committee):
    to_deliberation(committee)
    meeting = entered(committee, in_session(committee))
    confirm(committee, meeting)
    entries = Entry.objects.count()
    assert confirm(committee, meeting).state == "confirmed"
    with pytest.raises(AlreadyConfirmed, match="周正"):
        confirm(committee, meeting, by=committee.qian)
    assert Entry.objects.count() == entries


def test_a_finding_that_excludes_agreeing_holds_the_whole_meeting_up_by_name(committee):
    first, second = many_at_deliberation(committee, 2)
    meeting = entered(committee, in_session(committee))
    Finding.objects.create(case=second, code="sentenced", level="blocking", found_at=make.NOW)
    with pytest.raises(ItemsStandInTheWay, match="第2人") as refused:
        confirm(committee, meeting)
    assert "第1人" not in str(refused.value)
    assert {fresh(case).step for case in (first, second)} == {"deliberation"}
    hand_back(meeting_pk=meeting.pk, reason="第二项不能同意", by=committee.zhou, at=LATER)
    enter(committee, item_of(meeting, second), "refuse")
    hand_over(meeting_pk=meeting.pk, by=committee.han, at=LATER)
    confirm(committee, meeting)
    assert (fresh(first).step, fresh(second).step) == ("publication", "reply")


def test_nobody_votes_on_himself_and_nobody_confirms_his_own_case(committee):
    case = to_deliberation(committee)
    meeting = in_session(committee)
    meeting.members.filter(name="顾清和").update(account=case.subject.account)
    entered(committee, meeting)
    with pytest.raises(ItemsStandInTheWay):
        confirm(committee, meeting)
    hand_back(meeting_pk=meeting.pk, reason="", by=committee.zhou, at=LATER)
    item, member = item_of(meeting, case), meeting.members.get(name="顾清和")
    set_recusal(item_pk=item.pk, member_pk=member.pk, reason="本人", out=True, by=committee.han, at=LATER)
    enter(committee, item, count=Count(7))
    hand_over(meeting_pk=meeting.pk, by=committee.han, at=LATER)
    RoleAssignment.objects.filter(account=case.subject.account).delete()
    make.assign(case.subject.account, "approver", committee.province)
    with pytest.raises(ItemsStandInTheWay):
        confirm(committee, meeting, by=case.subject.account)
    confirm(committee, meeting)
    assert fresh(case).step == "publication"


def test_after_it_is_confirmed_nothing_of_a_meeting_changes(committee):
    case = to_deliberation(committee)
    meeting = entered(committee, in_session(committee))
    confirm(committee, meeting)
    item, common = item_of(meeting, case), {"by": committee.han, "at": LATER}
    for act in (
        lambda: enter(committee, item),
        lambda: take_off_agenda(item_pk=item.pk, **common),
        lambda: set_recusal(item_pk=item.pk, member_pk=meeting.members.first().pk, reason="", out=True, **common),
        lambda: record_attendance(meeting_pk=meeting.pk, present=[], **common),
        lambda: hand_over(meeting_pk=meeting.pk, **common),
        lambda: hand_back(meeting_pk=meeting.pk, reason="", by=committee.zhou, at=LATER),
    ):
        with pytest.raises(MeetingMovedOn):
            act()
