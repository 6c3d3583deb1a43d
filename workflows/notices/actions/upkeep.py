"""What is done once a day: the store is shuffled and counted, and those who watch over notices are told in counts."""

import secrets
from datetime import date, datetime

from django.db import IntegrityError, transaction
from django.utils.timezone import localdate

from audit import log
from notifications import outbox
from organizations.enums import Role
from organizations.models import Account, PartyOrganization
from organizations.queries import holders_of
from workflows.notices import box
from workflows.notices.actions import journal
from workflows.notices.models import NoticePerson, Objection, ObjectionEntry
from workflows.notices.queries import places_waiting, waiting_for

WEDNESDAY = 3


def once_a_day(at: datetime) -> int:
    """Shuffle and count the store, and tell the discipline officers how many wait; never at the moment one comes in.

    Args:
        at: Moment of the sweep.

    Returns:
        1 when it was done, 0 when it had been done today, or where no key is set up.
    """
    today = localdate(at)
    if not box.takes_objections() or ObjectionEntry.objects.filter(counted_on=today).exists():
        return 0
    try:
        with transaction.atomic():
            shuffle()
            end = journal.write({"verb": "counted", "boxes": journal.contents()}, counted_on=today)
            log.record("objections", "objections.counted", by=None, at=at, facts={"end": end.digest})
            _tell(today, at)
    except IntegrityError:  # another worker was faster
        return 0
    return 1


def shuffle() -> None:
    """Write the rows anew in another order, all in one transaction: their place in the table tells no sequence.

    Only what was read and locked is taken out: an objection that comes in meanwhile stays where it is until tomorrow.
    """
    rows = list(Objection.objects.select_for_update())
    secrets.SystemRandom().shuffle(rows)
    read = Objection.objects.filter(pk__in=[row.pk for row in rows])
    read._raw_delete(Objection.objects.db)  # nothing points to an objection
    Objection.objects.bulk_create(rows)


def _tell(today: date, at: datetime) -> None:
    year, week, weekday = today.isocalendar()
    half = "a" if weekday < WEDNESDAY else "b"
    # Twice a week as long as a notice stands, whether anything was handed in or not.
    open_at = NoticePerson.objects.filter(stage__outcome="").values("stage__seats__organization")
    for place in PartyOrganization.objects.filter(pk__in=open_at):
        officers = holders_of(Role.DISCIPLINE_OFFICER, place, on=today)
        key = f"notices_watched:{place.pk}:{year}-{week}{half}"
        outbox.enqueue("notices_watched", to=list(officers), key=key, at=at, link="/objections/")
    for place in places_waiting(on=today):
        for officer in holders_of(Role.DISCIPLINE_OFFICER, place, on=today):
            _tell_officer(officer, place, today, at)


def _tell_officer(officer: Account, place: PartyOrganization, today: date, at: datetime) -> None:
    """Tell an officer how many wait for him, new or again: none about himself, none of a case he stepped back from."""
    mine = waiting_for(officer, on=today).filter(about__stage__seats__organization=place).order_by().distinct()
    n, late = mine.count(), mine.filter(due_on__lt=today).count()
    if n:
        kind, counts = ("objections_late", {"n": n, "late": late}) if late else ("objections_waiting", {"n": n})
        key = f"objections_waiting:{place.pk}:{today}"
        outbox.enqueue(kind, to=[officer], key=key, at=at, link="/objections/", facts=counts)
