"""Where the path of a matter and those of its people wait for each other."""

from django.db.models import QuerySet

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
# States of the matter's path in which no vote comes any more; a matter that is withdrawn withdraws its cases itself.
OVER = (CaseState.DONE, CaseState.REJECTED)


def advance_matter(act: Acting) -> None:
    """Let the path of a matter go on once all its open cases have come far enough.

    Where too few are left for the secretary and the deputies, it goes back to the nomination. Where it is over, nobody
    in it waits for a vote any more.

    Args:
        act: An act that just ended, on the matter's own path or on one of its cases; both are locked.
    """
    own = Case.objects.filter(matter=act.case.matter_id, subject=None).first()
    if own is None:
        return
    running = Case.objects.filter(matter=act.case.matter_id, state=CaseState.OPEN).exclude(subject=None)
    if own.state in OVER:
        _nobody_votes(act, running)
    elif own.state == CaseState.OPEN and own.step in WAITS and not running.exclude(step__in=WAITS[own.step]).exists():
        short = own.step in NEEDS_CANDIDATES and candidates_missing(own)
        with acting_on(own.pk, by=act.by, at=act.at) as waiting:
            let_go(waiting, own.step, Outcome.FAILED if short else Outcome.DONE)


def _nobody_votes(act: Acting, running: QuerySet[Case]) -> None:
    for pk in list(running.filter(step="ballot").order_by("pk").values_list("pk", flat=True)):
        with acting_on(pk, by=act.by, at=act.at) as waiting:
            let_go(waiting, "ballot", Outcome.NOT_ELECTED)
