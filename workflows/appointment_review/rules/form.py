"""What the registration form has to hold before it can be handed in (docs/regulations.md, registration form)."""

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date

from organizations.rules.identity import read_phone
from organizations.rules.names import read_name
from organizations.rules.text import is_nothing
from workflows.appointment_review.form_fields import Field, Section, sections
from workflows.appointment_review.rules.resume import PRESENT, gaps, month_of, written

WORK_AGE = 16
SHORTEST_REASON = 4
_EMAIL = re.compile(r"[^@\s]+@[^@\s]+\.[A-Za-z]{2,}")
_COUNTY = re.compile(r"[县市区旗州盟]")
_DAY = re.compile(r"\d{4}-\d{2}-\d{2}")


@dataclass(frozen=True)
class Problem:
    """One thing that stands in the way of handing in.

    Attributes:
        section, field: Where it is; the field is a stable name.
        row: Key of the row, if it is in one.
        code: What is wrong; worded at the edge.
        facts: Values for the words.
    """

    section: str
    field: str
    row: int | None
    code: str
    facts: Mapping[str, object] = field(default_factory=dict)


@dataclass(frozen=True)
class Known:
    """What the identity number says, to hold the form against; None where it cannot be read."""

    born_on: date | None = None
    sex: str = ""


def problems(document: Mapping[str, dict], *, today: date, known: Known | None = None) -> list[Problem]:
    """Hold a form against everything asked of it.

    Args:
        document: The form as stored.
        today: The day it would be handed in.
        known: Birthday and sex by the identity number.

    Returns:
        What is missing or wrong, in the order of the form; empty when it can be handed in.

    Source: docs/regulations.md, registration form.
    """
    found: list[Problem] = []
    for section in sections(today=today):
        held = document.get(section.name, {})
        found += [
            problem for one in section.fields for problem in _field(section, one, held.get(one.name, ""), None, today)
        ]
        for row in held.get("rows", []):
            found += [problem for one in section.row for problem in _row_field(section, one, row, today)]
        found += _SECTION_RULES.get(section.name, lambda *_: ())(held, document, today, known or Known())
    return found


def day_of(text: object) -> date | None:
    """Read a stored day; None when it is no day."""
    if not _DAY.fullmatch(str(text)):
        return None
    try:
        return date.fromisoformat(str(text))
    except ValueError:
        return None


def anniversary(day: date, years: int) -> date:
    """Give the day some years later; 29 February becomes 1 March, the first day on which the years are full."""
    try:
        return day.replace(year=day.year + years)
    except ValueError:
        return date(day.year + years, 3, 1)


def _field(section: Section, one: Field, value: object, row: dict | None, today: date) -> Iterator[Problem]:
    key = row["id"] if row else None
    facts = {"relation": row.get("relation", "")} if row and section.name == "family" else {}
    if one.kind == "tick":
        if one.required and value is not True:
            yield Problem(section.name, one.name, key, "not_confirmed")
        return
    text = str(value)
    if not text.strip() or (is_nothing(text) and one.required):
        if one.required:
            yield Problem(section.name, one.name, key, "missing", facts)
        return
    code = _shape(one, text, today)
    if code:
        yield Problem(section.name, one.name, key, code, {**facts, "longest": one.longest})


def _row_field(section: Section, one: Field, row: dict, today: date) -> Iterator[Problem]:
    yield from _field(section, one, row.get(one.name, ""), row, today)


def _shape(one: Field, text: str, today: date) -> str:
    if len(text) > one.longest:
        return "too_long"
    if one.kind == "choice" and text not in one.choices:
        return "missing"
    if one.kind in ("month", "end") and text != PRESENT:
        month = month_of(text)
        if month is None:
            return "month_unreadable" if one.kind == "month" else "end_unreadable"
        return "in_the_future" if month > (today.year, today.month) else ""
    if one.kind == "end":
        return ""
    if one.kind == "day":
        day = day_of(text)
        return "day_unreadable" if day is None else "in_the_future" if day > today else ""
    if one.kind == "year":
        return "" if re.fullmatch(r"(19|20)\d\d", text) and int(text) <= today.year else "year_unreadable"
    return {"phone": _phone, "email": _email, "name": _name}.get(one.kind, lambda _: "")(text)


def _phone(text: str) -> str:
    return "" if read_phone(text) == text else "phone_shape"


def _email(text: str) -> str:
    return "" if _EMAIL.fullmatch(text) else "email_shape"


def _name(text: str) -> str:
    return "" if read_name(text) == text else "name_shape"


def _basics(held: dict, document: Mapping, today: date, known: Known) -> Iterator[Problem]:
    born = day_of(held.get("born_on", ""))
    if born and known.born_on and born != known.born_on:
        yield Problem("basics", "born_on", None, "born_differs")
    if held.get("sex") and known.sex and held["sex"] != known.sex:
        yield Problem("basics", "sex", None, "sex_differs")
    place = str(held.get("native_place", ""))
    if place and not _COUNTY.search(place):
        yield Problem("basics", "native_place", None, "not_to_the_county")
    began = month_of(held.get("work_began", ""))
    if born and began and began < (born.year + WORK_AGE, born.month):
        yield Problem("basics", "work_began", None, "worked_too_young", {"years": WORK_AGE})


def _membership(held: dict, document: Mapping, today: date, known: Known) -> Iterator[Problem]:
    born = day_of(document.get("basics", {}).get("born_on", ""))
    joined, full = day_of(held.get("joined_on", "")), day_of(held.get("full_member_on", ""))
    if born and joined and joined <= born:
        yield Problem("membership", "joined_on", None, "joined_before_birth")
    if joined and full and full < joined:
        yield Problem("membership", "full_member_on", None, "full_before_joined")


def _resume(held: dict, document: Mapping, today: date, known: Known) -> Iterator[Problem]:
    rows = held.get("rows", [])
    if not rows:
        yield Problem("resume", "rows", None, "no_rows")
        return
    born = day_of(document.get("basics", {}).get("born_on", ""))
    for row in rows:
        start, end = month_of(row.get("start", "")), month_of(row.get("end", ""))
        if start and end and row.get("end") != PRESENT and end < start:
            yield Problem("resume", "end", row["id"], "ends_before_start")
        if born and start and start < (born.year, born.month):
            yield Problem("resume", "start", row["id"], "before_birth")
    for gap in gaps(rows):
        if len(str(held.get("reasons", {}).get(gap.key, "")).strip()) < SHORTEST_REASON:
            facts = {"months": gap.months, "from": written(gap.from_month), "to": written(gap.to_month)}
            yield Problem("resume", gap.key, gap.after_row, "gap", facts)
    if not any(row.get("end") == PRESENT for row in rows):
        yield Problem("resume", "end", rows[-1]["id"], "not_to_the_present")
    starts = [month for row in rows if (month := month_of(row.get("start", "")))]
    began = month_of(document.get("basics", {}).get("work_began", ""))
    if starts and began and min(starts) > began:
        yield Problem("resume", "start", rows[0]["id"], "starts_after_work", {"from": written(began)})


def _family(held: dict, document: Mapping, today: date, known: Known) -> Iterator[Problem]:
    if not held.get("rows"):
        yield Problem("family", "rows", None, "no_family")


def _pledge(held: dict, document: Mapping, today: date, known: Known) -> Iterator[Problem]:
    if not held.get("rows") and held.get("no_concurrent") is not True:
        yield Problem("pledge", "no_concurrent", None, "concurrent_missing")
    if held.get("rows") and held.get("no_concurrent") is True:
        yield Problem("pledge", "no_concurrent", None, "concurrent_both")


_SECTION_RULES = {
    "basics": _basics, "membership": _membership, "resume": _resume, "family": _family, "pledge": _pledge,
}  # fmt: skip
