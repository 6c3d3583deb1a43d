"""Which organization speaks next: from the branch up to the one that has the authority."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass


@dataclass(frozen=True)
class Body:
    """What the resolver has to know of one organization.

    Attributes:
        code: Its code.
        kind: One of ``organizations.enums.OrganizationKind``.
        can_approve: Whether it has approval power.
        open: Whether it still exists on the day.
    """

    code: str
    kind: str
    can_approve: bool
    open: bool = True


@dataclass(frozen=True)
class Level:
    """One body that has to speak, and why.

    Attributes:
        code: The body.
        decides: True when it has the authority; False when it checks and forwards.
        reason: Which rule of the resolver named it.
        skipped: Codes of closed bodies that were passed over.
    """

    code: str
    decides: bool
    reason: str
    skipped: tuple[str, ...] = ()


def levels_above(superiors: Sequence[Body], *, bottom_line: Sequence[Body] = ()) -> list[Level]:
    """List the bodies that speak on a post, in their order, the last one being the authority.

    Args:
        superiors: The Party superiors of the organization concerned, the nearest first. A committee's own secretary
            is decided one level up, so the organization itself is never among them.
        bottom_line: Bodies asked when no superior has the authority, in this order: supervisor's trade committee,
            supervisor's other Party body, township or subdistrict, Party body of the registry, committee of the region.

    Returns:
        The levels; empty when nobody has the authority.

    Source: docs/regulations.md, who approves (管理权限): a general branch and a committee without approval power check
        and forward, the first body with approval power decides, the bottom line answers last.
    """
    levels: list[Level] = []
    skipped: list[str] = []
    for position, body in enumerate([*superiors, *bottom_line]):
        if not body.open:
            skipped.append(body.code)
            continue
        on_line = position < len(superiors)
        if not on_line and not body.can_approve:
            continue
        levels.append(Level(body.code, body.can_approve, _reason(body, on_line), tuple(skipped)))
        skipped = []
        if body.can_approve:
            return levels
    return []


def _reason(body: Body, on_line: bool) -> str:
    if not on_line:
        return "bottom_line"
    if body.can_approve:
        return "own_superior"
    return "general_branch_forwards" if body.kind == "general_branch" else "without_approval_power_forwards"


def next_level(levels: Sequence[Level], spoken: str, *, heard: Collection[str] = ()) -> Level | None:
    """Name the level after the one that has just spoken.

    Args:
        levels: The levels as listed by :func:`levels_above`.
        spoken: Code of the body that has just agreed; empty before anybody spoke.
        heard: Codes of those that agreed on the way up before it.

    Returns:
        The next level, or None once the authority has spoken. Where the tree changed under way, everybody above the
        highest body heard so far still speaks, so that nobody is skipped.
    """
    if not spoken:
        return levels[0]
    above = [level.code in {spoken, *heard} for level in levels]
    position = len(above) - above[::-1].index(True) if True in above else 0
    return levels[position] if position < len(levels) else None
