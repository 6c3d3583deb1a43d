"""Inbox rows: written when a seat opens, removed when it closes, mended when roles change."""

from collections.abc import Iterable

from django.db import transaction

from approvals.enums import RowKind, Rule, SeatState
from approvals.models import Case, InboxRow, Seat, Stage
from organizations.models import RoleAssignment


def row_for(
    seat: Seat, *, stage: Stage, case: Case, account_id: int, role: RoleAssignment | None, red: int, sender: str
):
    """Prepare one line of somebody's inbox.

    Args:
        seat: The open seat.
        stage: Its stage.
        case: Its case.
        account_id: Whose inbox.
        role: The assignment that entitles, or None when the seat is held by name.
        red: Number of findings that hinder or ask for a reason.
        sender: Who sent the case here, as text.

    Returns:
        An unsaved row.
    """
    return InboxRow(
        account_id=account_id,
        kind=RowKind.TODO,
        seat=seat,
        case=case,
        flow=case.flow,
        track=case.track,
        step=stage.step,
        step_title=stage.step_title,
        case_number=case.number,
        subject_name=case.subject_name,
        search_key=f"{case.subject_search} {case.number.lower()} {case.organization.search_key}"[:400],
        organization_name=case.organization.name,
        sender=sender,
        why={
            "role": role.role if role else "",
            "rule": stage.rule,
            "entitled": stage.entitled,
            "needed": stage.needed,
            "origin": seat.origin,
        },
        # The office is asked about letters only where there is nobody to write to: never overlooked.
        red_findings=red or int(stage.rule == Rule.LETTERS),
        opened_at=stage.opened_at,
        due_at=stage.due_at,
        valid_from=role.from_on if role else None,
        valid_until=role.until_on if role else None,
    )


@transaction.atomic
def inform(case: Case, accounts: Iterable[int], *, step: str, step_title: str, sender: str, at) -> None:
    """Lay a case before people for information (待阅).

    Args:
        case: The case.
        accounts: Keys of the accounts.
        step: Name of the step that caused it.
        step_title: Its title.
        sender: Who sends, as text.
        at: The moment.
    """
    InboxRow.objects.bulk_create(
        InboxRow(
            account_id=account,
            kind=RowKind.READ,
            case=case,
            flow=case.flow,
            track=case.track,
            step=step,
            step_title=step_title,
            case_number=case.number,
            subject_name=case.subject_name,
            search_key=f"{case.subject_search} {case.number.lower()} {case.organization.search_key}"[:400],
            organization_name=case.organization.name,
            sender=sender,
            opened_at=at,
        )
        for account in accounts
    )


def open_seats():
    """Give the open seats with all an inbox row needs, in a steady order."""
    return (
        Seat.objects.filter(state=SeatState.OPEN, department=None)  # a department finds its letters elsewhere
        .select_related(
            "stage",
            "stage__case__organization",
            "stage__case__process",
            "stage__case__subject__account",
            "organization",
        )
        .order_by("pk")
    )
