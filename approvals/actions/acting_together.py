"""One act on several cases at once: all locked in one order, all written at the end."""

from collections.abc import Collection, Iterator
from contextlib import contextmanager
from datetime import datetime

from django.db import transaction
from django.db.models import Q
from viewflow.workflow.context import Context

from approvals.actions.acting import Acting, stream_of
from approvals.models import Case
from audit import log
from organizations.models import Account


def lock_cases(pks: Collection[int]) -> list[Case]:
    """Lock several cases and the paths of their matters in ascending order, and read them as they stand then."""
    of_their_matters = Q(subject=None, matter__in=Case.objects.filter(pk__in=pks).values("matter"))
    found = (
        Case.objects.select_for_update(no_key=True, of=("self",))
        .select_related("process", "subject__account", "organization", "policy", "matter")
        .filter(Q(pk__in=pks) | of_their_matters)
        .order_by("pk")
    )
    wanted = set(pks)
    return [case for case in found if case.pk in wanted]


@contextmanager
def acting_on_several(case_pks: Collection[int], *, by: Account | None, at: datetime) -> Iterator[dict[int, Acting]]:
    """Open the door to several cases in one transaction.

    Args:
        case_pks: Keys of the cases.
        by, at: Who acts, or None for the system itself, and when.

    Yields:
        The acts by key of the case, in ascending order; ``in_turn`` makes one of them the current one.
    """
    with transaction.atomic():
        acts = {case.pk: Acting(case=case, by=by, at=at) for case in lock_cases(case_pks)}
        yield acts
        log.append_all({stream_of(act.case): act.entries for act in acts.values() if act.entries})
        for act in acts.values():
            act.entries = []
            act.finish()
        for act in acts.values():
            act.case.process.flow_class.went_on(act)


def in_turn(act: Acting) -> Context:
    """Make an act the one that steps are opened in."""
    return Context(act=act)
