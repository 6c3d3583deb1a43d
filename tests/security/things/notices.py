"""What the probes of public notices and objections name and send.

On each side one case waits for its notice and two stand on one; the seats lie with the authority: here the province,
there the city, whose notices fall to the discipline officer of the province because it has none of its own.
"""

from dataclasses import dataclass

from approvals.models import Case
from organizations.models import Account
from tests import factories as make
from tests.appointment_review.candidate import picture
from tests.cases import INTENT, open_seat, publish, say
from tests.factories import NOW
from tests.notices.notices import CONTACT, notice_policy
from workflows.appointment_review.actions.opening import open_assignment
from workflows.notices.actions.objecting import Said, object_to
from workflows.notices.actions.publishing import add_photo, put_up
from workflows.notices.models import NoticePerson, Objection
from workflows.notices.rules import new_code

TARGETS = {
    "workflows:open_notice": lambda side: {"token": side.noticed.person.notice.token},
    "workflows:objection": lambda side: {"pk": side.noticed.objection.pk},
    "workflows:notice_end": lambda side: {"number": side.noticed.person.case.number},
    "workflows:publication": lambda side: {"number": side.noticed.ready.number},
    "workflows:public_notice": lambda side: {"pk": side.noticed.person.notice_id},
    "workflows:notice_sheet": lambda side: {"pk": side.noticed.person.notice_id, "form": "print"},
    "workflows:board_photo": lambda side: {
        "pk": side.noticed.person.notice_id, "person": side.noticed.with_photo.pk
    },
    "workflows:notice_photo": lambda side: {"pk": side.noticed.person.notice_id},
}  # fmt: skip
FORMS = {
    "workflows:open_notice": lambda side: {
        "about": side.noticed.person.pk, "text": "请核实经历。", "named": "no", "code": "",
    },
    "workflows:objection_outcome": lambda side: {"code": "AAAA AAAA AAAA AAAA"},
    "workflows:objection_letter": lambda side: {"about": side.noticed.person.pk, "text": "来信反映。", "code": ""},
    "workflows:objection": lambda side: {"act": "accept"},
    "workflows:notice_end": lambda side: {"verb": "change", "reason": "现任职务写错。", "key": "k"},
    "workflows:publication": lambda side: {
        "case": side.noticed.ready.pk, "contact": CONTACT, "seen": "1", "key": "k",
    },
    "workflows:notice_photo": lambda side: {"person": side.noticed.person.pk, "file": picture()},
}  # fmt: skip


@dataclass
class Noticed:
    """What stands on a notice.

    Attributes:
        ready: Waits for its notice.
        person: On a notice, without a photo of the board.
        with_photo: On the same notice, with one.
        objection: About ``person``.
    """

    ready: Case
    person: NoticePerson
    with_photo: NoticePerson
    objection: Objection


def build(side, cast, *, forwards: bool) -> Noticed:
    """Bring three more people of a side to their notice, under a policy of the very branches they are proposed for."""
    head = cast.general_branch if forwards else side.committee
    put_up_by = cast.han if forwards else side.organizer
    cases = [_ready(side, cast, head, name, forwards=forwards) for name in ("待公示人", "公示甲", "公示乙")]
    notice = put_up(
        people=[(case.pk, {"name": case.subject_name}) for case in cases[1:]], mode="unit", working_days=5,
        contact=CONTACT, by=put_up_by, at=NOW, key=f"notice-{side.committee.pk}",
    )  # fmt: skip
    person, with_photo = notice.people.order_by("place")
    add_photo(notice=notice, people=[with_photo.pk], upload=picture(), by=put_up_by, at=NOW)
    with_photo.refresh_from_db()
    object_to(person=person, said=Said("请核实。"), code=new_code(), at=NOW)
    return Noticed(cases[0], person, with_photo, person.objections.get())


def _ready(side, cast, head, name: str, *, forwards: bool) -> Case:
    branch = make.organization(f"{side.committee.name[:4]}{name}党支部", under=head, level=side.committee.level)
    publish(notice_policy("unit"), organization=branch, by=cast.an)
    candidate = make.person(f"{side.committee.name[:2]}{name}")
    account: Account = make.account(candidate.name, person=candidate)
    case = open_assignment(organization=branch, person=candidate, intent=INTENT, by=side.organizer, at=NOW)
    say(case, account, "hand_in")
    on_the_way = (cast.gao, cast.lin) if forwards else ()
    for who in (side.organizer, side.organizer, *on_the_way, side.approver):
        say(case, who, "agree")
    assert open_seat(case).stage.step == "publication"
    return case
