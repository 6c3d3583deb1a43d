"""Who holds a case now, and since when."""

from dataclasses import dataclass
from datetime import date, datetime

from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from approvals.models import Case
from approvals.wording import titled
from organizations.calendar import working_days_left


@dataclass(frozen=True)
class Holder:
    """Where a case lies.

    Attributes:
        step: Name of the step.
        organization: Where it is open.
        names: Who may speak, by name; empty when nobody can.
        since: Since when.
        due_at: When it is due, if a day was set.
        days_left: Working days to that day, negative when late.
    """

    step: str
    organization: str
    names: str
    since: datetime
    due_at: datetime | None
    days_left: int | None


def holder_of(case: Case, *, on: date) -> Holder | None:
    """Say who holds a case on a day, from what ``cases_seen`` has read beside it; None when it is closed."""
    stage = next(iter(case.open_stages), None)
    if stage is None:
        return None
    names = [row.account.name for row in case.todo_rows if _holds(row, on)]
    return Holder(
        step=titled(case, stage.step, stage.step_title),
        organization=stage.organization_name,
        names=pgettext("between names", ", ").join(dict.fromkeys(names)) or _("nobody holds this place"),
        since=stage.opened_at,
        due_at=stage.due_at,
        days_left=working_days_left(on, stage.due_at) if stage.due_at else None,
    )


def _holds(row, on: date) -> bool:
    begun = row.valid_from is None or row.valid_from <= on
    return begun and (row.valid_until is None or row.valid_until > on)
