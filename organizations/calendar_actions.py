"""Everything that changes the working-day calendar."""

from collections.abc import Mapping
from datetime import date, datetime, timedelta

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from audit import log
from audit.errors import Refusal
from organizations.actions.shared import day_of, demand_duty, demand_no_number, kept_reason, lock_place
from organizations.calendar_changes import Change, follow
from organizations.enums import Role
from organizations.models import Account, CalendarDay, CalendarYear, Closure, PartyOrganization
from organizations.rules.days import DayUnreadable, read_day
from organizations.rules.holidays_of_state import is_official, special_days

Days = Mapping[date, tuple[bool, str]]
LONGEST_CLOSURE_DAYS = 60
FURTHEST_CLOSURE_DAYS = 3653


class CalendarFileUnreadable(Refusal):
    code = "calendar_file_unreadable"
    message = _("The calendar file cannot be read: {what}. It needs a year, and lists of days off and of days worked.")


class ClosureUnfit(Refusal):
    code = "closure_unfit"
    message = _(
        "The days must begin today or later, end no earlier than they begin, last {days} days at most, and not overlap "
        "other closed days there."
    )


@transaction.atomic
def set_calendar_year(
    *, year: int, days: Days, official: bool, source: str, by: Account | None, at: datetime, region: str = ""
) -> Change:
    """Set all days of a year that differ from the plain week.

    Args:
        year: The year.
        days: Worked or not, and the name, by day; all in that year.
        official: Whether there is a notice.
        source: Title of the notice, or why it was changed.
        by: A system administrator; None for the command line.
        at: Moment of the act.
        region: A region with days of its own; empty for the whole country.

    Returns:
        How many days changed, and which time limits moved with them.

    Raises:
        NotYourDuty: ``by`` is no system administrator.
        ReasonMissing, ReasonTooLong, PersonalNumberInText: the source is not fit to be kept.
    """
    demand_duty(by, [Role.SYSTEM_ADMINISTRATOR], at=at, over_all=True)
    source = kept_reason(source)
    before = _days_of(year, region)
    CalendarYear.objects.update_or_create(
        year=year, region=region, defaults={"official": official, "source": source, "set_at": at}
    )
    CalendarDay.objects.filter(day__year=year, region=region).delete()
    CalendarDay.objects.bulk_create(
        CalendarDay(day=day, region=region, is_workday=worked, name=name, source=source)
        for day, (worked, name) in sorted(days.items())
    )
    changed = sorted(day for day in before.keys() | days.keys() if before.get(day) != days.get(day))
    # The whole year: what was provisional is official now, even where no day changed.
    change = follow(len(changed), first=date(year, 1, 1), last=date(year, 12, 31), by=by, at=at)
    facts = {"official": official, "source": source, "region": region, "days": [day.isoformat() for day in changed]}
    log.record("calendar", "calendar.year_set", by=by, at=at, subject=str(year), facts=facts | change.as_facts())
    return change


@transaction.atomic
def set_calendar_day(*, day: date, is_workday: bool, name: str, reason: str, by: Account, at: datetime) -> Change:
    """Change one day; the rest of its year stays as it is.

    Args:
        day: The day.
        is_workday: Whether it is worked.
        name: Name of the holiday, may be empty.
        reason: Why, kept in the log.
        by: A system administrator.
        at: Moment of the act.

    Returns:
        Which time limits moved.

    Raises:
        NotYourDuty, ReasonMissing, ReasonTooLong, PersonalNumberInText: as they say.
    """
    demand_duty(by, [Role.SYSTEM_ADMINISTRATOR], at=at, over_all=True)
    reason = kept_reason(reason)
    demand_no_number(name)
    seed_year(day.year, at=at)
    CalendarDay.objects.update_or_create(
        day=day, region="", defaults={"is_workday": is_workday, "name": name.strip()[:60], "source": reason}
    )
    change = follow(1, first=day, last=day, by=by, at=at)
    facts = {"is_workday": is_workday, "name": name.strip()[:60], "reason": reason} | change.as_facts()
    log.record("calendar", "calendar.day_set", by=by, at=at, subject=day.isoformat(), facts=facts)
    return change


@transaction.atomic
def close_office(
    *, organization: PartyOrganization, first_on: date, last_on: date, reason: str, by: Account, at: datetime
) -> Change:
    """Close the office of one organization for some days; time limits of steps that wait there leave them out.

    Args:
        organization: Whose office.
        first_on, last_on: First and last closed day, at most 60 days.
        reason: Why, kept in the log.
        by: A system administrator.
        at: Moment of the act.

    Returns:
        Which time limits moved.

    Raises:
        NotYourDuty, ReasonMissing, ReasonTooLong, PersonalNumberInText, ClosureUnfit: as they say.
    """
    demand_duty(by, [Role.SYSTEM_ADMINISTRATOR], at=at, over_all=True)
    reason = kept_reason(reason)
    lock_place(organization)
    standing = Closure.objects.filter(organization=organization, taken_back_at=None)
    overlapping = standing.filter(first_on__lte=last_on, last_on__gte=first_on).exists()
    soon = day_of(at) <= first_on <= day_of(at) + timedelta(days=FURTHEST_CLOSURE_DAYS)
    if overlapping or not soon or not 0 <= (last_on - first_on).days < LONGEST_CLOSURE_DAYS:
        raise ClosureUnfit(days=LONGEST_CLOSURE_DAYS)
    Closure.objects.create(
        organization=organization, first_on=first_on, last_on=last_on, reason=reason, set_by=by, set_at=at
    )
    days = (last_on - first_on).days + 1
    change = follow(days, first=first_on, last=last_on, organization=organization.pk, by=by, at=at)
    facts = {"first_on": first_on.isoformat(), "last_on": last_on.isoformat(), "reason": reason} | change.as_facts()
    log.record("calendar", "calendar.office_closed", by=by, at=at, subject=organization.code, facts=facts)
    return change


@transaction.atomic
def open_office(*, closure: Closure, by: Account, at: datetime) -> Change | None:
    """Take closed days back, as long as the first of them has not come.

    Args:
        closure: With its organization.
        by: A system administrator.
        at: Moment of the act.

    Returns:
        Which time limits moved; None when somebody took them back before, or they have begun.

    Raises:
        NotYourDuty: ``by`` is no system administrator.
    """
    demand_duty(by, [Role.SYSTEM_ADMINISTRATOR], at=at, over_all=True)
    standing = Closure.objects.filter(pk=closure.pk, taken_back_at=None, first_on__gt=day_of(at))
    if not standing.update(taken_back_at=at):
        return None
    first_on, last_on = closure.first_on, closure.last_on
    days = (last_on - first_on).days + 1
    change = follow(days, first=first_on, last=last_on, organization=closure.organization_id, by=by, at=at)
    facts = {"first_on": first_on.isoformat(), "last_on": last_on.isoformat()} | change.as_facts()
    log.record("calendar", "calendar.office_opened", by=by, at=at, subject=closure.organization.code, facts=facts)
    return change


def seed_year(year: int, *, at: datetime) -> None:
    """Write the days the law gives into the table, unless the year is there already."""
    _row, made = CalendarYear.objects.get_or_create(
        year=year, region="", defaults={"official": is_official(year), "source": "holidays", "set_at": at}
    )
    if made:
        CalendarDay.objects.bulk_create(
            CalendarDay(day=day, is_workday=worked, name=name, source="holidays")
            for day, (worked, name) in special_days(year).items()
        )


def read_year_file(content: object) -> tuple[int, dict[date, tuple[bool, str]], bool, str]:
    """Read a calendar file that has been parsed from YAML or JSON.

    Args:
        content: ``year``, ``official``, ``source``, and lists ``off`` and ``work``; an entry is a day, or a mapping
            with ``from``, ``to`` and ``name``.

    Returns:
        Year, days, official, source.

    Raises:
        CalendarFileUnreadable: something is missing or no day.
    """
    if not isinstance(content, dict) or not isinstance(content.get("year"), int):
        raise CalendarFileUnreadable(what="year")
    days: dict[date, tuple[bool, str]] = {}
    for name, worked in (("off", False), ("work", True)):
        # YAML 1.1 reads a bare ``off`` as false.
        entries = content.get(name) or (content.get(False) if name == "off" else None) or []
        if not isinstance(entries, list):
            raise CalendarFileUnreadable(what=name)
        for entry in entries:
            days.update(_run(entry, worked))
    strangers = [day.isoformat() for day in days if day.year != content["year"]]
    if strangers or not days:
        raise CalendarFileUnreadable(what=", ".join(strangers) or "off")
    return content["year"], days, bool(content.get("official", True)), str(content.get("source", ""))


def _run(entry: object, worked: bool) -> dict[date, tuple[bool, str]]:
    spec = entry if isinstance(entry, dict) else {"from": entry}
    try:
        first = read_day(spec.get("from"))
        last = read_day(spec.get("to", spec.get("from")))
    except DayUnreadable as error:
        raise CalendarFileUnreadable(what=str(error)) from None
    if first is None or last is None or not 0 <= (last - first).days < 60:
        raise CalendarFileUnreadable(what=str(entry))
    name = str(spec.get("name", ""))[:60]
    return {first + timedelta(days=number): (worked, name) for number in range((last - first).days + 1)}


def _days_of(year: int, region: str) -> dict[date, tuple[bool, str]]:
    if not region and not CalendarYear.objects.filter(year=year, region="").exists():
        return special_days(year)
    rows = CalendarDay.objects.filter(day__year=year, region=region)
    return {row.day: (row.is_workday, row.name) for row in rows}
