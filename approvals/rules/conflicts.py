"""Who may not sit: on himself, or in two steps that need four eyes."""

from collections.abc import Collection, Iterable


def may_sit(*, account: int, subject_account: int | None, spoken_elsewhere: Collection[int]) -> str:
    """Say whether an account may take a seat.

    Args:
        account: Key of the account.
        subject_account: Key of the account of the person concerned, if there is one.
        spoken_elsewhere: Accounts that decided a step from which the policy keeps this one apart.

    Returns:
        Empty when it may, else ``own_case`` or ``four_eyes``.

    Source: docs/regulations.md, recusal: nobody decides on himself; the same person in two steps is barred.
    """
    if account == subject_account:
        return "own_case"
    if account in spoken_elsewhere:
        return "four_eyes"
    return ""


def entitled_of(
    candidates: Iterable[int], *, subject_account: int | None, spoken_elsewhere: Collection[int]
) -> list[int]:
    """Keep of the holders of a role those who may sit, in their order."""
    return [
        account
        for account in candidates
        if not may_sit(account=account, subject_account=subject_account, spoken_elsewhere=spoken_elsewhere)
    ]
