"""What somebody who reads histories does with one; each act is itself an entry."""

import json
from datetime import datetime

from django.db import transaction
from django.utils.timezone import localdate

from approvals.errors import NotEntitled
from approvals.models import Case
from audit import log
from organizations.models import Account
from workflows.history.dossier import dossier_of
from workflows.history.proof import Proof, lines_of, prove
from workflows.history.queries import CHECKED, EXPORTED, PRINTED
from workflows.shared.documents import Sheet


@transaction.atomic
def check_case(*, case: Case, by: Account, at: datetime) -> Proof:
    """Check the record of a case now, against the newest checkpoint too, and keep the outcome.

    Args:
        case: The case.
        by, at: Who asked, and when.

    Returns:
        What was found.

    Raises:
        NotEntitled: ``by`` may not read its history.
        ValueError: the newest checkpoint file is not one.
    """
    _demand(case, by, at)
    proof = prove(case, with_checkpoint=True)
    facts = {"holds": proof.whole, "entries": proof.entries, "broken_at": proof.broken_at}
    log.record("audit", CHECKED, by=by, at=at, subject=case.number, facts=facts)
    return proof


@transaction.atomic
def export_case(*, case: Case, by: Account, at: datetime) -> bytes:
    """Give the record of a case as JSON lines, sealed values sealed, after the export itself was recorded.

    Args:
        case: The case.
        by, at: Who exports, and when.

    Returns:
        One entry a line, as ``audit.standalone`` reads them.

    Raises:
        NotEntitled: ``by`` may not read its history.
    """
    _demand(case, by, at)
    lines = [json.dumps(row, ensure_ascii=False, sort_keys=True) for row in lines_of(case)]
    log.record("exports", EXPORTED, by=by, at=at, subject=case.number, facts={"entries": len(lines)})
    return "".join(f"{line}\n" for line in lines).encode()


@transaction.atomic
def print_dossier(*, case: Case, by: Account, at: datetime) -> Sheet:
    """Put the dossier of a case together, after the printing itself was recorded.

    Args:
        case: As ``case_seen`` found it.
        by, at: Who prints, and when.

    Returns:
        The dossier, ready to be drawn.

    Raises:
        NotEntitled: ``by`` may not read its history.
    """
    _demand(case, by, at)
    proof = prove(case)
    facts = {"holds": proof.whole, "entries": proof.entries}
    log.record("exports", PRINTED, by=by, at=at, subject=case.number, facts=facts)
    return dossier_of(case, proof, by_name=by.name, at=at)


def _demand(case: Case, by: Account, at: datetime) -> None:
    if not Case.objects.with_history_for(by, on=localdate(at)).filter(pk=case.pk).exists():
        raise NotEntitled
