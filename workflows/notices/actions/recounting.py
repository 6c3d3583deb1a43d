"""Standing notices follow the calendar: each stands as many full working days as it says."""

from datetime import date, datetime

from django.db import transaction
from django.utils.timezone import localdate

from approvals.actions.acting_together import acting_on_several
from organizations.calendar import end_of_day
from organizations.calendar_changes import Moved, put_later
from organizations.models import Account
from workflows.notices.models import PublicNotice


def recount_notices(
    *, first: date, last: date, organization: int | None, by: Account | None, at: datetime, **kwargs: object
) -> list[Moved]:
    """Let the standing notices that cross a changed day end later, under the lock of everybody on them.

    Args:
        first, last: Days between which the calendar changed.
        organization: Key of the only organization it changed for; such closed days do not count for the public.
        by, at: Who changed the calendar, and when.

    Returns:
        The notices that end later now. A notice says until when it stands, so none ends earlier than it says.

    Source: docs/regulations.md, public notice: not less than five working days.
    """
    if organization is not None:
        return []
    standing = PublicNotice.objects.filter(removed_at=None, ends_at__gte=end_of_day(first)).order_by("pk")
    moved = []
    for notice in standing:
        if put_later(notice.counted, notice.ends_at, first=first, last=last):
            moved += _move(notice.pk, first, last, by=by, at=at)
    return moved


@transaction.atomic
def _move(notice_pk: int, first: date, last: date, *, by: Account | None, at: datetime) -> list[Moved]:
    # First the notice, then its cases: taking it down locks them in the same order.
    notice = PublicNotice.objects.select_for_update(no_key=True, of=("self",)).get(pk=notice_pk)
    later = put_later(notice.counted, notice.ends_at, first=first, last=last)
    if notice.removed_at is not None or later is None:
        return []
    people = notice.people
    with acting_on_several(set(people.values_list("case", flat=True)), by=by, at=at) as acts:
        was = notice.ends_at
        notice.ends_at, notice.counted = later
        notice.save(update_fields=["ends_at", "counted"])
        moved = []
        for person in people.filter(stage__outcome="").select_related("stage").order_by("place"):
            act = acts[person.case_id]
            facts = {"was": was.isoformat(), "ends_at": notice.ends_at.isoformat()}
            act.log("notice.recounted", stage=person.stage, facts=facts)
            moved.append(
                Moved(act.case.number, str(person.stage.step_title), localdate(was), localdate(notice.ends_at))
            )
        return moved
