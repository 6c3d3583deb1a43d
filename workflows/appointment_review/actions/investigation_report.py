"""The report of an investigation: written, and signed by everybody on the team; the last signature hands it in."""

from collections.abc import Mapping
from datetime import datetime

from approvals.actions.acting import Acting, acting_on
from approvals.actions.speaking import Answer, speak
from approvals.enums import Verb
from approvals.models import Stage
from organizations.identity import seal_for
from organizations.models import Account
from workflows.appointment_review.actions.investigation_team import member_of, open_stage_of
from workflows.appointment_review.errors import NotReadyToSign, ReportIncomplete, TeamIncomplete
from workflows.appointment_review.investigation_models import Report, ReportSignature, TeamMember
from workflows.appointment_review.investigation_queries import STEP, Work, joined, work_of
from workflows.appointment_review.rules.investigation import PARTS, parts_missing


def save_report(*, case_pk: int, parts: Mapping[str, str], conclusion: str, by: Account, at: datetime) -> Report:
    """Write the report, or a new version of it; signatures under an earlier version no longer count.

    Args:
        case_pk: The case.
        parts: Texts by the names of ``PARTS``.
        conclusion: One of ``Conclusion``.
        by, at: Who writes, and when.

    Returns:
        The report.

    Raises:
        NotOnTheTeam, InvestigationOver: as they say.
        ReportIncomplete: a heading, the weaknesses or the conclusion is missing.
    """
    with acting_on(case_pk, by=by, at=at) as act:
        stage = open_stage_of(act)
        member = member_of(act, stage)
        if parts_missing(parts) or not conclusion:
            raise ReportIncomplete
        sealed = seal_for(act.case.subject, {STEP: joined(parts[name] for name in PARTS)})[STEP]
        report = Report.objects.filter(investigation=member.investigation).first()
        report = report or Report(investigation=member.investigation, version=0)
        report.version += 1
        report.sealed, report.conclusion, report.saved_by, report.saved_at = sealed, conclusion, by, at
        report.save()
        act.log("report.saved", stage=stage, facts={"version": report.version})
        return report


def sign_report(*, case_pk: int, version: int, by: Account, at: datetime) -> bool:
    """Stand by a version of the report; the last signature hands the investigation in.

    Args:
        case_pk: The case.
        version: The version that was read.
        by, at: Who signs, and when.

    Returns:
        Whether it was the last one.

    Raises:
        NotOnTheTeam, InvestigationOver, TeamIncomplete: as they say.
        NotReadyToSign: something is still to be done, or a newer version was written meanwhile.
    """
    with acting_on(case_pk, by=by, at=at) as act:
        stage = open_stage_of(act)
        member = member_of(act, stage)
        work = work_of(stage)
        at_least = act.case.policy.parameters.get("investigators_at_least", 2)
        if len(work.members) < at_least or not any(one.is_head for one in work.members):
            raise TeamIncomplete(count=at_least)
        if work.to_do() or work.report.version != version:
            raise NotReadyToSign
        if member.pk not in work.signed:
            _sign(act, stage, work, member)
        if not all(one.pk in work.signed for one in work.members):
            return False
        _hand_in(act, stage, member)
        return True


def _sign(act: Acting, stage: Stage, work: Work, member: TeamMember) -> None:
    ReportSignature.objects.create(
        report=work.report, version=work.report.version, member=member, name=act.by.name, signed_at=act.at
    )
    work.signed.add(member.pk)
    act.log("report.signed", stage=stage, facts={"version": work.report.version})


def _hand_in(act: Acting, stage: Stage, member: TeamMember) -> None:
    seat = member.seat
    seat.stage = stage
    speak(act, seat, Answer(Verb.HAND_IN), key=f"investigation:{member.investigation_id}")
