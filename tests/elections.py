"""Elections for tests: opened by the real verbs and brought to a step by real decisions."""

from dataclasses import replace
from datetime import date, datetime, timedelta
from itertools import count
from pathlib import Path

import pytest
import yaml
from stdnum.cn.ric import calc_check_digit

from approvals.actions.policies import publish_policy
from approvals.models import Case, Policy
from organizations.models import Account
from tests import factories as make
from tests.cases import LOOKS_INTO, fresh, full_policy_document, publish, say
from tests.cast import Cast
from tests.factories import NOW
from workflows.appointment_review.actions.elections_counting import PaperCount, enter_count, report_result
from workflows.appointment_review.actions.elections_naming import (
    ask_for_candidates,
    ask_for_election,
    close_nomination,
    name_person,
)
from workflows.appointment_review.actions.elections_opening import Seats, open_election
from workflows.appointment_review.actions.nominating import Nominee
from workflows.appointment_review.election_models import ElectionNominee, ElectionPlan
from workflows.appointment_review.election_queries import ballot_of
from workflows.appointment_review.matter_flow import ElectionFlow
from workflows.appointment_review.rules.elections import Count

ELECTION_POLICY = Path("workflows/appointment_review/policy_election.yaml")
REASON = "本届支部任期将满，按期组织换届选举，健全支部班子。"
SEATS = Seats(date(2026, 12, 20), REASON, secretaries=1, deputies=1, voters=6)
_click = count(1)


def short_policy_document() -> dict:
    """Give the default policy without letters, investigation, deliberation and notice: levels, then the vote."""
    document = full_policy_document()
    for step in document["steps"]:
        if step["step"] in LOOKS_INTO:
            step["tracks"] = []
    return document


def publish_for_elections(by: Account | None = None, document: dict | None = None) -> Policy:
    """Put both policies in force since the beginning of the year."""
    publish(document or short_policy_document(), by=by)
    return publish_policy(
        document=yaml.safe_load(ELECTION_POLICY.read_text()),
        flow=ElectionFlow,
        organization=None,
        valid_from=date(2026, 1, 1),
        by=by,
        at=NOW,
    )


@pytest.fixture
def election_policies(cast: Cast) -> Policy:
    """Put the policies of an election in force."""
    return publish_for_elections(cast.an)


def key() -> str:
    """Draw a fresh click."""
    return f"election-{next(_click)}"


def new_election(cast: Cast, *, kind: str = "election", seats: Seats = SEATS, organization=None, at=NOW) -> Case:
    """Open an election at the branch of the stories, waiting for request 1."""
    return open_election(kind=kind, organization=organization or cast.branch, seats=seats, by=cast.lin, at=at)


def climb(case: Case, cast: Cast, *, at: datetime = NOW) -> Case:
    """Let all levels agree."""
    for who in (cast.gao, cast.lin, cast.zhou):
        say(case, who, "agree", at=at)
    return fresh(case)


def identity_number() -> str:
    """Make a number of a woman that nobody has, the cast neither: its province exists, its county never did."""
    head = f"44990119850309{100 + next(_click) % 450 * 2}"
    return head + calc_check_digit(head + "0")


def candidate(name: str) -> tuple[Nominee, Account]:
    """Make somebody with an account who can be nominated."""
    number = identity_number()
    person = make.person(name, number=number)
    return Nominee(name, number), make.account(name, person=person)


def vetted(case: Case, account: Account, cast: Cast, *, at: datetime = NOW) -> Case:
    """Bring a candidate's case through everything before the leave to stand."""
    say(case, account, "hand_in", at=at)
    for who in (cast.lin, cast.lin, cast.gao, cast.lin, cast.zhou):
        say(case, who, "agree", at=at)
    return fresh(case)


def election_at(cast: Cast, step: str, *, seats: Seats = SEATS, people=(("secretary", "沈若溪"), ("deputy", "顾怀远"))):
    """Bring an election to a step; gives the path of the matter and the lines of the list by name."""
    own = new_election(cast, seats=seats)
    lines: dict[str, ElectionNominee] = {}
    if step == "first_request":
        return own, lines
    ask_for_election(case_pk=own.pk, seats=seats, by=cast.chen, at=NOW, key=key())
    if step == "first_approval":
        return fresh(own), lines
    climb(own, cast)
    accounts = {}
    for title, name in people:
        nominee, accounts[name] = candidate(name)
        lines[name], _issued = name_person(case_pk=own.pk, title=title, nominee=nominee, by=cast.chen, at=NOW)
    if step == "nomination":
        return fresh(own), lines
    close_nomination(case_pk=own.pk, by=cast.chen, at=NOW, key=key())
    if step == "vetting":
        return fresh(own), lines
    for name, line in lines.items():
        if line.case:
            vetted(line.case, accounts[name], cast)
    if step == "second_request":
        return fresh(own), lines
    ask_for_candidates(case_pk=own.pk, by=cast.chen, at=NOW, key=key())
    if step == "second_approval":
        return fresh(own), lines
    climb(own, cast)
    if step == "election":
        return fresh(own), lines
    counted(own, cast)
    if step == "report":
        return fresh(own), lines
    report_result(case_pk=own.pk, by=cast.chen, at=NOW, key=key())
    return fresh(own), lines


def paper(own: Case, *, lost: tuple[str, ...] = (), **changes) -> PaperCount:
    """Make a count in which everybody on the ballot wins but those named."""
    votes = {
        one.pk: (1, 4, 1) if one.person.name in lost else (5, 1, 0)
        for one in ballot_of(ElectionPlan.objects.get(case=own))
    }
    whole = PaperCount(NOW.date(), Count(6, 6, 6, 6, 6), votes, "何苗、马启文")
    return replace(whole, **changes)


def counted(own: Case, cast: Cast, *, at: datetime = NOW, lost: tuple[str, ...] = (), **changes):
    """Enter a count."""
    return enter_count(case_pk=own.pk, paper=paper(own, lost=lost, **changes), by=cast.chen, at=at, key=key())[0]


def later(days: int) -> datetime:
    """Give the moment some days later."""
    return NOW + timedelta(days=days)
