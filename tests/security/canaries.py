"""Words nobody could meet by chance, put into the world of the probes by the real verbs, on both sides."""

import re

from stdnum.cn.ric import calc_check_digit

from approvals.actions.notes import comment
from organizations.identity import identity_of, sealed_identity
from organizations.models import Person
from tests.appointment_review.candidate import PAGE, SPOUSE
from tests.cases import open_seat, say
from tests.factories import NOW
from tests.security.world import HERE, THERE, Side, World, another, fresh, signed_in
from workflows.appointment_review.actions.forms import add_row, save_fields
from workflows.appointment_review.actions.opening import Intent, open_assignment
from workflows.appointment_review.actions.replies import hand_in_reply

MARK = {HERE: "鹭甲", THERE: "鹭乙"}
HEADS = {HERE: "44990119850309051", THERE: "44990119850309061"}  # of a county that never was
PHONES = {HERE: "13912345101", THERE: "13912345102"}
NUMBERS = {side: head + calc_check_digit(head + "0") for side, head in HEADS.items()}

CANARIES = (
    "internal reason", "reason for the person", "remark", "reply", "correction", "relative", "telephone", "proposal",
    "other candidate",
)  # fmt: skip


def word(canary: str, side: str) -> str:
    """Give the words of a canary on a side."""
    return PHONES[side] if canary == "telephone" else f"{MARK[side]}{'子丑寅卯辰巳午未申'[CANARIES.index(canary)]}"


def words(side: str) -> dict[str, str]:
    """Give all words of a side."""
    return {canary: word(canary, side) for canary in CANARIES}


def squeezed(text: str) -> str:
    """Take out blanks and dashes, so that a number is found however it is grouped."""
    return re.sub(r"[\s\u00a0\-]+", "", text)


def seed(world: World) -> None:
    """Let people write every canary, on both sides."""
    for name in (HERE, THERE):
        side = world.side(name)
        Person.objects.filter(pk=side.holder.pk).update(**sealed_identity(NUMBERS[name]))
        talk_about(side, words(name))
        return_again(side, words(name))
        propose(side, words(name))
        world.clients[f"heard_{name}"] = signed_in(side.checking.subject.account)


def all_numbers() -> list[str]:
    """Give the identity numbers of everybody in the world."""
    return [identity_of(person) for person in Person.objects.all()]


def talk_about(side: Side, said: dict[str, str]) -> None:
    """Leave a remark at the check, refuse with two reasons, and let the person answer."""
    case, account = side.checking, side.checking.subject.account
    seat = open_seat(case)
    comment(case_pk=case.pk, stage_pk=seat.stage_id, text=said["remark"], by=side.organizer, at=NOW)
    reasons = {"reason": said["internal reason"], "reason_for_person": said["reason for the person"]}
    say(case, side.organizer, "refuse", **reasons)
    hand_in_reply(case_pk=case.pk, text=said["reply"], by=account, at=NOW, key=f"reply-{case.pk}")
    side.checking = fresh(case)


def return_again(side: Side, said: dict[str, str]) -> None:
    """Let the person name a relative and a telephone in the draft, hand in, and be sent back once more."""
    case, account = side.filling, side.candidate
    relative = SPOUSE | {"relation": "sibling", "name": said["relative"]}
    add_row(case_pk=case.pk, section="family", by=account, at=NOW, values=relative)
    typed = {"phone": said["telephone"]}
    save_fields(case_pk=case.pk, section="basics", values=typed, page=PAGE, by=account, at=NOW)
    say(case, account, "hand_in")
    say(case, side.organizer, "return", corrections=[("form:basics", said["correction"])])


def propose(side: Side, said: dict[str, str]) -> None:
    """Propose somebody else for a place without a secretary; that case is the one whose matter is asked for."""
    intent = Intent("secretary", "assigned", f"熟悉业务，群众基础好，{said['proposal']}。", NOW.date(), None)
    person = another(said["other candidate"], side.committee)
    open_assignment(organization=side.elsewhere, person=person, intent=intent, by=side.organizer, at=NOW)
