"""Policies as YAML: read carefully, with the line of each problem, and written in one way."""

from collections.abc import Mapping
from dataclasses import dataclass

import yaml
from django.utils.translation import gettext as _

from approvals.actions.policies import document_of, problem_text, problems_in
from approvals.case_flow import CaseFlow
from approvals.models import Policy

LONGEST = 64 * 1024


@dataclass(frozen=True)
class Problem:
    """Why a text cannot be published.

    Attributes:
        line: Line in the text, 0 where none can be named.
        where: Which part.
        what: What is wrong with it.
    """

    line: int
    where: str
    what: str


def read(text: str, flow: type[CaseFlow]) -> tuple[dict, list[Problem]]:
    """Read a policy and check it against the flow it is for.

    Args:
        text: YAML, at most 64 KiB, without anchors.
        flow: The flow.

    Returns:
        The document, empty when it cannot be read, and what is wrong with it, by line.
    """
    if len(text.encode()) > LONGEST:
        return {}, [Problem(0, "", _("The file is too large; a policy has a few pages."))]
    try:
        # An anchor used again and again would grow without end when it is read.
        if any(isinstance(token, yaml.AliasToken | yaml.AnchorToken) for token in yaml.scan(text, yaml.SafeLoader)):
            return {}, [Problem(0, "", _("Anchors and references are not read here; write every step out."))]
        document, tree = yaml.safe_load(text), yaml.compose(text, yaml.SafeLoader)
    except (yaml.YAMLError, ValueError, RecursionError) as error:
        mark = getattr(error, "problem_mark", None)
        return {}, [Problem(mark.line + 1 if mark else 0, "", _("This is not YAML from here on."))]
    lines = _lines(tree) if isinstance(document, Mapping) else {}
    found = [Problem(_line(lines, where), where, problem_text(what)) for where, what in problems_in(document, flow)]
    return (dict(document) if isinstance(document, Mapping) else {}), sorted(found, key=lambda problem: problem.line)


def write(policy: Policy) -> str:
    """Write a policy as YAML that can be read back."""
    return yaml.safe_dump(document_of(policy), allow_unicode=True, sort_keys=False, default_flow_style=None, width=100)


def _line(lines: Mapping[str, int], where: str) -> int:
    while where:
        if where in lines:
            return lines[where]
        where = where.rpartition(": ")[0]
    return 0


def _lines(tree: yaml.MappingNode) -> dict[str, int]:
    found = {}
    for key, value in tree.value:
        found[key.value] = key.start_mark.line + 1
        if key.value == "steps" and isinstance(value, yaml.SequenceNode):
            for place, step in enumerate(value.value, start=1):
                found |= _lines_of_step(step, place)
        elif isinstance(value, yaml.MappingNode):
            found |= {f"{key.value}: {inner.value}": inner.start_mark.line + 1 for inner, _value in value.value}
    return found


def _lines_of_step(step: yaml.Node, place: int) -> dict[str, int]:
    start = step.start_mark.line + 1
    if not isinstance(step, yaml.MappingNode):
        return {f"steps: {place}": start}
    plain = {key.value: value.value for key, value in step.value if isinstance(value, yaml.ScalarNode)}
    name = f"{plain.get('step', '')} {plain.get('level', '')}".strip()
    return {name: start} | {f"{name}: {key.value}": key.start_mark.line + 1 for key, _value in step.value}
