"""The steps of a case as a list from top to bottom: what was done, where it stands, what is still to come."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime

from django.utils.formats import date_format
from django.utils.timezone import localdate
from django.utils.translation import gettext as _
from django.utils.translation import ngettext, pgettext
from viewflow.workflow.base import Node
from viewflow.workflow.models import Task
from viewflow.workflow.status import STATUS

from approvals.enums import CaseState, Outcome
from approvals.models import Case, Stage
from approvals.nodes import End, StageNode, Start
from approvals.wording import TOLD
from organizations.calendar import working_days_left

STATES = {Outcome.REFUSED: "refused", Outcome.RETURNED: "returned", Outcome.WITHDRAWN: "deferred"}


@dataclass
class Step:
    """One line of the list.

    Attributes:
        name: Name of the step.
        state: done, now, returned, deferred, refused or open.
        line: Second line.
        late: The second line tells of lateness.
        stages: The stages behind it.
    """

    name: str
    state: str = "open"
    line: str = ""
    late: bool = False
    stages: list[Stage] = field(default_factory=list)


def steps_of(case: Case, tasks: Sequence[Task], stages: Sequence[Stage], *, on: date) -> list[Step]:
    """List the steps of a case, those reached and those that still lie on the main way.

    Args:
        case: The case with its process.
        tasks: Its Viewflow tasks in order.
        stages: Its stages in order.
        on: Today.

    Returns:
        One line per step, a climbing step once per organization.
    """
    by_task, lines, reached = {stage.task_id: stage for stage in stages}, {}, None
    for task in tasks:
        node, stage = task.flow_task, by_task.get(task.pk)
        if isinstance(node, Start):
            continue
        line = lines.setdefault(
            (node.name, stage.organization_id if stage and node.climbs else 0), Step(_name(node, stage))
        )
        if stage:
            line.stages.append(stage)
            reached = stage.closed_at
        else:
            line.state = "done" if task.status == STATUS.DONE else "now"
            line.line = day_text(task.finished and (reached or task.finished))
        if isinstance(node, End):
            line.state = "done" if case.state == CaseState.DONE else "refused"
            line.line = day_text(case.closed_at)
    for line in lines.values():
        if line.stages:
            _tell(line, on)
    steps = list(lines.values())
    if case.state == CaseState.OPEN:
        return steps + [Step(_name(node, None)) for node in _ahead(case, tasks[-1].flow_task)]
    if case.state in (CaseState.WITHDRAWN, CaseState.ENDED):
        steps.append(Step(case.get_state_display(), "deferred", day_text(case.closed_at)))
    return steps


def day_text(moment: datetime | None) -> str:
    """Write the day of a moment: 11月19日."""
    return date_format(localdate(moment), pgettext("format of a day", "j M")) if moment else ""


def _name(node: Node, stage: Stage | None) -> str:
    title = str(node.task_title)
    if stage and node.climbs:
        return _("{step}: {organization}").format(step=title, organization=stage.organization_name)
    return title


def _ahead(case: Case, node: Node) -> Iterator[Node]:
    seen = {node}
    while not isinstance(node, End):
        node = next(edge.dst for edge in node._outgoing())
        if node in seen:
            return
        seen.add(node)
        if _asked_for(case, node):
            yield node


def _asked_for(case: Case, node: Node) -> bool:
    """Say whether the track of a case, and the policy, ask for a step."""
    if isinstance(node, StageNode):
        return node.applies(case)
    return getattr(node, "only", None) is None or case.track in node.only


def _tell(line: Step, on: date) -> None:
    last = line.stages[-1]
    returned = sum(stage.outcome == Outcome.RETURNED for stage in line.stages)
    over = _days_over(last, on)
    if last.outcome:
        line.state = STATES.get(last.outcome, "done")
        line.line = _("{day}: {outcome}").format(day=day_text(last.closed_at), outcome=TOLD[last.outcome][1])
    else:
        line.state = "now"
        line.line = _("due on {day}").format(day=day_text(last.due_at)) if last.due_at else ""
    if over:
        line.line, line.late = ngettext("{n} working day late", "{n} working days late", over).format(n=over), True
    elif returned and last.outcome != Outcome.RETURNED:
        line.line = ngettext("returned {n} time", "returned {n} times", returned).format(n=returned)


def _days_over(stage: Stage, on: date) -> int:
    if not stage.due_at:
        return 0
    return max(-working_days_left(localdate(stage.closed_at) if stage.closed_at else on, stage.due_at), 0)
