"""Counts the statements of each act of a generated year."""

import sys
import time
from collections import defaultdict
from collections.abc import Callable
from functools import cache
from pathlib import Path
from types import FrameType

from config.settings import BASE_DIR

ROOMS = ("approvals", "workflows", "organizations", "notifications", "audit")
QUARTER = 4


class Meter:
    """Notes for every act how many statements it took; goes into `connection.execute_wrapper`.

    An act is the outermost function of an `actions` module (or the sweep) on the stack; what the script itself
    reads is not counted.

    Attributes:
        calls: For each act by name, the statements of each time it was done, in that order.
        seconds: For each act by name, the seconds inside the database.
    """

    def __init__(self) -> None:
        self.calls: dict[str, list[int]] = defaultdict(list)
        self.seconds: dict[str, float] = defaultdict(float)
        self._now: FrameType | None = None

    def __call__(self, execute: Callable, sql: str, params: object, many: bool, context: dict) -> object:
        """Count one statement and run it."""
        act = _outermost_act(sys._getframe(1))
        if act is None:
            return execute(sql, params, many, context)
        name = act.f_code.co_name
        if act is not self._now:  # the frame is held, so that no later call can be taken for it
            self._now = act
            self.calls[name].append(0)
        self.calls[name][-1] += 1
        began = time.perf_counter()
        try:
            return execute(sql, params, many, context)
        finally:
            self.seconds[name] += time.perf_counter() - began

    def lines(self) -> list[str]:
        """Tell the acts, those with the most statements each first: how often, on average, early, late and at most."""
        rows = []
        for name, counts in self.calls.items():
            part = max(1, len(counts) // QUARTER)
            rows.append((_mean(counts), name, len(counts), _mean(counts[:part]), _mean(counts[-part:]), max(counts)))
        return [
            f"{name}: {times} times, {mean:.0f} statements each "
            f"(first quarter {early:.0f}, last {late:.0f}, most {most}), {self.seconds[name] * 1000 / times:.0f} ms"
            for mean, name, times, early, late, most in sorted(rows, reverse=True)
        ]


def _mean(counts: list[int]) -> float:
    return sum(counts) / len(counts)


def _outermost_act(frame: FrameType | None) -> FrameType | None:
    found = None
    while frame is not None:
        if _is_act(frame.f_code.co_filename):
            found = frame
        frame = frame.f_back
    return found


@cache
def _is_act(filename: str) -> bool:
    try:
        path = Path(filename).relative_to(BASE_DIR)
    except ValueError:
        return False
    return path.parts[0] in ROOMS and ("actions" in path.parts or path.name in ("actions.py", "sweep.py"))
