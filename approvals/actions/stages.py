"""Opening and closing stages. Only nodes and verbs call these, and only inside ``acting_on``."""

from dataclasses import asdict
from datetime import date
from itertools import takewhile
from typing import TYPE_CHECKING

from django.utils.timezone import localdate

from approvals.actions.acting import Acting
from approvals.actions.copying import copy_for_information
from approvals.actions.inbox import row_for
from approvals.actions.seating import SeatPlan, holders_above, kept_apart, seats_for
from approvals.concerned import concerned_in
from approvals.enums import Outcome, Phase, Place, Rule, SeatOrigin, SeatState
from approvals.models import Case, InboxRow, PolicyStep, Seat, Stage
from approvals.queries import bodies_for, policy_steps, stages_of
from approvals.rules.levels import Level, next_level
from approvals.rules.outcome import votes_needed
from organizations.calendar import due_after, due_after_days, end_of_day
from organizations.enums import Role
from organizations.models import PartyOrganization, RoleAssignment

ADDED = "added"  # in ``why`` of a stage to which people were added by name

if TYPE_CHECKING:
    from viewflow.workflow.models import Task

    from approvals.nodes import StageNode


def open_stage(*, act: Acting, task: "Task", node: "StageNode") -> Stage:
    """Open a step at the organization that has to speak now, with its seats and its lines in the inboxes.

    Args:
        act: The act that brought the case here.
        task: The Viewflow task just made for the step.
        node: The step.

    Returns:
        The open stage.
    """
    case, earlier, on = act.case, stages_of(act.case), localdate(act.at)
    holders = holders_above(case, on)
    bodies = bodies_for(case.organization, on=on, known=[held.organization for held in holders])
    level = level_for([level for level, _ in bodies], node, earlier)
    step = policy_step_of(case, node, level)
    organization = organization_for(case, step, level, bodies, earlier)
    plans = _plans(act, node, step, organization, holders)
    stage = _write_stage(act, task, node, step, level, organization, plans, earlier)
    seats = _write_seats(act, stage, plans)
    red = node.flow_class.red_findings(case, node.name)
    rows = [
        row_for(seat, stage=stage, case=case, account_id=account, role=role, red=red, sender=act.sender)
        for seat, plan in zip(seats, plans, strict=True)
        if seat.state == SeatState.OPEN
        for account, role in plan.entitled.items()
    ]
    InboxRow.objects.bulk_create(rows)
    act.change(step=node.name, step_organization=organization)
    _tell_phase(act, node, earlier)
    act.log(
        "stage.opened",
        stage=stage,
        facts={
            "visit": stage.visit,
            "organization": organization.code,
            "organization_name": organization.name,
            "rule": stage.rule,
            "needed": stage.needed,
            "decides": stage.decides,
            "due_at": stage.due_at.isoformat() if stage.due_at else "",
            "closes_at": stage.closes_at.isoformat() if stage.closes_at else "",
            "seats": [
                {"place": seat.place, "roles": seat.roles, "holder": seat.holder_id, "state": seat.state}
                | ({"department": seat.department_id} if seat.department_id else {})
                for seat in seats
            ],
        },
    )
    if rows:
        act.tell(
            "case_returned" if act.case.phase == Phase.CORRECT else node.message,
            to=[role.account if role else case.account for plan in plans for role in plan.entitled.values()],
            key=f"stage:{stage.case_id}:{stage.step}:{stage.visit}",
            link=node.link(case),
        )
    if step.place == Place.CANDIDATE:
        key = f"copy:{stage.case_id}:{stage.step}:{stage.visit}"
        copy_for_information(act, step=(stage.step, stage.step_title), key=key, known=holders)
    return stage


def close_stage(*, act: Acting, stage: Stage, outcome: str, goes_to: str = "", review_on: date | None = None) -> None:
    """Close a stage with its outcome and let the case go on.

    Args:
        act: The act.
        stage: An open stage whose task is loaded.
        outcome: How it closes.
        goes_to: Name of the step it is returned to; only with the outcome ``returned``.
        review_on: Day before which the step is not taken up again; only with the outcome ``deferred``.
    """
    stage.outcome, stage.goes_to, stage.closed_at = outcome, goes_to, act.at
    Stage.objects.filter(pk=stage.pk, outcome="").update(outcome=outcome, goes_to=goes_to, closed_at=act.at)
    others_may_be_open = stage.rule != Rule.ANY or stage.why.get(ADDED)  # else the only seat has spoken
    if others_may_be_open or outcome in (Outcome.WITHDRAWN, Outcome.EXPIRED):
        Seat.objects.filter(stage=stage, state__in=[SeatState.OPEN, SeatState.WAITING]).update(state=SeatState.CLOSED)
    InboxRow.objects.filter(seat__stage=stage).delete()
    facts = {"visit": stage.visit, "outcome": outcome, "goes_to": goes_to}
    act.log("stage.closed", stage=stage, facts=facts | ({"review_on": str(review_on)} if review_on else {}))
    if outcome == Outcome.WITHDRAWN:
        return
    act.review_on = review_on
    node = stage.task.flow_task
    if outcome == Outcome.AGREED and node.once_agreed and act.case.account:
        key = f"agreed:{stage.case_id}:{stage.step}:{stage.visit}"
        act.tell(node.once_agreed, to=act.case.account, key=key, link=f"/my/{act.case.number}/")
    activation = node.activation_class(stage.task)
    activation.stage = stage
    activation.complete()
    activation.activate_next()


def level_for(levels: list[Level], node: "StageNode", earlier: list[Stage]) -> Level:
    """Name the level that a step opens at; only climbing steps go past the first."""
    if not node.climbs:
        return levels[0]
    last = earlier[-1] if earlier else None
    if last and last.goes_to == node.name:  # the body that is asked to think again is the one that spoke here last
        again = [stage.organization.code for stage in earlier if stage.step == node.name][-1]
        return next((level for level in levels if level.code == again), levels[0])
    on_the_way_up = takewhile(lambda stage: (stage.step, stage.outcome) == (node.name, Outcome.AGREED), earlier[::-1])
    heard = [stage.organization.code for stage in on_the_way_up]
    return next_level(levels, heard[0] if heard else "", heard=heard) or levels[-1]


def policy_step_of(case: Case, node: "StageNode", level: Level) -> PolicyStep:
    """Find what the case's policy says of a step at a level."""
    steps = policy_steps(case.policy_id)
    return steps[node.name, node.level_name(level.decides)]


def organization_for(
    case: Case,
    step: PolicyStep,
    level: Level,
    bodies: list[tuple[Level, PartyOrganization]],
    earlier: list[Stage],
) -> PartyOrganization:
    """Name the organization a step opens at."""
    if step.place in (Place.CANDIDATE, Place.BRANCH):
        return case.organization
    if step.place == Place.REFUSER:
        refused = [stage for stage in earlier if stage.outcome == Outcome.REFUSED] or [
            stage for stage in stages_of(case.origin) if stage.outcome == Outcome.REFUSED
        ]
        return refused[-1].organization
    if step.place == Place.AUTHORITY:
        return bodies[-1][1]
    return next(body for at_level, body in bodies if at_level.code == level.code)


def _plans(
    act: Acting, node: "StageNode", step: PolicyStep, organization: PartyOrganization, holders: list[RoleAssignment]
) -> list[SeatPlan]:
    account = act.case.account
    if step.rule == Rule.WAIT:
        return [SeatPlan(organization, [], SeatOrigin.MATTER)]
    if step.rule == Rule.LETTERS:
        return node.asked(act.case, organization) or _nobody_to_ask(act, step, organization)
    if step.place == Place.CANDIDATE:
        if account is None or not account.is_active:
            return [SeatPlan(organization, [], SeatOrigin.NOBODY)]
        return [SeatPlan(organization, [], SeatOrigin.POLICY, holder=account.pk, entitled={account.pk: None})]
    return seats_for(
        case=act.case,
        policy_step=step,
        organization=organization,
        apart=kept_apart(act.case, step.four_eyes_with),
        concerned=concerned_in(act.case, step.step),
        on=localdate(act.at),
        known=holders,
    )


def _nobody_to_ask(act: Acting, step: PolicyStep, organization: PartyOrganization) -> list[SeatPlan]:
    """Plan one seat for the office, which says why the case goes on, where a body has no department to ask."""
    return seats_for(
        case=act.case,
        policy_step=PolicyStep(step=step.step, roles=[Role.ORGANIZER], rule=Rule.ANY),
        organization=organization,
        apart=kept_apart(act.case, step.four_eyes_with),
        concerned=concerned_in(act.case, step.step),
        on=localdate(act.at),
    )


def _write_stage(act, task, node, step, level, organization, plans, earlier) -> Stage:
    # A deferred step waits for its day; the clock of the office starts then.
    not_before = act.review_on if earlier and earlier[-1].outcome == Outcome.DEFERRED else None
    begins = end_of_day(not_before) if not_before else act.at
    own_days = node.flow_class.due_after(act.case, node.name)
    days, office = step.due_working_days, organization.pk
    due_at, counted = due_after(begins, days, organization=office) if days else (None, {})
    if own_days:
        due_at, counted = due_after_days(*own_days, organization=office)
    needed = votes_needed(entitled=len(plans), needed=step.needed, share=step.share) if step.rule == Rule.QUORUM else 1
    entitled = max(len(plans), sum(len(plan.entitled) for plan in plans))
    return Stage.objects.create(
        case=act.case,
        task=task,
        step=node.name,
        step_title=str(node.task_title),
        visit=1 + sum(stage.step == node.name for stage in earlier),
        organization=organization,
        organization_name=organization.name,
        decides=level.decides if node.climbs else False,
        rule=step.rule,
        needed=needed,
        entitled=entitled,
        apart_from=step.four_eyes_with,
        why={"level": asdict(level) if node.climbs else {}, "place": step.place, "roles": step.roles},
        opened_at=act.at,
        due_at=due_at,
        closes_at=due_at if step.closes_by_itself else None,
        counted=counted,
        not_before=not_before,
    )


def _write_seats(act: Acting, stage: Stage, plans: list[SeatPlan]) -> list[Seat]:
    in_turn, not_yet = stage.rule == Rule.SEQUENCE, stage.rule == Rule.WAIT
    return Seat.objects.bulk_create(
        Seat(
            stage=stage,
            place=place,
            roles=plan.roles,
            organization=plan.organization,
            department_id=plan.department,
            holder_id=plan.holder,
            origin=plan.origin,
            state=SeatState.WAITING if not_yet or (in_turn and place > 1) else SeatState.OPEN,
            opened_at=act.at,
        )
        for place, plan in enumerate(plans, start=1)
    )


def _tell_phase(act: Acting, node: "StageNode", earlier: list[Stage]) -> None:
    phase = node.phase
    if phase == Phase.SUBMIT and any(stage.step == node.name for stage in earlier):
        phase = Phase.CORRECT
    if phase == act.case.phase:
        return
    act.change(phase=phase, phase_since=act.at)
    usually = act.case.policy.parameters.get("usually_done_working_days")
    if phase == Phase.IN_PROCESS and usually:  # counted anew after a correction, never moved by a late office
        act.change(expected_on=localdate(due_after(act.at, usually)[0]))
