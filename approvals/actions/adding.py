"""Adding people to an open step by name (加签) and taking them off again (减签)."""

from django.db.models import Max

from approvals.actions.acting import Acting
from approvals.actions.inbox import row_for
from approvals.actions.stages import ADDED
from approvals.enums import SeatOrigin, SeatState
from approvals.models import InboxRow, Seat, Stage
from organizations.models import Account


def add_seat(act: Acting, stage: Stage, holder: Account) -> Seat:
    """Give somebody a seat of their own in an open step, with a line in the inbox.

    Args:
        act: The act on the case.
        stage: The open stage, with its organization.
        holder: Who may speak there now beside those whom the policy names.

    Returns:
        The open seat.
    """
    place = 1 + stage.seats.aggregate(last=Max("place"))["last"]
    seat = Seat.objects.create(
        stage=stage,
        place=place,
        organization=stage.organization,
        holder=holder,
        origin=SeatOrigin.MATTER,
        opened_at=act.at,
    )
    if not stage.why.get(ADDED):
        stage.why |= {ADDED: True}
        Stage.objects.filter(pk=stage.pk).update(why=stage.why)
    sender = act.by.name if act.by else ""
    row_for(seat, stage=stage, case=act.case, account_id=holder.pk, role=None, red=0, sender=sender).save()
    act.log("seat.added", stage=stage, facts={"visit": stage.visit, "place": place, "holder": holder.pk})
    return seat


def remove_seat(act: Acting, seat: Seat) -> None:
    """Close a seat that was added by name; who held it stays on record."""
    Seat.objects.filter(pk=seat.pk, state=SeatState.OPEN).update(state=SeatState.CLOSED)
    InboxRow.objects.filter(seat=seat).delete()
    act.log("seat.removed", stage=seat.stage, facts={"visit": seat.stage.visit, "place": seat.place})
