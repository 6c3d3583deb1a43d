"""Reads single cells; each reader gives a value or says what is wrong."""

from collections.abc import Mapping
from datetime import date
from typing import TypeVar

from organizations.rules.days import DayUnreadable, read_day
from organizations.rules.identity import Identity, IdentityFault, masked, read_identity, read_phone
from organizations.rules.names import read_name
from organizations.rules.text import compact, looks_like_formula, tidy

Word = TypeVar("Word")
LONGEST_CODE = 32
MOST_PEOPLE = 9_999_999
_ERRORS = frozenset({"#REF!", "#N/A", "#VALUE!", "#NAME?", "#DIV/0!", "#NULL!", "#NUM!"})


class Wrong(ValueError):
    """A cell that cannot be read.

    Attributes:
        kind: Stable name of the fault.
        facts: Values for its message.
    """

    def __init__(self, kind: str, **facts: object) -> None:
        super().__init__(kind)
        self.kind = kind
        self.facts = facts


class Cells:
    """The cells of one line, read field by field; what is wrong is collected, not raised.

    Args:
        cells: Values by field, blanks left out.
        headings: The headings as the file spells them, by field, for messages.
        on: Today, Asia/Shanghai.
    """

    def __init__(self, cells: Mapping[str, object], headings: Mapping[str, str], *, on: date) -> None:
        self.cells = cells
        self.headings = headings
        self.on = on
        self.wrong: list[Wrong] = []
        self._spoiled: set[str] = set()
        for name, value in cells.items():
            if isinstance(value, str) and looks_like_formula(value) and not (name == "phone" and read_phone(value)):
                self._note("formula_in_text", name)
            elif value in _ERRORS:
                self._note("cell_error", name)

    def text(self, name: str, *, longest: int = 120, missing: str = "") -> str:
        """Read text; ``missing`` names the fault of an empty cell that must not be empty."""
        value = tidy(_as_text(self.cells.get(name)))
        if not value and missing:
            self._note(missing, name)
        if len(value) > longest:
            self._note("too_long", name, longest=longest)
        return value

    def code(self, name: str, *, missing: str = "") -> str:
        """Read a code: capitals, no blanks."""
        value = compact(_as_text(self.cells.get(name))).upper()
        if not value and missing:
            self._note(missing, name)
        if len(value) > LONGEST_CODE:
            self._note("code_too_long", name)
        return value

    def word(self, name: str, words: Mapping[str, Word], *, unknown: str, blank: Word | None = None) -> Word | None:
        """Read one of a list of words; ``blank`` is what an empty cell means."""
        text = compact(_as_text(self.cells.get(name)))
        if not text and blank is not None:
            return blank
        if text not in words:
            self._note(unknown, name, value=text)
            return None
        return words[text]

    def day(self, name: str, *, last: bool = False, missing: str = "", not_after: date | None = None) -> date | None:
        """Read a day; ``missing`` as in ``text``, ``not_after`` refuses later days."""
        try:
            day = read_day(self.cells.get(name), last=last)
        except DayUnreadable:
            self._note("date_unreadable", name, value=_as_text(self.cells[name]))
            return None
        if day is None and missing:
            self._note(missing, name)
        if day and not_after and day > not_after:
            self._note("date_in_future", name)
        return day

    def count(self, name: str, *, negative: str) -> int:
        """Read a number of people; ``negative`` names the fault of one below zero."""
        text = compact(_as_text(self.cells.get(name))).rstrip("人名")
        if not text:
            return 0
        try:
            number = int(text)
        except ValueError:
            self._note("number_unreadable", name, value=text)
            return 0
        if number < 0:
            self._note(negative, name, value=number)
        if number > MOST_PEOPLE:
            self._note("number_too_large", name, value=number)
        return number

    def phone(self, name: str, *, missing: str = "") -> str:
        """Read a telephone number."""
        text = _as_text(self.cells.get(name))
        number = read_phone(text) if text else ""
        if number is None or (not number and missing):
            self._note("phone" if number is None else missing, name, value=text)
        return number or ""

    def name(self, name: str) -> str:
        """Read the name of a person."""
        text = _as_text(self.cells.get(name))
        read = read_name(text) if text else None
        if read is None:
            self._note("name_unreadable" if text else "name_missing", name, value=text)
        return read or ""

    def identity(self, name: str) -> Identity | None:
        """Read an identity number."""
        value = self.cells.get(name)
        if isinstance(value, float):
            # A spreadsheet keeps 15 digits of a number; the rest of this one is lost.
            self._note("id_as_number", name)
            return None
        text = _as_text(value)
        try:
            return read_identity(text, on=self.on)
        except IdentityFault as fault:
            self._note(fault.kind if text else "id_missing", name, masked=masked(compact(text)))
            return None

    def _note(self, kind: str, name: str, **facts: object) -> None:
        if name not in self._spoiled:
            self.wrong.append(Wrong(kind, heading=self.headings.get(name, name), **facts))
        if kind in {"formula_in_text", "cell_error"}:
            self._spoiled.add(name)


def _as_text(value: object) -> str:
    if value is None:
        return ""
    if isinstance(value, float) and value.is_integer():
        return str(int(value))
    return str(value)
