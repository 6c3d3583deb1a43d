"""What people do with what was told: send it again, with a record of it, and take the proof along."""

from datetime import datetime

from django.db import transaction
from django.utils.timezone import localdate
from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from approvals.errors import NotEntitled
from approvals.models import Case
from audit import log
from notifications.actions import lock_incident, release
from notifications.enums import State
from notifications.proof import threads_of
from organizations.models import Account
from workflows.shared.spreadsheets import workbook
from workflows.telling.errors import NotYours, WhyAgain
from workflows.telling.lines import spoken
from workflows.telling.queries import told_in_order

SENT_AGAIN = "message.sent_again"
EXPORTED = "told.exported"


@transaction.atomic
def send_again(*, delivery_id: int, version: int, why: str, by: Account, at: datetime) -> bool:
    """Send a message again that did not arrive, or perhaps did; the record of it is written with it.

    Args:
        delivery_id: Key of the message.
        version: Its version as it was seen: what was sent again in between is not sent a third time.
        why: A value of ``Resend``; asked for where it has perhaps arrived.
        by, at: Who decides it, and when.

    Returns:
        False when somebody else did so before, or there is nothing to send again.

    Raises:
        NotYours: ``by`` does not look after what is delivered.
        WhyAgain: it has perhaps arrived, and no reason was given.
    """
    if not by.has_perm("notifications.view_outbox"):
        raise NotYours
    letter = lock_incident(delivery_id=delivery_id, version=version)
    if letter is None:
        return False
    if letter.state == State.UNKNOWN and not why:
        raise WhyAgain
    facts = {
        "kind": letter.kind,
        "channel": letter.channel,
        "state": letter.state,
        "error": letter.last_error,
        "recipient": letter.recipient_id,
        "why": why,
    }
    for subject in threads_of(letter) or [f"message:{letter.pk}"]:
        log.record("messages", SENT_AGAIN, by=by, at=at, subject=subject, facts=facts)
    release(letter, by=by, at=at)
    return True


@transaction.atomic
def export_told(*, case: Case, by: Account, at: datetime) -> bytes:
    """Give the proof of notice of a case as a workbook, after the export itself was recorded.

    Args:
        case: The case.
        by, at: Who exports, and when.

    Returns:
        An .xlsx workbook, one row for each way of each message.

    Raises:
        NotEntitled: ``by`` may not read who was told what about it.
    """
    if not Case.objects.with_messages_for(by, on=localdate(at)).filter(pk=case.pk).exists():
        raise NotEntitled
    rows = [
        [
            line.at, line.name, line.title, line.body, line.due_at, way.channel, spoken(way), way.at, way.provider_id,
            way.again_at, way.again_by,
        ]
        for line in told_in_order(case)
        for way in line.ways
    ]  # fmt: skip
    headings = [
        pgettext("proof of notice", "Told at"), pgettext("proof of notice", "Who"), pgettext("proof of notice", "What"),
        pgettext("proof of notice", "Words"), _("Reminder of what is due"), pgettext("proof of notice", "Way"),
        _("How far it got"), _("Sent or read at"), _("Number of the provider"), _("Sent again at"), _("Sent again by"),
    ]  # fmt: skip
    content = workbook({_("Proof of notice"): (headings, rows)})
    log.record("exports", EXPORTED, by=by, at=at, subject=case.number, facts={"rows": len(rows)})
    return content
