"""What the flow does by itself once the authority has agreed: paper, ledger, obligations."""

import secrets
from datetime import date, timedelta

from django.utils.timezone import localdate

from approvals.actions.acting import Acting
from approvals.enums import MatterKind
from approvals.models import Case, Stage
from organizations.actions.posts import end_post, extend_term, open_obligation, record_post
from organizations.enums import ObligationKind, PostEnd, Title
from workflows.appointment_review.actions.opening import demand_free_post
from workflows.appointment_review.enums import LOOKED_INTO, DocumentKind, Track
from workflows.appointment_review.errors import TermOverBeforeDecision
from workflows.appointment_review.models import OfficialDocument
from workflows.appointment_review.queries import years_of_term
from workflows.appointment_review.rules.terms import term_end
from workflows.shared.numbers import next_number

NEW_POST = LOOKED_INTO | {Track.ACTING}
DOCUMENT_OF = {
    Track.ASSIGNMENT: DocumentKind.APPOINTMENT,
    Track.ELECTION: DocumentKind.APPOINTMENT,
    Track.REVIEW: DocumentKind.APPOINTMENT,
    Track.REMOVAL: DocumentKind.REMOVAL,
    Track.ACTING: DocumentKind.ACTING,
    Track.EXTENSION: DocumentKind.EXTENSION,
}


def issue_document(act: Acting) -> None:
    """Issue the approval document (批复) of the body that had the authority, with its number and its check code.

    Args:
        act: The act in which the authority agreed.
    """
    case, proposal = act.case, act.case.proposal
    from_on = _starts_on(act) if case.track in NEW_POST else proposal.from_on
    stage = Stage.objects.filter(case=case, step="party_levels", decides=True).select_related("organization").last()
    issuer, today = stage.organization, localdate(act.at)
    document = OfficialDocument.objects.create(
        case=case,
        kind=DOCUMENT_OF[case.track],
        number=next_number("approval", issuer.letterhead or issuer.code, today.year),
        issuer=issuer,
        issued_on=today,
        facts={
            "name": case.subject_name,
            "organization": case.organization.name,
            "issuer": issuer.name,
            "title": proposal.title,
            "source": proposal.source,
            "from_on": str(from_on or ""),
            "until_on": str(proposal.until_on or ""),
            "term_number": proposal.term_number,
        },
        token=secrets.token_urlsafe(16),
        issued_by=act.by,
        issued_at=act.at,
    )
    act.log("document.issued", facts={"kind": document.kind, "number": document.number, "issuer": issuer.code})


def record_outcome(act: Acting) -> None:
    """Record in the ledger what the document says.

    Args:
        act: The act in which the authority agreed.
    """
    case, today = act.case, localdate(act.at)
    document = OfficialDocument.objects.filter(case=case).latest("pk")
    common = {"by": act.by, "at": act.at}
    if case.track == Track.REMOVAL:
        end_post(post=case.proposal.post, on=today, end=PostEnd.REMOVED, case_number=case.number, **common)
    elif case.track == Track.EXTENSION:
        extend_term(
            post=case.proposal.post,
            until_on=case.proposal.until_on,
            reason=case.proposal.reason,
            document_number=document.number,
            case_number=case.number,
            approved_on=today,
            **common,
        )
    else:
        _record_new_post(act, document)
    act.log("outcome.recorded", facts={"track": case.track, "document": document.number})


def open_obligations(act: Acting) -> None:
    """Open what a newly appointed secretary owes: the talk and the induction class.

    Args:
        act: The act in which the authority agreed.

    Source: docs/regulations.md: talk within 30 days (committee's choice), induction within half a year (training plan).
    """
    parameters, today = act.case.policy.parameters, localdate(act.at)
    for kind, days in (
        (ObligationKind.TALK, parameters["talk_within_days"]),
        (ObligationKind.INDUCTION, parameters["induction_within_days"]),
    ):
        open_obligation(
            person=act.case.subject,
            organization=act.case.organization,
            kind=kind,
            opened_on=today,
            due_on=today + timedelta(days=days),
            case_number=act.case.number,
            by=act.by,
            at=act.at,
        )
        act.log("obligation.opened", facts={"kind": kind, "due_on": str(today + timedelta(days=days))})


def due_of_term(case: Case, from_on: date) -> date:
    """Say when a term that begins on a day is over, by the policy of a case and the kind of its organization."""
    return term_end(from_on=from_on, years=years_of_term(case.policy, case.organization))


def _starts_on(act: Acting) -> date:
    """Nobody takes office before the approval: a proposed day that has passed gives way to the day of approval."""
    return max(act.case.proposal.from_on or localdate(act.at), localdate(act.at))


def _record_new_post(act: Acting, document: OfficialDocument) -> None:
    case, proposal = act.case, act.case.proposal
    started_on = _starts_on(act)
    if proposal.until_on is not None and proposal.until_on <= started_on:
        raise TermOverBeforeDecision(until=proposal.until_on)
    # The election of a new committee follows whoever holds the post; everybody else waits until it is free.
    follows = case.track == Track.ACTING or case.matter.kind == MatterKind.ELECTION
    if proposal.title == Title.SECRETARY and not follows:
        demand_free_post(case.organization, started_on)  # somebody else may have been appointed in the meantime
    record_post(
        person=case.subject,
        organization=case.organization,
        title=proposal.title,
        source=proposal.source,
        started_on=started_on,
        due_on=proposal.until_on or due_of_term(case, started_on),
        document_number=document.number,
        case_number=case.number,
        by=act.by,
        at=act.at,
    )
