"""Runs a generated year day by day and tells what came of it."""

import time
from collections import Counter
from dataclasses import dataclass
from datetime import timedelta
from random import Random

from django.db import connection

from approvals.actions.upkeep import close_due_stages
from approvals.enums import CaseState
from approvals.models import Case, Decision
from audit.models import Entry
from notifications.sweep import FAILED, sweep
from tests.factories import NOW
from tests.year import branch, candidates, investigations, letters, meetings, notices
from tests.year.checks import inbox_drift, waiting
from tests.year.clock import Size, Year
from tests.year.meter import Meter
from tests.year.province import People, build
from workflows.notices.actions.publishing import take_down

ROOMS = (branch, candidates, letters, investigations, meetings, notices)
LAST_CAMPAIGN = 0.4  # of the days; everything after it has time to come to an end


@dataclass(frozen=True)
class Told:
    """What came of a year.

    Attributes:
        year: The year.
        meter: The statements of its acts.
        seconds: How long it took.
    """

    year: Year
    meter: Meter
    seconds: float

    def lines(self) -> list[str]:
        """Write the figures for people."""
        people = Case.objects.exclude(subject=None)
        figures = {
            "people": Counter(people.values_list("state", flat=True)),
            "elections": Counter(Case.objects.filter(subject=None).values_list("state", flat=True)),
            "waiting": Counter(waits for _number, waits in waiting(self.year)),
            "acts": self.year.done,
        }
        head = (
            f"{self.year.size.branches} re-elections, {people.count()} cases, {Decision.objects.count()} decisions, "
            f"{Entry.objects.count()} entries in the log, {self.year.days} days, {self.seconds:.0f} s"
        )
        return [head] + [f"{what}: {_row(counted)}" for what, counted in figures.items()] + self.meter.lines()


def _row(counted: Counter) -> str:
    named = {" ".join(key) if isinstance(key, tuple) else key: n for key, n in counted.items()}
    return ", ".join(f"{name} {n}" for name, n in sorted(named.items()))


def live(size: Size, seed: int) -> Told:
    """Live through a year.

    Args:
        size: How large it is.
        seed: The same seed tells the same story.

    Returns:
        The year, with everything in the database.
    """
    began, meter = time.perf_counter(), Meter()
    rng = Random(seed)  # noqa: S311
    people = People(rng)
    year = Year(size=size, province=build(size.branches, people), people=people, rng=rng)
    with connection.execute_wrapper(meter):
        _live_through(year)
    return Told(year, meter, time.perf_counter() - began)


def _live_through(year: Year) -> None:
    counties, opened = len(year.province.counties), 0
    pause = timedelta(days=year.size.days * LAST_CAMPAIGN) / max(1, counties)
    while year.at < NOW + timedelta(days=year.size.days):
        while opened < counties and year.at >= NOW + pause * opened:
            branch.open_next(year, opened)
            opened += 1
        for room in ROOMS:
            room.work(year)
        _night(year)
        if opened == counties and not Case.objects.filter(state=CaseState.OPEN).exists():
            break
        year.next_workday()


def _night(year: Year) -> None:
    """Do what is due by itself; the whole sweep, which checks the whole log, runs once a week."""
    year.days += 1
    if year.days % 5 == 0:
        year.drifted += inbox_drift(year)
        counts = sweep(at=year.at)
        assert FAILED not in counts.values(), counts
        return
    close_due_stages(year.at)
    take_down(year.at)
