"""Telling somebody of this room's doings, through the one door out."""

from datetime import datetime

from notifications import outbox
from organizations.models import Account


def tell(account: Account, kind: str, *, at: datetime, key: str, **facts: object) -> None:
    """Queue a message inside the acting transaction.

    Args:
        account: Who is told.
        kind: Name of the message, with a template of the same name.
        at: Moment of the act.
        key: Names this message for ever, so that it is queued once.
        facts: What its template shows.
    """
    outbox.enqueue(f"organizations.{kind}", to=[account], key=key, at=at, facts=facts)
