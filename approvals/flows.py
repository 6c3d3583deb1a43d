"""The flows that exist, by name, without this room knowing any of them."""

from viewflow.workflow import chart
from viewflow.workflow.base import Node

from approvals.case_flow import CaseFlow


def flow_named(name: str) -> type[CaseFlow] | None:
    """Find a flow by its name; a flow is known as soon as its room was loaded."""
    return next((flow for flow in CaseFlow.__subclasses__() if flow.name == name), None)


def all_flows() -> list[type[CaseFlow]]:
    """List the flows."""
    return [flow for flow in CaseFlow.__subclasses__() if flow.name]


def in_order(flow: type[CaseFlow]) -> list[Node]:
    """List the steps of a flow as one meets them; Viewflow itself keeps them by the alphabet."""
    return chart.topsort(flow)[0]
