"""Who may not sit: on himself, or in two steps that need four eyes."""

from collections.abc import Collection, Iterable


def may_sit(*, account: int, concerned: Collection[int], spoken_elsewhere: Collection[int]) -> str:
    """Say whether an account may take a seat.

    Args:
        account: Key of the account.
        concerned: Accounts the step decides about.
        spoken_elsewhere: Accounts that decided a step from which the policy keeps this one apart.

    Returns:
        Empty when it may, else ``own_case`` or ``four_eyes``.

    Source: docs/regulations.md, recusal: nobody decides on himself; the same person in two steps is barred.
    """
    if account in concerned:
        return "own_case"
    if account in spoken_elsewhere:
        return "four_eyes"
    return ""


def entitled_of(
    candidates: Iterable[int], *, concerned: Collection[int], spoken_elsewhere: Collection[int]
) -> list[int]:
    """Keep of the holders of a role those who may sit, in their order."""
    return [
        account
        for account in candidates
        if not may_sit(account=account, concerned=concerned, spoken_elsewhere=spoken_elsewhere)
    ]


def why_left_out(
    *, is_active: bool, has_stepped_back: bool, is_person_concerned: bool, has_spoken_elsewhere: bool
) -> str:
    """Say why the holder of a role is not asked at a step.

    Returns:
        Empty when nothing keeps him out; else ``inactive``, ``own_case``, ``recused`` or ``four_eyes``, the first that
        holds.

    Source: docs/regulations.md, recusal; docs/approvals.md, who may speak.
    """
    reasons = {
        "inactive": not is_active,
        "own_case": is_person_concerned,
        "recused": has_stepped_back,
        "four_eyes": has_spoken_elsewhere,
    }
    return next((reason for reason, holds in reasons.items() if holds), "")
