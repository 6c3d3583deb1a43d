"""What a policy may say: the shape of its document, checked before anybody depends on it."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

RULES = ("any", "all", "sequence", "quorum")
PLACES = ("candidate", "first_level", "levels", "authority", "refuser")
STEP_KEYS = {
    "step",
    "level",
    "place",
    "roles",
    "rule",
    "needed",
    "share",
    "due_working_days",
    "closes_by_itself",
    "four_eyes_with",
    "asks_again",
}


@dataclass(frozen=True)
class StepShape:
    """What the graph of a flow says of one step.

    Attributes:
        name: Its name.
        climbs: Whether it opens level by level.
        outcomes: Outcomes that have an arrow.
    """

    name: str
    climbs: bool
    outcomes: frozenset[str]


def problems_of(document: Mapping, *, shapes: Sequence[StepShape], roles: Sequence[str]) -> list[tuple[str, str]]:
    """List what is wrong with a policy document.

    Args:
        document: The parsed YAML.
        shapes: The steps of the flow it is for.
        roles: Names of all roles.

    Returns:
        Pairs of where and what; empty when it can be published.
    """
    found: list[tuple[str, str]] = []
    for key in ("title", "flow", "steps"):
        if not document.get(key):
            found.append((key, "missing"))
    steps = document.get("steps") or []
    by_name = {shape.name: shape for shape in shapes}
    wanted = {
        (shape.name, level) for shape in shapes for level in (("forwarding", "deciding") if shape.climbs else ("",))
    }
    given = [(step.get("step", ""), step.get("level", "")) for step in steps]
    found += [(" ".join(pair).strip(), "missing") for pair in sorted(wanted - set(given))]
    found += [(" ".join(pair).strip(), "unknown") for pair in sorted(set(given) - wanted)]
    found += [(" ".join(pair).strip(), "twice") for pair in sorted({pair for pair in given if given.count(pair) > 1})]
    for step in steps:
        found += _problems_of_step(step, by_name.get(step.get("step", "")), by_name, roles)
    return found


def _problems_of_step(step: Mapping, shape: StepShape | None, by_name: Mapping, roles: Sequence[str]):
    where = f"{step.get('step', '')} {step.get('level', '')}".strip()
    found = [(f"{where}: {key}", "unknown") for key in sorted(set(step) - STEP_KEYS)]
    if step.get("place") not in PLACES:
        found.append((f"{where}: place", "unknown"))
    if step.get("rule", "any") not in RULES:
        found.append((f"{where}: rule", "unknown"))
    found += [(f"{where}: roles: {role}", "unknown") for role in step.get("roles", []) if role not in roles]
    if step.get("place") != "candidate" and not step.get("roles"):
        found.append((f"{where}: roles", "missing"))
    if step.get("rule") == "quorum" and not (step.get("needed") or step.get("share")):
        found.append((f"{where}: needed", "missing"))
    found += [
        (f"{where}: four_eyes_with: {other}", "unknown")
        for other in step.get("four_eyes_with", [])
        if other not in by_name
    ]
    if step.get("closes_by_itself") and shape and "expired" not in shape.outcomes:
        found.append((f"{where}: closes_by_itself", "no_arrow"))
    if step.get("closes_by_itself") and not step.get("due_working_days"):
        found.append((f"{where}: due_working_days", "missing"))
    return found
