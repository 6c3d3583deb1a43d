"""When a stage has heard enough, and what it says then."""

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import ROUND_CEILING, Decimal

# One word that settles a stage at once, whatever its rule.
SETTLES = {
    "hand_in": "done",
    "return": "returned",
    "defer": "deferred",
    "clear": "clear",
    "change": "changed",
    "fail": "failed",
    "pass_over": "not_elected",
}


@dataclass(frozen=True)
class Heard:
    """What is known of one seat.

    Attributes:
        verb: What was said, one of ``approvals.enums.Verb``; empty while nothing was.
    """

    verb: str = ""


def votes_needed(*, entitled: int, needed: int | None, share: Decimal | None) -> int:
    """Say how many must agree in a stage decided by quorum.

    Args:
        entitled: Number of seats.
        needed: A fixed number, or None.
        share: A share of those entitled between 0 and 1, or None; rounded up, at least one.

    Returns:
        The number of seats that must agree, never more than there are.
    """
    wanted = needed if needed is not None else int((share * entitled).to_integral_value(ROUND_CEILING))
    return max(1, min(wanted, entitled))


def outcome_of(rule: str, needed: int, seats: Sequence[Heard]) -> str:
    """Say how a stage closes once these seats have spoken.

    Args:
        rule: One of ``approvals.enums.Rule``.
        needed: How many must agree under ``quorum``; not read otherwise.
        seats: What is known of each seat, in their order.

    Returns:
        One of ``approvals.enums.Outcome``; empty while the stage has to wait.

    Source: docs/approvals.md, the rules of a stage.
    """
    said = [seat.verb for seat in seats]
    settled = [SETTLES[verb] for verb in said if verb in SETTLES]
    if settled:
        return settled[0]
    if rule == "quorum":
        return _by_vote(needed, said)
    if rule == "letters":
        return "done" if all(said) else ""
    if "refuse" in said:
        return "refused"
    if rule in ("any", "meeting", "wait"):
        return "agreed" if "agree" in said else ""
    return "agreed" if said and all(verb == "agree" for verb in said) else ""


def _by_vote(needed: int, said: Sequence[str]) -> str:
    if said.count("agree") >= needed:
        return "agreed"
    open_seats = said.count("")
    return "refused" if said.count("agree") + open_seats < needed else ""
