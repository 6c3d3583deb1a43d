"""Where the path of a matter and those of its people wait for each other."""

from approvals.actions.acting import Acting, acting_on
from approvals.actions.speaking import let_go
from approvals.enums import CaseState, Outcome
from approvals.models import Case
from workflows.appointment_review.election_queries import candidates_missing

# Step of the matter that waits → where everybody who is still in the running has to be. Whoever got leave to stand in
# an earlier round, before somebody else had to be named, is past the vetting already.
WAITS = {
    "vetting": ("standing", "publication", "notice", "ballot"),
    "publicity": ("ballot",),
    "late_vetting": ("ballot",),
}
NEEDS_CANDIDATES = ("vetting", "publicity")


def advance_matter(act: Acting) -> None:
    """Let the path of a matter go on once all its open cases have come far enough.

    Where too few are left for the secretary and the deputies, it goes back to the nomination.

    Args:
        act: An act that just ended, on the matter's own path or on one of its cases; both are locked.
    """
    own = Case.objects.filter(matter=act.case.matter_id, subject=None, state=CaseState.OPEN).first()
    if own is None or own.step not in WAITS:
        return
    running = Case.objects.filter(matter=act.case.matter_id, state=CaseState.OPEN).exclude(subject=None)
    if running.exclude(step__in=WAITS[own.step]).exists():
        return
    short = own.step in NEEDS_CANDIDATES and candidates_missing(own)
    with acting_on(own.pk, by=act.by, at=act.at) as waiting:
        let_go(waiting, own.step, Outcome.FAILED if short else Outcome.DONE)
