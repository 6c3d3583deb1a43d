"""Where the shapes and arrows of a flow lie on the page; the drawing and the BPMN file share it.

The main way reads like a text: from left to right, row under row. What lies beside it (refusals and what follows them)
fills the last row. The main way leaves a shape on its right and comes in on the left; every other arrow leaves below,
runs in a lane between the rows, and lanes that lead to the same place are one lane. Arrows back along a row, and
loops, run above it.
"""

from collections.abc import Sequence
from dataclasses import dataclass, field

from viewflow.workflow.base import Node

from approvals.case_flow import CaseFlow
from approvals.flows import in_order

COLUMNS = 7
WIDTH, HEIGHT, ROUND = 190, 110, 50  # of a shape; of a start or an end
PITCH = 244  # from one shape to the next
BETWEEN = 144  # from the foot of a row to the head of the next
LANE = 24  # from one lane to the next
FIRST_LANE = 38  # below the foot of a row, so that a word stands between
LANE_ABOVE = 30  # above the head of a row
SIDE = 74  # beside the rows: lanes from row to row
TOP, FOOT = 110, 66
LEGEND = 740  # room for the explanation at the upper right

Point = tuple[int, int]


@dataclass
class Box:
    """One step on the page: its node, row and column, and the place of its shape in units of the drawing."""

    node: Node
    row: int
    col: int

    @property
    def round(self) -> bool:
        """Say whether it is a start or an end."""
        return self.node.task_type in ("START", "END")

    @property
    def width(self) -> int:
        """Give the width of the shape."""
        return ROUND if self.round else WIDTH

    @property
    def height(self) -> int:
        """Give the height of the shape."""
        return ROUND if self.round else HEIGHT

    @property
    def x(self) -> int:
        """Give the left edge."""
        return self.middle - self.width // 2

    @property
    def y(self) -> int:
        """Give the upper edge."""
        return self.center - self.height // 2

    @property
    def right(self) -> int:
        """Give the right edge."""
        return self.x + self.width

    @property
    def foot(self) -> int:
        """Give the lower edge."""
        return self.y + self.height

    @property
    def middle(self) -> int:
        """Give the middle from left to right."""
        return SIDE + self.col * PITCH + WIDTH // 2

    @property
    def center(self) -> int:
        """Give the middle from top to bottom."""
        return TOP + self.row * (HEIGHT + BETWEEN) + HEIGHT // 2


@dataclass
class Arrow:
    """One arrow: where from, where to, its corners, its word and where that begins, whether it is the main way."""

    src: Node
    dst: Node
    label: str
    main: bool
    points: list[Point] = field(default_factory=list)
    label_at: Point | None = None
    anchor: str = "start"  # which part of the word stands there: start, middle or end


class Page:
    """A flow laid out on a page."""

    def __init__(self, flow: type[CaseFlow]) -> None:
        nodes = in_order(flow)
        self.main = _main_way(nodes)
        self.boxes = {node: Box(node, *divmod(n, COLUMNS)) for n, node in enumerate(self.main)}
        self.rows = self.boxes[self.main[-1]].row + 1
        self._place_beside([node for node in nodes if node not in self.boxes])
        self.width = 2 * SIDE + (COLUMNS - 1) * PITCH + WIDTH
        self.arrows = [self._arrow(edge) for node in nodes for edge in node._outgoing()]
        self.legend_x = self.width - LEGEND
        self.height = max(box.center for box in self.boxes.values()) + HEIGHT // 2 + FOOT

    def _place_beside(self, nodes: Sequence[Node]) -> None:
        """Put what lies beside the main way into the last row: a chain from the left, others under where they begin."""
        chain = max((_main_way([node, *nodes]) for node in nodes), key=len, default=[])
        for col, node in enumerate(chain):
            self.boxes[node] = Box(node, self.rows, col)
        taken = set(range(len(chain)))
        for node in nodes:
            if node in self.boxes:
                continue
            wanted = max(self.boxes[edge.src].col for edge in node._incoming() if edge.src in self.boxes)
            col = next(col for col in (wanted, *range(COLUMNS - 1, -1, -1)) if col not in taken)
            self.boxes[node] = Box(node, self.rows, col)
            taken.add(col)

    def _arrow(self, edge) -> Arrow:
        src, dst = self.boxes[edge.src], self.boxes[edge.dst]
        arrow = Arrow(edge.src, edge.dst, edge.label or "", self._is_main(edge.src, edge.dst))
        if src.row == dst.row and dst.col == src.col + 1:
            arrow.points = [(src.right, src.center), (dst.x, dst.center)]
        elif arrow.main:
            arrow.points = self._to_next_row(src, dst)
        elif src.row == dst.row:
            arrow.points, arrow.label_at = _along_the_row(src, dst)
            arrow.anchor = "middle"
        else:
            arrow.points = self._leaving(src, dst)
            arrow.anchor = "end" if self._by_the_left(dst) else "start"
            arrow.label_at = (arrow.points[0][0] + (-7 if self._by_the_left(dst) else 7), src.foot + 22)
        return arrow

    def _is_main(self, src: Node, dst: Node) -> bool:
        return src in self.main and dst in self.main and self.main.index(dst) == self.main.index(src) + 1

    def _to_next_row(self, src: Box, dst: Box) -> list[Point]:
        right, left = src.right + 26, dst.x - 26
        lane = _foot_of_row(src) + FIRST_LANE + 2 * LANE
        down = [(src.right, src.center), (right, src.center), (right, lane)]
        return [*down, (left, lane), (left, dst.center), (dst.x, dst.center)]

    def _leaving(self, src: Box, dst: Box) -> list[Point]:
        """Leave the row below: by the left edge to the first column, straight down, or by the right edge."""
        lane, above = _foot_of_row(src) + FIRST_LANE, _foot_of_row(dst) - HEIGHT - LANE_ABOVE
        if self._by_the_left(dst):
            x, edge = src.x + src.width * 3 // 8, SIDE // 4
            return [(x, src.foot), (x, lane), (edge, lane), (edge, dst.center), (dst.x, dst.center)]
        x, edge = src.middle, self.width - SIDE // 4
        if src.col == dst.col and src.row < dst.row and not self._anything_between(src, dst):
            return [(x, src.foot), (x, dst.y)]
        across = [(x, lane + LANE), (edge, lane + LANE), (edge, above), (dst.middle, above)]
        return [(x, src.foot), *across, (dst.middle, dst.y)]

    def _by_the_left(self, dst: Box) -> bool:
        return dst.col == 0 and dst.row == self.rows

    def _anything_between(self, src: Box, dst: Box) -> bool:
        return any(box.col == src.col and src.row < box.row < dst.row for box in self.boxes.values())


def _main_way(nodes: Sequence[Node]) -> list[Node]:
    """Follow the first arrow of each step from the first of some, as long as it leads to another of them."""
    way = list(nodes[:1])
    while way:
        following = next((edge.dst for edge in way[-1]._outgoing()), None)
        if following not in nodes or following in way:
            break
        way.append(following)
    return way


def _along_the_row(src: Box, dst: Box) -> tuple[list[Point], Point]:
    start, end, lane = src.x + src.width // 3, dst.right - dst.width // 3, min(src.y, dst.y) - LANE_ABOVE
    return [(start, src.y), (start, lane), (end, lane), (end, dst.y)], ((start + end) // 2, lane - 8)


def _foot_of_row(box: Box) -> int:
    return box.center + HEIGHT // 2
