"""Starting a batch, and going on with it: every item is the usual act with the usual guards."""

import secrets
from collections.abc import Collection
from datetime import datetime

from django.db import IntegrityError, transaction
from django.utils.translation import gettext_lazy as _

from approvals.actions.decisions import decide
from approvals.actions.speaking import Answer
from approvals.enums import Verb
from approvals.errors import NotEntitled
from approvals.flows import flow_named
from approvals.nodes import StageNode
from audit.errors import Refusal
from organizations.models import Account
from workflows.batches.enums import ItemState
from workflows.batches.models import BatchItem, BatchRun
from workflows.batches.queries import looked_over

CHUNK = 5


class NothingChosen(Refusal):
    code = "nothing_chosen"
    message = _("Nothing is marked that can go. Please mark at least one item of the first list.")


class NotTogether(Refusal):
    code = "not_together"
    message = _("At this step each item is looked at by itself.")


def step_together(flow: str, step: str) -> StageNode:
    """Find a step at which many may be answered together.

    Raises:
        NotTogether: there is no such step, or each item is looked at by itself.
    """
    found = flow_named(flow)
    node = found.instance.node(step, no_obsolete=True) if found else None
    if not isinstance(node, StageNode) or not node.together:
        raise NotTogether
    return node


def start_batch(*, flow: str, step: str, seats: Collection[int], by: Account, at: datetime, key: str) -> BatchRun:
    """Start a batch of agreements; nothing is decided yet.

    Args:
        flow, step: At which step.
        seats: Keys of the seats that were marked; what may not go is left out again.
        by, at: Who answers, and when.
        key: Drawn with the list; a second click with the same key starts nothing.

    Returns:
        The batch, the first one when the key is known.

    Raises:
        NotTogether, NothingChosen: as they say.
        NotEntitled: the key is somebody else's.
    """
    step_together(flow, step)
    known = BatchRun.objects.filter(key=key).first()
    if known is None:
        rows = [one.row for one in looked_over(by, flow=flow, step=step, at=at) if not one.hindered]
        chosen = [row for row in rows if row.seat_id in seats]
        if not chosen:
            raise NothingChosen
        try:
            return _started(flow, step, chosen, by=by, at=at, key=key)
        except IntegrityError:  # the second of two clicks came while the first was being written
            known = BatchRun.objects.get(key=key)
    if known.started_by_id != by.pk:
        raise NotEntitled
    return known


def go_on(*, run: BatchRun, by: Account, at: datetime, size: int = CHUNK) -> int:
    """Answer the next items of a batch, each in a transaction of its own; what is refused is told and passed.

    Args:
        run: The batch.
        by, at: Whoever started it, and the moment.
        size: How many items at most.

    Returns:
        How many items still wait.

    Raises:
        NotEntitled: somebody else started it.
    """
    if run.started_by_id != by.pk:
        raise NotEntitled
    for item in list(run.items.filter(state=ItemState.WAITING).order_by("place")[:size]):
        _answer(item, by=by, at=at)
    left = run.items.filter(state=ItemState.WAITING).count()
    if not left:
        BatchRun.objects.filter(pk=run.pk, finished_at=None).update(finished_at=at)
    return left


def _answer(item: BatchItem, *, by: Account, at: datetime) -> None:
    state, words = ItemState.DONE, ""
    try:
        # Broken off between the decision and the next line, the item is taken up again under the same key.
        decide(
            seat_pk=item.seat_id, answer=Answer(Verb.AGREE, facts={"batch": item.run_id}), by=by, at=at, key=item.key
        )
    except Refusal as refusal:
        state, words = ItemState.REFUSED, str(refusal)[:200]
    waiting = BatchItem.objects.filter(pk=item.pk, state=ItemState.WAITING)
    waiting.update(state=state, refused=words, acted_at=at)


@transaction.atomic
def _started(flow: str, step: str, chosen: list, *, by: Account, at: datetime, key: str) -> BatchRun:
    run = BatchRun.objects.create(key=key, flow=flow, step=step, started_by=by, started_at=at)
    BatchItem.objects.bulk_create(
        BatchItem(run=run, place=place, seat_id=row.seat_id, case_id=row.case_id, key=secrets.token_urlsafe(24))
        for place, row in enumerate(chosen, start=1)
    )
    return run
