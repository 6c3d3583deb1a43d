"""Changing a form document, and telling two versions apart. Pure: documents go in and come out."""

import copy
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from workflows.appointment_review.form_fields import CONFIRMATIONS, Field, Section, blank, section_named, sections
from workflows.appointment_review.rules.resume import in_order
from workflows.appointment_review.rules.typing import stored

LONGEST_REASON = 200
MOST_ROWS = 60


@dataclass(frozen=True)
class Change:
    """One value that differs between two versions.

    Attributes:
        section, field: Where; the field is ``rows`` for a row that came or went.
        row: Key of the row, if it is in one.
        before, after: Stored values; empty for what was not there.
    """

    section: str
    field: str
    row: int | None
    before: str
    after: str


@dataclass(frozen=True)
class Page:
    """From which state of the form a page was typed.

    Attributes:
        tab: Drawn by the page when it was opened.
        edition: The form's edition then.
    """

    tab: str
    edition: int


class Overtaken(ValueError):
    """The same field was changed from another page in the meantime."""


class NoSuchField(ValueError):
    """The form has no such field, or no such row any more."""


def typed(document: Mapping[str, dict], values: Mapping[str, str], *, section: str, page: Page, today: date) -> dict:
    """Give the document with what was typed on a page.

    Args:
        document: The form as stored.
        values: Texts by address: ``native_place``, ``rows-3-unit``, ``reason-2014-07_2015-02``.
        section: Name of the section.
        page: From which state it was typed.
        today: Names the years of appraisal.

    Returns:
        A new document, one edition later when something changed.

    Raises:
        Overtaken: another page changed one of these fields after this page was opened, to something else.
        NoSuchField: an address names nothing.
    """
    new = copy.deepcopy(dict(document))
    about = section_named(section, today=today)
    if about is None:
        raise NoSuchField(section)
    changed = False
    for address, text in values.items():
        place, field = _place(new, about, address)
        value = stored(field, text)
        held = place.get(field.name, blank(field))
        if held == value or _only_shown(new, f"{section}.{address}", page, value):
            continue
        place[field.name] = value
        new["meta"]["edits"][f"{section}.{address}"] = [new["meta"]["edition"] + 1, page.tab, held]
        changed = True
    new["meta"]["edition"] += changed
    return new


def with_row(
    document: Mapping[str, dict], *, section: str, today: date, values: Mapping[str, str] | None = None
) -> tuple[dict, int]:
    """Give the document with one more row, and the key of the row.

    Raises:
        NoSuchField: the section has no rows, or too many.
    """
    new = copy.deepcopy(dict(document))
    about = section_named(section, today=today)
    if about is None or not about.row or len(new[section]["rows"]) >= MOST_ROWS:
        raise NoSuchField(section)
    key = new["meta"]["last_row"] + 1
    given = values or {}
    row = {"id": key} | {field.name: stored(field, given.get(field.name, "")) for field in about.row}
    new[section]["rows"].append(row)
    if section == "resume":
        new[section]["rows"] = in_order(new[section]["rows"])
    new["meta"]["last_row"] = key
    new["meta"]["edition"] += 1
    return new, key


def without_row(document: Mapping[str, dict], *, section: str, row: int) -> dict:
    """Give the document without a row; one that is already gone stays gone."""
    new = copy.deepcopy(dict(document))
    if "rows" not in new.get(section, {}):
        raise NoSuchField(section)
    new[section]["rows"] = [held for held in new[section]["rows"] if held["id"] != row]
    new["meta"]["edition"] += 1
    return new


def next_version(document: Mapping[str, dict]) -> dict:
    """Give the draft that follows a version handed in: the same words, the confirmations to be given anew."""
    new = copy.deepcopy(dict(document))
    for name in CONFIRMATIONS:
        new["pledge"][name] = False
    new["meta"]["edits"] = {}
    return new


def changes(before: Mapping[str, dict], after: Mapping[str, dict], *, today: date) -> list[Change]:
    """Tell what differs between two versions, in the order of the form; confirmations are left out."""
    found: list[Change] = []
    for section in sections(today=today):
        old, new = before.get(section.name, {}), after.get(section.name, {})
        for field in section.fields:
            was, now = old.get(field.name, blank(field)), new.get(field.name, blank(field))
            if was != now and field.name not in CONFIRMATIONS:
                found.append(Change(section.name, field.name, None, _text(was), _text(now)))
        found += _row_changes(section, old.get("rows", []), new.get("rows", []))
        for key in sorted({*old.get("reasons", {}), *new.get("reasons", {})}):
            was, now = old.get("reasons", {}).get(key, ""), new.get("reasons", {}).get(key, "")
            if was != now:
                found.append(Change(section.name, f"reason-{key}", None, was, now))
    return found


def row_text(section: Section, row: Mapping[str, object]) -> str:
    """Write a row in one line of stored values."""
    return " · ".join(str(row[field.name]) for field in section.row if row.get(field.name))


def _row_changes(section: Section, before: list, after: list) -> list[Change]:
    old, new = ({row["id"]: row for row in rows} for rows in (before, after))
    found = []
    for key in [*old, *(key for key in new if key not in old)]:
        if key not in new:
            found.append(Change(section.name, "rows", key, row_text(section, old[key]), ""))
        elif key not in old:
            found.append(Change(section.name, "rows", key, "", row_text(section, new[key])))
        else:
            for field in section.row:
                was, now = str(old[key].get(field.name, "")), str(new[key].get(field.name, ""))
                if was != now:
                    found.append(Change(section.name, field.name, key, was, now))
    return found


def _place(document: dict, section: Section, address: str) -> tuple[dict, Field]:
    held = document[section.name]
    if address.startswith("reason-") and section.name == "resume":
        return held["reasons"], Field(address.removeprefix("reason-")[:40], longest=LONGEST_REASON)
    if address.startswith("rows-"):
        _, key, name = [*address.split("-", 2), "", ""][:3]
        row = next((row for row in held.get("rows", []) if str(row["id"]) == key), None)
        field = next((field for field in section.row if field.name == name), None)
        if row is None or field is None:
            raise NoSuchField(address)
        return row, field
    field = next((field for field in section.fields if field.name == address), None)
    if field is None or field.given:
        raise NoSuchField(address)
    return held, field


def _only_shown(document: dict, address: str, page: Page, value: object) -> bool:
    """Say whether an older page only repeats what it showed; raises ``Overtaken`` when it says something else."""
    edition, tab, before = document["meta"]["edits"].get(address, (0, "", None))
    if edition <= page.edition or tab == page.tab:
        return False
    if value != before:
        raise Overtaken(address)
    return True


def _text(value: object) -> str:
    return {True: "yes", False: ""}.get(value, str(value)) if isinstance(value, bool) else str(value)
