"""Telling and the calendar: who gets what at its addresses, and the objects they name; read ``matrix.py`` first."""

from datetime import timedelta

from organizations.models import Closure
from tests.factories import NOW, TODAY

STRANGERS = "anonymous deactivated"
ROOT_SYSTEM_READS = {"GET": {"login": STRANGERS, "ok": "system_administrator", "else": "refused"}}
ROOT_SYSTEM_WRITES = {"POST": {"login": STRANGERS, "done": "system_administrator", "else": "refused"}}

ROWS = {
    "organizations:closures": {**ROOT_SYSTEM_READS, **ROOT_SYSTEM_WRITES},
    "organizations:closure_open": ROOT_SYSTEM_WRITES,
}
TARGETS = {
    "organizations:closure_open": lambda side: {"pk": Closure.objects.get(organization=side.branch).pk},
}
FORMS = {
    "organizations:closures": lambda side: {
        "organization": side.branch.code, "first_on": "2030-01-07", "last_on": "2030-01-08", "reason": "搬迁",
    },
}  # fmt: skip


def build(side) -> None:
    """Close the office of a branch in some years."""
    day = TODAY.replace(year=TODAY.year + 5)
    Closure.objects.create(
        organization=side.branch, first_on=day, last_on=day + timedelta(days=1), reason="搬迁", set_at=NOW
    )
