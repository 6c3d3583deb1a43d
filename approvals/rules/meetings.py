"""When a meeting may decide, and what a count of votes means."""

from dataclasses import dataclass


@dataclass(frozen=True)
class Count:
    """Votes on one item: people who agreed, were against, abstained."""

    agree: int = 0
    against: int = 0
    abstain: int = 0

    @property
    def total(self) -> int:
        """How many votes there are."""
        return self.agree + self.against + self.abstain


def quorum_reached(*, members: int, present: int) -> bool:
    """Say whether a meeting may decide: at least half of its members are there.

    Args:
        members: People who belong to the meeting (应到会).
        present: Of these, the people who came (实到会).

    Source: docs/regulations.md, collective decision.
    """
    return present > 0 and present * 2 >= members


def majority_of(entitled: int) -> int:
    """Say how many have to agree: more than half of those entitled, whether they came or not.

    Args:
        entitled: Members of the meeting without those who stepped out for the item.

    Returns:
        The smallest number of votes that carries.

    Source: docs/regulations.md, collective decision.
    """
    return entitled // 2 + 1


def unanimous(result: str, present: int) -> Count:
    """Give the count that an undisputed result has; a deferral and a return are usually not voted on.

    Args:
        result: ``agree``, ``refuse``, ``defer`` or ``return``.
        present: People in the room who did not step out for the item.
    """
    if result == "agree":
        return Count(agree=present)
    return Count(against=present) if result == "refuse" else Count()


def objection_to_result(*, result: str, count: Count, entitled: int, present: int) -> str:
    """Say what stands against a result, by its count.

    Args:
        result: ``agree``, ``refuse``, ``defer`` or ``return``.
        count: The votes.
        entitled: Members of the meeting without those who stepped out for the item.
        present: People in the room who did not step out for the item.

    Returns:
        ``does_not_add_up`` when there are more or fewer votes than people in the room (a deferral
        and a return may have none),
        ``no_majority`` when it cannot be agreed, ``majority_agreed`` when it cannot be refused, else empty.

    Source: docs/regulations.md, collective decision; a recusal leaves the count of that item only.
    """
    if result in ("defer", "return") and count.total == 0:
        return ""
    if count.total != present:
        return "does_not_add_up"
    carried = count.agree >= majority_of(entitled)
    if result == "agree" and not carried:
        return "no_majority"
    return "majority_agreed" if result == "refuse" and carried else ""
