"""What may be answered together, looked over in a few statements however many there are."""

from collections import defaultdict
from dataclasses import dataclass
from datetime import datetime, timedelta

from django.utils.timezone import localdate

from approvals.enums import RowKind, Rule
from approvals.inbox import related, rows_of
from approvals.models import Decision, InboxRow
from organizations.models import Account
from workflows.appointment_review.enums import Track
from workflows.appointment_review.models import Finding, FormVersion, Material
from workflows.appointment_review.rules.decisions import DECIDING_STEPS
from workflows.batches.enums import ItemState
from workflows.batches.models import BatchItem
from workflows.batches.rules import Item, hindrance

MOST = 200
LEFT_AFTER = timedelta(hours=1)  # a batch nobody goes on with no longer keeps its items from others


@dataclass(frozen=True)
class Looked:
    """One row of the list before a batch.

    Attributes:
        row: The row of the inbox.
        materials: How many materials are there.
        hindered: Why it does not go, as a word of the rules; empty when it goes.
    """

    row: InboxRow
    materials: int
    hindered: str


def looked_over(account: Account, *, flow: str, step: str, at: datetime) -> list[Looked]:
    """Look over what waits for an account at a step.

    Args:
        account: Who would answer.
        flow, step: Which step.
        at: The moment.

    Returns:
        At most ``MOST`` rows, what is due first.
    """
    rows = rows_of(account, on=localdate(at)).filter(kind=RowKind.TODO, flow=flow, step=step)
    beside = ("case__process", "case__matter", "seat__stage", "seat__claimed_by", *related("case"))
    found = list(rows.select_related(*beside).order_by("due_at", "pk")[:MOST])
    cases, seats = [row.case_id for row in found], [row.seat_id for row in found]
    levels = _levels(cases) if step in DECIDING_STEPS else {}
    spoken = _spoken(account, cases)
    waiting = BatchItem.objects.filter(seat__in=seats, state=ItemState.WAITING, run__started_at__gt=at - LEFT_AFTER)
    running = set(waiting.values_list("seat", flat=True))
    kept = defaultdict(set)
    for case, kind in Material.objects.filter(case__in=cases, withdrawn_at=None).values_list("case", "kind"):
        kept[case].add(kind)
    return [
        Looked(row, len(kept[row.case_id]), hindrance(_item(row, account, levels, spoken, running))) for row in found
    ]


def _item(row: InboxRow, account: Account, levels: dict, spoken: dict, running: set) -> Item:
    stage = row.seat.stage
    return Item(
        own=account.person_id is not None and row.case.subject_id == account.person_id,
        claimed=row.seat.claimed_by_id not in (None, account.pk),
        running=row.seat_id in running,
        spoken_apart=bool(spoken.get(row.case_id, set()) & set(stage.apart_from)),
        review=row.case.track == Track.REVIEW,
        meeting=stage.rule == Rule.MEETING,
        levels=levels.get(row.case_id, ()),
    )


def _levels(cases: list[int]) -> dict[int, list[str]]:
    handed_in = FormVersion.objects.filter(case__in=cases).exclude(submitted_at=None).order_by("version")
    last = dict(handed_in.values_list("case", "pk"))
    levels = defaultdict(list)
    for case, form, level in Finding.objects.filter(case__in=cases).values_list("case", "form", "level"):
        if form in (None, last.get(case)):
            levels[case].append(level)
    return levels


def _spoken(account: Account, cases: list[int]) -> dict[int, set[str]]:
    spoken = defaultdict(set)
    said = Decision.objects.filter(by=account, seat__stage__case__in=cases)
    for case, step in said.values_list("seat__stage__case", "seat__stage__step"):
        spoken[case].add(step)
    return spoken
