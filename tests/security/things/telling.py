"""What the probes of telling and the calendar name and send."""

import hashlib
from datetime import timedelta

from notifications.models import Feed
from organizations.models import Closure
from tests import factories as make
from tests.factories import NOW, TODAY

TARGETS = {
    "notifications:calendar": lambda side: {"token": side.committee.code},
    "organizations:closure_open": lambda side: {"pk": Closure.objects.get(organization=side.branch).pk},
}
FORMS = {
    "organizations:telling": lambda side: {
        "waiting": "singly", "own": "digest", "below": "never", "information": "digest", "system": "digest",
        "digest_at": "12:00", "quiet": "22:00-07:00", "language": "zh-hans",
    },
    "organizations:confirm_phone": lambda side: {"code": "123456"},
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
