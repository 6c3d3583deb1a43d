"""Everything the pages of telling read."""

from datetime import date, datetime

from django.db.models.functions import Coalesce

from approvals.models import AgendaItem, Case, LetterItem
from notifications.models import Notice
from notifications.proof import letters_with, reminders_of, told_about
from organizations.models import Account
from workflows.appointment_review.election_queries import stands_in
from workflows.registry import FLOWS
from workflows.telling.lines import ToldLine, line_of


def case_told(account: Account, number: str, *, on: date) -> Case | None:
    """Find one case of which an account may read who was told what; nobody reads that of an election he stands in.

    Args:
        account: Who asks.
        number: Number of the case.
        on: The day at which the role has to hold.
    """
    beside = {name for flow in FLOWS.values() for name in flow.beside}
    found = Case.objects.with_messages_for(account, on=on).filter(number=number)
    case = found.select_related(
        "organization", "process", "policy", "subject__account", "matter", "step_organization", *beside
    ).first()
    return None if case and stands_in(case, account) else case


def told_lines(case: Case, *, after: int = 0, size: int) -> tuple[list[ToldLine], int]:
    """Read one page of who was told what about a case, the newest first; four statements, however many they are.

    Args:
        case: The case.
        after: Key of the last notice shown before, 0 for the first page.
        size: Most lines.

    Returns:
        The lines, and the key to go on after, 0 at the end.
    """
    notices = told_about(case.number, beside=threads_beside(case))
    if after:
        notices = notices.filter(pk__lt=after)
    found = list(notices[: size + 1])
    page = found[:size]
    return lines_of(page), page[-1].pk if len(found) > size else 0


def told_in_order(case: Case) -> list[ToldLine]:
    """Read all of who was told what about a case, first to last, for paper and workbook."""
    return lines_of(list(told_about(case.number, beside=threads_beside(case)).order_by("pk")))


def threads_beside(case: Case) -> list[tuple[str, datetime | None]]:
    """Name the letters and meetings that dealt with a case, with the moment from which they are about others only."""
    answered = Coalesce("seat__spoken_at", "seat__stage__closed_at")
    letters = LetterItem.objects.filter(case=case).order_by().values_list("letter__number", answered)
    items = AgendaItem.objects.filter(case=case).order_by().values_list("meeting__number", "stage__closed_at")
    return list(letters.union(items))


def lines_of(notices: list[Notice]) -> list[ToldLine]:
    """Put to some notices the letters that went out with them and the days they reminded of."""
    letters, due = letters_with(notices), reminders_of(notices)
    return [line_of(each, letters[each.recipient_id, each.key], due.get(each.key)) for each in notices]
