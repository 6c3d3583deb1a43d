"""The working-day calendar: everybody may look, the system administrator changes a day with a reason."""

import calendar as months
from dataclasses import dataclass
from datetime import date, timedelta

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods

from audit.errors import Refusal
from organizations.calendar import Calendar, calendar
from organizations.calendar_actions import set_calendar_day
from organizations.calendar_told import changes_of, told_change
from organizations.enums import Role
from organizations.forms_ledger import CalendarDayForm
from organizations.models import CalendarDay, CalendarYear
from organizations.queries import has_role, has_role_over_all
from organizations.rules.holidays_of_state import special_days
from organizations.typed import number_in
from organizations.views.doors import for_roles

FIRST_YEAR, LAST_YEAR = 2007, 2040


@dataclass(frozen=True)
class Cell:
    """One day of the year view.

    Attributes:
        day: Which.
        name: Of the holiday, or empty.
        mark: ``off`` for a day off that is no plain weekend, ``work`` for a worked weekend day, else empty.
        worked: Whether it is worked.
    """

    day: date
    name: str
    mark: str
    worked: bool


@require_GET
@login_required
def year(request: HttpRequest) -> HttpResponse:
    """Show the days of a year."""
    today = timezone.localdate()
    shown = _year(request.GET.get("year", ""), today.year)
    row = CalendarYear.objects.filter(year=shown, region="").first()
    cells = _cells(shown, set_by_people=row is not None)
    over_all = has_role_over_all(request.user, [Role.SYSTEM_ADMINISTRATOR], on=today)
    context = {
        "year": shown,
        "before": shown - 1 if shown > FIRST_YEAR else None,
        "after": shown + 1 if shown < LAST_YEAR else None,
        "months": [(date(shown, month, 1), _weeks(shown, month, cells)) for month in range(1, 13)],
        "weekdays": [_("Mo"), _("Tu"), _("We"), _("Th"), _("Fr"), _("Sa"), _("Su")],
        "provisional": calendar().is_provisional(date(shown, 1, 1)),
        "source": row.source if row and row.source != "holidays" else "",
        "worked": sum(cell.worked for cell in cells.values()),
        "may_change": has_role(request.user, [Role.SYSTEM_ADMINISTRATOR], on=today),
        "today": today,
        "may_close": over_all,
        "changes": changes_of(str(shown)) if over_all else [],
    }
    return render(request, "organizations/calendar/year.html", context)


@require_http_methods(["GET", "POST"])
@for_roles(Role.SYSTEM_ADMINISTRATOR, over_all=True)
def day(request: HttpRequest, day: str) -> HttpResponse:
    """Change one day, with a reason."""
    try:
        chosen = date.fromisoformat(day)
    except ValueError:
        raise Http404 from None
    if not FIRST_YEAR <= chosen.year <= LAST_YEAR:
        raise Http404
    cell = _cells(chosen.year, set_by_people=CalendarYear.objects.filter(year=chosen.year, region="").exists())[chosen]
    form = CalendarDayForm(request.POST or None, initial={"is_workday": "1" if cell.worked else "0", "name": cell.name})
    back = f"{reverse('organizations:calendar')}?year={chosen.year}"
    if request.method == "POST" and form.is_valid():
        try:
            change = set_calendar_day(day=chosen, **form.cleaned_data, by=request.user, at=timezone.now())
        except Refusal as refusal:
            form.add_error("reason", str(refusal))
        else:
            messages.success(request, told_change(_("The day is set."), change))
            return redirect(back)
    return render(request, "organizations/calendar/day.html", {"form": form, "cell": cell, "back": back})


def _year(text: str, otherwise: int) -> int:
    year = number_in(text)
    return year if year is not None and FIRST_YEAR <= year <= LAST_YEAR else otherwise


def _cells(shown: int, *, set_by_people: bool) -> dict[date, Cell]:
    rows = CalendarDay.objects.filter(day__year=shown, region="") if set_by_people else []
    names = {row.day: row.name for row in rows}
    names = names if set_by_people else {each: name for each, (_worked, name) in special_days(shown).items()}
    now, marks = calendar(), {}
    for month in range(1, 13):
        for number in range(1, months.monthrange(shown, month)[1] + 1):
            each = date(shown, month, number)
            worked, weekend = now.is_workday(each), each.weekday() >= 5
            marks[each] = "work" if worked and weekend else "off" if not worked and not weekend else ""
    for each, mark in marks.items():
        if mark == "" and not now.is_workday(each) and _beside_a_holiday(each, marks, now):
            marks[each] = "off"
    return {each: Cell(each, names.get(each, ""), mark, now.is_workday(each)) for each, mark in marks.items()}


def _beside_a_holiday(weekend: date, marks: dict[date, str], now: Calendar) -> bool:
    """Say whether a weekend day belongs to a run of days off that holds a holiday."""
    for step in (timedelta(days=-1), timedelta(days=1)):
        each = weekend + step
        while each in marks and not now.is_workday(each):
            if each.weekday() < 5:
                return True
            each += step
    return False


def _weeks(shown: int, month: int, cells: dict[date, Cell]) -> list[list[Cell | None]]:
    weeks = months.Calendar().monthdatescalendar(shown, month)
    return [[cells[each] if each.month == month else None for each in week] for week in weeks]
