"""The end of a meeting: the recorder hands the record over, the chair confirms it, and every item is settled at once.

A meeting is confirmed in one transaction: all of its items are settled, or none is and the sentence names what stands
in the way. Its row is locked first, then the cases with the paths of their matters in ascending order of their keys.
"""

from collections.abc import Sequence
from datetime import datetime

from django.db import transaction
from django.db.models import Q
from django.utils.timezone import localdate, localtime
from django.utils.translation import gettext as _

from approvals.actions.acting import acting_on
from approvals.actions.meeting_results import check_result, resolved_on
from approvals.actions.meetings import STREAM, demand_recorder, lock_meeting
from approvals.actions.speaking import settle
from approvals.concerned import concerned_in
from approvals.enums import MeetingState
from approvals.errors import OwnCase
from approvals.meeting_errors import (
    AlreadyConfirmed,
    AttendanceMissing,
    ItemsOpen,
    ItemsStandInTheWay,
    MeetingMovedOn,
    NotTheChair,
    RecorderConfirms,
    SubjectInTheRoom,
)
from approvals.meeting_queries import chair_roles, chairs_of, holds_at, items_of, room_of
from approvals.models import AgendaItem, Case, Meeting, MeetingMember
from approvals.rules.text import in_a_row
from audit import log
from audit.errors import Refusal
from notifications import outbox
from organizations.identity import seal_for
from organizations.models import Account


@transaction.atomic
def hand_over(*, meeting_pk: int, by: Account, at: datetime) -> Meeting:
    """Hand the complete record to the chair.

    Args:
        meeting_pk: The meeting.
        by, at: The recorder, and when.

    Returns:
        The meeting.

    Raises:
        NotTheRecorder, MeetingMovedOn, AttendanceMissing: as they say.
        ItemsOpen: an item that still stands has no result, or one that no longer fits who was in the room.
    """
    meeting = lock_meeting(meeting_pk, MeetingState.PLANNED, MeetingState.HELD)
    demand_recorder(by, meeting.organization, at)
    if meeting.state == MeetingState.PLANNED:
        raise AttendanceMissing
    missing = unfinished(meeting, items_of(meeting))
    if missing:
        raise ItemsOpen(items=_joined(missing))
    Meeting.objects.filter(pk=meeting.pk).update(state=MeetingState.ENTERED, entered_by=by, entered_at=at)
    log.record(STREAM, "meeting.handed_over", by=by, at=at, subject=meeting.number)
    chairs = [one for one in chairs_of(meeting.organization, on=localdate(at)) if one.pk != by.pk]
    key = f"meeting:{meeting.pk}:entered:{at.timestamp():.0f}"
    outbox.enqueue(
        "meeting_to_confirm",
        to=chairs,
        key=key,
        at=at,
        thread=meeting.number,
        link=f"/meetings/{meeting.number}/confirm/",
    )
    meeting.state, meeting.entered_by, meeting.entered_at = MeetingState.ENTERED, by, at
    return meeting


@transaction.atomic
def hand_back(*, meeting_pk: int, reason: str, by: Account, at: datetime) -> Meeting:
    """Give the record back to the recorder, who may change it again.

    Args:
        meeting_pk: The meeting.
        reason: What to look at.
        by, at: The chair, and when.

    Returns:
        The meeting.

    Raises:
        NotTheChair, RecorderConfirms, MeetingMovedOn: as they say.
    """
    meeting = lock_meeting(meeting_pk, MeetingState.ENTERED)
    demand_chair(meeting, by, at)
    Meeting.objects.filter(pk=meeting.pk).update(state=MeetingState.HELD, entered_by=None, entered_at=None)
    sealed = seal_for(None, {"reason": reason.strip()[:400]} if reason.strip() else {})
    log.record(STREAM, "meeting.handed_back", by=by, at=at, subject=meeting.number, sealed=sealed)
    link = f"/meetings/{meeting.number}/desk/"
    key = f"meeting:{meeting.pk}:back:{at.timestamp():.0f}"
    outbox.enqueue("meeting_handed_back", to=meeting.entered_by, key=key, at=at, thread=meeting.number, link=link)
    meeting.state = MeetingState.HELD
    return meeting


def demand_chair(meeting: Meeting, by: Account, at: datetime) -> None:
    """Let only the chair confirm, who is another person than whoever entered the results.

    Raises:
        NotTheChair, RecorderConfirms: as they say.
    """
    on = localdate(at)
    if not holds_at(by, chair_roles(meeting.organization, on=on), meeting.organization, on=on):
        raise NotTheChair(organization=meeting.organization.name)
    entered = AgendaItem.objects.filter(meeting=meeting, entered_by=by).exists()
    if by.pk == meeting.entered_by_id or entered:
        raise RecorderConfirms


def unfinished(meeting: Meeting, items: Sequence[AgendaItem]) -> list[tuple[AgendaItem, str]]:
    """List the items that still stand and have no result, or one that does not fit who was in the room."""
    members = list(meeting.members.all())
    found = []
    for item in items:
        if not item.stands:
            continue
        try:
            if item.result:
                check_result(meeting, members, item, resolved_on(item))
            else:
                found.append((item, _("no result yet")))
        except Refusal as refusal:
            found.append((item, str(refusal)))
    return found


def obstacles(
    meeting: Meeting, items: Sequence[AgendaItem], *, by: Account | None, at: datetime
) -> list[tuple[AgendaItem, str]]:
    """List what keeps items from being settled: their counts, the rules of their flows, or who is concerned himself.

    Args:
        meeting, items: As ``items_of`` reads them.
        by: Who would confirm; None while nobody does.
        at: The moment.

    Returns:
        Items that still stand with the sentence that says why they cannot be settled.
    """
    found = unfinished(meeting, items)
    held_up = {item.pk for item, _why in found}
    for item in items:
        if not item.stands or item.pk in held_up:
            continue
        try:
            _check_item(item, by=by, members=meeting.members.all(), at=at)
        except Refusal as refusal:
            found.append((item, str(refusal)))
    return sorted(found, key=lambda pair: pair[0].place)


@transaction.atomic
def confirm_meeting(*, meeting_pk: int, by: Account, at: datetime) -> Meeting:
    """Confirm the record of a meeting: every item that still stands is settled, or none is.

    Args:
        meeting_pk: The meeting.
        by, at: The chair, and when.

    Returns:
        The confirmed meeting; a second click by the same chair changes nothing.

    Raises:
        NotTheChair, RecorderConfirms, MeetingMovedOn, AlreadyConfirmed: as they say.
        ItemsStandInTheWay: at least one item cannot be settled; the sentence names each with its reason.
    """
    meeting = lock_meeting(meeting_pk)
    if meeting.state == MeetingState.CONFIRMED:
        if meeting.confirmed_by_id == by.pk:
            return meeting
        when = localtime(meeting.confirmed_at).strftime("%Y-%m-%d %H:%M")
        raise AlreadyConfirmed(who=meeting.confirmed_by.name, when=when)
    if meeting.state != MeetingState.ENTERED:
        raise MeetingMovedOn(state=MeetingState(meeting.state).label)
    demand_chair(meeting, by, at)
    _lock_cases(meeting)
    items = items_of(meeting)
    against = obstacles(meeting, items, by=by, at=at)
    if against:
        raise ItemsStandInTheWay(items=_joined(against))
    standing = sorted((item for item in items if item.stands), key=lambda item: item.case_id)
    members = list(meeting.members.all())
    for item in standing:
        _settle(meeting, members, item, by=by, at=at)
    AgendaItem.objects.filter(pk__in=[item.pk for item in standing]).update(settled_at=at)
    Meeting.objects.filter(pk=meeting.pk).update(state=MeetingState.CONFIRMED, confirmed_by=by, confirmed_at=at)
    facts = {"settled": len(standing), "fell_away": len(items) - len(standing)}
    log.record(STREAM, "meeting.confirmed", by=by, at=at, subject=meeting.number, facts=facts)
    meeting.refresh_from_db()
    return meeting


def _lock_cases(meeting: Meeting) -> None:
    cases = Case.objects.filter(agenda_items__meeting=meeting)
    paths = Q(subject=None, matter__in=cases.values("matter"))
    locked = Case.objects.select_for_update(no_key=True).filter(Q(pk__in=cases.values("pk")) | paths)
    list(locked.order_by("pk").values_list("pk", flat=True))


def _check_item(item: AgendaItem, *, by: Account | None, members: Sequence[MeetingMember], at: datetime) -> None:
    case, concerned = item.case, concerned_in(item.case, item.stage.step)
    if by is not None and by.pk in concerned:
        raise OwnCase
    flow = case.process.flow_class
    reason = resolved_on(item).reason
    flow.check_decision(case=case, step=item.stage.step, verb=item.result, reason=reason, at=at)
    out = {recusal.member_id for recusal in item.recusals.all()}
    if any(one.account_id in concerned and one.present and one.pk not in out for one in members):
        raise SubjectInTheRoom


def _settle(meeting: Meeting, members: list[MeetingMember], item: AgendaItem, *, by: Account, at: datetime) -> None:
    room = room_of(members, item)
    answer = resolved_on(item).answer(
        meeting=meeting.number,
        agree=item.agree,
        against=item.against,
        abstain=item.abstain,
        entitled=room.entitled,
        present=room.present,
        recused=len(item.recusals.all()),
    )
    with acting_on(item.case_id, by=by, at=at) as act:
        settle(
            act,
            item.stage.step,
            answer,
            key=f"agenda_item:{item.pk}",
            on_behalf_of=meeting.title,
            entered_by=item.entered_by,
        )


def _joined(found: Sequence[tuple[AgendaItem, str]]) -> str:
    told = [
        _("Item {n}, {name}: {why}").format(n=item.place, name=item.case.subject_name, why=why) for item, why in found
    ]
    return in_a_row(told)
