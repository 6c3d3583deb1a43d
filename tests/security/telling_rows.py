"""Telling and the calendar: who gets what at its addresses, and the objects they name; read ``matrix.py`` first."""

import hashlib
from datetime import timedelta

from notifications.models import Feed
from organizations.models import Closure
from tests import factories as make
from tests.factories import NOW, TODAY

STRANGERS = "anonymous deactivated"
ROOT_SYSTEM_READS = {"GET": {"login": STRANGERS, "ok": "system_administrator", "else": "refused"}}
ROOT_SYSTEM_WRITES = {"POST": {"login": STRANGERS, "done": "system_administrator", "else": "refused"}}

ROWS = {
    "organizations:closures": {**ROOT_SYSTEM_READS, **ROOT_SYSTEM_WRITES},
    "organizations:closure_open": ROOT_SYSTEM_WRITES,
    "notifications:feed": {"GET": {"login": STRANGERS, "else": "ok"}, "POST": {"login": STRANGERS, "else": "done"}},
    "notifications:end_feed": {"POST": {"login": STRANGERS, "else": "done"}},
    "notifications:calendar": {"GET": {"else": "ok"}},
}
TARGETS = {
    "notifications:calendar": lambda side: {"token": side.committee.code},
    "organizations:closure_open": lambda side: {"pk": Closure.objects.get(organization=side.branch).pk},
}
FORMS = {
    "organizations:closures": lambda side: {
        "organization": side.branch.code, "first_on": "2030-01-07", "last_on": "2030-01-08", "reason": "搬迁",
    },
}  # fmt: skip


def build(side) -> None:
    """Close the office of a branch in some years, and give somebody a calendar."""
    # Whoever knows the secret address reads the counts; the address is the only right.
    token_hash = hashlib.sha256(side.committee.code.encode()).hexdigest()
    reader = make.account("订阅人", username=f"feed{side.committee.code.lower()}", password=None)
    Feed.objects.create(account=reader, token_hash=token_hash, made_at=NOW)
    day = TODAY.replace(year=TODAY.year + 5)
    Closure.objects.create(
        organization=side.branch, first_on=day, last_on=day + timedelta(days=1), reason="搬迁", set_at=NOW
    )
