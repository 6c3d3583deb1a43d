"""At the table: who steps out for an item, and what is resolved about it."""

from dataclasses import dataclass
from datetime import date, datetime

from django.db import transaction
from django.utils.timezone import localdate, localtime
from django.utils.translation import gettext as _

from approvals.actions.decisions import check_return
from approvals.actions.meetings import STREAM, demand_recorder, lock_meeting
from approvals.actions.speaking import Answer, demand_reasons
from approvals.concerned import concerned_in
from approvals.enums import ItemResult, MeetingState
from approvals.errors import OwnCase
from approvals.meeting_errors import (
    AttendanceMissing,
    CountWrong,
    EnteredMeanwhile,
    ItemFellAway,
    MajorityAgreed,
    NoMajority,
    ResultUnknown,
    ReviewDayPast,
)
from approvals.meeting_queries import Room, room_of
from approvals.models import AgendaItem, ItemRecusal, Meeting, MeetingMember
from approvals.rules.meetings import Count, majority_of, objection_to_result
from audit import log
from audit.errors import Refusal
from organizations.identity import seal_for, unseal_for
from organizations.models import Account


@dataclass(frozen=True)
class Resolved:
    """What a meeting resolved about an item.

    Attributes:
        result: One of ``ItemResult``.
        count: The votes.
        reason: The opinion of the meeting, for the minutes.
        reason_for_person: The reason written for the person concerned; of a return to the person, what has to be put
            right, one thing a line.
        review_on: Day before which a deferred item is not taken up again.
        returns_to: Step that a returned item goes back to.
    """

    result: str
    count: Count
    reason: str = ""
    reason_for_person: str = ""
    review_on: date | None = None
    returns_to: str = ""

    def answer(self, **facts: object) -> Answer:
        """Give it as an answer on a seat."""
        if self.result == ItemResult.RETURN:
            listed = [("", line) for line in self.reason_for_person.splitlines()]
            return Answer(self.result, self.reason, corrections=listed, goes_to=self.returns_to, facts=facts)
        return Answer(self.result, self.reason, self.reason_for_person, review_on=self.review_on, facts=facts)


def words_of(item: AgendaItem) -> dict[str, str]:
    """Open the sealed words of an item.

    Raises:
        audit.sealing.SealBroken: the person's key was destroyed.
    """
    return unseal_for(item.case.subject, item.sealed)


def resolved_on(item: AgendaItem) -> Resolved:
    """Give what was entered about an item, as one thing."""
    words, count = words_of(item), Count(item.agree, item.against, item.abstain)
    written = {name: words.get(name, "") for name in ("reason", "reason_for_person")}
    return Resolved(item.result, count, review_on=item.review_on, returns_to=item.returns_to, **written)


@transaction.atomic
def enter_result(*, item_pk: int, resolved: Resolved, edition: int, by: Account, at: datetime) -> AgendaItem:
    """Enter what was resolved about an item; it counts once the chair has confirmed the meeting.

    Args:
        item_pk: The item.
        resolved: The result with its count.
        edition: The edition of the item that the recorder saw, so that two recorders do not write over each other.
        by, at: Who enters it, and when.

    Returns:
        The item as it stands now.

    Raises:
        NotTheRecorder, OwnCase, MeetingMovedOn, AttendanceMissing, EnteredMeanwhile, ItemFellAway: as they say.
        ResultUnknown, CountWrong, NoMajority, MajorityAgreed, ReasonMissing, PersonReasonMissing, ReviewDayMissing,
            ReviewDayPast, ReturnNotAllowed, CorrectionsMissing, TooManyReturns: it is incomplete or not possible.
    """
    item, meeting, members = _at_the_table(item_pk, by, at)
    check_result(meeting, members, item, resolved)
    words = {"reason": resolved.reason.strip(), "reason_for_person": resolved.reason_for_person.strip()}
    count = resolved.count
    changed = AgendaItem.objects.filter(pk=item.pk, edition=edition).update(
        result=resolved.result,
        agree=count.agree,
        against=count.against,
        abstain=count.abstain,
        review_on=resolved.review_on if resolved.result == ItemResult.DEFER else None,
        returns_to=resolved.returns_to if resolved.result == ItemResult.RETURN else "",
        sealed=seal_for(item.case.subject, {name: text for name, text in words.items() if text}),
        entered_by=by,
        entered_at=at,
        edition=edition + 1,
    )
    if not changed:
        raise _meanwhile(item.pk)
    facts = {
        "meeting": meeting.number,
        "title": meeting.title,
        "result": resolved.result,
        "agree": count.agree,
        "against": count.against,
        "abstain": count.abstain,
    }
    log.record(STREAM, "meeting.result_entered", by=by, at=at, subject=item.case.number, facts=facts)
    item.refresh_from_db()
    return item


def note_words(*, item_pk: int, reason: str, reason_for_person: str, by: Account, at: datetime) -> None:
    """Keep half-typed words of an item that has no result yet, so that none is ever lost.

    Raises:
        NotTheRecorder, OwnCase, MeetingMovedOn, AttendanceMissing, ItemFellAway: as they say.
    """
    with transaction.atomic():
        item, _, _ = _at_the_table(item_pk, by, at)
        words = {"reason": reason.strip(), "reason_for_person": reason_for_person.strip()}
        sealed = seal_for(item.case.subject, {name: text for name, text in words.items() if text})
        AgendaItem.objects.filter(pk=item.pk, result="").update(sealed=sealed)


@transaction.atomic
def set_recusal(*, item_pk: int, member_pk: int, reason: str, out: bool, by: Account, at: datetime) -> None:
    """Write down that somebody steps out for one item, or stays after all; a result entered before is open again.

    Args:
        item_pk, member_pk: Which item, and who.
        reason: Why, in a word.
        out: Whether they step out.
        by, at: Who writes it down, and when.

    Raises:
        NotTheRecorder, OwnCase, MeetingMovedOn, AttendanceMissing, ItemFellAway: as they say.
    """
    item, meeting, members = _at_the_table(item_pk, by, at)
    member = next((one for one in members if one.pk == member_pk), None)
    if member is None:
        raise ItemFellAway(name=item.case.subject_name)
    if out:
        _, changed = ItemRecusal.objects.get_or_create(item=item, member=member, defaults={"reason": reason[:120]})
    else:
        changed, _ = ItemRecusal.objects.filter(item=item, member=member).delete()
    if not changed:
        return
    AgendaItem.objects.filter(pk=item.pk).update(
        result="", agree=0, against=0, abstain=0, review_on=None, returns_to="", entered_by=None, entered_at=None,
        edition=item.edition + 1,
    )  # fmt: skip
    facts = {"meeting": meeting.number, "title": meeting.title, "out": out}
    log.record(STREAM, "meeting.recused", by=by, at=at, subject=item.case.number, facts=facts)


def check_result(meeting: Meeting, members: list[MeetingMember], item: AgendaItem, resolved: Resolved) -> None:
    """Refuse a result that its count or its words do not carry.

    Args:
        meeting, members, item: Where it was resolved, with the recusals of the item.
        resolved: The result.

    Raises:
        ResultUnknown, CountWrong, NoMajority, MajorityAgreed, ReasonMissing, PersonReasonMissing, ReviewDayMissing,
            ReviewDayPast, ReturnNotAllowed, CorrectionsMissing, TooManyReturns: as they say.
    """
    if resolved.result not in ItemResult.values:
        raise ResultUnknown
    room = room_of(members, item)
    refusal = _against_the_count(resolved, room)
    if refusal is not None:
        raise refusal
    demand_reasons(resolved.answer())
    if resolved.result == ItemResult.DEFER and resolved.review_on <= localdate(meeting.held_at):
        raise ReviewDayPast
    if resolved.result == ItemResult.RETURN:
        node = item.case.process.flow_class.instance.node(item.stage.step)
        check_return(item.case, node, resolved.answer())


def _against_the_count(resolved: Resolved, room: Room) -> Refusal | None:
    count = resolved.count
    objection = objection_to_result(result=resolved.result, count=count, entitled=room.entitled, present=room.present)
    if objection == "does_not_add_up":
        return CountWrong(votes=count.total, present=room.present)
    if objection == "no_majority":
        return NoMajority(agree=count.agree, entitled=room.entitled, needed=majority_of(room.entitled))
    if objection == "majority_agreed":
        return MajorityAgreed(agree=count.agree, entitled=room.entitled)
    return None


def _at_the_table(item_pk: int, by: Account, at: datetime) -> tuple[AgendaItem, Meeting, list[MeetingMember]]:
    meeting_pk = AgendaItem.objects.values_list("meeting", flat=True).get(pk=item_pk)
    meeting = lock_meeting(meeting_pk, MeetingState.PLANNED, MeetingState.HELD)
    demand_recorder(by, meeting.organization, at)
    if meeting.state == MeetingState.PLANNED:
        raise AttendanceMissing
    beside = ("case__subject__account", "case__process", "case__policy", "stage")
    items = AgendaItem.objects.select_related(*beside).prefetch_related("recusals")
    item = items.get(pk=item_pk)
    if by.pk in concerned_in(item.case, item.stage.step):
        raise OwnCase
    if not item.stands:
        raise ItemFellAway(name=item.case.subject_name)
    return item, meeting, list(meeting.members.all())


def _meanwhile(item_pk: int) -> EnteredMeanwhile:
    now = AgendaItem.objects.select_related("entered_by").get(pk=item_pk)
    who = now.entered_by.name if now.entered_by else _("Somebody else")
    when = localtime(now.entered_at).strftime("%H:%M") if now.entered_at else _("this moment")
    return EnteredMeanwhile(who=who, when=when)
