"""Imports a ledger: read, check, write, all or nothing; the command and the page call this."""

import hashlib
from collections import defaultdict
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import BinaryIO

from django.db import connection, transaction
from django.db.models.functions import Coalesce
from django.utils import timezone

from audit import log
from organizations.enums import PostSource, Title
from organizations.identity import identity_index
from organizations.ledger.checking import Checked, Known, check_book
from organizations.ledger.messages import sentence
from organizations.ledger.reading import Book, read_book
from organizations.ledger.refused import refused_workbook
from organizations.ledger.rows import Fault, Rows
from organizations.ledger.writing.people import (
    Accounts,
    write_people,
    write_reviewer_accounts,
    write_secretary_accounts,
)
from organizations.ledger.writing.posts import write_posts
from organizations.ledger.writing.registry import write_departments, write_social_organizations
from organizations.ledger.writing.roles import write_roles
from organizations.ledger.writing.tree import write_tree
from organizations.models import Account, Department, PartyOrganization, Post, RoleAssignment

Progress = Callable[[int, int], None]
# One import at a time; on SQLite the transaction itself is the lock.
_LOCK = 5_420_611


@dataclass(slots=True)
class Outcome:
    """What an import did, or would do.

    Attributes:
        counts: Rows with data by tab.
        faults: Why rows are refused.
        good: Number of good rows.
        changes: Rows of tables made or changed, by table.
        written: Whether the changes stay.
        refused: Workbook of the refused rows; empty where there is none.
        other_sheets, other_columns: What was left alone because nobody knows it.
    """

    counts: dict[str, int]
    faults: list[Fault]
    good: int = 0
    changes: dict[str, int] = field(default_factory=dict)
    written: bool = False
    refused: bytes = b""
    other_sheets: list[str] = field(default_factory=list)
    other_columns: dict[str, list[str]] = field(default_factory=dict)

    def as_json(self) -> dict[str, object]:
        """Give the report of the command line; keys of rows stand in clear, they are the office's own."""
        return {
            "sheets": self.counts,
            "bad": [
                {"sheet": f.sheet, "row": f.row, "key": f.key, "kind": f.kind, "message": sentence(f)}
                for f in self.faults
            ],
            "good": self.good,
            "changes": sum(self.changes.values()),
            "written": self.written,
            "other_sheets": self.other_sheets,
            "other_columns": self.other_columns,
        }


class _DryRun(Exception):
    """Leaves the transaction of a dry run."""


def import_ledger(
    *,
    file: BinaryIO,
    by: Account | None,
    at: datetime,
    dry_run: bool = False,
    good_rows: bool = False,
    progress: Progress = lambda done, total: None,
) -> Outcome:
    """Read a ledger, check each row, and write it in one transaction.

    Args:
        file: An .xlsx workbook.
        by: Who imports, or None for the command line.
        at: Moment of the import, timezone-aware.
        dry_run: Say what would change and change nothing.
        good_rows: Write the good rows although others are refused; without it one bad row stops all.
        progress: Is told how many of how many rows are written.

    Returns:
        What was found and done. Nothing is written when a required column is missing.

    Raises:
        WorkbookRefused: the file is no harmless workbook.
    """
    book = read_book(file)
    missing = missing_headings(book)
    if missing or not book.tables:
        return Outcome(
            {table.title: len(table.lines) for table in book.tables}, missing, other_sheets=book.other_sheets
        )
    on = timezone.localdate(at)
    checked = check_book(book, known_facts(by=by, on=on), on=on)
    outcome = _outcome(book, checked)
    if dry_run or good_rows or not checked.faults:
        digest = _digest(file)
        try:
            with transaction.atomic():
                outcome.changes = _write(checked.rows, by=by, at=at, progress=progress)
                _record(outcome, digest, by=by, at=at)
                if dry_run:
                    raise _DryRun
            outcome.written = True
        except _DryRun:
            pass
    return outcome


def check_ledger(*, file: BinaryIO, by: Account | None, at: datetime) -> Outcome:
    """Read and check a ledger without writing or counting changes: the preview of the page.

    Args:
        file: An .xlsx workbook.
        by: Who would import.
        at: Moment of the check.

    Returns:
        Counts, faults and the workbook of refused rows.

    Raises:
        WorkbookRefused: the file is no harmless workbook.
    """
    book = read_book(file)
    missing = missing_headings(book)
    if missing or not book.tables:
        return Outcome(
            {table.title: len(table.lines) for table in book.tables}, missing, other_sheets=book.other_sheets
        )
    on = timezone.localdate(at)
    return _outcome(book, check_book(book, known_facts(by=by, on=on), on=on))


def missing_headings(book: Book) -> list[Fault]:
    """List the required columns that are not there; with one of them missing nothing is read."""
    return [
        Fault(sheet=table.title, row=table.heading_row, key=heading, kind="heading_missing", facts={"heading": heading})
        for table in book.tables
        for heading in table.missing
    ]


def known_facts(*, by: Account | None, on: date) -> Known:
    """Read what rows of a ledger may refer to, and what they must not undo.

    Args:
        by: Who imports; None for the command line.
        on: Today.
    """
    codes = dict(PartyOrganization.objects.values_list("path", "code"))
    step = PartyOrganization.steplen
    held = Post.objects.filter(ended_on=None).exclude(source=PostSource.ACTING)
    terms = held.values_list("organization__code", "title", "person__identity_index", "started_on")
    rows = list(terms)
    return Known(
        superiors={code: codes.get(path[:-step], "") for path, code in codes.items()},
        departments=frozenset(Department.objects.values_list("code", flat=True)),
        secretaries={code: since for code, title, _, since in rows if title == Title.SECRETARY},
        terms={(code, title, index): since for code, title, index, since in rows},
        index=identity_index,
        holders=_holders(),
        held=_held(on),
        roles=_roles(),
        importer=by.pk if by else None,
    )


def _holders() -> dict[tuple[str, str], int]:
    known: dict[tuple[str, str], int] = {}
    for key, name, phone, email in Account.objects.order_by("pk").values_list("pk", "name", "phone", "email"):
        known |= {(name, way): key for way in (phone, email.lower()) if way}
    return known


def _held(on: date) -> dict[int, frozenset[str]]:
    held: dict[int, set[str]] = defaultdict(set)
    for account, role in RoleAssignment.objects.not_over_on(on).values_list("account", "role"):
        held[account].add(role)
    return {account: frozenset(roles) for account, roles in held.items()}


def _roles() -> dict[tuple[int, str, str, date], date | None]:
    rows = RoleAssignment.objects.annotate(place=Coalesce("organization__code", "department__code"))
    columns = ("account", "role", "place", "from_on", "until_on")
    return {(account, role, place, first): end for account, role, place, first, end in rows.values_list(*columns)}


def _outcome(book: Book, checked: Checked) -> Outcome:
    return Outcome(
        counts=checked.counts,
        faults=checked.faults,
        good=len(checked.rows),
        refused=refused_workbook(book, checked.faults) if checked.faults else b"",
        other_sheets=book.other_sheets,
        other_columns={table.title: table.other_columns for table in book.tables if table.other_columns},
    )


def _write(rows: Rows, *, by: Account | None, at: datetime, progress: Progress) -> dict[str, int]:
    if connection.vendor == "postgresql":
        with connection.cursor() as cursor:
            cursor.execute("SELECT pg_advisory_xact_lock(%s)", [_LOCK])
    total, done = len(rows), 0
    changes: dict[str, int] = {}

    def passed(part: list) -> None:
        nonlocal done
        done += len(part)
        progress(done, total)

    places, changes["organizations"] = write_tree(rows.organizations, by=by, at=at)
    passed(rows.organizations)
    departments, changes["departments"] = write_departments(rows.departments)
    passed(rows.departments)
    changes["social_organizations"] = write_social_organizations(rows.social_organizations, places)
    passed(rows.social_organizations)
    people, changes["people"] = write_people(rows.secretaries)
    accounts = Accounts.load()
    write_secretary_accounts(people.values(), accounts)
    changes["posts"] = write_posts(rows.secretaries, people, places, by=by, at=at)
    passed(rows.secretaries)
    reviewers = write_reviewer_accounts(rows.reviewers, accounts)
    changes["roles"] = write_roles(rows.reviewers, reviewers, places, departments, by=by, at=at)
    changes["accounts"] = accounts.changes
    passed(rows.reviewers)
    return changes


def _record(outcome: Outcome, digest: str, *, by: Account | None, at: datetime) -> None:
    refused = len({(fault.sheet, fault.row) for fault in outcome.faults})
    facts = {"file": digest, "good": outcome.good, "refused": refused, "changes": outcome.changes}
    log.record("ledger", "ledger.imported", by=by, at=at, facts=facts)


def _digest(file: BinaryIO) -> str:
    """Give the short fingerprint of a file, in letters only: digits could look like somebody's number."""
    file.seek(0)
    digest = hashlib.sha256(file.read()).hexdigest()[:16]
    return digest.translate(str.maketrans("0123456789", "ghijklmnop"))
