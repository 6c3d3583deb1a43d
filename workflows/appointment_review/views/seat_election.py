"""A seat in the path of an election: what is asked, and at the second request the answer for each person."""

from collections.abc import Mapping
from datetime import datetime

from approvals.models import Seat
from organizations.models import Account
from organizations.typed import numbers_in
from workflows.appointment_review.actions.elections_replies import NotThisOne, can_be_refused
from workflows.appointment_review.views.election_facts import election_facts
from workflows.appointment_review.views.seat_access import Standing

LONGEST = 2000
BY_PERSON = "second_approval"


def by_person(seat: Seat) -> bool:
    """Say whether each person on the list is decided on: by the body that has the authority, at the second request."""
    return seat.stage.case.is_of_matter and seat.stage.step == BY_PERSON


def refused_in(data: Mapping[str, str]) -> dict[int, NotThisOne]:
    """Read who may not stand, and why.

    Args:
        data: The fields as sent: ``not-<key>``, ``why-<key>``, ``told-<key>``.
    """
    keys = numbers_in(name.removeprefix("not-") for name in data if name.startswith("not-"))
    return {
        key: NotThisOne(data.get(f"why-{key}", "")[:LONGEST], data.get(f"told-{key}", "")[:LONGEST]) for key in keys
    }


def of_election(standing: Standing, account: Account, *, at: datetime, typed: Mapping[str, str]) -> dict[str, object]:
    """Gather what the body above reads of an election.

    Args:
        standing: The seat.
        account: Who looks.
        at: Now.
        typed: What was typed on the page before it was refused.
    """
    facts = election_facts(standing.case, account, at=at)
    people = facts["people"]
    for person in people:
        key, case = person["nominee"].pk, person["nominee"].case
        person |= {
            "refusable": case is None or can_be_refused(case),
            "not": f"not-{key}" in typed,
            "why": typed.get(f"why-{key}", ""),
            "told": typed.get(f"told-{key}", ""),
        }
    chosen = by_person(standing.seat) and standing.seat.stage.decides and standing.may_decide
    kept = ("plan", "seats", "results", "documents", "papers")
    return {name: facts[name] for name in kept} | {"people": people, "per_person": chosen}
