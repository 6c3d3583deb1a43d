"""The frame of every bench: contenders take turns inside each round, medians over rounds, ratios inside a round."""

import ctypes
import gc
import re
import time
from collections.abc import Callable, Sequence
from contextlib import suppress
from dataclasses import asdict, dataclass
from pathlib import Path
from statistics import median
from typing import Any


@dataclass(frozen=True)
class Contender:
    """One way of doing the same work.

    Attributes:
        name: What it is called in the table; the first contender of a bench is ours.
        run: The timed work; gets what ``prepare`` gave.
        units: How many pieces of work one run is.
        prepare: Not timed, before each run.
    """

    name: str
    run: Callable[[Any], object]
    units: int = 1
    prepare: Callable[[], Any] = lambda: None


@dataclass(frozen=True)
class Line:
    """What was measured of one contender.

    Attributes:
        bench, contender, unit: Which, and what one piece of work is.
        milliseconds: Median per piece of work.
        fastest, slowest: The best and the worst round, per piece of work.
        against_ours: Median over the rounds of this contender's time divided by ours of the same round.
        rounds: How many rounds.
        added: The most memory any of its rounds took beyond what the process held before, in MiB; 0 where the system
            does not tell.
    """

    bench: str
    contender: str
    unit: str
    milliseconds: float
    fastest: float
    slowest: float
    against_ours: float
    rounds: int
    added: int = 0

    def as_json(self) -> dict[str, object]:
        """Give the line as JSON."""
        return asdict(self)


def measure(bench: str, contenders: Sequence[Contender], *, unit: str, rounds: int) -> list[Line]:
    """Let contenders take turns and compare them.

    Args:
        bench, unit: Names for the table.
        contenders: Ours first; each round begins with another one, so that none always runs on a warm cache.
        rounds: At least five for a median worth reading; one more is run first and thrown away.

    Returns:
        One line for each contender, in their order.
    """
    times: list[list[float]] = [[] for _ in contenders]
    added = [0 for _ in contenders]
    for number in range(rounds + 1):
        for turn in range(len(contenders)):
            place = (turn + number) % len(contenders)
            spent, more = _timed(contenders[place])
            added[place] = max(added[place], more)
            if number:
                times[place].append(spent)
    ours = times[0]
    return [
        Line(
            bench=bench,
            contender=contender.name,
            unit=unit,
            milliseconds=round(median(spent), 3),
            fastest=round(min(spent), 3),
            slowest=round(max(spent), 3),
            against_ours=round(median(one / base for one, base in zip(spent, ours, strict=True)), 2),
            rounds=rounds,
            added=most,
        )
        for contender, spent, most in zip(contenders, times, added, strict=True)
    ]


def table(lines: Sequence[Line]) -> list[str]:
    """Write lines as a table for people."""
    head = f"{'bench':<11}{'contender':<44}{'ms per':>12} {'unit':<12}{'best':>10}{'worst':>10}{'x ours':>9}{'+MiB':>7}"
    return [head, "-" * len(head)] + [
        f"{line.bench:<11}{line.contender:<44}{line.milliseconds:>12.3f} {line.unit:<12}{line.fastest:>10.3f}"
        f"{line.slowest:>10.3f}{line.against_ours:>9.2f}{line.added:>7}"
        for line in lines
    ]


def _timed(contender: Contender) -> tuple[float, int]:
    given = contender.prepare()
    held = _held_anew()
    began = time.perf_counter()
    contender.run(given)
    spent = (time.perf_counter() - began) * 1000 / contender.units
    return spent, max(_memory("VmHWM") - held, 0)


def _held_anew() -> int:
    """Give back what lies idle, let the system count the peak anew (proc(5), clear_refs), and tell what is held."""
    gc.collect()
    with suppress(AttributeError, OSError):  # glibc only
        ctypes.CDLL(None).malloc_trim(0)
    with suppress(OSError):
        Path("/proc/self/clear_refs").write_text("5")
    return _memory("VmRSS")


def _memory(what: str) -> int:
    with suppress(OSError):
        found = re.search(rf"{what}:\s+(\d+) kB", Path("/proc/self/status").read_text())
        return int(found[1]) // 1024 if found else 0
    return 0
