"""Whom a step decides about, and who stepped back: neither speaks on it."""

from collections import defaultdict
from collections.abc import Collection

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
    return concerned_in_all([(case, step)])[case.pk, step]


def concerned_in_all(asked: Collection[tuple[Case, str]]) -> dict[tuple[int, str], set[int]]:
    """Do as ``concerned_in`` for many cases, asking each flow once for each step.

    Args:
        asked: Cases, each with the name of a step.

    Returns:
        Keys of accounts by key of the case and name of the step.
    """
    found = {(case.pk, step): {case.account.pk} if case.account else set() for case, step in asked}
    together: dict[tuple[type, str], set[int]] = defaultdict(set)
    for case, step in asked:
        together[case.process.flow_class, step].add(case.pk)
    for (flow, step), cases in together.items():
        for case_pk, account in flow.decides_on(cases, step):
            found[case_pk, step].add(account)
    return found


def stepped_back(account: Account, case: str) -> Exists:
    """Ask of rows whether an account stepped back from their case.

    Args:
        account: Who.
        case: Field path from the row to its case.

    Source: docs/investigation.md: whoever stepped back does nothing more in the case.
    """
    return Exists(Recusal.objects.filter(case=OuterRef(case), account=account.pk, recused=True))


def holder_stepped_back(case_pk: int) -> Exists:
    """Ask of role assignments whether their holder stepped back from a case."""
    return Exists(Recusal.objects.filter(case=case_pk, account=OuterRef("account"), recused=True))


def has_stepped_back(account: Account, case_pk: int) -> bool:
    """Say whether an account stepped back from a case."""
    return Recusal.objects.filter(case=case_pk, account=account.pk, recused=True).exists()
