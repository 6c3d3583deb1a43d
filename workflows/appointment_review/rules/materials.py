"""Which materials a candidate hands in, and which may be left out."""

from collections.abc import Collection, Mapping
from dataclasses import dataclass

REQUIRED, WHERE_ASKED, OPTIONAL = "required", "where_asked", "optional"

# The assignment track (选派任命); credit report and employer's consent depend on local rules and on the person.
ASSIGNMENT = {
    "identity_card": REQUIRED,
    "photo": REQUIRED,
    "membership_proof": REQUIRED,
    "diploma": REQUIRED,
    "self_statement": REQUIRED,
    "pledge": REQUIRED,
    "recommendation": REQUIRED,
    "minutes": REQUIRED,
    "employer_consent": WHERE_ASKED,
    "credit_report": OPTIONAL,
    "other": OPTIONAL,
}


@dataclass(frozen=True)
class Wanted:
    """One material of the list.

    Attributes:
        kind: A value of ``MaterialKind``.
        need: ``required``, ``where_asked`` or ``optional``.
        present: Whether a current version is there.
    """

    kind: str
    need: str
    present: bool

    @property
    def missing(self) -> bool:
        """Whether handing in waits for it."""
        return self.need == REQUIRED and not self.present


def wanted(document: Mapping[str, dict], present: Collection[str]) -> list[Wanted]:
    """List the materials of an assignment.

    Args:
        document: The form; who keeps a post elsewhere needs the employer's consent.
        present: Kinds of which a current version is there.

    Returns:
        The whole list in its order.

    Source: docs/regulations.md, materials; Measures on persons in charge of social organizations, concurrent posts.
    """
    keeps = document.get("posts", {}).get("keeps_post") == "yes"
    return [
        Wanted(kind, REQUIRED if keeps and need == WHERE_ASKED else need, kind in present)
        for kind, need in ASSIGNMENT.items()
    ]
