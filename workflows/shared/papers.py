"""Registering what is printed, so that what comes back finds its way by the code."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import datetime

from django.db import transaction

from approvals.actions.acting import Acting
from approvals.models import Case
from audit import log
from organizations.models import Account, PartyOrganization
from workflows.shared.documents.marks import Mark
from workflows.shared.enums import FilePurpose, PaperKind
from workflows.shared.models import StoredFile
from workflows.shared.paper_codes import in_picture, new_code, shown
from workflows.shared.paper_models import Paper


@dataclass(frozen=True)
class Use:
    """What a scan is used for beside being kept with its sheet.

    Attributes:
        becomes: Says it in a few words before it is filed; empty where it is only kept. Asks the database nothing.
        take: Takes the kept file over, inside the act on the case.
        purpose: Why the file is kept.
        once: Whether a second scan is never taken.
    """

    becomes: Callable[[Paper], str]
    take: Callable[[Acting, Paper, StoredFile], None]
    purpose: FilePurpose = FilePurpose.SEALED_SCAN
    once: bool = False


# Rooms that know what to do with a sheet of theirs enter it here when they are read.
USES: dict[PaperKind, Use] = {}


@transaction.atomic
def paper_for(
    *,
    kind: PaperKind,
    by: Account,
    at: datetime,
    case: Case | None = None,
    organization: PartyOrganization | None = None,
    part: str = "",
    facts: Mapping[str, object] | None = None,
) -> Paper:
    """Give the registered sheet of a kind, drawing its code when it is printed for the first time.

    Args:
        kind: What is printed.
        by, at: Who prints it, who may see the case, and when.
        case: The case it belongs to, if it belongs to one.
        organization: Whose files it belongs to where there is no case.
        part: What tells several of a kind apart, such as the number of a talk or of a letter.
        facts: Plain values that identify nobody, read again when a scan is filed.

    Returns:
        The sheet; printed again it is the same one.

    Raises:
        ValueError: neither case nor organization is given.
    """
    place = organization or (case.organization if case else None)
    if place is None:
        raise ValueError("a sheet belongs to a case or to an organization")
    key = ":".join(filter(None, (case.number if case else place.code, kind, part)))
    values = {
        "code": new_code(), "kind": kind, "case": case, "organization": place, "facts": dict(facts or {}),
        "printed_by": by, "printed_at": at,
    }  # fmt: skip
    paper, drawn = Paper.objects.get_or_create(key=key, defaults=values)
    if drawn:
        told = {"kind": str(kind), "code": shown(paper.code)}
        log.record("exports", "paper.registered", by=by, at=at, subject=case.number if case else "", facts=told)
    return paper


def mark_of(paper: Paper) -> Mark:
    """Give what stands in the footer of a registered sheet."""
    number = paper.case.number if paper.case else ""
    return Mark(in_picture(paper.code), shown(paper.code), f"{paper.get_kind_display()} {number}".strip())
