"""What all our flows have in common: their settings, and the questions that the engine puts to them."""

from collections.abc import Collection, Mapping
from datetime import datetime

from viewflow.workflow import lock
from viewflow.workflow.base import Flow

from approvals.actions.acting import Acting
from approvals.models import Case, Stage
from organizations.models import Department, PartyOrganization


class CaseFlow(Flow):
    """Settings common to our flows; never nodes, because a flow with nodes cannot be subclassed."""

    lock_impl = lock.no_lock  # the lock is ours: approvals.actions.acting (docs/adr/0003-locks.md)
    name = ""
    parameters: tuple[str, ...] = ()  # numbers of the policy that the flow reads
    choices: Mapping[str, tuple[str, ...]] = {}  # what a policy chooses, with the words that may stand
    least: Mapping[str, int] = {}  # the smallest number a policy may set, by name
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
    def problems_of_policy(cls, document: Mapping) -> list[tuple[str, str]]:
        """List what of a policy contradicts itself: pairs of where and what; asked once everything else fits."""
        return []

    @classmethod
    def check_decision(cls, *, case: Case, step: str, verb: str, reason: str, at: datetime) -> None:
        """Refuse a decision that the rules of the flow do not allow; raises a ``Refusal``."""

    @classmethod
    def decides_on(cls, cases: Collection[int], step: str) -> Collection[tuple[int, int]]:
        """Pair cases, given by their keys, with the accounts besides the person concerned that a step decides about."""
        return ()

    @classmethod
    def may_close(cls, *, case: Case, stage: Stage, at: datetime) -> bool:
        """Say whether a stage whose time ran out may close by itself now."""
        return True

    @classmethod
    def asks_for(cls, case: Case, step: str) -> bool:
        """Say whether a case takes a step that its track and its policy ask for."""
        return True

    @classmethod
    def due_after(cls, case: Case, step: str) -> tuple[datetime, int] | None:
        """Count the time of a step in plain days from a moment of its own; None leaves it to the policy."""
        return None

    @classmethod
    def went_on(cls, act: Acting) -> None:
        """Let what waits elsewhere go on after an act; called in its transaction, with the matter's path locked."""

    @classmethod
    def departments(cls, case: Case, organization: PartyOrganization) -> list[Department]:
        """List the departments that letters about a case go to."""
        return []
