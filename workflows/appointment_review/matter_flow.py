"""The path of an election matter (换届选举、补选); the people in it follow ``flow.py``. docs/appointment_review.md."""

from django.utils.translation import gettext_lazy as _
from viewflow import this

from approvals.actions.acting import Acting
from approvals.enums import CaseState, Verb
from approvals.nodes import Act, Approval, CaseFlow, End, Start, Wait, Work
from workflows.appointment_review import actions
from workflows.appointment_review.actions.together import advance_matter

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
    )

    start = Start().Next(this.first_request)

    first_request = Work(_("Request to hold the election"), address=PAGE).On(done=this.first_approval)
    first_approval = Approval(
        _("Approval of the election"),
        climbs=True,
        back=[this.first_request],
        question=_("May {name} hold the election as asked?"),
    ).On(agreed=this.nomination, refused=this.refused)

    nomination = Work(_("Nomination by members"), address=PAGE).On(done=this.vetting)
    vetting = Wait(_("Everybody nominated is vetted")).On(done=this.second_request)

    second_request = Work(_("Request for the candidates"), address=PAGE, back=[this.nomination]).On(
        done=this.second_approval
    )
    second_approval = Approval(
        _("Approval of the candidates"),
        climbs=True,
        back=[this.second_request, this.nomination],
        question=_("May these people stand for election in {name}?"),
    ).On(agreed=this.publicity, refused=this.refused)
    publicity = Wait(_("Notices run out")).On(done=this.election)

    election = Work(_("Election"), address=PAGE, verbs=(Verb.HAND_IN, Verb.FAIL)).On(
        done=this.late_vetting, failed=this.election
    )
    late_vetting = Wait(_("A winner is vetted afterwards")).On(done=this.report)
    report = Work(_("Report of the result"), address=PAGE, back=[this.election]).On(done=this.confirmation)
    confirmation = Approval(
        _("Approval of the result"),
        climbs=True,
        back=[this.report],
        question=_("Is the result of the election in {name} approved?"),
    ).On(agreed=this.filing, refused=this.refused)

    filing = Act(actions.file_members, _("Members filed for the record")).Next(this.completed)

    completed = End(_("Completed"), CaseState.DONE)
    refused = End(_("Not approved"), CaseState.REJECTED)

    @classmethod
    def went_on(cls, act: Acting) -> None:
        """Go on at once where nobody is waited for."""
        advance_matter(act)
