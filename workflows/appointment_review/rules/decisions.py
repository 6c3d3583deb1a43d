"""What an answer has to say in the face of the findings."""

from collections.abc import Collection

DECIDING_STEPS = frozenset({"eligibility", "party_levels", "deliberation"})


def objection_to_agreeing(*, step: str, verb: str, reason: str, levels: Collection[str]) -> str:
    """Say what stands against an agreement.

    Args:
        step: Name of the step; only the eligibility check, the Party levels and the committee weigh findings.
        verb: The answer given.
        reason: The opinion written, stripped.
        levels: Levels of the current findings: ``blocking``, ``reason``, ``note``.

    Returns:
        ``blocked`` when a finding excludes agreeing, ``reason_missing`` when one asks for a written reason and there
        is none, else empty.

    Source: docs/appointment_review.md, three levels of findings; the law's bars admit no exception, the regulations'
        "as a rule" admits one with a written reason.
    """
    if verb != "agree" or step not in DECIDING_STEPS:
        return ""
    if "blocking" in levels:
        return "blocked"
    if "reason" in levels and not reason:
        return "reason_missing"
    return ""
