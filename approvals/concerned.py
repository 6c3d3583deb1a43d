"""Whom a step decides about, and who stepped back: neither speaks on it."""

from django.db.models import Exists, OuterRef

from approvals.models import Case, Recusal
from organizations.models import Account


def concerned_in(case: Case, step: str) -> set[int]:
    """Name the accounts that a step of a case decides about.

    Args:
        case: The case, with its process and the person concerned.
        step: Name of the step.

    Returns:
        Keys of accounts: the person concerned, and those the flow names, such as everybody on the list of an election.

    Source: docs/regulations.md, recusal: nobody decides on himself.
    """
    own = case.account
    return ({own.pk} if own else set()).union(case.process.flow_class.decides_on(case, step))


def stepped_back(account: Account, case: str) -> Exists:
    """Ask of rows whether an account stepped back from their case.

    Args:
        account: Who.
        case: Field path from the row to its case.

    Source: docs/investigation.md: whoever stepped back does nothing more in the case.
    """
    return Exists(Recusal.objects.filter(case=OuterRef(case), account=account.pk, recused=True))


def has_stepped_back(account: Account, case_pk: int) -> bool:
    """Say whether an account stepped back from a case."""
    return Recusal.objects.filter(case=case_pk, account=account.pk, recused=True).exists()
