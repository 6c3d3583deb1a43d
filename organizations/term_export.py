"""The term board as a workbook; nothing in it runs."""

from collections.abc import Iterable, Mapping
from datetime import date
from io import BytesIO

import xlsxwriter
from django.utils.translation import gettext as _

from organizations.models import PartyOrganization
from organizations.rules.terms import term_state
from organizations.rules.text import escape_formula
from organizations.term_board import Step

_WIDTHS = (16, 36, 14, 12, 12, 14, 12, 10, 12, 36, 20, 16)


def term_workbook(
    rows: Iterable[PartyOrganization],
    *,
    on: date,
    steps: Mapping[int, Step],
    reminders: Mapping[int, object],
    superiors: Mapping[str, str],
) -> bytes:
    """Write the rows of the board.

    Args:
        rows: As ``in_order`` gives them.
        on: Today.
        steps, reminders: By key of the organization.
        superiors: Names by path.

    Returns:
        An .xlsx workbook; identity and telephone numbers are not in it.
    """
    content = BytesIO()
    options = {
        "in_memory": True,
        "strings_to_formulas": False,
        "strings_to_urls": False,
        "default_date_format": "yyyy-mm-dd",
    }
    with xlsxwriter.Workbook(content, options) as book:
        sheet = book.add_worksheet(_("Terms"))
        bold = book.add_format({"bold": True})
        for place, (heading, width) in enumerate(zip(_headings(), _WIDTHS, strict=True)):
            sheet.set_column(place, place, width)
            sheet.write_string(0, place, heading, bold)
        for number, row in enumerate(rows, start=1):
            for place, value in enumerate(_cells(row, on, steps, reminders, superiors)):
                if isinstance(value, date):
                    sheet.write_datetime(number, place, value)
                elif isinstance(value, int):
                    sheet.write_number(number, place, value)
                elif value:
                    sheet.write_string(number, place, escape_formula(str(value)))
        sheet.freeze_panes(1, 2)
    return content.getvalue()


def _headings() -> list[str]:
    return [
        _("Code"),
        _("Party organization"),
        _("Superior"),
        _("Secretary"),
        _("Term ends on"),
        _("State"),
        _("Days"),
        _("Extended"),
        _("Acting"),
        _("Reason for being overdue"),
        _("Step of the renewal"),
        _("Last reminder"),
    ]


def _cells(row, on: date, steps, reminders, superiors) -> list[object]:
    state = term_state(has_secretary=row.post_id is not None, due_on=row.due_on, vacant_since=row.vacant_since, on=on)
    words = {"overdue": _("Renewal overdue"), "vacant": _("Vacant"), "due": _("Running"), "open": _("No end known")}
    reminded = reminders.get(row.pk)
    step = steps.get(row.pk)
    return [
        row.code,
        row.name,
        superiors.get(row.parent_path, ""),
        row.secretary_name or "",
        row.due_on,
        words[state.kind],
        state.days,
        _("Yes") if row.extended else "",
        row.acting_name or "",
        row.overdue_reason or "",
        step.words if step else "",
        reminded.date() if reminded else None,
    ]
