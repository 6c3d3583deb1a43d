"""Where the days went: working days per step, from the stages in one pass."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from django.utils.timezone import localdate

from approvals.enums import Place
from approvals.models import Case, Stage
from approvals.wording import titled
from organizations.calendar import calendar
from organizations.rules.workdays import working_days_between

BAR = 100


@dataclass
class Span:
    """What one step took.

    Attributes:
        name: Name of the step.
        days: Working days, all visits together.
        late: How many of them lay behind the due day.
        stopped: The case lay with the person concerned, and no clock of the office ran.
        width: Length of the bar, 0 to ``BAR``.
    """

    name: str
    days: int = 0
    late: int = 0
    stopped: bool = False
    width: int = 0


def spans_of(case: Case, stages: Sequence[Stage], *, on: date) -> list[Span]:
    """Measure the steps of a case.

    Args:
        case: The case with its process.
        stages: Its stages in order.
        on: Today; an open stage counts up to it.

    Returns:
        One span per step in the order the steps were first reached.
    """
    is_workday, spans = calendar().is_workday, {}
    for stage in stages:
        span = spans.setdefault(stage.step, Span(titled(case, stage.step, stage.step_title)))
        opened, closed = localdate(stage.opened_at), localdate(stage.closed_at) if stage.closed_at else on
        span.days += max(working_days_between(opened, closed, is_workday), 0)
        if stage.due_at:
            span.late += max(working_days_between(localdate(stage.due_at), closed, is_workday), 0)
        span.stopped = stage.why.get("place") == Place.CANDIDATE
    longest = max((span.days for span in spans.values()), default=0) or 1
    for span in spans.values():
        span.width = round(BAR * span.days / longest)
    return list(spans.values())


def total(spans: Sequence[Span]) -> tuple[int, int]:
    """Add up the working days, and those that lay with the person concerned."""
    return sum(span.days for span in spans), sum(span.days for span in spans if span.stopped)
