"""What comes next: the bodies a case has still to pass, told before it does."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

from approvals.actions.stages import organization_for, policy_step_of
from approvals.case_flow import CaseFlow
from approvals.enums import Outcome, Place
from approvals.models import Case, PolicyStep, Stage
from approvals.nodes import Act, End, StageNode
from approvals.queries import bodies_for, stages_of
from approvals.rules.levels import Level, next_level
from organizations.models import PartyOrganization


@dataclass(frozen=True)
class Station:
    """One step ahead.

    Attributes:
        step: Its title.
        organization: Where it opens; None at the end.
        roles: Who may speak there; empty for the person concerned.
        decides: Whether the authority speaks here.
        of_person: Whether the person concerned is asked.
        working_days: How many it may take.
        ends: Whether nothing follows.
        acts: Titles of what the system does on the way here.
        node: The step itself, with what it tells people; None at the end.
        policy_step: What the policy says of it; None at the end.
    """

    step: str
    organization: PartyOrganization | None = None
    roles: tuple[str, ...] = ()
    decides: bool = False
    of_person: bool = False
    working_days: int | None = None
    ends: bool = False
    acts: tuple[str, ...] = ()
    node: StageNode | None = None
    policy_step: PolicyStep | None = None


def path_ahead(case: Case, *, on: date) -> list[Station]:
    """List all steps of a case that everybody agrees to, from the start.

    Args:
        case: A case, saved or not, with flow, track, organization and policy.
        on: The day at which bodies have to exist.

    Returns:
        The stations in their order, the end last.

    Raises:
        NoAuthority: nobody above may decide.
    """
    flow = next(flow for flow in CaseFlow.__subclasses__() if flow.name == case.flow)
    return list(_walk(case, flow.instance.start._next, bodies_for(case.organization, on=on), ""))


def station_after(case: Case, stage: Stage, *, on: date) -> Station:
    """Say what follows when a stage is agreed to.

    Args:
        case: A running case with its process.
        stage: Its open stage.
        on: The day at which bodies have to exist.
    """
    return next(stations_after(case, stage, on=on))


def stations_after(case: Case, stage: Stage, *, on: date) -> Iterator[Station]:
    """List all that follows when a stage and everything behind it is agreed to, the end last; arguments as above."""
    node = stage.task.flow_task
    bodies = bodies_for(case.organization, on=on)
    if node.climbs and not stage.decides:
        return _walk(case, node, bodies, stage.organization.code)
    if Outcome.DONE in node.arrows:
        return _walk(case, node.arrows[Outcome.DONE], bodies, "")
    return _walk(case, node.arrows.get(Outcome.AGREED) or next(iter(node.arrows.values())), bodies, "")


def _walk(case: Case, node, bodies: list[tuple[Level, PartyOrganization]], spoken: str) -> Iterator[Station]:
    acts: list[str] = []
    while not isinstance(node, End):
        if isinstance(node, Act):
            if node.only is None or case.track in node.only:
                acts.append(str(node.task_title))
            node = node._next
            continue
        if not isinstance(node, StageNode):
            return
        if node.applies(case):
            for level in _levels(node, bodies, spoken):
                yield _station(case, node, level, bodies, acts)
                acts, spoken = [], ""
        node = next(iter(node.arrows.values()))
    yield Station(str(node.task_title), ends=True, acts=tuple(acts))


def _levels(node: StageNode, bodies: list[tuple[Level, PartyOrganization]], spoken: str) -> list[Level]:
    levels = [level for level, _body in bodies]
    if not node.climbs:
        return levels[:1]
    first = next_level(levels, spoken)
    return levels[levels.index(first) :] if first else []


def _station(case: Case, node: StageNode, level: Level, bodies: list, acts: list[str]) -> Station:
    step: PolicyStep = policy_step_of(case, node, level)
    earlier = stages_of(case) if step.place == Place.REFUSER and case.pk else []
    return Station(
        step=str(node.task_title),
        organization=None
        if step.place == Place.REFUSER and not case.pk
        else organization_for(case, step, level, bodies, earlier),
        roles=tuple(step.roles),
        decides=node.climbs and level.decides,
        of_person=step.place == Place.CANDIDATE,
        working_days=step.due_working_days,
        acts=tuple(acts),
        node=node,
        policy_step=step,
    )
