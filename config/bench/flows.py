"""Two flows with the same three approvals: one in our words, one in plain Viewflow."""

from viewflow import this
from viewflow.workflow import flow
from viewflow.workflow.flow.views import UpdateProcessView
from viewflow.workflow.models import Process

from approvals.case_flow import CaseFlow
from approvals.enums import CaseState, Verb
from approvals.nodes import Approval, End, Start
from organizations.models import PartyOrganization

TRACK = "bench"
STEPS = ("first", "second", "third")
POLICY = {
    "title": "Bench",
    "flow": TRACK,
    "parameters": {},
    "steps": [{"step": step, "place": "authority", "roles": ["approver"], "due_working_days": 5} for step in STEPS],
}
BOTH = (Verb.AGREE, Verb.REFUSE)
SEE = "organizations.see_cases_subtree"


class BenchFlow(CaseFlow):
    """Three approvals

    Only for measuring.
    """

    name = TRACK
    process_title = "Bench"

    start = Start().Next(this.first)
    first = Approval("First", verbs=BOTH).On(agreed=this.second, refused=this.rejected)
    second = Approval("Second", verbs=BOTH).On(agreed=this.third, refused=this.rejected)
    third = Approval("Third", verbs=BOTH).On(agreed=this.done, refused=this.rejected)
    done = End("Done", CaseState.DONE)
    rejected = End("Not approved", CaseState.REJECTED)


def _organization(process: Process) -> PartyOrganization:
    return process.artifact


class StockFlow(flow.Flow):
    """Three approvals as Viewflow's documentation writes them."""

    process_class = Process

    start = flow.StartHandle().Next(this.first)
    first = flow.View(UpdateProcessView.as_view(fields=[])).Permission(SEE, obj=_organization).Next(this.second)
    second = flow.View(UpdateProcessView.as_view(fields=[])).Permission(SEE, obj=_organization).Next(this.third)
    third = flow.View(UpdateProcessView.as_view(fields=[])).Permission(SEE, obj=_organization).Next(this.end)
    end = flow.End()
