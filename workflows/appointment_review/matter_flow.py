"""The path of an election matter (换届选举、补选); the people in it follow ``flow.py``. docs/appointment_review.md."""

from collections.abc import Collection
from datetime import datetime

from django.utils.translation import gettext_lazy as _
from viewflow import this

from approvals.actions.acting import Acting
from approvals.case_flow import CaseFlow
from approvals.enums import CaseState, Verb
from approvals.models import Case
from approvals.nodes import Act, Approval, End, Start, Wait, Work
from organizations.calendar import end_of_day
from workflows.appointment_review import actions, queries
from workflows.appointment_review.actions.together import advance_matter
from workflows.appointment_review.election_models import ElectionResult
from workflows.appointment_review.election_queries import kept_from_lists
from workflows.appointment_review.enums import CountOutcome

ABOUT_PEOPLE = ("second_approval", "confirmation")
PAGE = "/matters/{matter}/election/"


class ElectionFlow(CaseFlow):
    """Election of a branch committee

    Two requests and a report: the branch asks whether it may elect, then whom it may elect, and tells what came of it.
    Between the requests everybody nominated is vetted on a path of their own.
    """

    name = "election"
    process_title = _("Election of a branch committee")
    parameters = (
        "quorum_numerator",
        "quorum_denominator",
        "more_candidates_percent",
        "result_report_days",
        "election_window_days",
        "term_branch_years",
        "term_committee_years",
    )

    start = Start().Next(this.first_request)

    first_request = Work(_("Request to hold the election"), address=PAGE).On(done=this.first_approval)
    first_approval = Approval(
        _("Approval of the election"),
        climbs=True,
        back=[this.first_request],
        question=_("May {name} hold the election as asked?"),
    ).On(agreed=this.first_reply, refused=this.refused)
    first_reply = Act(actions.issue_first_reply, _("Reply to the first request")).Next(this.nomination)

    nomination = Work(_("Nomination by members"), address=PAGE).On(done=this.vetting)
    vetting = Wait(_("Everybody nominated is vetted")).On(done=this.second_request, failed=this.nomination)

    second_request = Work(
        _("Request for the candidates"), address=PAGE, back=[this.nomination], verbs=(Verb.HAND_IN, Verb.RETURN)
    ).On(done=this.second_approval)
    second_approval = Approval(
        _("Approval of the candidates"),
        climbs=True,
        back=[this.second_request, this.nomination],
        question=_("May these people stand for election in {name}?"),
    ).On(agreed=this.second_reply, refused=this.nobody_stands)
    second_reply = Act(actions.let_stand, _("Reply to the second request")).Next(this.publicity)
    nobody_stands = Act(actions.refuse_all, _("The people nominated are told")).Next(this.refused)
    publicity = Wait(_("Notices run out")).On(done=this.election, failed=this.nomination)

    election = Work(
        _("Election"), address=PAGE, back=[this.nomination], verbs=(Verb.HAND_IN, Verb.FAIL, Verb.RETURN)
    ).On(done=this.late_vetting, failed=this.election)
    late_vetting = Wait(_("A winner is vetted afterwards")).On(done=this.report)
    report = Work(_("Report of the result"), address=PAGE).On(done=this.confirmation)
    confirmation = Approval(
        _("Approval of the result"),
        climbs=True,
        back=[this.report],
        question=_("Is the result of the election in {name} approved?"),
    ).On(agreed=this.filing, refused=this.nobody_confirmed)
    nobody_confirmed = Act(actions.refuse_winners, _("The people elected are told")).Next(this.refused)

    filing = Act(actions.confirm_result, _("Reply to the report")).Next(this.completed)

    completed = End(_("Completed"), CaseState.DONE)
    refused = End(_("Not approved"), CaseState.REJECTED)

    @classmethod
    def subject_of(cls, case: Case) -> str:
        """Say which branch elects."""
        return queries.election_sentence(case)

    @classmethod
    def decides_on(cls, cases: Collection[int], step: str) -> Collection[tuple[int, int]]:
        """Keep whoever is on the list, or stepped back from somebody on it, from deciding on these people."""
        return kept_from_lists(cases) if step in ABOUT_PEOPLE else ()

    @classmethod
    def due_after(cls, case: Case, step: str) -> tuple[datetime, int] | None:
        """The report is due so many plain days after the election, not after it was entered."""
        if step != "report":
            return None
        held = ElectionResult.objects.filter(plan=case.pk, outcome=CountOutcome.HELD).latest("attempt")
        return end_of_day(held.held_on), case.policy.parameters["result_report_days"]

    @classmethod
    def went_on(cls, act: Acting) -> None:
        """Go on at once where nobody is waited for."""
        advance_matter(act)
