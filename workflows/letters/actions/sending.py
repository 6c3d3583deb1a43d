"""Sending letters under the letterhead of the body that asks."""

from collections.abc import Collection
from datetime import datetime

from approvals.actions.letters import send_letters
from approvals.models import Letter
from organizations.models import Account, PartyOrganization
from workflows.shared.numbers import next_number


def letter_number(organization: PartyOrganization, year: int) -> str:
    """Give the next number of a letter of a body, such as 南社党函〔2026〕15号."""
    return next_number("letter", f"{organization.letterhead or organization.code}函", year)


def send(
    *, seat_pks: Collection[int], asks: str, working_days: int, by: Account, at: datetime, key: str
) -> list[Letter]:
    """Send one letter to each department; arguments, result and errors as of ``send_letters``."""
    return send_letters(
        seat_pks=seat_pks, asks=asks, working_days=working_days, by=by, at=at, key=key, numbered=letter_number
    )
