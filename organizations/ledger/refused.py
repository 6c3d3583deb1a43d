"""Makes the workbook of refused rows, ready to be corrected and imported again."""

from collections import defaultdict
from datetime import date, datetime
from io import BytesIO

import xlsxwriter
from django.utils.translation import gettext as _

from organizations.ledger.messages import reason
from organizations.ledger.reading import Book, Table
from organizations.ledger.rows import Fault
from organizations.rules.text import escape_formula

_WIDE = 24


def refused_workbook(book: Book, faults: list[Fault]) -> bytes:
    """Write the refused rows with the reason beside each; formulas are harmless text.

    Args:
        book: The workbook as read.
        faults: Why rows are refused.

    Returns:
        An .xlsx workbook; its sheets bear the names and headings of the template.
    """
    reasons: defaultdict[tuple[str, int], list[str]] = defaultdict(list)
    for fault in faults:
        reasons[fault.sheet, fault.row].append(reason(fault))
    content = BytesIO()
    with xlsxwriter.Workbook(
        content, {"in_memory": True, "strings_to_formulas": False, "strings_to_urls": False}
    ) as out:
        bold = out.add_format({"bold": True})
        for table in book.tables:
            if any(sheet == table.title for sheet, _row in reasons):
                _write_table(out.add_worksheet(table.title[:31]), table, reasons, bold)
    return content.getvalue()


def _write_table(sheet, table: Table, reasons: dict[tuple[str, int], list[str]], bold) -> None:
    fields = sorted(table.columns, key=table.columns.__getitem__)
    headings = [table.sheet.heading_of(name) for name in fields] + [_("Why it was refused"), _("Row in the file")]
    sheet.set_column(0, len(headings) - 1, _WIDE)
    for place, heading in enumerate(headings):
        sheet.write_string(0, place, heading, bold)
    refused = [line for line in table.lines if (table.title, line.number) in reasons]
    for number, line in enumerate(refused, start=1):
        for place, name in enumerate(fields):
            sheet.write_string(number, place, escape_formula(_as_text(line.cells.get(name))))
        sheet.write_string(number, len(fields), "\n".join(reasons[table.title, line.number]))
        sheet.write_number(number, len(fields) + 1, line.number)


def _as_text(value: object) -> str:
    if isinstance(value, datetime | date):
        return f"{value:%Y-%m-%d}"
    if isinstance(value, float) and value.is_integer():
        return str(int(value))
    return "" if value is None else str(value)
