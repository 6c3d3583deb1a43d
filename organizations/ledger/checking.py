"""Compares rows with each other and with what is already known, and names those that must be refused."""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date

from organizations.enums import PostSource, Role, Title
from organizations.ledger.headings import DEPARTMENTS, ORGANIZATIONS, REVIEWERS, SECRETARIES, SOCIAL_ORGANIZATIONS
from organizations.ledger.parsing import key_of, parse
from organizations.ledger.reading import Book
from organizations.ledger.rows import (
    DepartmentRow,
    Fault,
    OrganizationRow,
    ReviewerRow,
    Row,
    Rows,
    SecretaryRow,
    SocialRow,
)
from organizations.ledger.trees import cycles, hanging_below
from organizations.role_rules import clash_with
from organizations.rules.identity import masked


@dataclass(frozen=True, slots=True)
class Known:
    """What the database already holds and rows may refer to.

    Attributes:
        superiors: Code of the superior by code of the organization; empty at a root.
        departments: Codes of departments.
        secretaries: Day the present secretary took office, by code of the organization.
        terms: Day a present term began, by code, post and blind index of the person.
        index: Turns an identity number into its blind index.
        holders: Keys of accounts by name and telephone, and by name and e-mail address.
        held: Roles of an account today or later, by key of the account.
        roles: First day without it of every stored role, by account, role, code of the place and first day.
        importer: Key of the account that imports; None at the command line.
    """

    superiors: Mapping[str, str] = field(default_factory=dict)
    departments: frozenset[str] = frozenset()
    secretaries: Mapping[str, date] = field(default_factory=dict)
    terms: Mapping[tuple[str, str, str], date] = field(default_factory=dict)
    index: Callable[[str], str] = str
    holders: Mapping[tuple[str, str], int] = field(default_factory=dict)
    held: Mapping[int, frozenset[str]] = field(default_factory=dict)
    roles: Mapping[tuple[int, str, str, date], date | None] = field(default_factory=dict)
    importer: int | None = None


@dataclass(slots=True)
class Checked:
    """A ledger after all checks.

    Attributes:
        counts: Rows with data by tab.
        rows: The good ones.
        faults: Why the others are refused, in the order of the file.
    """

    counts: dict[str, int]
    rows: Rows
    faults: list[Fault]


def check_book(book: Book, known: Known, *, on: date) -> Checked:
    """Check every row of a ledger.

    Args:
        book: The workbook as read; no table misses a required column.
        known: What the database holds.
        on: Today, Asia/Shanghai.

    Returns:
        Good rows and faults; a row with several faults has several entries.
    """
    check = _Check(book, known, on)
    good = Rows(organizations=check.organizations(), departments=check.departments())
    good.social_organizations = check.social_organizations()
    good.secretaries = check.secretaries()
    good.reviewers = check.reviewers()
    counts: dict[str, int] = {}
    for table in book.tables:
        counts[table.title] = counts.get(table.title, 0) + len(table.lines)
    order = {table.title: number for number, table in enumerate(book.tables)}
    check.faults.sort(key=lambda fault: (order[fault.sheet], fault.row))
    return Checked(counts, good, check.faults)


class _Check:
    """One pass over a book; collects the faults."""

    def __init__(self, book: Book, known: Known, on: date) -> None:
        self.known = known
        self.on = on
        self.faults: list[Fault] = []
        self.refused_codes: set[str] = set()
        self.parsed: dict[str, list[Row]] = {}
        for table in book.tables:
            rows = self.parsed.setdefault(table.sheet.name, [])
            for line in table.lines:
                row, wrong = parse(table, line, on=on)
                key = key_of(table, line)
                self.faults += [
                    Fault(sheet=table.title, row=line.number, key=key, kind=each.kind, facts=each.facts)
                    for each in wrong
                ]
                if row:
                    rows.append(row)
                elif table.sheet.name in {ORGANIZATIONS, DEPARTMENTS}:
                    self._refuse({key.upper()})

    def _refuse(self, codes: set[str]) -> None:
        self.refused_codes |= codes - self.known.superiors.keys() - self.known.departments

    def organizations(self) -> list[OrganizationRow]:
        rows = self._once(ORGANIZATIONS, lambda row: row.code, "code_duplicate")
        superiors = {**self.known.superiors, **{row.code: row.superior for row in rows}}
        rows = self._keep(rows, lambda row: self._missing(row.superior, superiors, "unknown_superior"))
        rows = self._without_cycles(rows, superiors)
        loose = hanging_below(self.refused_codes, {row.code: row.superior for row in rows})
        rows = self._keep(rows, lambda row: ("superior_refused", {}) if row.code in loose else None)
        self.codes = self.known.superiors.keys() | {row.code for row in rows}
        return rows

    def departments(self) -> list[DepartmentRow]:
        rows = self._once(DEPARTMENTS, lambda row: row.code, "code_duplicate")
        self.department_codes = self.known.departments | {row.code for row in rows}
        return rows

    def social_organizations(self) -> list[SocialRow]:
        rows = self._once(SOCIAL_ORGANIZATIONS, lambda row: row.credit_code or row.name, "uscc_duplicate")
        return self._keep(rows, lambda row: self._missing(row.branch, self.codes, "unknown_branch"))

    def secretaries(self) -> list[SecretaryRow]:
        rows = self._once(SECRETARIES, lambda row: (row.identity, row.branch, row.title_held), "duplicate_person_post")
        rows = self._keep(rows, lambda row: self._missing(row.branch, self.codes, "unknown_branch"))
        names: dict[str, str] = {}
        rows = self._keep(rows, lambda row: self._other_name(row, names))
        rows = self._keep(rows, self._outdated)
        heads: dict[tuple[str, bool], int] = {}
        return self._keep(rows, lambda row: self._second_head(row, heads))

    def reviewers(self) -> list[ReviewerRow]:
        rows = self._once(
            REVIEWERS, lambda row: (row.name, row.phone, row.role, row.place, row.from_on), "duplicate_role"
        )
        rows = self._keep(rows, self._wrong_place)
        rows = self._keep(rows, self._bent)
        held: dict[object, set[str]] = {}
        return self._keep(rows, lambda row: self._clash(row, held))

    def _once(self, sheet: str, key: Callable[[Row], object], kind: str) -> list:
        first: dict[object, int] = {}

        def again(row: Row) -> tuple[str, dict] | None:
            number = first.setdefault(key(row), row.number)
            return None if number == row.number else (kind, {"first": number})

        return self._keep(self.parsed.get(sheet, []), again)

    def _keep(self, rows: Iterable[Row], fault: Callable[[Row], tuple[str, dict] | None]) -> list:
        kept = []
        for row in rows:
            found = fault(row)
            if found:
                kind, facts = found
                if isinstance(row, OrganizationRow) and kind != "code_duplicate":
                    self._refuse({row.code})
                key = facts.pop("key", row.key)
                self.faults.append(Fault(sheet=row.title, row=row.number, key=key, kind=kind, facts=facts))
            else:
                kept.append(row)
        return kept

    def _missing(self, code: str, codes: Iterable[str], kind: str) -> tuple[str, dict] | None:
        if not code or code in codes:
            return None
        return ("organization_refused" if code in self.refused_codes else kind), {"value": code}

    def _without_cycles(self, rows: list[OrganizationRow], superiors: Mapping[str, str]) -> list[OrganizationRow]:
        loops = {code: ",".join(loop) for loop in cycles(superiors) for code in loop}
        return self._keep(rows, lambda row: ("cycle_in_tree", {"key": loops[row.code]}) if row.code in loops else None)

    def _other_name(self, row: SecretaryRow, names: dict[str, str]) -> tuple[str, dict] | None:
        same = names.setdefault(row.identity, row.name) == row.name
        return None if same else ("identity_of_another", {"masked": masked(row.identity)})

    def _second_head(self, row: SecretaryRow, heads: dict[tuple[str, bool], int]) -> tuple[str, dict] | None:
        if row.title_held != Title.SECRETARY:
            return None
        first = heads.setdefault((row.branch, row.source == PostSource.ACTING), row.number)
        return None if first == row.number else ("second_secretary", {"first": first})

    def _outdated(self, row: SecretaryRow) -> tuple[str, dict] | None:
        """Refuse a term older than the one the system knows: a stale ledger must not undo what was decided."""
        since = self.known.terms.get((row.branch, row.title_held, self.known.index(row.identity)))
        if row.title_held == Title.SECRETARY and row.source != PostSource.ACTING:
            since = self.known.secretaries.get(row.branch)
        return ("secretary_outdated", {"since": since}) if since and since > row.started_on else None

    def _wrong_place(self, row: ReviewerRow) -> tuple[str, dict] | None:
        codes = self.department_codes if row.role == Role.DEPARTMENT_OFFICER else self.codes
        return self._missing(row.place, codes, "unknown_organization")

    def _holder(self, row: ReviewerRow) -> int | None:
        return next((self.known.holders[key] for key in row.known_as if key in self.known.holders), None)

    def _bent(self, row: ReviewerRow) -> tuple[str, dict] | None:
        """Refuse a role to oneself, and days behind the end of a role that is known; both are acts of their own."""
        holder = self._holder(row)
        if holder is None:
            return None
        stored = (holder, row.role, row.place, row.from_on)
        if stored not in self.known.roles:
            return ("own_role", {}) if holder == self.known.importer else None
        ends = self.known.roles[stored]
        if ends is not None and (row.until_on is None or row.until_on > ends):
            return "role_ended", {"until": ends}
        return ("own_role", {}) if holder == self.known.importer and ends != row.until_on else None

    def _clash(self, row: ReviewerRow, held: dict[object, set[str]]) -> tuple[str, dict] | None:
        holder = self._holder(row)
        over = row.until_on is not None and row.until_on <= self.on
        mine = held.setdefault(holder or (row.name, row.phone), set())
        other = clash_with(row.role, mine if over else mine | self.known.held.get(holder, frozenset()))
        if other:
            return "role_clash", {"other": Role(other).label}
        mine.add(row.role)
        return None
