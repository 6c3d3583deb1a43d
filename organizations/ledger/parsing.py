"""Makes a typed row of a line, or says what is wrong with it; one function per sheet."""

from collections.abc import Callable
from datetime import date, timedelta

from organizations.enums import BRANCH_KINDS, OrganizationKind, PostSource, Role, SocialKind, Title
from organizations.ledger import words
from organizations.ledger.cells import Cells, Wrong
from organizations.ledger.headings import DEPARTMENTS, ORGANIZATIONS, REVIEWERS, SECRETARIES, SOCIAL_ORGANIZATIONS
from organizations.ledger.reading import Line, Table
from organizations.ledger.rows import (
    DepartmentRow,
    OrganizationRow,
    ReviewerRow,
    Row,
    SecretaryRow,
    SocialRow,
)
from organizations.rules.identity import credit_code_fault
from organizations.rules.text import compact, tidy

SMALLEST_BRANCH = 3
_NEEDS_SUPERIOR = BRANCH_KINDS | {OrganizationKind.GENERAL_BRANCH, OrganizationKind.PARTY_GROUP}
_WITHOUT_END = frozenset({Title.FIRST_SECRETARY, Title.MEMBER})
_KEYS = {
    ORGANIZATIONS: ("code", "name"),
    SOCIAL_ORGANIZATIONS: ("credit_code", "name"),
    SECRETARIES: ("identity", "name"),
    DEPARTMENTS: ("code", "name"),
    REVIEWERS: ("email", "phone", "name"),
}
Place = dict[str, object]


def key_of(table: Table, line: Line) -> str:
    """Give the value by which the office finds a row again."""
    for name in _KEYS[table.sheet.name]:
        if name in line.cells:
            value = line.cells[name]
            text = str(int(value)) if isinstance(value, float) else str(value)
            return tidy(text) if name == "name" else compact(text)
    return ""


def parse(table: Table, line: Line, *, on: date) -> tuple[Row | None, list[Wrong]]:
    """Read one line of a table.

    Args:
        table: The table it stands in.
        line: The line.
        on: Today, Asia/Shanghai.

    Returns:
        The row, or None with what is wrong.
    """
    headings = {name: table.sheet.heading_of(name) for name in table.columns}
    cells = Cells(line.cells, headings, on=on)
    place: Place = {"title": table.title, "number": line.number, "key": key_of(table, line)}
    row = _PARSERS[table.sheet.name](cells, place)
    return (None if cells.wrong else row), cells.wrong


def _organization(cells: Cells, place: Place) -> Row:
    kind = cells.word("kind", words.KINDS, unknown="kind_unknown")
    superior = cells.code("superior")
    if kind in _NEEDS_SUPERIOR and not superior:
        cells.code("superior", missing="superior_missing")
    return OrganizationRow(
        **place,
        code=cells.code("code", missing="code_missing"),
        name=cells.text("name", missing="name_missing"),
        kind=kind or "",
        superior=superior,
        level=cells.word("level", words.LEVELS, unknown="level_unknown") or "",
        region_code=_region(cells),
        can_approve=bool(cells.word("can_approve", words.YES_NO, unknown="yes_no_unknown")),
        phone=cells.phone("phone"),
    )


def _region(cells: Cells) -> str:
    code = cells.code("region_code")
    if code and not (len(code) == 6 and code.isdigit()):
        cells.word("region_code", {}, unknown="region_unknown")
    return code


def _social(cells: Cells, place: Place) -> Row:
    kind = cells.word("kind", words.SOCIAL_KINDS, unknown="kind_unknown")
    branch, members = cells.code("branch"), cells.count("member_count", negative="negative_members")
    return SocialRow(
        **place,
        credit_code=_credit_code(cells, kind),
        name=cells.text("name", missing="name_missing"),
        kind=kind or "",
        registry=cells.text("registry", missing="registry_missing"),
        supervisor=cells.text("supervisor"),
        branch=branch,
        registered_on=cells.day("registered_on", not_after=cells.on),
        staff_count=cells.count("staff_count", negative="negative_staff"),
        member_count=members,
        no_branch_reason="" if branch else _reason(cells, members),
    )


def _credit_code(cells: Cells, kind: str | None) -> str:
    code = cells.code("credit_code", missing="" if kind == SocialKind.COMMUNITY else "uscc_missing")
    fault = credit_code_fault(code) if code else ""
    if fault:
        cells.word("credit_code", {}, unknown=fault)
    return code


def _reason(cells: Cells, members: int) -> str:
    """Read why there is no branch; below three members the number itself is the reason (Charter, art. 30)."""
    few = words.NO_BRANCH_REASONS["党员不足3人"] if members < SMALLEST_BRANCH else None
    unknown = "reason_unknown" if "no_branch_reason" in cells.cells else "reason_missing"
    return cells.word("no_branch_reason", words.NO_BRANCH_REASONS, unknown=unknown, blank=few) or ""


def _secretary(cells: Cells, place: Place) -> Row | None:
    identity = cells.identity("identity")
    name = cells.name("name")
    sex = cells.word("sex", words.SEXES, unknown="sex_unknown", blank="") or ""
    if identity and sex and sex != identity.sex:
        cells.wrong.append(Wrong("sex_mismatch", heading=cells.headings["sex"]))
    title, source = _title(cells)
    joined_on, full_member_on, started_on, due_on = _days(cells, title)
    facts = {
        "name": name,
        "ethnicity": cells.text("ethnicity", longest=20),
        "education": cells.text("education", longest=40),
        "branch": cells.code("branch", missing="branch_missing"),
        "phone": cells.phone("phone"),
        "is_first": bool(cells.word("is_first", words.YES_NO, unknown="yes_no_unknown", blank=False)),
    }
    if cells.wrong or identity is None or started_on is None:
        return None
    return SecretaryRow(
        **place,
        **facts,
        identity=identity.number,
        sex=identity.sex,
        born_on=identity.born_on,
        joined_on=joined_on,
        full_member_on=full_member_on,
        title_held=title or "",
        source=source or "",
        started_on=started_on,
        due_on=due_on,
    )


def _title(cells: Cells) -> tuple[str | None, str | None]:
    if compact(str(cells.cells.get("title", ""))) in words.ACTING_TITLES:
        return Title.SECRETARY, PostSource.ACTING
    title = cells.word("title", words.TITLES, unknown="unknown_title")
    return title, cells.word("source", words.SOURCES, unknown="unknown_source")


def _days(cells: Cells, title: str | None) -> tuple[date | None, date | None, date | None, date | None]:
    joined_on = cells.day("joined_on", not_after=cells.on)
    full_member_on = cells.day("full_member_on", not_after=cells.on)
    if joined_on and full_member_on and full_member_on < joined_on:
        cells.wrong.append(Wrong("full_before_join", heading=cells.headings["full_member_on"]))
    started_on = cells.day("started_on", missing="start_missing")
    due_on = cells.day("due_on", last=True, missing="" if title in _WITHOUT_END else "due_missing")
    if started_on and due_on and due_on <= started_on:
        cells.wrong.append(Wrong("term_end_before_start", heading=cells.headings["due_on"]))
    return joined_on, full_member_on, started_on, due_on


def _department(cells: Cells, place: Place) -> Row:
    return DepartmentRow(
        **place,
        code=cells.code("code", missing="code_missing"),
        name=cells.text("name", missing="name_missing"),
        level=cells.word("level", words.LEVELS, unknown="level_unknown") or "",
        channel=cells.word("channel", words.CHANNELS, unknown="channel_unknown") or "",
        contact=cells.text("contact", longest=60),
        phone=cells.phone("phone"),
    )


def _reviewer(cells: Cells, place: Place) -> Row | None:
    until = cells.day("until_on", last=True)
    from_on = cells.day("from_on", missing="start_missing")
    if from_on and until and until < from_on:
        cells.wrong.append(Wrong("valid_until_before_from", heading=cells.headings["until_on"]))
    facts = {
        "name": cells.name("name"),
        "phone": cells.phone("phone", missing="phone_missing"),
        "email": _email(cells),
        "place": cells.code("place", missing="place_missing"),
        "role": cells.word("role", words.ROLES, unknown="unknown_role") or Role.LIAISON,
    }
    if cells.wrong or from_on is None:
        return None
    # 任职止 is the last day that counts; a stored span ends on the first day that does not.
    return ReviewerRow(**place, **facts, from_on=from_on, until_on=until + timedelta(days=1) if until else None)


def _email(cells: Cells) -> str:
    address = compact(str(cells.cells.get("email", ""))).lower()
    head, at, host = address.partition("@")
    if address and not (head and at and "." in host and "@" not in host and len(address) <= 254):
        cells.word("email", {}, unknown="email_unreadable")
    return address


_PARSERS: dict[str, Callable[[Cells, Place], Row | None]] = {
    ORGANIZATIONS: _organization,
    SOCIAL_ORGANIZATIONS: _social,
    SECRETARIES: _secretary,
    DEPARTMENTS: _department,
    REVIEWERS: _reviewer,
}
