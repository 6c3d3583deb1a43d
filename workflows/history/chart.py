"""The drawing of a flow and its BPMN file, and the same in words."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from math import ceil
from pathlib import Path
from textwrap import wrap

from django.conf import settings
from django.template.loader import render_to_string
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import gettext as _
from django.utils.translation import pgettext
from viewflow.workflow.base import Node

from approvals.case_flow import CaseFlow
from approvals.enums import Outcome
from approvals.flows import in_order
from approvals.nodes import End, Letters, StageNode, Wait, Work
from workflows.appointment_review.enums import Track
from workflows.history.layout import Box, Page

LINE = 24  # from one line of words to the next
LETTERS = 16  # narrow ones in one line
WIDE = 0x2E80  # from here on letters are twice as wide


@dataclass(frozen=True)
class Way:
    """One step of the flow in words, the twin of its shape in the drawing.

    Attributes:
        name: Name of the step.
        ways: Pairs of how one leaves it and where that leads; the first word is empty where there is one way only.
        back: Steps it may be returned to.
        climbs: It opens again at the next Party level.
        state: Status of its last task in a case; empty without one.
        current: The case stands here.
    """

    name: str
    ways: list[tuple[str, str]]
    back: str
    climbs: bool
    state: str
    current: bool


def svg(
    flow: type[CaseFlow], *, states: Mapping[str, str] | None = None, current: str = "", styled: bool = False
) -> SafeString:
    """Draw a flow.

    Args:
        flow: The flow.
        states: Status of the last task of each step of a case; none for the flow itself.
        current: Where the case stands.
        styled: Carry the styles inside, for a file that stands alone.

    Returns:
        An ``svg`` element without scripts; its styles come from ``static/css/chart.css`` unless it carries them.
    """
    states = states or {}
    page = Page(flow)
    shapes = [
        {
            "box": box,
            "texts": list(_texts(box)),
            "loop": _loop(box),
            "status": states.get(box.node.name, "").lower(),
            "partly": len(getattr(box.node, "only", None) or ()) == 1,
        }
        for box in page.boxes.values()
    ]
    facts = {
        "page": page,
        "shapes": shapes,
        "partly": any(shape["partly"] for shape in shapes),
        "arrows": sorted(page.arrows, key=lambda arrow: arrow.main),
        "name": flow.process_title,
        "words": _("The steps row by row; the list beside the drawing says the same in words."),
        "current": current,
        "styles": (Path(settings.BASE_DIR) / "static/css/chart.css").read_text() if styled else "",
    }
    return mark_safe(render_to_string("viewflow/workflow/graph.svg", facts))  # noqa: S308 - our own template


def bpmn(flow: type[CaseFlow]) -> str:
    """Write a flow as BPMN 2.0."""
    page = Page(flow)
    facts = {"page": page, "boxes": page.boxes.values(), "name": flow.process_title, "process": f"process_{flow.name}"}
    return render_to_string("viewflow/workflow/graph.bpmn", facts).lstrip()


def ways_of(flow: type[CaseFlow], states: Mapping[str, str], current: str = "") -> Iterator[Way]:
    """Tell a flow in words, step by step.

    Args:
        flow: The flow.
        states: Status of the last task of each step of a case.
        current: Where the case stands.
    """
    for node in in_order(flow):
        if isinstance(node, End):
            arrows = []
        elif isinstance(node, StageNode) and len(node.arrows) > 1:
            arrows = [(str(Outcome(name).label), str(to.task_title)) for name, to in node.arrows.items()]
        else:
            arrows = [("", str(edge.dst.task_title)) for edge in node._outgoing()]
        back = pgettext("between names", ", ").join(str(target.task_title) for target in getattr(node, "back", []))
        climbs = bool(getattr(node, "climbs", False))
        yield Way(str(node.task_title), arrows, back, climbs, states.get(node.name, ""), node.name == current)


def _texts(box: Box) -> Iterator[tuple[str, str, int, int]]:
    """Give the lines of a shape: words, class, and where their middle is, counted from its corner."""
    lines = _lines(str(box.node.task_title))
    first = box.height + LINE - 4 if box.round else (box.height - (len(lines) - 1) * LINE) // 2 + 2
    if not box.round:
        yield _kind(box.node), "chart-note", box.width // 2, 16
    for number, line in enumerate(lines):
        yield line, "chart-name", box.width // 2, first + number * LINE
    only = getattr(box.node, "only", None) or ()
    if len(only) == 1:
        yield str(Track(next(iter(only))).label), "chart-note", box.width // 2, box.height - 14


def _lines(title: str) -> list[str]:
    if all(ord(letter) < WIDE for letter in title):
        return wrap(title, LETTERS)
    long = ceil(len(title) / ceil(len(title) * 2 / LETTERS))
    return [title[i : i + long] for i in range(0, len(title), long)]


def _kind(node: Node) -> str:
    """Say in a word how a step is done."""
    if isinstance(node, Wait):
        return pgettext("kind of step", "waits")
    if isinstance(node, Letters):
        return pgettext("kind of step", "departments answer")
    if isinstance(node, Work):
        return pgettext("kind of step", "by the person") if node.of_person else pgettext("kind of step", "handed in")
    if isinstance(node, StageNode):
        return pgettext("kind of step", "people decide")
    return pgettext("kind of step", "by the system")


def _loop(box: Box) -> dict[str, object] | None:
    """Say what leads a step back to itself, None where nothing does."""
    node = box.node
    if not getattr(node, "loops", False):
        return None
    again = [str(Outcome(name).label) for name, to in node.arrows.items() if to is node]
    words = " / ".join(again) or pgettext("drawing", "next level up")
    return {"words": words, "right": box.width - 50, "left": 50, "middle": box.width // 2}
