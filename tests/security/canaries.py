"""Words nobody could meet by chance, put into the world of the probes by the real verbs, on both sides."""

import io
import re
from dataclasses import replace

from pypdf import PdfWriter
from stdnum.cn.ric import calc_check_digit

from approvals.actions.letter_replies import Reply, answer_letter, enter_reply
from approvals.actions.meeting_results import note_words
from approvals.actions.notes import comment
from approvals.models import Case
from organizations.identity import identity_of, sealed_identity
from organizations.models import Account, Person
from tests.appointment_review.candidate import PAGE, SPOUSE
from tests.appointment_review.investigating import PARTS_WRITTEN, talk_of
from tests.cases import open_seat, say
from tests.factories import NOW
from tests.security.things.meetings import item
from tests.security.world import HERE, THERE, Side, World, another, fresh, signed_in
from tests.shared.kept import scan
from workflows.appointment_review.actions.forms import add_row, save_fields
from workflows.appointment_review.actions.investigation_notice import challenge_member
from workflows.appointment_review.actions.investigation_records import record_talk
from workflows.appointment_review.actions.investigation_report import save_report
from workflows.appointment_review.actions.opening import Intent, open_assignment
from workflows.appointment_review.actions.replies import hand_in_reply
from workflows.notices.actions.objecting import Said, object_to
from workflows.notices.models import NoticePerson, Objection
from workflows.notices.rules import new_code
from workflows.shared.paper_models import PaperScan

MARK = {HERE: "鹭甲", THERE: "鹭乙"}
HEADS = {HERE: "44990119850309051", THERE: "44990119850309061"}  # of a county that never was
PHONES = {HERE: "13912345101", THERE: "13912345102"}
NUMBERS = {side: head + calc_check_digit(head + "0") for side, head in HEADS.items()}

CANARIES = (
    "internal reason", "reason for the person", "remark", "reply", "correction", "relative", "telephone", "proposal",
    "other candidate",
)  # fmt: skip
# What is written where people come together about somebody: written by hand, read by few.
GATHERED = (
    "finding", "meeting reason", "meeting reason for the person", "talk", "report", "grounds", "objection", "scan",
)  # fmt: skip


def word(canary: str, side: str) -> str:
    """Give the words of a canary on a side."""
    return PHONES[side] if canary == "telephone" else f"{MARK[side]}{'子丑寅卯辰巳午未申'[CANARIES.index(canary)]}"


def words(side: str) -> dict[str, str]:
    """Give all words of a side."""
    return {canary: word(canary, side) for canary in CANARIES}


def gathered(side: str) -> dict[str, str]:
    """Give the words of letters, meetings, investigations, notices and scans of a side."""
    return {canary: f"{MARK[side]}庚{'子丑寅卯辰巳午未'[GATHERED.index(canary)]}" for canary in GATHERED}


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


def gather(world: World) -> None:
    """Let departments, recorders, investigators, candidates and citizens write theirs, on both sides."""
    for name, recorder in ((HERE, world.people["organizer"]), (THERE, world.people["organizer_elsewhere"])):
        side, said = world.side(name), gathered(name)
        answered(side, said["finding"], world.people["department_officer"] if name == HERE else recorder, name == HERE)
        words_typed = {"reason": said["meeting reason"], "reason_for_person": said["meeting reason for the person"]}
        note_words(item_pk=item(side).pk, by=recorder, at=NOW, **words_typed)
        investigated(side.inquiry, said)
        side.noticed = replace(side.noticed, objection=objected(side.noticed.person, said["objection"]))
        scanned(side, said["scan"])


def answered(side: Side, finding: str, by: Account, for_good: bool) -> None:
    """Let the department find something: for good, or typed in and not confirmed yet."""
    letter = side.asked.letter
    reply = Reply({letter.items.get().pk: finding})
    (answer_letter if for_good else enter_reply)(letter_pk=letter.pk, reply=reply, by=by, at=NOW, key="found")


def investigated(case: Case, said: dict[str, str]) -> None:
    """Write down a talk, the report, and why somebody should not be on the team."""
    made = case.investigations.get()
    first, second = (member.account for member in made.members.filter(left_at=None).order_by("pk"))
    talk = talk_of(made, kind="typed", text=said["talk"], keeper="", pages=0)
    record_talk(case_pk=case.pk, talk=talk, by=first, at=NOW, key=f"told-{case.pk}")
    parts = PARTS_WRITTEN | {"weaknesses": f"与会员单位联系还不够经常，{said['report']}。"}
    save_report(case_pk=case.pk, parts=parts, conclusion="fit", by=first, at=NOW)
    member = made.members.get(account=first).pk
    challenge_member(case_pk=case.pk, member_pk=member, grounds=said["grounds"], by=case.subject.account, at=NOW)


def objected(person: NoticePerson, words: str) -> Objection:
    """Put an objection into the store."""
    before = set(person.objections.values_list("pk", flat=True))
    object_to(person=person, said=Said(words), code=new_code(), at=NOW)
    return person.objections.exclude(pk__in=before).get()


def scanned(side: Side, words: str) -> None:
    """File a scan that carries words."""
    made, content = PdfWriter(), io.BytesIO()
    made.add_blank_page(width=200, height=200)
    made.add_metadata({"/Title": words})
    made.write(content)
    subject = side.deciding.subject
    file = scan(side.organizer, person=subject, content=content.getvalue(), name="b.pdf")
    side.papers.scan = PaperScan.objects.create(
        paper=side.papers.paper, file=file, pages=1, filed_by=side.organizer, filed_at=NOW
    )


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
