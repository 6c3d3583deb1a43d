"""What a policy may say: the shape of its document, checked before anybody depends on it."""

from collections.abc import Callable, Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass
from types import MappingProxyType

RULES = ("any", "all", "sequence", "quorum", "meeting", "letters", "wait")
PLACES = ("candidate", "branch", "first_level", "levels", "authority", "refuser")
LARGEST = 36_500
LONGEST_LIMIT = 366
LONGEST_TITLE = 120
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
    "tracks",
}


@dataclass(frozen=True)
class StepShape:
    """What the graph of a flow says of one step.

    Attributes:
        name: Its name.
        climbs: Whether it opens level by level.
        outcomes: Outcomes that have an arrow.
        of_person: Whether the person concerned hands something in here.
        rule: The only rule that fits it; empty where the policy chooses.
    """

    name: str
    climbs: bool
    outcomes: frozenset[str]
    of_person: bool = False
    rule: str = ""


def problems_of(
    document: Mapping,
    *,
    shapes: Sequence[StepShape],
    roles: Sequence[str],
    parameters: Collection[str] = (),
    choices: Mapping[str, Collection[str]] = MappingProxyType({}),
    least: Mapping[str, int] = MappingProxyType({}),
) -> list[tuple[str, str]]:
    """List what is wrong with a policy document.

    Args:
        document: The parsed YAML.
        shapes: The steps of the flow it is for.
        roles: Names of all roles.
        parameters: Names of the numbers the flow reads.
        choices: What the flow lets a policy choose: the words that may stand, by name.
        least: The smallest number that may stand, by name of a number.

    Returns:
        Pairs of where and what; empty when it can be published.
    """
    found = misshapen(document)
    if found:
        return found
    for key in ("title", "flow", "steps"):
        if not document.get(key):
            found.append((key, "missing"))
    given_numbers = document.get("parameters") or {}
    found += [(f"parameters: {name}", "missing") for name in sorted(set(parameters) - set(given_numbers))]
    found += [(f"parameters: {name}", "too_small") for name, n in least.items() if given_numbers.get(name, n) < n]
    found += _problems_of_choices(document.get("choices") or {}, choices)
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


def misshapen(document: object) -> list[tuple[str, str]]:
    """List the places of a document that hold something of another kind than they should."""
    if not isinstance(document, Mapping):
        return [("policy", "kind")]
    found = [(key, "kind") for key in ("title", "flow") if not isinstance(document.get(key, ""), str)]
    if len(str(document.get("title", ""))) > LONGEST_TITLE:
        found.append(("title", "kind"))
    numbers = document.get("parameters") or {}
    if not isinstance(numbers, Mapping):
        return [*found, ("parameters", "kind")]
    found += [(f"parameters: {name}", "kind") for name, value in numbers.items() if not _is_count(value)]
    chosen = document.get("choices") or {}
    if not isinstance(chosen, Mapping):
        return [*found, ("choices", "kind")]
    found += [(f"choices: {name}", "kind") for name, value in chosen.items() if not isinstance(value, str)]
    steps = document.get("steps") or []
    if not isinstance(steps, list):
        return [*found, ("steps", "kind")]
    for place, step in enumerate(steps, start=1):
        if isinstance(step, Mapping):
            found += [
                (f"{name_of(step)}: {key}", "kind")
                for key, fits in KINDS.items()
                if key in step and not fits(step[key])
            ]
        else:
            found.append((f"steps: {place}", "kind"))
    return found


def name_of(step: Mapping) -> str:
    """Name a step of a document with its level."""
    return f"{step.get('step', '')} {step.get('level', '')}".strip()


def flat(document: Mapping) -> dict[str, str]:
    """Write a document as one line per value, to be held against another version."""
    lines = {"title": str(document.get("title", ""))}
    lines |= {f"parameters: {name}": str(value) for name, value in (document.get("parameters") or {}).items()}
    lines |= {f"choices: {name}": str(value) for name, value in (document.get("choices") or {}).items()}
    for step in document.get("steps") or []:
        values = {"rule": "any"} | dict(step)
        lines |= {
            f"{name_of(step)}: {key}": _text(value) for key, value in values.items() if key not in ("step", "level")
        }
    return lines


def changes_between(before: Mapping, after: Mapping) -> list[tuple[str, str, str]]:
    """List what differs between two documents: where, before, after; an empty text stands for nothing."""
    old, new = flat(before), flat(after)
    places = [*old, *(place for place in new if place not in old)]
    return [
        (place, old.get(place, ""), new.get(place, "")) for place in places if old.get(place, "") != new.get(place, "")
    ]


def _text(value: object) -> str:
    return ", ".join(map(str, value)) if isinstance(value, list) else str(value)


def _is_count(value: object) -> bool:
    return isinstance(value, int) and not isinstance(value, bool) and 0 <= value <= LARGEST


def _is_texts(value: object) -> bool:
    return isinstance(value, list) and all(isinstance(each, str) for each in value)


def _is_share(value: object) -> bool:
    return isinstance(value, (int, float)) and not isinstance(value, bool) and 0 < value <= 1


KINDS: Mapping[str, Callable[[object], bool]] = {
    "step": lambda value: isinstance(value, str),
    "level": lambda value: isinstance(value, str),
    "place": lambda value: isinstance(value, str),
    "rule": lambda value: isinstance(value, str),
    "roles": _is_texts,
    "four_eyes_with": _is_texts,
    "tracks": _is_texts,
    "needed": lambda value: _is_count(value) and value > 0,
    "share": _is_share,
    "due_working_days": lambda value: _is_count(value) and 0 < value <= LONGEST_LIMIT,
    "closes_by_itself": lambda value: isinstance(value, bool),
}


def _problems_of_choices(given: Mapping[str, str], choices: Mapping[str, Collection[str]]) -> Iterator[tuple[str, str]]:
    yield from ((f"choices: {name}", "missing") for name in sorted(set(choices) - set(given)))
    for name, value in given.items():
        if value not in choices.get(name, ()):
            yield f"choices: {name}", "unknown"


def _fits(rule: str, shape: StepShape) -> bool:
    """Say whether a rule fits a step: some steps know one only, whoever hands in is alone, meetings may defer."""
    if shape.rule or rule in ("letters", "wait"):
        return rule == shape.rule
    if rule == "meeting":
        return "deferred" in shape.outcomes
    return rule == "any" or "done" not in shape.outcomes


def _problems_of_step(step: Mapping, shape: StepShape | None, by_name: Mapping, roles: Sequence[str]):
    where = name_of(step)
    found = [(f"{where}: {key}", "unknown") for key in sorted(set(step) - STEP_KEYS)]
    if step.get("place") not in PLACES:
        found.append((f"{where}: place", "unknown"))
    if step.get("rule", "any") not in RULES:
        found.append((f"{where}: rule", "unknown"))
    found += [(f"{where}: roles: {role}", "unknown") for role in step.get("roles", []) if role not in roles]
    rule = step.get("rule", "any")
    if step.get("place") != "candidate" and rule not in ("letters", "wait") and not step.get("roles"):
        found.append((f"{where}: roles", "missing"))
    if shape and (step.get("place") == "candidate") != shape.of_person:
        found.append((f"{where}: place", "unfit"))
    if shape and (step.get("place") == "levels") != shape.climbs:
        found.append((f"{where}: place", "unfit"))
    if shape and not _fits(rule, shape):
        found.append((f"{where}: rule", "unfit"))
    if step.get("rule") == "quorum" and shape and "refused" not in shape.outcomes:
        found.append((f"{where}: rule", "no_arrow"))
    if step.get("rule") != "quorum" and (step.get("needed") or step.get("share")):
        found.append((f"{where}: needed", "unfit"))
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
