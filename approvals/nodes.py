"""The words flows are written in: ``Approval``, ``Work``, ``Act``, ``Start``, ``End`` and ``CaseFlow``.

Every step at which people speak is one node. Opened, it makes one Viewflow task, one stage and its seats; decisions do
not touch the task until the rule of the stage is met; then it leaves by the arrow of its outcome. A step that does not
apply to the track of a case is walked past and leaves no row.
"""

from collections.abc import Callable, Iterator
from datetime import datetime

from django.utils.translation import gettext_lazy as _
from viewflow import this
from viewflow.workflow import lock
from viewflow.workflow.activation import Activation
from viewflow.workflow.base import Edge, Flow, Node
from viewflow.workflow.context import Context, context
from viewflow.workflow.nodes import end, func, mixins, start
from viewflow.workflow.status import STATUS

from approvals.actions.cases import close_case
from approvals.actions.stages import close_stage, open_stage
from approvals.enums import Outcome, Phase, Verb
from approvals.models import Case, Stage
from approvals.queries import stages_of


class CaseFlow(Flow):
    """Settings common to our flows; never nodes, because a flow with nodes cannot be subclassed."""

    lock_impl = lock.no_lock  # the lock is ours: approvals.actions.acting (docs/adr/0003-locks.md)
    name = ""
    parameters: tuple[str, ...] = ()  # numbers of the policy that the flow reads
    beside: tuple[str, ...] = ()  # rows beside a case that its questions read, as names of relations

    @classmethod
    def subject_of(cls, case: Case) -> str:
        """Say in a few words what a case is about."""
        return case.subject_name

    @classmethod
    def red_findings(cls, case: Case, step: str) -> int:
        """Count the findings of a case that hinder or ask for a reason at a step."""
        return 0

    @classmethod
    def check_decision(cls, *, case: Case, step: str, verb: str, reason: str, at: datetime) -> None:
        """Refuse a decision that the rules of the flow do not allow; raises a ``Refusal``."""


class StageActivation(Activation):
    """Opens a stage and waits until it is settled."""

    def __init__(self, task) -> None:
        super().__init__(task)
        self.stage: Stage | None = None

    @classmethod
    def create(cls, flow_task, prev_activation, token, data=None, seed=None) -> "StageActivation":
        """Write the task as started at once; it is opened a moment later in the same act."""
        task = flow_task.flow_class.task_class(
            process=prev_activation.process,
            flow_task=flow_task,
            token=token,
            status=STATUS.STARTED,
            started=context.act.at,
        )
        task.save()
        task.previous.add(prev_activation.task)
        task.status = STATUS.NEW
        return cls(task)

    @Activation.status.transition(source=STATUS.NEW, target=STATUS.STARTED)
    def activate(self) -> None:
        """Open the stage with its seats."""
        self.stage = open_stage(act=context.act, task=self.task, node=self.flow_task)

    def settled(self) -> bool:
        """Say whether the stage has its outcome."""
        return self.stage.outcome != ""

    @Activation.status.transition(source=STATUS.STARTED, target=STATUS.DONE, conditions=[settled])
    def complete(self) -> None:
        """Finish the task once the stage is settled."""
        super().complete.original()

    @Activation.status.transition(source=STATUS.DONE)
    def create_next(self) -> Iterator[Activation]:
        """Leave by the arrow of the outcome, back to the step named by a return, or one level higher."""
        node = self.flow_task.way_on(self.stage)
        yield node._create(self, self.task.token)

    @Activation.status.transition(source=STATUS.STARTED, target=STATUS.CANCELED)
    def cancel(self) -> None:
        """Withdraw the stage with the task."""
        close_stage(act=context.act, stage=self.task.stage, outcome=Outcome.WITHDRAWN)
        self.task.finished = context.act.at
        self.task.save()


class StageNode(Node):
    """A step at which people speak.

    Args:
        title: Its name, as people read it.
        only: Tracks that ask for it; None for all.
        back: Steps it may be returned to.
        climbs: Whether it opens again one organization higher, up to the authority.
        phase: What the candidate is told while it is open.
        question: Sentence with ``{name}`` or ``{subject}`` that yes or no answers.
        verbs: Answers offered, when they differ from the kind's own.
        back_to_refuser: Whether a return may only lead to the step that refused.
        message: Kind of message that tells those who find it in their inbox.
    """

    activation_class = StageActivation
    task_type = "HUMAN"
    verbs: tuple[str, ...] = ()
    main_outcome = ""
    message = "seat_opened"
    bpmn_element = "userTask"
    shape = {
        "width": 150,
        "height": 100,
        "text-align": "middle",
        "svg": '<rect class="task" width="150" height="100" rx="5" ry="5"/>',
    }

    def __init__(
        self,
        title,
        *,
        only: set[str] | None = None,
        back: list | None = None,
        climbs: bool = False,
        phase: str = Phase.IN_PROCESS,
        question: object = "",
        verbs: tuple[str, ...] | None = None,
        back_to_refuser: bool = False,
        message: str = "",
    ) -> None:
        super().__init__()
        self.task_title = title
        self.only = only
        self.back = back or []
        self.climbs = climbs
        self.phase = phase
        self.question = question
        self.verbs = verbs or self.verbs
        self.back_to_refuser = back_to_refuser
        self.message = message or self.message
        self.arrows: dict[str, Node] = {}

    def On(self, **arrows) -> "StageNode":
        """Name the next step for each outcome; the first arrow is the main way."""
        self.arrows = arrows
        return self

    def _resolve(self, instance) -> None:
        self.arrows = {outcome: this.resolve(instance, target) for outcome, target in self.arrows.items()}
        self.back = [this.resolve(instance, target) for target in self.back]

    def _outgoing(self) -> Iterator[Edge]:
        targets: dict[Node, list[str]] = {}
        for outcome, target in self.arrows.items():
            targets.setdefault(target, []).append(str(Outcome(outcome).label))
        for target, labels in targets.items():  # two outcomes to one target are one arrow in the chart
            yield Edge(
                src=self, dst=target, edge_class="next", label=" / ".join(labels) if len(self.arrows) > 1 else None
            )

    def _create(self, prev_activation, token, data=None, seed=None) -> Activation:
        case = context.act.case
        if not self.applies(case):
            return next(iter(self.arrows.values()))._create(prev_activation, token)
        return super()._create(prev_activation, token, data=data, seed=seed)

    def applies(self, case: Case) -> bool:
        """Say whether the track of a case asks for this step."""
        return self.only is None or case.track in self.only

    def way_on(self, stage: Stage) -> Node:
        """Name the node after a settled stage."""
        if stage.outcome == Outcome.RETURNED:
            return self.flow_class.instance.node(stage.goes_to)
        if self.climbs and stage.outcome == Outcome.AGREED and not stage.decides:
            return self
        return self.arrows[stage.outcome]

    def way_back(self, case: Case) -> list["StageNode"]:
        """List the steps this one may return a case to."""
        steps = [node for node in self.back if node.applies(case)]
        if not self.back_to_refuser:
            return steps
        refused = [stage.step for stage in stages_of(case) if stage.outcome == Outcome.REFUSED]
        return [node for node in steps if refused and node.name == refused[-1]]

    def asks(self, case: Case) -> str:
        """Put the question of this step about a case."""
        return str(self.question).format(name=case.subject_name, subject=self.flow_class.subject_of(case))

    def link(self, case: Case) -> str:
        """Give the address where the step is acted on."""
        return "/inbox/"


class Approval(StageNode):
    """People decide: agree, refuse, or return."""

    verbs = (Verb.AGREE, Verb.REFUSE, Verb.RETURN)


class Work(StageNode):
    """Somebody hands something in."""

    verbs = (Verb.HAND_IN,)
    message = "work_asked"
    bpmn_element = "manualTask"

    def link(self, case: Case) -> str:
        """Lead the candidate to the case."""
        return f"/my/{case.number}/"


class Act(func.Function):
    """The system does something at once, inside the same transaction.

    Args:
        verb: Called with the act.
        title: Its name, as people read it.
        only: Tracks that ask for it; None for all.
    """

    def __init__(self, verb: Callable, title, *, only: set[str] | None = None) -> None:
        super().__init__(self._run)
        self.verb = verb
        self.task_title = title
        self.only = only

    def _run(self, activation: Activation) -> None:
        node = activation.flow_task
        node.verb(context.act)
        context.act.log("step.done", step=(node.name, node.task_title))

    def _create(self, prev_activation, token, data=None, seed=None) -> Activation:
        if self.only is not None and context.act.case.track not in self.only:
            return self._next._create(prev_activation, token)
        return super()._create(prev_activation, token, data=data, seed=seed)


class StartActivation(start.StartActivation):
    """Starts a case from code."""


class Start(mixins.NextNodeMixin, Node):
    """Where a case begins; verbs call ``begin``."""

    activation_class = StartActivation
    task_type = "START"
    bpmn_element = "startEvent"
    shape = start.StartHandle.shape

    def __init__(self) -> None:
        super().__init__()
        self.task_title = _("Opened")

    def begin(self, make_act: Callable) -> Case:
        """Save the process, let the verb make the case beside it, and go on to the first step.

        Args:
            make_act: Called with the saved process; returns the act on the new case, already entered in the chain.

        Returns:
            The case.
        """
        activation = self.activation_class.create(self, None, None)
        activation.process.save()
        act = make_act(activation.process)
        with Context(act=act):
            activation.complete()
            activation.activate_next()
        act.finish()
        return act.case


class EndActivation(end.EndActivation):
    """Closes the case with the process."""

    @Activation.status.super()
    def activate(self) -> None:
        """Finish the process and close the case."""
        super().activate.original()
        close_case(context.act, self.flow_task.state, step=(self.flow_task.name, self.flow_task.task_title))


class End(end.End):
    """Where a case ends.

    Args:
        title: Its name, as people read it.
        state: How the case stands then.
    """

    activation_class = EndActivation

    def __init__(self, title, state: str) -> None:
        super().__init__()
        self.task_title = title
        self.state = state
