"""Opening elections: of one branch, or of many with one plan and one timetable (集中换届)."""

from collections.abc import Collection
from dataclasses import dataclass, field
from datetime import date, datetime

from django.db import transaction
from django.utils.timezone import localdate
from viewflow.workflow.fields import import_flow_by_ref

from approvals.actions.acting import Acting, lock_case
from approvals.actions.cases import open_case, withdraw_case
from approvals.enums import CaseState, MatterKind
from approvals.errors import CaseRunning
from approvals.models import Case
from approvals.queries import levels_for, policy_in_force
from audit.errors import Refusal
from notifications.models import Reminder
from organizations.actions.shared import demand_open, lock_open
from organizations.models import Account, PartyOrganization
from organizations.term_board import REMINDED
from workflows.appointment_review.actions.opening import (
    demand_free_post,
    demand_opener,
    new_case_number,
    new_matter,
)
from workflows.appointment_review.election_models import Campaign, ElectionPlan

# As stored with every case; the flow leans on this module, so it is found by its name.
FLOW = "workflows/appointment_review.matter_flow.ElectionFlow"
NAME = "election"
AT_ONCE = 60


@dataclass(frozen=True)
class Seats:
    """How many are elected, by whom, and when.

    Attributes:
        planned_on: Planned day of the election.
        reason: Why, 20 to 800 characters.
        secretaries, deputies, members: Seats.
        voters: Members with the right to vote; None until the branch says.
    """

    planned_on: date
    reason: str
    secretaries: int = 1
    deputies: int = 0
    members: int = 0
    voters: int | None = None


@dataclass(frozen=True)
class Timetable:
    """One timetable for many branches."""

    name: str
    request_by: date
    nominate_by: date
    planned_on: date
    reason: str


@dataclass
class Preflight:
    """Which elections can be opened, and why others cannot.

    Attributes:
        ready: Organizations.
        barred: Organizations with the sentence that says why.
    """

    ready: list[PartyOrganization] = field(default_factory=list)
    barred: list[tuple[PartyOrganization, str]] = field(default_factory=list)


@transaction.atomic
def open_election(
    *,
    kind: MatterKind,
    organization: PartyOrganization,
    seats: Seats,
    by: Account,
    at: datetime,
    campaign: Campaign | None = None,
) -> Case:
    """Open an election at the end of a term, or a by-election, for a branch.

    Args:
        kind: ``MatterKind.ELECTION`` or ``MatterKind.BY_ELECTION``.
        organization: The branch.
        seats: What is elected, and when.
        by, at: Who opens it, and when.
        campaign: The bundle it belongs to.

    Returns:
        The path of the matter, waiting for the first request of the branch.

    Raises:
        NotEntitled: ``by`` is no organizer of a body above the branch.
        PostAlreadyFilled: a by-election of a secretary where the post is not vacant.
        CaseRunning: the branch has an election under way.
        OrganizationClosed, NoPolicy, NoAuthority: as they say.
    """
    demand_opener(organization, by, at)
    if kind == MatterKind.BY_ELECTION and seats.secretaries:
        demand_free_post(organization, seats.planned_on)
    lock_open(organization, on=localdate(at))
    matter = new_matter(kind, organization, by, at)

    def prepare(act: Acting) -> None:
        ElectionPlan.objects.create(
            case=act.case,
            campaign=campaign,
            secretaries=seats.secretaries,
            deputies=seats.deputies,
            members=seats.members,
            voters=seats.voters,
            planned_on=seats.planned_on,
            reason=seats.reason,
            reminded_on=first_reminder(organization),
        )
        act.log("election.planned", facts=plan_facts(act.case.election))

    return open_case(
        flow=import_flow_by_ref(FLOW),
        matter=matter,
        number=new_case_number(at),
        track=kind,
        subject=None,
        by=by,
        at=at,
        prepare=prepare,
    )


def plan_facts(plan: ElectionPlan) -> dict[str, object]:
    """Give the numbers of a plan for the log; they identify nobody."""
    names = ("secretaries", "deputies", "members", "voters")
    return {name: getattr(plan, name) for name in names} | {"planned_on": str(plan.planned_on)}


def first_reminder(organization: PartyOrganization) -> date | None:
    """Say when the branch was reminded first of the end of this term."""
    told = Reminder.objects.filter(subject_kind=REMINDED, subject_id=organization.pk).order_by("created_at").first()
    return localdate(told.created_at) if told else None


def preflight(organizations: Collection[PartyOrganization], *, by: Account, at: datetime) -> Preflight:
    """Say which elections could be opened at once, and why the others could not.

    Args:
        organizations: The branches that are wanted, at most 60.
        by, at: Who would open them, and when.
    """
    found, on = Preflight(), localdate(at)
    running = Case.objects.filter(flow=NAME, state=CaseState.OPEN, organization__in=organizations)
    numbers = dict(running.values_list("organization", "number"))
    for organization in list(organizations)[:AT_ONCE]:
        try:
            demand_opener(organization, by, at)
            demand_open(organization, on=on)
            levels_for(organization, on=on)
            policy_in_force(NAME, organization, on=on)
            if organization.pk in numbers:
                raise CaseRunning(name=organization.name, number=numbers[organization.pk])
        except Refusal as refusal:
            found.barred.append((organization, str(refusal)))
        else:
            found.ready.append(organization)
    return found


@transaction.atomic
def open_campaign(
    *, organizations: Collection[PartyOrganization], timetable: Timetable, by: Account, at: datetime
) -> tuple[list[Case], Preflight]:
    """Open the elections of many branches with one plan and one timetable.

    Args:
        organizations: The branches, at most 60; those that cannot be opened are left out.
        timetable: Name, days and reason.
        by, at: Who opens them, and when.

    Returns:
        The paths that were opened, and the list of who was left out and why.
    """
    found = preflight(organizations, by=by, at=at)
    if not found.ready:
        return [], found
    campaign = Campaign.objects.create(
        name=timetable.name,
        request_by=timetable.request_by,
        nominate_by=timetable.nominate_by,
        planned_on=timetable.planned_on,
        reason=timetable.reason,
        opened_by=by,
        opened_at=at,
    )
    seats, opened = Seats(timetable.planned_on, timetable.reason), []
    for organization in found.ready:
        try:
            with transaction.atomic():
                opened.append(
                    open_election(
                        kind=MatterKind.ELECTION, organization=organization, seats=seats, by=by, at=at,
                        campaign=campaign,
                    )
                )  # fmt: skip
        except Refusal as refusal:  # somebody else was faster
            found.barred.append((organization, str(refusal)))
    return opened, found


@transaction.atomic
def withdraw_election(*, case_pk: int, by: Account, at: datetime, reason: str) -> Case:
    """Withdraw a whole matter: its own path, then everybody in it.

    Args:
        case_pk: Key of the matter's own path.
        by, at: Who withdraws it, and when; the caller has checked that they may.
        reason: Why, for the record.

    Returns:
        The matter's own path.

    Raises:
        CaseClosed: it is over.
    """
    own = lock_case(case_pk)
    withdraw_case(case_pk=own.pk, by=by, at=at, reason=reason)
    running = Case.objects.filter(matter=own.matter_id, state=CaseState.OPEN).order_by("pk")
    for pk in list(running.values_list("pk", flat=True)):
        withdraw_case(case_pk=pk, by=by, at=at, reason=reason)
    return own
