"""Who would be told of the step a case stands at and of each step ahead: through which role, and who not, and why."""

from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass, field
from datetime import date

from approvals.actions.copying import copied_roles
from approvals.actions.reminding import USUALLY
from approvals.actions.seating import SeatPlan, kept_apart, seats_for
from approvals.concerned import concerned_in, holder_stepped_back
from approvals.enums import Place, RowKind, Rule, SeatOrigin
from approvals.models import Case, InboxRow, PolicyStep, Seat, Stage
from approvals.preview import Station, path_ahead, stations_after
from approvals.queries import policy_steps
from approvals.rules.conflicts import why_left_out
from approvals.rules.reminding_days import Numbers
from organizations.enums import Role, Scope
from organizations.models import Account, PartyOrganization, RoleAssignment

# Why nobody is told of a step by a line in the inbox.
NO_ACCOUNT, INACTIVE, NOBODY, BY_LETTER, IN_MATTER = "no_account", "inactive", "nobody", "by_letter", "in_matter"


@dataclass(frozen=True)
class Asked:
    """Somebody who is told of a step.

    Attributes:
        account: Who.
        role, organization: Through which role at which organization; both empty for the person concerned, and the role
            alone for somebody who was added by name.
        origin: Why the seat exists, a value of ``SeatOrigin``.
    """

    account: Account
    role: str = ""
    organization: PartyOrganization | None = None
    origin: str = SeatOrigin.POLICY


@dataclass(frozen=True)
class LeftOut:
    """Somebody who holds the role of a step and is not told: ``why`` as ``why_left_out`` names it."""

    account: Account
    role: str
    why: str


@dataclass
class StepAhead:
    """One step: who would be told.

    Attributes:
        station: The step, where it opens, and what the policy says of it.
        stage: The open stage, or None for a step still to come.
        asked: Who is told.
        left_out: Who holds its roles there and is not told.
        nobody: Why nobody is told, or empty.
        copied: Who gets a copy for information, as the policy says.
        departments: Names of the departments that get a letter.
        organizers_above, secretaries_above: Who is told above when it is late for long.
    """

    station: Station
    stage: Stage | None = None
    asked: list[Asked] = field(default_factory=list)
    left_out: list[LeftOut] = field(default_factory=list)
    nobody: str = ""
    copied: list[Account] = field(default_factory=list)
    departments: list[str] = field(default_factory=list)
    organizers_above: list[Account] = field(default_factory=list)
    secretaries_above: list[Account] = field(default_factory=list)


def numbers_of(case: Case) -> Numbers:
    """Give what the policy of a case says of reminders."""
    said = {name: case.policy.parameters.get(name, usually) for name, usually in USUALLY.items()}
    return Numbers(
        before=said["remind_before_working_days"],
        again=said["remind_again_working_days"],
        superior=said["superior_after_working_days"],
        escalation=said["escalation_after_working_days"],
    )


def steps_ahead(case: Case, *, on: date) -> list[StepAhead]:
    """Say who would be told of the open step of a case and of each behind it, if everybody agrees from here on.

    Args:
        case: The case with its process, person, organization and policy.
        on: The day at which roles have to hold.

    Returns:
        The steps in their order, the end left out; empty for a closed case. The same functions seat people as when a
        step really opens (``approvals.actions.seating``); how many statements are asked depends on the steps, not on
        the people.
    """
    if case.closed_at is not None:
        return []
    stage = Stage.objects.filter(case=case, outcome="").select_related("organization", "task").order_by("pk").last()
    stations = list(stations_after(case, stage, on=on) if stage else path_ahead(case, on=on))
    coming = [station for station in stations if not station.ends]
    held = _held(case, [stage, *coming] if stage else coming, on)
    free = [row for row in held if row.account.is_active and not row.recused]
    apart: dict[tuple[str, ...], set[int]] = {}
    found = [_open(case, stage, held, apart)] if stage else []
    for station in coming:
        found.append(_coming(case, station, held, free, apart, on))
    for step in found:
        below = step.stage.organization if step.stage else step.station.organization
        step.organizers_above = _above(held, below, Role.ORGANIZER, case)
        step.secretaries_above = _above(held, below, Role.COMMITTEE_SECRETARY, case)
    return found


def _open(case: Case, stage: Stage, held: Sequence[RoleAssignment], apart: dict) -> StepAhead:
    node = stage.task.flow_task
    policy_step = policy_steps(case.policy_id)[node.name, node.level_name(stage.decides)]
    station = Station(
        stage.step_title, stage.organization, tuple(policy_step.roles), node=node, policy_step=policy_step
    )
    rows = InboxRow.objects.filter(case=case, seat__stage=stage, kind=RowKind.TODO)
    asked = [
        Asked(
            row.account,
            str(row.why.get("role", "")),
            row.seat.organization if row.seat.roles else None,
            str(row.why.get("origin", SeatOrigin.POLICY)),
        )
        for row in rows.select_related("account", "seat__organization").order_by("pk")
    ]
    step = StepAhead(station, stage, asked)
    departments = Seat.objects.filter(stage=stage, department__isnull=False).order_by("place")
    step.departments = list(departments.values_list("department__name", flat=True))
    _explain(case, step, held, _apart(case, policy_step, apart))
    return step


def _coming(case: Case, station: Station, held, free, apart: dict, on: date) -> StepAhead:
    step, policy_step = StepAhead(station), station.policy_step
    if policy_step.rule == Rule.LETTERS:
        step.departments = [each.name for each in station.node.flow_class.departments(case, station.organization)]
    elif policy_step.place == Place.CANDIDATE:
        account = case.account
        step.asked = [Asked(account)] if account and account.is_active else []
    elif policy_step.rule != Rule.WAIT and station.organization is not None:
        plans = seats_for(
            case=case,
            policy_step=policy_step,
            organization=station.organization,
            apart=_apart(case, policy_step, apart),
            concerned=concerned_in(case, station.node.name),
            on=on,
            known=free,
        )
        step.asked = list(_asked(plans))
    _explain(case, step, held, _apart(case, policy_step, apart))
    return step


def _asked(plans: Iterable[SeatPlan]) -> Iterable[Asked]:
    told = set()
    for plan in plans:
        for account, held in plan.entitled.items():
            if held is not None and account not in told:
                told.add(account)
                yield Asked(held.account, held.role, plan.organization, plan.origin)


def _explain(case: Case, step: StepAhead, held: Sequence[RoleAssignment], apart: set[int]) -> None:
    """Name whoever holds a role of the step at its place and is not told, and why nobody is told, if so."""
    policy_step, told = step.station.policy_step, {asked.account.pk for asked in step.asked}
    concerned = concerned_in(case, step.station.node.name)
    place = step.station.organization
    if policy_step.place == Place.CANDIDATE:
        if not step.asked:
            step.nobody = INACTIVE if case.account else NO_ACCOUNT
        step.copied = _copied(case, held, told | concerned)
        return
    if policy_step.rule in (Rule.LETTERS, Rule.WAIT):
        if not step.asked:
            step.nobody = BY_LETTER if policy_step.rule == Rule.LETTERS else IN_MATTER
        return
    seen = set()
    for row in held:
        if place is None or row.organization_id != place.pk or row.role not in policy_step.roles:
            continue
        why = why_left_out(
            is_active=row.account.is_active,
            has_stepped_back=row.recused,
            is_person_concerned=row.account_id in concerned,
            has_spoken_elsewhere=row.account_id in apart,
        )
        if why and row.account_id not in told | seen:
            seen.add(row.account_id)
            step.left_out.append(LeftOut(row.account, row.role, why))
    if not step.asked:
        step.nobody = NOBODY


def _copied(case: Case, held: Iterable[RoleAssignment], besides: Collection[int]) -> list[Account]:
    roles = copied_roles(case.policy)
    free = (row for row in held if row.account.is_active and not row.recused and row.account_id not in besides)
    here = {
        row.account_id: row.account for row in free if row.organization_id == case.organization_id and row.role in roles
    }
    return [here[pk] for pk in sorted(here)]


def _apart(case: Case, policy_step: PolicyStep, known: dict[tuple[str, ...], set[int]]) -> set[int]:
    steps = tuple(policy_step.four_eyes_with)
    if steps not in known:
        known[steps] = kept_apart(case, steps)
    return known[steps]


def _held(case: Case, steps: Iterable[Stage | Station], on: date) -> list[RoleAssignment]:
    """Read at once who holds which role at and above the places of the steps, with who stepped back."""
    places = [case.organization, *(step.organization for step in steps if step.organization is not None)]
    paths = {path for place in places for path in (place.path, *place.superior_paths())}
    held = RoleAssignment.objects.given_on(on).filter(organization__path__in=paths)
    held = held.annotate(recused=holder_stepped_back(case.pk))
    return list(held.select_related("account", "organization").order_by("pk"))


def _above(held: Iterable[RoleAssignment], below: PartyOrganization | None, role: str, case: Case) -> list[Account]:
    """Name who is told above: the holders of a role over a subtree at the nearest superior that has one."""
    if below is None:
        return []
    concerned = case.account.pk if case.account else 0
    above = [
        row
        for row in held
        if row.role == role
        and row.scope == Scope.SUBTREE
        and row.account.is_active
        and row.account_id != concerned
        and row.organization.depth < below.depth
        and below.path.startswith(row.organization.path)
    ]
    nearest = max((row.organization.depth for row in above), default=0)
    return list({row.account_id: row.account for row in above if row.organization.depth == nearest}.values())
