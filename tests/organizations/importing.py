"""Importing for tests: run it, and say what is there afterwards."""

from datetime import datetime
from io import BytesIO
from zoneinfo import ZoneInfo

from organizations.ledger.service import import_ledger
from organizations.models import (
    Account,
    OrganizationGrant,
    PartyOrganization,
    Person,
    Post,
    RoleAssignment,
    SocialOrganization,
)

AT = datetime(2026, 11, 23, 10, tzinfo=ZoneInfo("Asia/Shanghai"))


def run(file: BytesIO, *, by: Account | None = None, at: datetime = AT, **switches: bool):
    return import_ledger(file=file, by=by, at=at, **switches)


def found(outcome) -> set[tuple[str, int, str]]:
    return {(fault.sheet, fault.row, fault.kind) for fault in outcome.faults}


def facts() -> dict[str, list]:
    return {
        "tree": list(
            PartyOrganization.objects.order_by("path").values_list("path", "depth", "numchild", "code", "name")
        ),
        "units": list(SocialOrganization.objects.order_by("credit_code").values_list("credit_code", "branch__code")),
        "people": list(Person.objects.order_by("pk").values_list("pk", "name", "phone", "joined_on", "identity_index")),
        "posts": list(
            Post.objects.order_by("pk").values_list("pk", "person", "title", "started_on", "due_on", "ended_on")
        ),
        "roles": list(RoleAssignment.objects.order_by("pk").values_list("pk", "account", "role", "until_on")),
        "accounts": list(Account.objects.order_by("pk").values_list("pk", "username", "name", "email", "phone")),
        "grants": sorted(OrganizationGrant.objects.values_list("user", "permission", "content_object")),
    }


def above(organization: PartyOrganization) -> list[str]:
    """Give the codes of the superiors, from the root."""
    paths = organization.superior_paths()
    return list(PartyOrganization.objects.filter(path__in=paths).order_by("path").values_list("code", flat=True))


def change(ledger, sheet: str, row: int, **values: object) -> None:
    headings, rows = ledger[sheet]
    for heading, value in values.items():
        rows[row][headings.index(heading)] = value


def row_of(ledger, sheet: str, heading: str, value: object) -> int:
    headings, rows = ledger[sheet]
    return [row[headings.index(heading)] for row in rows].index(value)
