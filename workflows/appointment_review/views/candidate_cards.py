"""How a case stands, told to the person it is about: neutral states, who has it, what to do, by when.

Only facts are gathered here; the sentences are in ``candidate/_headline.html`` and ``candidate/_steps.html``.
"""

from dataclasses import dataclass, field
from datetime import date, datetime

from django.urls import reverse
from django.utils.timezone import localdate

from approvals.enums import CaseState, Outcome, Phase, Verb
from approvals.models import Case, Correction, Decision, Seat, Stage
from workflows.appointment_review.candidate_queries import (
    MATERIALS_STEP,
    corrections_of,
    last_return,
    office_of,
    refusal_told,
    seat_of_candidate,
)
from workflows.appointment_review.enums import LOOKED_INTO, VETTED, Track
from workflows.appointment_review.form_fields import section_named
from workflows.appointment_review.investigation_models import Investigation
from workflows.appointment_review.investigation_queries import STEP as INQUIRY_STEP
from workflows.appointment_review.rules.terms import review_open_until

ENDS = {CaseState.DONE: "agreed", CaseState.REJECTED: "refused", CaseState.WITHDRAWN: "withdrawn"} | {
    CaseState.NOT_ELECTED: "not_elected"
}


@dataclass
class Step:
    """One neutral state: ``submit``, ``correct``, ``in_process``, ``notice`` or ``closed``.

    Attributes:
        phase: Which one.
        state: ``done``, ``now``, ``returned`` or ``open``, as in ``components/steps.html``.
        at: When it was reached.
        count: How many things were to be put right.
    """

    phase: str
    state: str
    at: datetime | None = None
    count: int = 0


@dataclass
class ToDo:
    """One thing to put right, and the page to do it on."""

    correction: Correction
    url: str


@dataclass
class Card:
    """What the person reads about a case.

    Attributes:
        case: The case.
        kind: Which sentence: ``submit``, ``correct``, ``corrected``, ``heard``, ``in_process``, ``agreed``,
            ``refused``, ``withdrawn``, ``not_elected`` or ``ended``.
        by: Until when the person is to act.
        office, phone: Who has it, or gets it next, and its telephone.
        expected: The day by which such cases are usually done, while it lies ahead.
        reason: The reason written for the person, when there is one to read.
        url: The page of the one button, if there is something to do.
        to_dos: What to put right; ``left`` counts what is not ticked off.
        steps: The neutral states.
        review_until: Last day to ask for a review, where that is possible.
        may_withdraw: Whether the person may withdraw.
        team_announced: Whether the names of those who investigate can be read.
    """

    case: Case
    kind: str
    by: datetime | None = None
    office: str = ""
    phone: str = ""
    expected: date | None = None
    reason: str = ""
    url: str = ""
    to_dos: list[ToDo] = field(default_factory=list)
    left: int = 0
    steps: list[Step] = field(default_factory=list)
    review_until: date | None = None
    may_withdraw: bool = False
    team_announced: bool = False


def card_of(case: Case, *, at: datetime) -> Card:
    """Tell how a case stands.

    Args:
        case: A case with proposal, policy and organizations loaded.
        at: Now.
    """
    seat = seat_of_candidate(case) if case.state == CaseState.OPEN else None
    card = Card(case=case, kind=kind_of(case))
    if case.state != CaseState.OPEN:
        _tell_end(card, at)
        card.steps = _steps(case, with_person=False)
        return card
    office = office_of(case, today=localdate(at))
    card.office, card.phone = office.name, office.phone
    card.expected = case.expected_on if case.expected_on and case.expected_on >= localdate(at) else None
    if seat is not None and seat.stage.step == MATERIALS_STEP:
        _tell_materials(card, seat)
    elif seat is not None:
        _tell_heard(card, seat)
    card.steps = _steps(case, with_person=seat is not None and seat.stage.step == MATERIALS_STEP)
    card.may_withdraw = case.track in LOOKED_INTO
    if case.step == INQUIRY_STEP:
        card.team_announced = Investigation.objects.filter(case=case, announced_at__isnull=False).exists()
    return card


def kind_of(case: Case) -> str:
    """Tell in one word how a case stands, from its own row alone."""
    if case.state != CaseState.OPEN:
        return ENDS.get(case.state, "ended")
    return {Phase.SUBMIT: "submit", Phase.CORRECT: "correct"}.get(case.phase, "in_process")


def target_url(case: Case, target: str) -> str:
    """Give the page on which a correction is made.

    Args:
        case: The case.
        target: As the reviewer chose it: ``form:resume``, ``material:pledge``, or anything else.
    """
    kind, _sign, name = target.partition(":")
    if kind == "material":
        return f"{reverse('workflows:my_case_materials', args=[case.number])}#material-{name}"
    section = name.partition(".")[0] if kind == "form" else ""
    known = section_named(section, today=localdate(case.opened_at))
    return reverse("workflows:my_form", args=[case.number, known.name if known else "basics"])


def _tell_materials(card: Card, seat: Seat) -> None:
    case, card.by = card.case, seat.stage.due_at
    corrections = corrections_of(case)
    card.to_dos = [ToDo(one, target_url(case, one.target)) for one in corrections]
    left = [todo for todo in card.to_dos if todo.correction.done_at is None]
    card.left = len(left)
    if last_return(case) is None:
        card.kind, card.url = "submit", reverse("workflows:my_form", args=[case.number, "basics"])
    elif left:
        card.kind, card.url = "correct", left[0].url
    else:
        card.kind, card.url = "corrected", reverse("workflows:my_hand_in", args=[case.number])


def _tell_heard(card: Card, seat: Seat) -> None:
    refusal = refusal_told(card.case)
    card.kind, card.by = "heard", seat.stage.due_at
    card.reason = refusal.reason_for_person if refusal else ""
    card.url = reverse("workflows:my_reply", args=[card.case.number])


def _tell_end(card: Card, at: datetime) -> None:
    case = card.case
    if case.state != CaseState.REJECTED:
        return
    refusal = refusal_told(case)
    card.reason = refusal.reason_for_person if refusal else ""
    if case.track == Track.ASSIGNMENT and not case.followers.filter(track=Track.REVIEW).exists():
        last = review_open_until(told_on=localdate(case.closed_at), days=case.policy.parameters["review_apply_days"])
        card.review_until = last if localdate(at) <= last else None


def _steps(case: Case, *, with_person: bool) -> list[Step]:
    closed = case.state != CaseState.OPEN
    steps = _submit_steps(case, with_person) if case.track in VETTED else []
    if not (closed and case.state == CaseState.WITHDRAWN):
        steps.append(Step(Phase.IN_PROCESS, "done" if closed else "open" if with_person else "now"))
    if case.track in LOOKED_INTO and not closed:
        steps.append(Step(Phase.NOTICE, "now" if case.phase == Phase.NOTICE else "open"))
    steps.append(Step(Phase.CLOSED, "done" if closed else "open", case.closed_at))
    return steps


def _submit_steps(case: Case, with_person: bool) -> list[Step]:
    said = Decision.objects.filter(seat__stage__case=case, seat__stage__step=MATERIALS_STEP, verb=Verb.HAND_IN)
    first = said.order_by("pk").values_list("at", flat=True).first()
    steps = [Step(Phase.SUBMIT, "done" if first else "now" if with_person else "open", first)]
    returned = Stage.objects.filter(case=case, outcome=Outcome.RETURNED, goes_to=MATERIALS_STEP)
    last = returned.order_by("-pk").prefetch_related("corrections").first()
    if last:
        state = "returned" if with_person else "done"
        steps.append(Step(Phase.CORRECT, state, last.closed_at, len(last.corrections.all())))
    return steps
