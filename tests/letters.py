"""Cases that wait for departments, for tests: opened and brought there by the real verbs."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import datetime

from approvals.actions.decisions import Answer, decide
from approvals.letter_queries import letter_findings
from approvals.models import Case, Letter, LetterItem, Seat
from organizations.enums import Level, Role
from organizations.models import Department
from tests import factories as make
from tests.cases import INTENT, full_policy_document, policy_document, publish
from tests.cast import Cast
from tests.factories import NOW
from workflows.appointment_review.actions.opening import open_assignment
from workflows.letters.actions.sending import send

ASKS = "违纪违法、失信、行政处罚等情况"


def letters_document() -> dict:
    """Give a policy under which an assignment asks departments and is over once they have answered."""
    document = policy_document()
    for step in document["steps"]:
        if step["step"] == "letters":
            step.pop("tracks", None)
    return document


def departments(*names: str, level: str = Level.PROVINCE) -> list[Department]:
    """Make departments that a body of the level asks."""
    return [make.department(name, level=level) for name in names]


def asked_case(cast: Cast, name: str, *, at: datetime = NOW) -> Case:
    """Bring somebody's assignment at a branch of the province to the letters."""
    branch = make.organization(f"南岭省{name}研究会党支部", under=cast.province, level=Level.PROVINCE)
    person = make.person(name, sex="female")
    account = make.account(name, person=person)
    intent = replace(INTENT, until_on=None)
    case = open_assignment(organization=branch, person=person, intent=intent, by=cast.han, at=at)
    for number, (who, verb) in enumerate(
        [(account, "hand_in"), (cast.han, "agree"), (cast.han, "agree"), (cast.zhou, "agree")]
    ):
        seat = Seat.objects.get(stage__case=case, state="open")
        decide(seat_pk=seat.pk, answer=Answer(verb), by=who, at=at, key=f"path-{case.pk}-{number}")
    return Case.objects.select_related("subject__account", "organization", "matter").get(pk=case.pk)


def asked_cases(cast: Cast, count: int) -> list[Case]:
    """Bring several people to the letters."""
    surnames = "丁蒲万秦褚祝乔柏尹阮苗汤"
    return [asked_case(cast, f"{surnames[number % 12]}若{number}") for number in range(count)]


def sent(cast: Cast, cases: Sequence[Case], *, at: datetime = NOW, days: int = 10, by=None, key: str = "send") -> list:
    """Ask all departments about these people."""
    seats = Seat.objects.filter(stage__case__in=cases, department__isnull=False, state="open", letter_item=None)
    chosen = list(seats.values_list("pk", flat=True))
    return send(seat_pks=chosen, asks=ASKS, working_days=days, by=by or cast.han, at=at, key=key)


def officer_of(department: Department, name: str = "邓平川"):
    """Make the account that answers for a department."""
    return make.reviewer(name, Role.DEPARTMENT_OFFICER, department)


def lines(letter: Letter) -> dict[str, str]:
    """Say what stands in a letter: name to answer."""
    return {item.case.subject_name: item.answer for item in letter.items.select_related("case").order_by("place")}


def item_of(letter: Letter, case: Case) -> LetterItem:
    """Find somebody's line of a letter."""
    return letter.items.get(case=case)


def read_on(case: Case, step: str) -> list[tuple[str, str, bool]]:
    """Tell what is read on the last seat of a step: department, words, whether it was silent."""
    seat = Seat.objects.filter(stage__case=case, stage__step=step).latest("pk")
    return [(one.department, one.text, one.silent) for one in letter_findings(seat)]


def in_force(cast: Cast, *, full: bool = False) -> None:
    """Put a policy with letters in force."""
    publish(full_policy_document() if full else letters_document(), by=cast.an)
