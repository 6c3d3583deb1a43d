"""When somebody is reminded, by the working-day calendar, and who stands above whoever is late."""

from collections.abc import Collection, Iterable, Sequence
from datetime import date, datetime, timedelta
from datetime import time as clock

from django.db.models import Case, DateTimeField, Q, QuerySet, Value, When
from django.utils import timezone

from notifications.reminding import Rows, compiled
from organizations.calendar import calendar, end_of_day
from organizations.enums import Scope
from organizations.models import PartyOrganization, RoleAssignment
from organizations.rules import workdays

# Reminders of a day begin when the offices open; nobody is woken at midnight.
OPENS = clock(8)

_ABOVE = """
WITH late (organization_id, subject_id, due_at, thread, link, apart) AS ({late}),
holders (account_id, path, depth) AS ({holders}),
pairs AS (
  SELECT holders.account_id, late.subject_id, late.due_at, late.thread, late.link, holders.depth,
    max(holders.depth) OVER (PARTITION BY late.subject_id) AS nearest
  FROM late JOIN {organization} AS below ON below.id = late.organization_id
  JOIN holders ON holders.depth < below.depth AND substr(below.path, 1, length(holders.path)) = holders.path
  WHERE holders.account_id <> late.apart)
SELECT DISTINCT account_id, subject_id, due_at, thread, link FROM pairs WHERE depth = nearest
"""


def reminding_day(at: datetime) -> date:
    """Give the day whose reminders are due: before the offices open it is still yesterday."""
    return timezone.localdate(at - timedelta(hours=OPENS.hour))


def opening_of(day: date) -> datetime:
    """Give the moment at which the reminders of a day are due."""
    return timezone.make_aware(datetime.combine(day, OPENS), timezone.get_default_timezone())


def ends_within(working_days: int, *, on: date) -> datetime:
    """Give the last due moment of which one is reminded so many working days ahead.

    Args:
        working_days: How long before; 0 for the day itself.
        on: The day of reminding.
    """
    return end_of_day(workdays.add_working_days(on, working_days, calendar().is_workday).day if working_days else on)


def late_since(working_days: int, *, on: date) -> datetime:
    """Give the last due moment that is over for so many working days.

    Args:
        working_days: How long, 1 or more.
        on: The day of reminding.
    """
    is_workday = calendar().is_workday
    last = workdays.roll_back(on, is_workday)
    return end_of_day(workdays.add_working_days(last, -working_days, is_workday).day)


def repeats(due: Iterable[datetime], every: int, *, on: date) -> dict[datetime, datetime]:
    """Say which repetition has come for what is late, every so many working days.

    Args:
        due: Due moments that are over.
        every: Working days from one reminder to the next, 1 or more.
        on: The day of reminding.

    Returns:
        By due moment, the moment of the latest repetition; what is late for a shorter time is left out.
    """
    is_workday, found = calendar().is_workday, {}
    for moment in due:
        day = timezone.localdate(moment)
        times = workdays.working_days_between(day, on, is_workday) // every
        if times > 0:
            found[moment] = opening_of(workdays.add_working_days(day, times * every, is_workday).day)
    return found


def last_rungs(due: Iterable[date], rungs: Sequence[int], *, on: date) -> dict[date, datetime]:
    """Say which reminder has come for what is due on a day, so many plain days before or after it.

    Args:
        due: Due days.
        rungs: Days after the due day, negative before it.
        on: The day of reminding.

    Returns:
        By due day, the moment of the latest reminder that has come; earlier ones that were missed are not made up for.
    """
    found = {}
    for day in due:
        come = [rung for rung in rungs if day + timedelta(days=rung) <= on]
        if come:
            found[day] = opening_of(day + timedelta(days=max(come)))
    return found


def with_moment(rows: QuerySet, moments: Iterable[tuple[Q, datetime]]) -> QuerySet:
    """Keep the rows whose reminder has come, with its moment as ``told_at``, inside one statement.

    Args:
        rows: What may be reminded of.
        moments: Which rows, and the moment of their reminder.
    """
    whens = [When(condition, then=Value(moment)) for condition, moment in moments]
    told = rows.annotate(told_at=Case(*whens, default=None, output_field=DateTimeField()))
    return told.filter(told_at__isnull=False) if whens else told.none()


def superiors_of(late: QuerySet, *, roles: Collection[str], on: date) -> Rows | QuerySet:
    """Turn what is late into those who are told above: the nearest superior where somebody holds one of the roles.

    Args:
        late: Query of (organization_id, subject_id, due_at, thread, link, account kept apart or 0).
        roles: Roles over a whole subtree.
        on: Day on which they have to hold.

    Returns:
        Rows for ``remind_due``; nobody is told of what concerns the own person.
    """
    held = RoleAssignment.objects.valid_on(on).filter(role__in=roles, scope=Scope.SUBTREE, organization__isnull=False)
    columns = ("account_id", "organization__path", "organization__depth")
    rows, holders = compiled(late), compiled(held.order_by().values_list(*columns))
    if rows is None or holders is None:
        return RoleAssignment.objects.none()
    table = f'"{PartyOrganization._meta.db_table}"'
    sql = _ABOVE.format(late=rows.sql, holders=holders.sql, organization=table)
    return Rows(sql, [*rows.values, *holders.values])
