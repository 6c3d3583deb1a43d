"""The drawing of a flow and its BPMN, laid out by Viewflow, drawn with our templates."""

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from textwrap import wrap

from django.conf import settings
from django.template.loader import render_to_string
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import gettext as _
from django.utils.translation import pgettext
from viewflow.workflow import chart

from approvals.enums import Outcome
from approvals.flows import in_order
from approvals.models import Case
from approvals.nodes import CaseFlow, End, StageNode

MARGIN = 12
LINE = 24
LETTERS = 14
ROOM_BELOW = 40
ROOM_FOR_A_WORD = 60


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


def svg(flow: type[CaseFlow], *, case: Case | None = None, styled: bool = False) -> SafeString:
    """Draw a flow.

    Args:
        flow: The flow.
        case: Marks the steps by how far this case is.
        styled: Carry the styles inside, for a file that stands alone.

    Returns:
        An ``svg`` element without scripts; its styles come from ``static/css/chart.css`` unless it carries them.
    """
    grid = _grid(flow)
    if case is not None:
        chart.calc_cell_status(flow, grid, case.pk)
    for cell in grid.cells:
        cell.shape.text = list(_texts(cell))
    grid.drawn_width, grid.drawn_height = grid.width + 2 * MARGIN, grid.height + 2 * MARGIN
    facts = {
        "grid": grid,
        "cells": list(grid.cells),
        "edges": grid.edges,
        "name": flow.process_title,
        "words": _("The steps from left to right; the list beside the drawing says the same in words."),
        "current": case.step if case else "",
        "styles": (Path(settings.BASE_DIR) / "static/css/chart.css").read_text() if styled else "",
    }
    return mark_safe(render_to_string("viewflow/workflow/graph.svg", facts))  # noqa: S308 - our own template


def bpmn(flow: type[CaseFlow]) -> str:
    """Write a flow as BPMN 2.0."""
    return chart.grid_to_bpmn(_grid(flow)).lstrip()


def ways_of(flow: type[CaseFlow], states: dict[str, str], current: str = "") -> Iterator[Way]:
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


def _grid(flow: type[CaseFlow]) -> chart.Grid:
    grid = chart.calc_layout_data(flow)
    grid.height += ROOM_BELOW
    for edge in grid.edges:
        (x1, y1), (x2, y2) = edge.segments[:2]
        if y1 == y2 and x2 - x1 < ROOM_FOR_A_WORD:  # the main way between neighbors; the list beside it names it
            edge.label_pos = None
        elif edge.label_pos and x1 == x2 and y2 > y1:  # Viewflow sets it for smaller letters than ours
            edge.label_pos = (edge.label_pos[0], edge.label_pos[1] + 8)
    return grid


def _texts(cell: chart.Cell) -> Iterator[tuple[str, str, int, int, int]]:
    title, shape = str(cell.node.task_title), cell.shape
    narrow = all(ord(letter) < 0x2E80 for letter in title)
    lines = wrap(title, LETTERS) if narrow else [title[i : i + 7] for i in range(0, len(title), 7)]
    middle = shape.height // 2 if shape.width > 100 else shape.height + LINE - 4
    for number, line in enumerate(lines):
        offset = (2 * number - len(lines) + 1) * LINE // 2 if shape.width > 100 else number * LINE
        yield line, "chart-name", LINE, shape.width // 2, middle + offset
