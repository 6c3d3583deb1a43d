"""Workbooks for export: plain cells, never a formula, whatever somebody typed."""

import io
from collections.abc import Iterable, Mapping, Sequence
from datetime import date, datetime
from decimal import Decimal

from django.utils.timezone import localtime
from xlsxwriter import Workbook
from xlsxwriter.worksheet import Worksheet

FORMULA_STARTS = ("=", "+", "-", "@", "\t", "\r", "\n", "\0", "＝", "＋", "－", "＠")
CELL_CHARACTERS = 32_767
WIDTHS = (10, 48)

Cell = str | int | float | Decimal | bool | date | datetime | None
Sheet = tuple[Sequence[str], Iterable[Sequence[Cell]]]


def escaped(text: str) -> str:
    """Give a text that no spreadsheet takes for a formula, also after it was saved as CSV and opened again.

    Source: OWASP ASVS 5.0, 1.2.10.
    """
    plain = text.replace("\0", "")
    return f"'{plain}"[:CELL_CHARACTERS] if text.startswith(FORMULA_STARTS) else plain[:CELL_CHARACTERS]


def workbook(sheets: Mapping[str, Sheet]) -> bytes:
    """Make a workbook with a fixed head row in each sheet.

    Args:
        sheets: Title to (headings, rows); rows may be a generator, they are written one by one.

    Returns:
        The bytes of an XLSX file.
    """
    out = io.BytesIO()
    options = {
        "constant_memory": True, "in_memory": False, "strings_to_formulas": False, "strings_to_urls": False,
        "default_date_format": "yyyy-mm-dd",
    }  # fmt: skip
    with Workbook(out, options) as book:
        head = book.add_format({"bold": True, "text_wrap": True, "valign": "top", "bottom": 1, "bg_color": "#EFECE6"})
        text = book.add_format({"valign": "top", "num_format": "@"})
        moment = book.add_format({"num_format": "yyyy-mm-dd hh:mm", "valign": "top"})
        for title, (headings, rows) in sheets.items():
            sheet = book.add_worksheet(_title(title))
            _write_head(sheet, headings, head)
            for number, row in enumerate(rows, start=1):
                for column, value in enumerate(row):
                    _write(sheet, number, column, value, text, moment)
    return out.getvalue()


def _title(title: str) -> str:
    return "".join(" " if c in "[]:*?/\\" else c for c in title)[:31].strip("' ") or "1"


def _write_head(sheet: Worksheet, headings: Sequence[str], head: object) -> None:
    sheet.freeze_panes(1, 0)
    for column, heading in enumerate(headings):
        width = min(max(WIDTHS[0], 2 * len(heading) + 4), WIDTHS[1])
        sheet.set_column(column, column, width)
        sheet.write_string(0, column, escaped(str(heading)), head)


def _write(sheet: Worksheet, row: int, column: int, value: Cell, text: object, moment: object) -> None:
    if value is None or value == "":
        return
    if isinstance(value, datetime):
        sheet.write_datetime(row, column, localtime(value).replace(tzinfo=None), moment)
    elif isinstance(value, date):
        sheet.write_datetime(row, column, value)
    elif isinstance(value, int | float | Decimal) and not isinstance(value, bool):
        sheet.write_number(row, column, value)
    else:
        sheet.write_string(row, column, escaped(str(value)), text)
