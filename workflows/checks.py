"""Checks the graphs at start-up: every outcome has its arrow, and nothing is used that breaks under returns."""

from django.core.checks import Error, register
from viewflow.workflow.nodes import Join, Split, Timer

from approvals.enums import Outcome, Verb
from approvals.nodes import StageNode
from workflows.registry import FLOWS

BREAK_UNDER_RETURNS = (Join, Split, Timer)
OUTCOME_OF = {
    Verb.AGREE: Outcome.AGREED,
    Verb.REFUSE: Outcome.REFUSED,
    Verb.HAND_IN: Outcome.DONE,
    Verb.ANSWER: Outcome.DONE,
    Verb.DEFER: Outcome.DEFERRED,
    Verb.CLEAR: Outcome.CLEAR,
    Verb.CHANGE: Outcome.CHANGED,
    Verb.FAIL: Outcome.FAILED,
}


@register()
def check_graphs(app_configs, **kwargs) -> list[Error]:
    """Refuse a flow in which somebody's decision would find no way on (docs/approvals.md)."""
    return [error for flow in FLOWS.values() for node in flow.instance.nodes() for error in _errors_of(node)]


def _errors_of(node) -> list[Error]:
    if isinstance(node, BREAK_UNDER_RETURNS):
        return [Error(f"{node.name}: {type(node).__name__} breaks under returns.", id="workflows.E001", obj=node)]
    if not isinstance(node, StageNode):
        return []
    missing = [verb for verb in node.verbs if verb in OUTCOME_OF and OUTCOME_OF[verb] not in node.arrows]
    errors = [Error(f"{node.name}: no arrow for “{verb}”.", id="workflows.E002", obj=node) for verb in missing]
    if Verb.RETURN in node.verbs and not node.back:
        errors.append(Error(f"{node.name}: nowhere to return to.", id="workflows.E003", obj=node))
    return errors
