"""Preparing a meeting: who belongs to it, what is on its agenda, who came.

The meeting's row is locked before any case (docs/meetings.md); only confirming locks both.
"""

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import datetime

from django.db import IntegrityError, transaction
from django.db.models import Max
from django.utils.timezone import localdate

from approvals.concerned import concerned_in, concerned_in_all
from approvals.enums import MeetingState
from approvals.errors import OwnCase, ReasonMissing
from approvals.meeting_errors import (
    MeetingMovedOn,
    MembersMissing,
    NoQuorum,
    NotReady,
    NotTheRecorder,
    OnAnotherAgenda,
    ResolvedAlready,
    ResultsEntered,
)
from approvals.meeting_queries import may_record, ready_stages
from approvals.models import AgendaItem, ItemRecusal, Meeting, MeetingMember, Stage
from approvals.rules.meetings import quorum_reached
from audit import log
from organizations.identity import seal_for
from organizations.models import Account, PartyOrganization

STREAM = "meetings"
BEFORE_RESULTS = (MeetingState.PLANNED, MeetingState.HELD)


@dataclass(frozen=True)
class Belongs:
    """Somebody who belongs to a meeting.

    Attributes:
        name, post: As printed.
        is_chair: Who leads it; exactly one does.
        account: Key of the account, where the person has one.
    """

    name: str
    post: str = ""
    is_chair: bool = False
    account: int | None = None


def lock_meeting(pk: int, *states: str) -> Meeting:
    """Lock a meeting until the transaction ends.

    Args:
        pk: Key of the meeting.
        states: In which states the act is possible; all when empty.

    Raises:
        MeetingMovedOn: it is in another state by now.
    """
    locked = Meeting.objects.select_for_update(no_key=True, of=("self",)).select_related("organization").get(pk=pk)
    if states and locked.state not in states:
        raise MeetingMovedOn(state=MeetingState(locked.state).label)
    return locked


def demand_recorder(by: Account, organization: PartyOrganization, at: datetime) -> None:
    """Let only an organizer of the committee keep its record.

    Raises:
        NotTheRecorder: anybody else.
    """
    if not may_record(by, organization, on=localdate(at)):
        raise NotTheRecorder(organization=organization.name)


@transaction.atomic
def plan_meeting(
    *,
    organization: PartyOrganization,
    number: str,
    title: str,
    held_at: datetime,
    place: str,
    members: Sequence[Belongs],
    by: Account,
    at: datetime,
) -> Meeting:
    """Plan a meeting of a committee.

    Args:
        organization: The committee.
        number: Its unique number.
        title, held_at, place: As printed in the minutes.
        members: Who belongs to it, in their order; they need no account.
        by, at: Who plans it, and when.

    Returns:
        The meeting.

    Raises:
        NotTheRecorder, MembersMissing: as they say.
    """
    demand_recorder(by, organization, at)
    if not members or sum(member.is_chair for member in members) != 1:
        raise MembersMissing
    meeting = Meeting.objects.create(
        number=number, organization=organization, title=title, held_at=held_at, place=place, made_by=by, made_at=at
    )
    MeetingMember.objects.bulk_create(
        MeetingMember(
            meeting=meeting, place=place_no, name=one.name, post=one.post, is_chair=one.is_chair, account_id=one.account
        )
        for place_no, one in enumerate(members, start=1)
    )
    facts = {"organization": organization.code, "members": len(members)}
    log.record(STREAM, "meeting.planned", by=by, at=at, subject=number, facts=facts)
    return meeting


@transaction.atomic
def put_on_agenda(*, meeting_pk: int, stage_pks: Sequence[int], by: Account, at: datetime) -> list[AgendaItem]:
    """Put waiting cases on an agenda, behind what stands there.

    Args:
        meeting_pk: The meeting.
        stage_pks: The waiting steps, in the order wanted.
        by, at: Who does it, and when.

    Returns:
        The new items.

    Raises:
        NotTheRecorder, MeetingMovedOn: as they say.
        NotReady, OnAnotherAgenda: one of them cannot be put there, so none was.
        OwnCase: one of them is about the recorder; somebody else puts it there.
    """
    meeting = lock_meeting(meeting_pk, *BEFORE_RESULTS)
    demand_recorder(by, meeting.organization, at)
    ready = {stage.pk: stage for stage in ready_stages(meeting.organization, on=localdate(meeting.held_at))}
    for pk in stage_pks:
        if pk not in ready:
            raise _cannot_stand(pk)
    concerned = concerned_in_all([(ready[pk].case, ready[pk].step) for pk in stage_pks])
    if any(by.pk in accounts for accounts in concerned.values()):
        raise OwnCase
    behind = AgendaItem.objects.filter(meeting=meeting).aggregate(last=Max("place"))["last"] or 0
    try:
        with transaction.atomic():
            items = AgendaItem.objects.bulk_create(
                AgendaItem(meeting=meeting, place=behind + number, case=ready[pk].case, stage=ready[pk])
                for number, pk in enumerate(stage_pks, start=1)
            )
    except IntegrityError:  # another agenda was faster
        taken = AgendaItem.objects.filter(stage__in=stage_pks).values_list("stage", flat=True).first()
        if taken is None:
            raise
        raise _cannot_stand(taken) from None
    drafts = [_draft("meeting.listed", item, meeting, by, at) for item in items]
    log.append(STREAM, drafts, locked=False)
    return items


@transaction.atomic
def take_off_agenda(*, item_pk: int, by: Account, at: datetime) -> None:
    """Take an item off its agenda, before anything was resolved about it.

    Raises:
        NotTheRecorder, MeetingMovedOn, OwnCase: as they say.
        ResolvedAlready: it has a result, and its case did not fall away.
    """
    item = AgendaItem.objects.select_related("case__process", "case__subject__account", "stage").get(pk=item_pk)
    meeting = lock_meeting(item.meeting_id, *BEFORE_RESULTS)
    demand_recorder(by, meeting.organization, at)
    if by.pk in concerned_in(item.case, item.stage.step):
        raise OwnCase
    listed = AgendaItem.objects.select_related("stage", "case").filter(pk=item_pk).first()
    if listed is None:  # a second click
        return
    if listed.result and listed.stands:
        raise ResolvedAlready
    listed.recusals.all().delete()
    listed.delete()
    log.append(STREAM, [_draft("meeting.unlisted", item, meeting, by, at)], locked=False)


@transaction.atomic
def reorder_agenda(*, meeting_pk: int, item_pks: Sequence[int], by: Account, at: datetime) -> None:
    """Put the items of an agenda into another order; items that are not named follow behind.

    Raises:
        NotTheRecorder, MeetingMovedOn: as they say.
    """
    meeting = lock_meeting(meeting_pk, *BEFORE_RESULTS)
    demand_recorder(by, meeting.organization, at)
    wanted = {pk: place for place, pk in enumerate(item_pks)}
    items = sorted(
        AgendaItem.objects.filter(meeting=meeting), key=lambda one: (wanted.get(one.pk, len(wanted)), one.place)
    )
    for place, item in enumerate(items, start=1):
        item.place = place
    AgendaItem.objects.bulk_update(items, ["place"])


@transaction.atomic
def record_attendance(*, meeting_pk: int, present: Collection[int], by: Account, at: datetime) -> Meeting:
    """Write down who came; with it the meeting is in session.

    Args:
        meeting_pk: The meeting.
        present: Keys of the members in the room.
        by, at: Who writes it down, and when.

    Returns:
        The meeting.

    Raises:
        NotTheRecorder, MeetingMovedOn: as they say.
        NoQuorum: too few came for the meeting to decide.
    """
    meeting = lock_meeting(meeting_pk, *BEFORE_RESULTS)
    demand_recorder(by, meeting.organization, at)
    members = list(meeting.members.all())
    for member in members:
        member.present = member.pk in present
    came = sum(member.present for member in members)
    if not quorum_reached(members=len(members), present=came):
        raise NoQuorum(present=came, members=len(members))
    MeetingMember.objects.bulk_update(members, ["present"])
    Meeting.objects.filter(pk=meeting.pk).update(state=MeetingState.HELD)
    facts = {"members": len(members), "present": came}
    log.record(STREAM, "meeting.attended", by=by, at=at, subject=meeting.number, facts=facts)
    meeting.state = MeetingState.HELD
    return meeting


@transaction.atomic
def call_off(*, meeting_pk: int, reason: str, by: Account, at: datetime) -> Meeting:
    """Call a meeting off before it resolved anything; what stood on its agenda is ready for another one.

    Args:
        meeting_pk: The meeting.
        reason: Why, for the record.
        by, at: Who calls it off, and when.

    Returns:
        The meeting.

    Raises:
        NotTheRecorder, MeetingMovedOn, ReasonMissing: as they say.
        ResultsEntered: something was resolved.
    """
    meeting = lock_meeting(meeting_pk, *BEFORE_RESULTS)
    demand_recorder(by, meeting.organization, at)
    if not reason.strip():
        raise ReasonMissing
    listed = AgendaItem.objects.filter(meeting=meeting)
    if listed.exclude(result="").exists():
        raise ResultsEntered
    drafts = [_draft("meeting.unlisted", item, meeting, by, at) for item in listed.select_related("case")]
    sealed = seal_for(None, {"reason": reason.strip()[:400]})
    off = log.Draft(
        verb="meeting.called_off", at=at, actor_id=by.pk, actor_name=by.name, subject=meeting.number, sealed=sealed
    )
    ItemRecusal.objects.filter(item__meeting=meeting).delete()
    listed.delete()
    Meeting.objects.filter(pk=meeting.pk).update(state=MeetingState.CALLED_OFF)
    log.append(STREAM, [*drafts, off], locked=False)
    meeting.state = MeetingState.CALLED_OFF
    return meeting


def _cannot_stand(stage_pk: int) -> NotReady | OnAnotherAgenda:
    stage = Stage.objects.select_related("case").get(pk=stage_pk)
    item = AgendaItem.objects.select_related("meeting").filter(stage=stage).first()
    if item is not None:
        return OnAnotherAgenda(name=stage.case.subject_name, meeting=item.meeting.title)
    return NotReady(name=stage.case.subject_name)


def _draft(verb: str, item: AgendaItem, meeting: Meeting, by: Account, at: datetime) -> log.Draft:
    facts = {"meeting": meeting.number, "title": meeting.title, "place": item.place}
    return log.Draft(verb=verb, at=at, actor_id=by.pk, actor_name=by.name, subject=item.case.number, facts=facts)
