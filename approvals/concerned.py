"""Whom a step decides about: nobody speaks on himself."""

from approvals.models import Case


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
