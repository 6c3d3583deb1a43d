"""Before someone takes the post (任前考察). The story is in docs/appointment_review.md."""

from collections.abc import Mapping
from datetime import datetime

from django.utils.translation import gettext_lazy as _
from viewflow import this

from approvals.actions.acting import Acting
from approvals.actions.copying import COPIED
from approvals.case_flow import CaseFlow
from approvals.enums import CaseState, Phase, Verb
from approvals.errors import ReasonMissing
from approvals.models import Case, Stage
from approvals.nodes import Act, Approval, End, Letters, Notice, Start, Wait, Work
from organizations.models import Department, PartyOrganization
from workflows.appointment_review import actions, queries
from workflows.appointment_review.actions.together import advance_matter
from workflows.appointment_review.enums import LOOKED_INTO, VETTED, Track
from workflows.appointment_review.errors import AgreeBlocked, InvestigationUnsigned
from workflows.appointment_review.rules.decisions import objection_to_agreeing
from workflows.appointment_review.rules.notices import contradictions
from workflows.notices.actions.confirming import check_confirmation, closes_by_itself
from workflows.notices.rules import LEAST_WORKING_DAYS

ELECTED = {Track.ELECTION}  # members vote
WEIGHED = LOOKED_INTO | {Track.ACTING}  # the person is held against the conditions
APPOINTED = LOOKED_INTO  # a talk and an induction class follow


class AppointmentReviewFlow(CaseFlow):
    """Appointment review

    Nobody takes office unvetted: what the candidate hands in is checked, held against the conditions, weighed level by
    level, asked about, looked into, decided by a committee, shown to the public, voted on where members vote, and only
    then put on paper and recorded. Nobody is refused unheard.
    """

    name = "appointment_review"
    process_title = _("Appointment review")
    parameters = (
        "returns_allowed",
        "usually_done_working_days",
        "review_apply_days",
        "talk_within_days",
        "induction_within_days",
        "term_branch_years",
        "term_committee_years",
        "membership_years",
        "extension_days",
        "acting_days",
        "notice_working_days",
        "investigators_at_least",
    )
    choices = {"notice_mode": ("unit", "unlisted", "none"), "copies": tuple(COPIED)}
    least = {"notice_working_days": LEAST_WORKING_DAYS}
    beside = ("proposal",)

    start = Start().Next(this.materials)

    materials = Work(_("Candidate's materials"), only=VETTED, phase=Phase.SUBMIT).On(done=this.completeness)
    completeness = Approval(
        _("Completeness check"),
        only=VETTED,
        back=[this.materials],
        once_agreed="case_accepted",
        question=_("Are {name}'s materials complete and acceptable?"),
        together=_("Are the materials of these {n} people complete and acceptable?"),
    ).On(agreed=this.review, refused=this.reply)

    review = Approval(
        _("Review by other people"),
        only={Track.REVIEW},
        verbs=(Verb.AGREE, Verb.REFUSE),
        question=_("Should the case of {name} be taken up again?"),
    ).On(agreed=this.eligibility, refused=this.rejected)

    eligibility = Approval(
        _("Eligibility check"),
        only=WEIGHED,
        back=[this.materials],
        question=_("Does {name} meet the conditions of the post?"),
        together=_("Do these {n} people meet the conditions of the post?"),
    ).On(agreed=this.hearing, refused=this.reply)

    hearing = Work(_("The person is heard"), only={Track.REMOVAL}, message="right_of_reply").On(
        done=this.party_levels, expired=this.party_levels
    )
    party_levels = Approval(
        _("Party levels"),
        climbs=True,
        back=[this.materials, this.eligibility],
        question=_("Do you agree: {subject}?"),
    ).On(agreed=this.letters, refused=this.reply)

    letters = Letters(_("Letters to departments"), only=LOOKED_INTO, address="/letters/grid/").On(
        done=this.investigation
    )
    investigation = Work(_("Investigation"), only=LOOKED_INTO, address="/matters/case/{number}/investigation/").On(
        done=this.deliberation
    )
    deliberation = Approval(
        _("Committee deliberation"),
        only=LOOKED_INTO,
        back=[this.materials, this.letters, this.investigation],
        verbs=(Verb.AGREE, Verb.REFUSE, Verb.RETURN, Verb.DEFER),
        question=_("Does the committee agree: {subject}?"),
    ).On(agreed=this.standing, refused=this.reply, deferred=this.deliberation)

    standing = Wait(_("Leave to stand for election"), only=ELECTED, stands_for=this.deliberation).On(
        agreed=this.publication, refused=this.reply
    )
    publication = Work(_("Notice put up"), only=LOOKED_INTO, address="/matters/case/{number}/notice/").On(
        done=this.notice
    )
    notice = Notice(
        _("Public notice"),
        only=LOOKED_INTO,
        phase=Phase.NOTICE,
        stands_for=this.deliberation,
        address="/matters/case/{number}/notice/end/",
        question=_("After the notice, does anything stand in the way of {name}?"),
    ).On(clear=this.ballot, expired=this.ballot, refused=this.reply, changed=this.publication)
    ballot = Wait(_("Election and its confirmation"), only=ELECTED, stands_for=this.deliberation).On(
        agreed=this.document, refused=this.reply, not_elected=this.not_elected
    )

    reply = Work(_("Right of reply"), only=VETTED, message="right_of_reply").On(
        done=this.confirmation, expired=this.confirmation
    )
    confirmation = Approval(
        _("Refusal after reply"),
        only=VETTED,
        back=[this.completeness, this.eligibility, this.party_levels, this.deliberation],
        verbs=(Verb.AGREE, Verb.RETURN),
        back_to_refuser=True,
        question=_("After hearing {name}, does the refusal stand?"),
    ).On(agreed=this.rejected)

    document = Act(actions.issue_document, _("Approval document")).Next(this.record)
    record = Act(actions.record_outcome, _("Recorded in the ledger")).Next(this.obligations)
    obligations = Act(actions.open_obligations, _("Talk and training owed"), only=APPOINTED).Next(this.appointed)

    appointed = End(_("Completed"), CaseState.DONE)
    rejected = End(_("Not approved"), CaseState.REJECTED)
    not_elected = End(_("Not elected"), CaseState.NOT_ELECTED)

    @classmethod
    def subject_of(cls, case: Case) -> str:
        """Say which person is to take or leave which post."""
        return queries.subject_sentence(case)

    @classmethod
    def red_findings(cls, case: Case, step: str) -> int:
        """Count the findings that hinder or ask for a reason."""
        return queries.red_findings(case)

    @classmethod
    def departments(cls, case: Case, organization: PartyOrganization) -> list[Department]:
        """List the departments of the authority's level."""
        return queries.departments_for(organization)

    @classmethod
    def asks_for(cls, case: Case, step: str) -> bool:
        """Leave to stand is given once; nobody asks for it again after the voters have spoken."""
        return step != "standing" or queries.awaits_leave(case)

    @classmethod
    def went_on(cls, act: Acting) -> None:
        """Let the matter go on once its cases have come far enough."""
        if act.case.track in ELECTED:
            advance_matter(act)

    @classmethod
    def check_decision(cls, *, case: Case, step: str, verb: str, reason: str, at: datetime) -> None:
        """Hold an agreement against the findings: a blocking one refuses it, others ask for a reason."""
        if (step, verb) == ("investigation", Verb.HAND_IN):  # the last signature hands it in, nobody else does
            raise InvestigationUnsigned
        against = objection_to_agreeing(step=step, verb=verb, reason=reason, levels=queries.finding_levels(case))
        if against == "blocked":
            raise AgreeBlocked
        if against:
            raise ReasonMissing
        check_confirmation(case=case, step=step, verb=verb, at=at)

    @classmethod
    def may_close(cls, *, case: Case, stage: Stage, at: datetime) -> bool:
        """Let a notice end by itself only when its days are over and nothing is open."""
        return closes_by_itself(case=case, step=stage.step, at=at)

    @classmethod
    def problems_of_policy(cls, document: Mapping) -> list[tuple[str, str]]:
        """Hold the chosen way of the notice against the steps that belong to it."""
        return contradictions(document)
