"""What a policy says of public notices has to fit together."""

from collections.abc import Mapping

STEPS = ("publication", "notice")


def contradictions(document: Mapping) -> list[tuple[str, str]]:
    """List the steps that a policy without notices still asks for.

    Args:
        document: The parsed policy.

    Returns:
        Pairs of where and what; empty when choice and steps fit together.
    """
    if document["choices"]["notice_mode"] != "none":
        return []
    asked = [step for step in document["steps"] if step["step"] in STEPS and step.get("tracks") != []]
    return [(f"{step['step']}: tracks", "unfit") for step in asked]
