"""Who may speak on a stage: the holders of its roles, minus those who must not, with a way out when nobody is left."""

from collections import defaultdict
from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass, field
from datetime import date

from django.db.models import Q, Subquery

from approvals.concerned import concerned_in, holder_stepped_back
from approvals.enums import Outcome, Rule, SeatOrigin, Verb
from approvals.models import Case, Decision, PolicyStep, Seat, Stage
from approvals.queries import superiors_of
from approvals.rules.conflicts import entitled_of
from organizations.models import PartyOrganization, RoleAssignment


@dataclass
class SeatPlan:
    """One seat to be opened.

    Attributes:
        organization: Where the role is held.
        roles: Any of these roles entitles.
        origin: Why the seat exists.
        holder: Key of the account that alone may speak, or None when every holder of the roles may.
        department: Key of the department that has to answer a letter; nobody gets a line in an inbox then.
        entitled: Who gets a line in the inbox: account key to assignment (None for a person held by name).
    """

    organization: PartyOrganization
    roles: list[str]
    origin: str
    holder: int | None = None
    department: int | None = None
    entitled: dict[int, RoleAssignment | None] = field(default_factory=dict)


def kept_apart(case: Case, steps: Sequence[str]) -> set[int]:
    """Name the accounts that decided steps from which this one is kept apart.

    Args:
        case: The case.
        steps: Names of the steps under four eyes; whoever was added to one by name counts, though another spoke there.
            A review also keeps out whoever refused the case it reviews, and whoever let the refusal stand.

    Returns:
        Keys of accounts.
    """
    return kept_apart_in([(case, steps)])[case.pk, tuple(steps)]


def kept_apart_in(asked: Collection[tuple[Case, Sequence[str]]]) -> dict[tuple[int, tuple[str, ...]], set[int]]:
    """Do as ``kept_apart`` for many cases, with one statement for all of them and one more for each review.

    Args:
        asked: Cases, each with the names of the steps under four eyes.

    Returns:
        Keys of accounts by key of the case and names of the steps.
    """
    worked: dict[tuple[int, str], set[int]] = defaultdict(set)
    cases, steps = {case.pk for case, apart in asked if apart}, {step for _, apart in asked for step in apart}
    seats = Seat.objects.filter(stage__case__in=cases, stage__step__in=steps)  # asks nothing where either is empty
    for case_pk, step, by, holder, roles in seats.values_list(
        "stage__case", "stage__step", "decisions__by", "holder", "roles"
    ):
        worked[case_pk, step].update(account for account in (by, holder if by_name(roles) else None) if account)
    return {
        (case.pk, tuple(apart)): had_a_part_in_the_refusal(case).union(*(worked[case.pk, step] for step in apart))
        for case, apart in asked
    }


def by_name(roles: Sequence[str]) -> bool:
    """Say whether a seat is held by name: its holder worked on the step, whoever speaks in the end."""
    return not roles


def had_a_part_in_the_refusal(case: Case) -> set[int]:
    """Name the accounts that refused the case a review is about, or let the refusal stand; empty for other cases."""
    accounts: set[int] = set()
    if case.origin_id and case.track == "review":
        last = Stage.objects.filter(case=case.origin_id, outcome=Outcome.REFUSED).order_by("-pk").values("pk")[:1]
        stood = Q(verb=Verb.AGREE, seat__stage__gt=Subquery(last))
        refusers = Decision.objects.filter(stood | Q(verb=Verb.REFUSE), seat__stage__case=case.origin_id)
        accounts.update(refusers.values_list("by", flat=True))
    return accounts


def holders_above(case: Case, on: date) -> list[RoleAssignment]:
    """Read at once who holds which role in a case's organization and above it on a day and did not step back."""
    paths = [case.organization.path, *case.organization.superior_paths()]
    held = RoleAssignment.objects.valid_on(on).filter(~holder_stepped_back(case.pk), organization__path__in=paths)
    return list(held.select_related("account", "organization"))


def holders_at(
    organization: PartyOrganization,
    roles: Sequence[str],
    on: date,
    *,
    case: Case,
    known: Iterable[RoleAssignment] = (),
) -> list[RoleAssignment]:
    """List who holds one of the roles at an organization on a day and did not step back, in the order of the roles.

    Args:
        organization: Where.
        roles: Names of roles.
        on: The day.
        case: The case that somebody may have stepped back from.
        known: What ``holders_above`` has read; an organization that nobody holds a role in there is asked for anew.
    """
    there: Iterable[RoleAssignment] = [held for held in known if held.organization_id == organization.pk]
    if not there:
        there = RoleAssignment.objects.valid_on(on).filter(~holder_stepped_back(case.pk), organization=organization)
        there = there.select_related("account")
    found = [held for held in there if held.role in roles]
    return sorted(found, key=lambda held: (list(roles).index(held.role), held.pk))


def entitled_on(seat: Seat, *, stage: Stage, case: Case, on: date) -> dict[int, RoleAssignment | None]:
    """Say who may speak on a seat on a day, as when it was opened.

    Args:
        seat: The seat.
        stage, case: What it belongs to.
        on: The day at which roles have to hold.

    Returns:
        Account key to assignment; None for a person held by name without a role.
    """
    if not seat.roles:
        return {seat.holder_id: None} if seat.holder_id else {}
    found = holders_at(seat.organization, seat.roles, on, case=case)
    allowed = entitled_of(
        [held.account_id for held in found],
        concerned=concerned_in(case, stage.step),
        spoken_elsewhere=kept_apart(case, stage.apart_from),
    )
    entitled: dict[int, RoleAssignment | None] = {}
    for held in found:
        if held.account_id in allowed and seat.holder_id in (None, held.account_id):
            entitled.setdefault(held.account_id, held)
    return entitled


def seats_for(
    *,
    case: Case,
    policy_step: PolicyStep,
    organization: PartyOrganization,
    apart: Collection[int],
    concerned: Collection[int],
    on: date,
    known: Sequence[RoleAssignment] = (),
) -> list[SeatPlan]:
    """Plan the seats of a stage.

    Args:
        case: The case; whoever stepped back from it does not sit.
        policy_step: Roles and rule.
        organization: Where the stage opens.
        apart: Accounts kept out by four eyes.
        concerned: Accounts the step decides about.
        on: The day at which roles have to hold.
        known: What ``holders_above`` has read.

    Returns:
        At least one seat. When nobody may sit, the nearest superior with a holder of the role answers; when there is
        none either, a seat nobody holds yet, which the administrators see with a red mark.

    Source: docs/approvals.md, no stage stays empty.
    """
    superiors = None
    place, origin = organization, SeatOrigin.POLICY
    while place is not None:
        found = holders_at(place, policy_step.roles, on, case=case, known=known)
        allowed = set(entitled_of([held.account_id for held in found], concerned=concerned, spoken_elsewhere=apart))
        found = [held for held in found if held.account_id in allowed]
        if found:
            return _plans(policy_step, place, origin, found)
        if superiors is None:
            superiors = superiors_of(organization, [held.organization for held in known])
        place, origin = (superiors.pop(0) if superiors else None), SeatOrigin.FALLBACK
    return [SeatPlan(organization, list(policy_step.roles), SeatOrigin.NOBODY)]


def _plans(
    policy_step: PolicyStep, place: PartyOrganization, origin: str, found: list[RoleAssignment]
) -> list[SeatPlan]:
    by_account: dict[int, RoleAssignment | None] = {}
    for held in found:
        by_account.setdefault(held.account_id, held)
    if policy_step.rule in (Rule.ALL, Rule.QUORUM):
        return [
            SeatPlan(place, list(policy_step.roles), origin, holder=account, entitled={account: held})
            for account, held in by_account.items()
        ]
    if policy_step.rule == Rule.SEQUENCE:
        held_roles = [role for role in policy_step.roles if any(held.role == role for held in found)]
        return [
            SeatPlan(place, [role], origin, entitled={h.account_id: h for h in found if h.role == role})
            for role in held_roles
        ]
    return [SeatPlan(place, list(policy_step.roles), origin, entitled=by_account)]
