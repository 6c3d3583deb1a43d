"""Meetings of a generated year: everything that is ready, with people away, recusals, refusals and deferrals."""

from datetime import timedelta

from approvals.actions.decisions import Answer, decide
from approvals.actions.meeting_closing import confirm_meeting, hand_back, hand_over
from approvals.actions.meeting_results import Resolved, enter_result, set_recusal
from approvals.actions.meetings import plan_meeting, put_on_agenda, record_attendance
from approvals.meeting_queries import ready_stages
from approvals.models import AgendaItem, Meeting, Seat
from approvals.rules.meetings import Count
from tests.meetings import COMMITTEE
from tests.year.clock import Year

MOST_ITEMS = 24
PATIENCE = timedelta(days=14)


def work(year: Year) -> None:
    """Hold a meeting when enough is ready, or somebody has waited for long."""
    ready = list(ready_stages(year.province.body, on=year.at.date()))
    if ready and year.rare(1):
        _send_back(year, ready.pop().pk)
    if ready and (len(ready) >= year.size.meet_at or ready[0].opened_at + PATIENCE < year.at):
        _hold(year, [stage.pk for stage in ready[:MOST_ITEMS]])


def _send_back(year: Year, stage_pk: int) -> None:
    """Send one back to the departments before any meeting; the recorder may not when on an agenda."""
    seat = Seat.objects.get(stage=stage_pk, state="open")
    again = Answer("return", "征求意见不全，请补。", goes_to="letters")
    decide(seat_pk=seat.pk, answer=again, by=year.province.recorder, at=year.at, key=year.key())
    year.done["deliberation: return"] += 1


def _hold(year: Year, stages: list[int]) -> None:
    by, number = year.province.recorder, year.done["meetings"] + 1
    meeting = plan_meeting(
        organization=year.province.body, number=f"HY-{number:05d}", title=f"委员会会议（第{number}次）",
        held_at=year.at, place="501 室", members=COMMITTEE, by=by, at=year.at,
    )  # fmt: skip
    items = put_on_agenda(meeting_pk=meeting.pk, stage_pks=stages, by=by, at=year.at)
    members = list(meeting.members.order_by("place"))
    away = year.rng.randrange(3)
    present = members[: len(members) - away]
    record_attendance(meeting_pk=meeting.pk, present=[one.pk for one in present], by=by, at=year.at)
    for item in items:
        _resolve(year, item, present)
    hand_over(meeting_pk=meeting.pk, by=by, at=year.at)
    if year.rare(10):
        hand_back(meeting_pk=meeting.pk, reason="请核对第一项", by=year.province.chair, at=year.at)
        hand_over(meeting_pk=meeting.pk, by=by, at=year.at)
    confirm_meeting(meeting_pk=meeting.pk, by=year.province.chair, at=year.at)
    year.done["meetings"] += 1
    year.done["items"] += Meeting.objects.get(pk=meeting.pk).items.count()


def _resolve(year: Year, item: AgendaItem, present: list) -> None:
    votes, by = len(present), year.province.recorder
    if year.rare(4):
        out = present[-1].pk
        set_recusal(item_pk=item.pk, member_pk=out, reason="同单位", out=True, by=by, at=year.at)
        year.done["recusals"] += 1
        votes -= 1
    if year.rare(4):
        resolved = Resolved("defer", Count(), reason="等待回函", review_on=(year.at + timedelta(days=14)).date())
    elif year.rare(3):
        resolved = Resolved("refuse", Count(1, votes - 1), "条件尚不具备", "任职条件还不具备。")
    else:
        resolved = Resolved("agree", Count(votes), reason="同意")
    edition = AgendaItem.objects.values_list("edition", flat=True).get(pk=item.pk)
    enter_result(item_pk=item.pk, resolved=resolved, edition=edition, by=by, at=year.at)
    year.done[f"deliberation: {resolved.result}"] += 1
