"""Reads a workbook: which sheet is which, where the headings stand, what the rows hold."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime, time, timedelta
from typing import BinaryIO

from openpyxl import load_workbook
from openpyxl.utils.exceptions import InvalidFileException
from openpyxl.worksheet.worksheet import Worksheet

from organizations.ledger.headings import SHEETS, Sheet, normal_heading
from organizations.ledger.packing import NoWorkbook, demand_harmless
from organizations.rules.text import is_nothing, tidy

SEARCHED_ROWS = 15
_FOOT = ("合计", "总计", "小计", "填表", "制表", "审核人", "填报", "注:", "注：", "说明:", "说明：", "备注:", "备注：")
Cells = dict[str, object]


@dataclass(frozen=True, slots=True)
class Line:
    """One row that holds data.

    Attributes:
        number: Row number in the file, from 1.
        cells: Values by field, blanks left out.
    """

    number: int
    cells: Cells


@dataclass(slots=True)
class Table:
    """One sheet that was recognized.

    Attributes:
        sheet: What it is.
        title: The name of its tab.
        heading_row: Row number of the headings.
        columns: Column numbers by field, from 0.
        lines: The rows with data.
        other_columns: Headings nobody knows; they are left alone.
        missing: Official headings of required columns that are not there.
    """

    sheet: Sheet
    title: str
    heading_row: int
    columns: dict[str, int]
    lines: list[Line] = field(default_factory=list)
    other_columns: list[str] = field(default_factory=list)
    missing: list[str] = field(default_factory=list)


@dataclass(slots=True)
class Book:
    """A workbook as read: its tables in the order of ``SHEETS`` and the tabs nobody knows."""

    tables: list[Table]
    other_sheets: list[str]


@dataclass(frozen=True, slots=True)
class _Guess:
    sheet: Sheet
    heading_row: int
    first_row: int
    columns: dict[str, int]
    headings: tuple[str, ...]

    @property
    def complete(self) -> bool:
        return self.sheet.required <= self.columns.keys()

    def weight(self, title: str) -> tuple[bool, bool, int]:
        return self.complete, any(word in title for word in self.sheet.words), len(self.columns)


def read_book(file: BinaryIO) -> Book:
    """Read a ledger.

    Args:
        file: An .xlsx workbook, at its beginning.

    Returns:
        The tables found; two tabs of the same kind give two tables.

    Raises:
        WorkbookRefused: the file is no workbook, or not a harmless one.
    """
    demand_harmless(file)
    try:
        workbook = load_workbook(file, data_only=False)
    except (KeyError, ValueError, TypeError, AttributeError, IndexError, SyntaxError, OSError, InvalidFileException):
        # openpyxl meets a broken package with whatever it stumbles over.
        raise NoWorkbook from None
    tables, others = [], []
    for worksheet in workbook.worksheets:
        grid = _grid(worksheet)
        table = _table(worksheet.title, grid) if grid else None
        if table:
            tables.append(table)
        elif grid and worksheet.sheet_state == "visible":
            others.append(worksheet.title)
    order = [sheet.name for sheet in SHEETS]
    tables.sort(key=lambda table: order.index(table.sheet.name))
    return Book(tables, others)


def _grid(worksheet: Worksheet) -> list[list[object]]:
    grid = [[_plain(value) for value in row] for row in worksheet.iter_rows(values_only=True)]
    # A code written once beside several people is a merged cell; each row means it.
    for area in worksheet.merged_cells.ranges:
        if area.min_col == area.max_col:
            for row in range(area.min_row, area.max_row):
                grid[row][area.min_col - 1] = grid[area.min_row - 1][area.min_col - 1]
    return grid if any(any(row) for row in grid) else []


def _plain(value: object) -> object:
    if value is None or isinstance(value, str | bool | int | float | date | datetime):
        return value
    if isinstance(value, time | timedelta):
        return str(value)
    # Array formulas and data tables come as objects.
    return f"={getattr(value, 'text', '')}"


def _table(title: str, grid: list[list[object]]) -> Table | None:
    guess = max(_guesses(grid), key=lambda guess: guess.weight(title), default=None)
    if guess is None:
        return None
    named = any(word in title for word in guess.sheet.words)
    if not guess.complete and (not named or len(guess.columns) * 2 < len(guess.sheet.required)):
        return None
    missing = [guess.sheet.heading_of(name) for name in sorted(guess.sheet.required - guess.columns.keys())]
    known = set(guess.columns.values())
    return Table(
        sheet=guess.sheet,
        title=title,
        heading_row=guess.heading_row,
        columns=guess.columns,
        lines=list(_lines(grid, guess)),
        other_columns=[
            text for number, text in enumerate(guess.headings) if text and number not in known and text not in _SERIAL
        ],
        missing=missing,
    )


_SERIAL = {"序号", "编号", "行号", "No"}


def _guesses(grid: list[list[object]]) -> Iterator[_Guess]:
    for number, row in enumerate(grid[:SEARCHED_ROWS]):
        below = grid[number + 1] if number + 1 < len(grid) else []
        for depth, headings in ((1, _headings(row)), (2, _headings(row, below))):
            for sheet in SHEETS:
                columns = _columns(sheet, headings)
                if len(columns) >= 3:
                    yield _Guess(sheet, number + depth, number + depth, columns, headings)


def _headings(row: Sequence[object], below: Sequence[object] = ()) -> tuple[str, ...]:
    upper = [normal_heading(value) for value in row]
    lower = [normal_heading(value) for value in below] or [""] * len(upper)
    return tuple(low or up for up, low in zip(upper, lower, strict=False))


def _columns(sheet: Sheet, headings: Sequence[str]) -> dict[str, int]:
    """Match headings with fields; where two headings mean one field, the more official spelling wins."""
    columns = {}
    for column in sheet.columns:
        places = [headings.index(text) for text in column.headings if text in headings]
        free = [place for place in places if place not in columns.values()]
        if free:
            columns[column.field] = free[0]
    return columns


def _lines(grid: list[list[object]], guess: _Guess) -> Iterator[Line]:
    for number, row in enumerate(grid[guess.first_row :], start=guess.first_row + 1):
        cells = {
            name: row[place]
            for name, place in guess.columns.items()
            if place < len(row)
            and row[place] is not None
            and not (isinstance(row[place], str) and is_nothing(row[place]))
        }
        if cells and not _is_foot(row, cells, guess) and _headings(row) != guess.headings:
            yield Line(number, cells)


def _is_foot(row: Sequence[object], cells: Cells, guess: _Guess) -> bool:
    """Say whether a row is a sum or a remark below the table and not somebody's data."""
    texts = [tidy(value) for value in row if isinstance(value, str) and tidy(value)]
    few = len(cells.keys() & guess.sheet.required) * 2 < len(guess.sheet.required)
    return few and bool(texts) and texts[0].replace(" ", "").startswith(_FOOT)
