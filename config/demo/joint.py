"""The acts of the office about several people at once; each calls one of the verbs that the screens call."""

from collections.abc import Callable, Mapping
from datetime import datetime, timedelta

from django.utils import timezone

from approvals.actions.decisions import Answer, decide
from approvals.actions.letter_replies import Reply, answer_letter, confirm_reply, enter_reply
from approvals.actions.meeting_closing import confirm_meeting, hand_over
from approvals.actions.meeting_results import Resolved, enter_result, set_recusal
from approvals.actions.meetings import Belongs, put_on_agenda, record_attendance
from approvals.enums import SeatState, Verb
from approvals.models import AgendaItem, Letter, LetterItem, Meeting, Seat, Stage
from approvals.rules.meetings import Count
from config.demo import words
from config.demo.acts import World
from config.demo.office import Office
from config.demo.office_stories import Joint
from config.demo.papers import reply_scan
from organizations.enums import Channel, Role
from organizations.models import Account
from workflows.appointment_review.notice_texts import facts_of_case
from workflows.letters.actions.paper import enter_from_scan
from workflows.letters.actions.sending import send
from workflows.meetings.actions import plan
from workflows.notices.actions.objecting import Said, object_to
from workflows.notices.actions.publishing import put_up, take_down
from workflows.notices.models import NoticePerson
from workflows.notices.rules import new_code

ANSWERED_WITHIN = 10
NOTICE_DAYS = 5
LATER = timedelta(days=7)
STAYS_AWAY = 1


def _send(office: Office, joint: Joint, at: datetime) -> None:
    seats = Seat.objects.filter(stage__case__in=office.cases(joint), department__isnull=False, state=SeatState.OPEN)
    chosen = list(seats.values_list("pk", flat=True))
    send(
        seat_pks=chosen, asks=words.ASKS, working_days=ANSWERED_WITHIN, by=office.organizer, at=at,
        key=f"demo:{joint.name}",
    )  # fmt: skip


def _letters(office: Office, joint: Joint) -> list[Letter]:
    asked = LetterItem.objects.filter(case__in=office.cases(joint)).values("letter")
    return list(Letter.objects.filter(pk__in=asked).select_related("department").order_by("department__code"))


def _answer_all(office: Office, joint: Joint, at: datetime) -> None:
    """Let everybody answer: by account, or on paper, which two people of the office bring in."""
    for letter in _letters(office, joint):
        if letter.department.channel == Channel.ACCOUNT:
            _answer_one(office, letter, Reply(), at)
            continue
        key = f"demo:paper:{letter.pk}"
        enter_reply(letter_pk=letter.pk, reply=Reply(), by=office.organizer, at=at, key=key)
        confirm_reply(letter_pk=letter.pk, by=office.chair, at=at, key=key)


def _answer(office: Office, joint: Joint, at: datetime) -> None:
    _answer_one(office, _letters(office, joint)[1], Reply(), at)


def _answer_finding(office: Office, joint: Joint, at: datetime) -> None:
    letter = _letters(office, joint)[0]
    about = letter.items.order_by("place").last()
    _answer_one(office, letter, Reply({about.pk: words.FOUND}), at)


def _answer_one(office: Office, letter: Letter, reply: Reply, at: datetime) -> None:
    by = office.world.officers[letter.department_id]
    answer_letter(letter_pk=letter.pk, reply=reply, by=by, at=at, key=f"demo:answer:{letter.pk}")


def _enter_paper(office: Office, joint: Joint, at: datetime) -> None:
    letter = next(one for one in _letters(office, joint) if one.department.channel == Channel.PAPER)
    scan = reply_scan(letter.department.name, letter.number)
    enter_from_scan(letter=letter, upload=scan, reply=Reply(), by=office.organizer, at=at, key=f"demo:scan:{letter.pk}")


def _plan(office: Office, joint: Joint, at: datetime) -> None:
    world = office.world
    world.meetings[joint.name] = plan(
        organization=office.city, title="", held_at=world.meets_at[joint.name], place=words.ROOM,
        members=_committee(world), by=office.organizer, at=at,
    ).pk  # fmt: skip


def _committee(world: World) -> list[Belongs]:
    chair, approver = world.reviewers[Role.COMMITTEE_SECRETARY], world.reviewers[Role.APPROVER]
    seated = [
        Belongs(chair.name, "书记", is_chair=True, account=chair.pk),
        Belongs(approver.name, "副书记", account=approver.pk),
    ]
    return seated + [Belongs(name, "委员") for name in words.COMMITTEE]


def _agenda(office: Office, joint: Joint, at: datetime) -> None:
    stages = Stage.objects.filter(case__in=office.cases(joint), step="deliberation", outcome="")
    by_case = {stage.case_id: stage.pk for stage in stages}
    put_on_agenda(
        meeting_pk=office.world.meetings[joint.name],
        stage_pks=[by_case[case.pk] for case in office.cases(joint)],
        by=office.organizer,
        at=at,
    )


def _hold(office: Office, joint: Joint, at: datetime) -> None:
    """Hold a meeting; in the second one a member steps out for the first item and the last one is put off."""
    meeting = Meeting.objects.get(pk=office.world.meetings[joint.name])
    members = list(meeting.members.order_by("place"))
    present = [member.pk for member in members][: len(members) - STAYS_AWAY]
    record_attendance(meeting_pk=meeting.pk, present=present, by=office.organizer, at=at)
    items = {item.case_id: item for item in AgendaItem.objects.filter(meeting=meeting).select_related("case")}
    cases, eventful = office.cases(joint), joint.name == "second"
    for place, case in enumerate(cases):
        item, room = items[case.pk], len(present)
        if eventful and place == 0:
            set_recusal(
                item_pk=item.pk, member_pk=present[2], reason=words.RELATED, out=True, by=office.organizer, at=at
            )
            room -= 1
        resolved = Resolved("agree", Count(room))
        if eventful and place == len(cases) - 1:
            review_on = timezone.localdate(at) + LATER
            resolved = Resolved("defer", Count(), reason=words.DEFERRED, review_on=review_on)
        edition = AgendaItem.objects.values_list("edition", flat=True).get(pk=item.pk)
        enter_result(item_pk=item.pk, resolved=resolved, edition=edition, by=office.organizer, at=at)
    hand_over(meeting_pk=meeting.pk, by=office.organizer, at=at)


def _step_out(item: AgendaItem, member: int, *, by: Account, at: datetime) -> None:
    set_recusal(item_pk=item.pk, member_pk=member, reason=words.RELATED, out=True, by=by, at=at)


def _confirm(office: Office, joint: Joint, at: datetime) -> None:
    confirm_meeting(meeting_pk=office.world.meetings[joint.name], by=office.chair, at=at)


def _put_up(office: Office, joint: Joint, at: datetime) -> None:
    people = [(case.pk, facts_of_case(case)) for case in office.cases(joint)]
    contact = f"{office.city.name}，{office.city.phone}"
    put_up(
        people=people, mode="unlisted", working_days=NOTICE_DAYS, contact=contact, by=office.organizer, at=at,
        key=f"demo:notice:{joint.name}",
    )  # fmt: skip


def _take_down(_office: Office, _joint: Joint, at: datetime) -> None:
    take_down(at)


def _clear(office: Office, joint: Joint, at: datetime) -> None:
    by = office.world.reviewers[Role.DISCIPLINE_OFFICER]
    for case in office.cases(joint):
        seat = Seat.objects.get(stage__case=case, stage__step="notice", state=SeatState.OPEN)
        decide(seat_pk=seat.pk, answer=Answer(Verb.CLEAR), by=by, at=at, key=f"demo:clear:{case.pk}")


def _object(office: Office, joint: Joint, at: datetime) -> None:
    for case in office.cases(joint):
        person = NoticePerson.objects.get(case=case)
        object_to(person=person, said=Said(text=words.OBJECTION), code=new_code(), at=at)


ACTS: Mapping[str, Callable[[Office, Joint, datetime], None]] = {
    "send": _send,
    "answer_all": _answer_all,
    "answer": _answer,
    "answer_finding": _answer_finding,
    "enter_paper": _enter_paper,
    "plan": _plan,
    "agenda": _agenda,
    "hold": _hold,
    "confirm": _confirm,
    "put_up": _put_up,
    "take_down": _take_down,
    "clear": _clear,
    "object": _object,
}
