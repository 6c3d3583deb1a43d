"""A meeting counts by one act of the chair, after which nothing of it changes."""

from datetime import date, timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from approvals.actions.cases import withdraw_case
from approvals.actions.meeting_closing import hand_back, hand_over
from approvals.actions.meeting_results import set_recusal
from approvals.actions.meetings import (
    put_on_agenda,
    record_attendance,
    take_off_agenda,
)
from approvals.meeting_errors import (
    AlreadyConfirmed,
    ItemFellAway,
    ItemsOpen,
    ItemsStandInTheWay,
    MeetingMovedOn,
    NotReady,
    NotTheChair,
    RecorderConfirms,
)
from approvals.meeting_queries import ready_stages
from approvals.models import AgendaItem, Decision
from approvals.rules.meetings import Count
from audit.models import Entry
from notifications.models import Notice
from organizations.models import RoleAssignment
from tests import factories as make
from tests.approvals.rebuilt import differences
from tests.cases import fresh
from tests.meetings import (
    LATER,
    SESSION,
    confirm,
    enter,
    entered,
    in_session,
    item_of,
    many_at_deliberation,
    planned,
    to_deliberation,
)
from workflows.appointment_review.models import Finding

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
