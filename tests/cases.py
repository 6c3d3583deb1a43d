"""Cases for tests: opened by the real verbs and brought to a step by real decisions."""

from datetime import date, datetime
from itertools import count
from pathlib import Path

import pytest
import yaml

from approvals.actions.decisions import Answer, decide
from approvals.actions.policies import publish_policy
from approvals.models import Case, Policy, Seat
from organizations.models import Account
from tests.cast import Cast
from tests.factories import NOW
from workflows.appointment_review.actions.opening import Intent, open_assignment
from workflows.appointment_review.flow import AppointmentReviewFlow

DEFAULT_POLICY = Path("workflows/appointment_review/policy.yaml")
INTENT = Intent(
    "secretary", "assigned", "熟悉业务，群众基础好，因工作需要选派任职。", date(2026, 12, 1), date(2029, 12, 1)
)
_click = count(1)


LOOKS_INTO = {"letters", "investigation", "deliberation", "publication", "notice"}


def full_policy_document() -> dict:
    """Read the default policy as a document that a test may change; only tests/approvals/test_copying.py copies."""
    document = yaml.safe_load(DEFAULT_POLICY.read_text())
    document["choices"]["copies"] = "nobody"
    return document


def policy_document() -> dict:
    """Give the default policy as a small county uses it: an assignment ends with the Party levels."""
    document = full_policy_document()
    for step in document["steps"]:
        if step["step"] in LOOKS_INTO:
            step["tracks"] = ["election"]
    return document


def publish(document: dict | None = None, *, organization=None, by: Account | None = None) -> Policy:
    """Put a policy in force since the beginning of the year."""
    return publish_policy(
        document=document or policy_document(),
        flow=AppointmentReviewFlow,
        organization=organization,
        valid_from=date(2026, 1, 1),
        by=by,
        at=NOW,
    )


@pytest.fixture
def policy(cast: Cast) -> Policy:
    """Put the default policy in force."""
    return publish(by=cast.an)


def open_seat(case: Case, holder: Account | None = None) -> Seat:
    """Find the open seat of a case, the one of a holder when there are several."""
    seats = Seat.objects.filter(stage__case=case, state="open").order_by("pk")
    return (seats.filter(holder=holder) if holder else seats).latest("pk")


def say(case: Case, by: Account, verb: str, *, at: datetime = NOW, holder: Account | None = None, **answer):
    """Say something on the open seat of a case, with a fresh click."""
    if verb == "refuse":
        answer = {"reason": "不符合条件", "reason_for_person": "党龄不满一年。"} | answer
    seat = open_seat(case, holder)
    return decide(seat_pk=seat.pk, answer=Answer(verb, **answer), by=by, at=at, key=f"click-{next(_click)}")


def fresh(case: Case) -> Case:
    """Read a case again."""
    return Case.objects.select_related("step_organization", "policy", "organization", "subject").get(pk=case.pk)


def new_case(cast: Cast, *, organization=None, by: Account | None = None, person=None, at: datetime = NOW) -> Case:
    """Open an assignment for Shen at her branch, waiting for her materials."""
    return open_assignment(
        organization=organization or cast.branch,
        person=person or cast.shen_person,
        intent=INTENT,
        by=by or cast.lin,
        at=at,
    )


def case_at(cast: Cast, step: str, *, at: datetime = NOW) -> Case:
    """Bring Shen's assignment to a step: materials, completeness, eligibility, general_branch, county or province."""
    case = new_case(cast, at=at)
    for reached, who, verb in (
        ("materials", cast.shen, "hand_in"),
        ("completeness", cast.lin, "agree"),
        ("eligibility", cast.lin, "agree"),
        ("general_branch", cast.gao, "agree"),
        ("county", cast.lin, "agree"),
    ):
        if reached == step:
            return fresh(case)
        say(case, who, verb, at=at)
    return fresh(case)
