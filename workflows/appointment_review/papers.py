"""Fills the papers of this flow: the approval from what was issued, the notices from what the case holds."""

from datetime import date, datetime

from django.conf import settings
from django.urls import reverse
from django.utils.timezone import localdate

from approvals.enums import CaseState, Outcome, Verb
from approvals.models import Case, Decision, Stage
from organizations.enums import Title
from workflows.appointment_review.election_papers import ELECTION_KINDS, reply_paper
from workflows.appointment_review.enums import DocumentKind
from workflows.appointment_review.models import OfficialDocument
from workflows.appointment_review.rules.terms import review_open_until
from workflows.shared.documents import (
    AcceptancePaper,
    ApprovalPaper,
    Check,
    CorrectionPaper,
    DisapprovalPaper,
    Granted,
    PlainPaper,
)


def approval_paper(document: OfficialDocument) -> ApprovalPaper:
    """Make the approval document as it was issued.

    Args:
        document: The row; its ``facts`` hold the text of the day it was issued.
    """
    facts = document.facts
    return ApprovalPaper(
        granted=Granted(document.kind),
        number=document.number,
        issuer=str(facts["issuer"]),
        addressee=str(facts["organization"]),
        organization=str(facts["organization"]),
        dated=document.issued_on,
        check=Check(check_address(document), document.token),
        person=str(facts["name"]),
        post=str(Title(facts["title"]).label),
        from_on=_day(facts.get("from_on")) or document.issued_on,
        until_on=_day(facts.get("until_on")),
    )


def issued_paper(document: OfficialDocument) -> ApprovalPaper | PlainPaper:
    """Make an issued document, whatever its kind."""
    if document.kind in ELECTION_KINDS:
        return reply_paper(document, Check(check_address(document), document.token))
    return approval_paper(document)


def check_address(document: OfficialDocument) -> str:
    """Give the full address at which anybody can check a document."""
    return f"{settings.SITE_ADDRESS}{reverse('workflows:check', args=[document.token])}"


def notice_paper(case: Case, kind: str) -> CorrectionPaper | AcceptancePaper | DisapprovalPaper | None:
    """Make a notice from a case; None while there is no ground for it.

    Args:
        case: The case with subject, organization, proposal and policy.
        kind: ``correction``, ``acceptance`` or ``refusal``.
    """
    make = {
        DocumentKind.CORRECTION: _correction,
        DocumentKind.ACCEPTANCE: _acceptance,
        DocumentKind.REFUSAL: _refusal,
    }.get(kind)
    return make(case) if make else None


def _correction(case: Case) -> CorrectionPaper | None:
    stages = Stage.objects.filter(case=case, outcome=Outcome.RETURNED, goes_to="materials")
    stage = stages.select_related("organization").prefetch_related("corrections").order_by("-pk").first()
    if stage is None:
        return None
    asked = Stage.objects.filter(case=case, step="materials", pk__gt=stage.pk).order_by("pk").first()
    due = asked.due_at if asked and asked.due_at else stage.closed_at
    items = tuple(one.text for one in stage.corrections.all())
    return CorrectionPaper(**_common(case, stage, stage.closed_at), items=items, due_on=localdate(due))


def _acceptance(case: Case) -> AcceptancePaper | None:
    stages = Stage.objects.filter(case=case, step="completeness", outcome=Outcome.AGREED)
    stage = stages.select_related("organization").order_by("-pk").first()
    return AcceptancePaper(**_common(case, stage, stage.closed_at), expected_on=case.expected_on) if stage else None


def _refusal(case: Case) -> DisapprovalPaper | None:
    if case.state != CaseState.REJECTED:
        return None
    refusals = Decision.objects.filter(seat__stage__case=case, verb=Verb.REFUSE).exclude(reason_for_person="")
    said = refusals.select_related("seat__stage__organization").order_by("-pk").first()
    if said is None:
        return None
    stage = said.seat.stage
    days = case.policy.parameters["review_apply_days"]
    return DisapprovalPaper(
        **_common(case, stage, case.closed_at),
        reason=said.reason_for_person,
        review_until_on=review_open_until(told_on=localdate(case.closed_at), days=days),
        review_office=stage.organization_name,
    )


def _common(case: Case, stage: Stage, at: datetime) -> dict[str, object]:
    return {
        "number": case.number,
        "issuer": stage.organization_name,
        "person": case.subject_name,
        "organization": case.organization.name,
        "post": str(case.proposal.get_title_display()),
        "telephone": stage.organization.phone,
        "dated": localdate(at),
    }


def _day(text: object) -> date | None:
    return date.fromisoformat(str(text)) if text else None
