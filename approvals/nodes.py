"""The words flows are written in: ``Approval``, ``Work``, ``Letters``, ``Notice``, ``Wait``, ``Act`` and their kin.

Every step at which people speak is one node. Opened, it makes one Viewflow task, one stage and its seats; decisions do
not touch the task until the rule of the stage is met; then it leaves by the arrow of its outcome. A step that does not
apply to the track of a case is walked past and leaves no row.
"""

from collections.abc import Callable, Iterator

from django.utils.translation import gettext_lazy as _
from viewflow import this
from viewflow.workflow.activation import Activation
from viewflow.workflow.base import Edge, Node
from viewflow.workflow.context import Context, context
from viewflow.workflow.nodes import end, func, mixins, start
from viewflow.workflow.status import STATUS

from approvals.actions.cases import close_case
from approvals.actions.seating import SeatPlan
from approvals.actions.stages import close_stage, open_stage
from approvals.enums import Outcome, Phase, Rule, SeatOrigin, Verb
from approvals.models import Case, Stage
from approvals.queries import policy_steps, stages_of
from organizations.models import PartyOrganization


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
        task.previous.through.objects.create(from_task=task, to_task=prev_activation.task)  # ``add`` would look first
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
        once_agreed: Kind of message that tells the person when it was agreed to; empty for none.
        stands_for: Step that a refusal here leads back to, where this one cannot be taken up again.
        address: Where it is acted on, with ``{number}`` and ``{matter}``; empty for the page of its seat.
        together: Question with ``{n}`` about several cases at once; empty where each is looked at by itself.
    """

    activation_class = StageActivation
    task_type = "HUMAN"
    verbs: tuple[str, ...] = ()
    of_person = False  # whether the person concerned is asked
    rule = ""  # the only rule that fits this kind; empty where the policy chooses
    message = "seat_opened"
    bpmn_element = "userTask"

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
        once_agreed: str = "",
        stands_for: object = None,
        address: str = "",
        together: object = "",
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
        self.once_agreed = once_agreed
        self.stands_for = stands_for
        self.address = address
        self.together = together
        self.arrows: dict[str, Node] = {}

    def On(self, **arrows) -> "StageNode":
        """Name the next step for each outcome; the first arrow is the main way."""
        self.arrows = arrows
        return self

    def _resolve(self, instance) -> None:
        self.arrows = {outcome: this.resolve(instance, target) for outcome, target in self.arrows.items()}
        self.back = [this.resolve(instance, target) for target in self.back]
        self.stands_for = this.resolve(instance, self.stands_for) if self.stands_for else self

    def _outgoing(self) -> Iterator[Edge]:
        targets: dict[Node, list[str]] = {}
        for outcome, target in self.arrows.items():
            if target is self:  # drawn as a loop of the step, not as an arrow
                continue
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
        """Say whether the track of a case asks for this step, and the policy too."""
        if self.only is not None and case.track not in self.only:
            return False
        step = policy_steps(case.policy_id).get((self.name, self.level_name(decides=True)))
        if step is None or (step.tracks is not None and case.track not in step.tracks):
            return False
        return self.flow_class.asks_for(case, self.name)

    @property
    def loops(self) -> bool:
        """Say whether the step may open again right after itself."""
        return self.climbs or self in self.arrows.values()

    @property
    def loop_condition(self) -> str:
        """Say when it opens again, as a condition of the exported drawing."""
        if self.climbs:
            return 'outcome == "agreed" and not decides'
        return " or ".join(f'outcome == "{outcome}"' for outcome, target in self.arrows.items() if target is self)

    def level_name(self, decides: bool) -> str:
        """Name the level of a policy's step: only climbing ones tell forwarding from deciding bodies."""
        return ("deciding" if decides else "forwarding") if self.climbs else ""

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
        return [node for node in steps if refused and node == self.flow_class.instance.node(refused[-1]).stands_for]

    def asks(self, case: Case) -> str:
        """Put the question of this step about a case."""
        return str(self.question).format(name=case.subject_name, subject=self.flow_class.subject_of(case))

    def link(self, case: Case) -> str:
        """Give the address where the step is acted on."""
        return self.address.format(number=case.number, matter=case.matter.number) or "/inbox/"


class Approval(StageNode):
    """People decide: agree, refuse, or return."""

    verbs = (Verb.AGREE, Verb.REFUSE, Verb.RETURN)


class Work(StageNode):
    """Somebody hands something in: the person concerned, or with an address of its own the office or the branch."""

    verbs = (Verb.HAND_IN,)
    message = "work_asked"
    bpmn_element = "manualTask"

    @property
    def of_person(self) -> bool:
        """Say whether the person concerned hands in."""
        return not self.address

    def link(self, case: Case) -> str:
        """Lead the candidate to the case, others to where the work is done."""
        return super().link(case) if self.address else f"/my/{case.number}/"


class Letters(StageNode):
    """Departments are asked by letter; the step is done once each has answered or the chair goes on without."""

    verbs = (Verb.ANSWER, Verb.WAIVE)
    rule = Rule.LETTERS
    bpmn_element = "sendTask"

    def asked(self, case: Case, organization: PartyOrganization) -> list[SeatPlan]:
        """Plan one seat for each department that has to answer."""
        return [
            SeatPlan(organization, [], SeatOrigin.POLICY, department=department.pk)
            for department in self.flow_class.departments(case, organization)
        ]


class Notice(StageNode):
    """The public may object; afterwards it is said whether anything stands in the way."""

    verbs = (Verb.CLEAR, Verb.REFUSE, Verb.CHANGE)
    bpmn_element = "userTask"


class Wait(StageNode):
    """The case waits for what happens elsewhere in its matter; nobody decides here."""

    verbs = ()
    rule = Rule.WAIT
    bpmn_element = "receiveTask"


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
