"""What the probes of the proof of notice name and send."""

from notifications.models import Outbox
from tests.factories import NOW

TARGETS = {
    "workflows:case_told": lambda side: {"number": side.deciding.number},
    "workflows:case_told_print": lambda side: {"number": side.deciding.number},
    "workflows:case_would_tell": lambda side: {"number": side.deciding.number},
    "workflows:case_told_export": lambda side: {"number": side.deciding.number},
    "workflows:send_again": lambda side: {"pk": _incident(side).pk},
}
FORMS = {"workflows:send_again": lambda side: {"version": _incident(side).version, "why": "mended"}}


def build(side) -> None:
    """Let one letter to the organizer fail."""
    Outbox.objects.create(
        key=f"email:{side.organizer.pk}:told", channel="email", kind="seat_opened", recipient=side.organizer,
        state="failed", last_error="smtp_550", not_before=NOW, created_at=NOW,
    )  # fmt: skip


def _incident(side) -> Outbox:
    return Outbox.objects.get(key=f"email:{side.organizer.pk}:told")
