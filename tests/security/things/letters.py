"""What the probes of letters name and send: here a letter of the province, there one of the city."""

from dataclasses import dataclass, replace
from datetime import timedelta

from approvals.actions.letter_replies import Reply
from approvals.models import Case, Letter, Seat
from organizations.enums import Level, Role
from organizations.models import Department, PartyOrganization
from tests import factories as make
from tests.appointment_review.candidate import picture
from tests.cases import INTENT, publish, say
from tests.factories import NOW
from tests.letters import letters_document
from workflows.appointment_review.actions.opening import open_assignment
from workflows.letters.actions.paper import enter_from_scan
from workflows.letters.actions.sending import send


def _letter(name: str):
    return lambda side: {"token": getattr(side.asked, name).token}


def _reply(side) -> dict[str, object]:
    return {"rest": "1", "key": "k", "scan": picture()}


TARGETS = {
    "workflows:letter_go_on": lambda side: {"pk": side.asked.unasked.pk},
    "workflows:letter": _letter("letter"),
    "workflows:letter_file": lambda side: {"token": side.asked.letter.token, "form": "print"},
    "workflows:letter_scan": lambda side: {"token": side.asked.typed.token, "pk": side.asked.typed.scans.get().file_id},
    "workflows:letter_answer": _letter("letter"),
    "workflows:letter_enter": _letter("letter"),
    "workflows:letter_confirm": _letter("typed"),
    "workflows:letter_discard": _letter("typed"),
    "workflows:letter_remind": _letter("letter"),
    "workflows:letter_extend": _letter("letter"),
    "workflows:letter_wait": _letter("letter"),
    "workflows:letter_close": _letter("letter"),
}
FORMS = {
    "workflows:letter_new": lambda side: {
        "at": side.asked.body.code, "case": side.asked.unsent.stage.case_id,
        "department": side.asked.unsent.department_id, "asks": "违纪违法情况", "working_days": "10", "seen": "1",
        "key": "k",
    },
    "workflows:letters_print": lambda side: {"letter": side.asked.letter.pk, "form": "docx"},
    "workflows:letter_go_on": lambda side: {"reason": "本级没有联审单位", "key": "k"},
    "workflows:letter_answer": _reply,
    "workflows:letter_enter": _reply,
    "workflows:letter_confirm": lambda side: {"key": "k"},
    "workflows:letter_discard": lambda side: {"discard-reason": "看错一行"},
    "workflows:letter_extend": lambda side: {"extend-working_days": "3", "extend-reason": "正在核查", "key": "k"},
    "workflows:letter_wait": lambda side: {
        "wait-person": side.asked.letter.items.get().pk, "wait-review_on": "2027-03-01", "wait-words": "来电，案件未结",
    },
    "workflows:letter_close": lambda side: {"close-reason": "多次催办没有回函", "key": "k"},
}  # fmt: skip


@dataclass
class Asked:
    """Letters of one side.

    Attributes:
        body: Who asks.
        letter: Open, about one person, and late.
        typed: With a reply that waits for a second person, and its scan.
        unsent: A seat about which no letter went out.
        unasked: A seat of a case for which there was no department to ask.
    """

    body: PartyOrganization
    letter: Letter
    typed: Letter
    unsent: Seat
    unasked: Seat


def build(world) -> None:
    """Bring cases of both sides to the departments."""
    cast = world.cast
    sides = ((world.here, cast.province, cast.lin, cast.zhou), (world.there, cast.city, cast.mei, cast.wu))
    waiting = [_case(side, "文", organizer, approver, cast) for side, _, organizer, approver in sides]
    Department.objects.filter(pk=cast.police.pk).update(level=Level.PROVINCE)
    make.department("云州市公安局", level=Level.CITY)
    for (side, body, organizer, approver), unasked in zip(sides, waiting, strict=True):
        cases = [_case(side, surname, organizer, approver, cast) for surname in "成吉利"]
        side.asked = _letters(body, cases, unasked, cast)


def _letters(body: PartyOrganization, cases: list[Case], unasked: Case, cast) -> Asked:
    clerk = make.reviewer("录入员", Role.ORGANIZER, body)
    common = {"asks": "违纪违法情况", "working_days": 10, "by": clerk, "at": NOW}
    seats = [Seat.objects.get(stage__case=case, state="open") for case in (*cases, unasked)]
    (letter,) = send(seat_pks=[seats[0].pk], key="one", **common)
    (typed,) = send(seat_pks=[seats[1].pk], key="two", **common)
    Letter.objects.filter(pk=letter.pk).update(due_at=NOW - timedelta(days=3))
    enter_from_scan(letter=typed, upload=picture(), reply=Reply(), by=clerk, at=NOW, key="typed")
    return Asked(body, letter, typed, seats[2], seats[3])


def _case(side, surname: str, organizer, approver, cast) -> Case:
    """Bring somebody at a branch right under the committee to the letters."""
    name = f"{side.committee.name[:4]}{surname}学会党支部"
    branch = make.organization(name, under=side.committee, level=side.committee.level)
    publish(letters_document(), organization=branch, by=cast.an)
    person = make.person(f"{surname}{side.committee.name[:2]}")
    account = make.account(person.name, person=person)
    intent = replace(INTENT, until_on=None)
    case = open_assignment(organization=branch, person=person, intent=intent, by=organizer, at=NOW)
    say(case, account, "hand_in")
    forwards = [organizer] if side.committee != approver.assignments.get().organization else []
    for who in (organizer, organizer, *forwards, approver):
        say(case, who, "agree")
    return case
