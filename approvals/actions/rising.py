"""When the last who could speak on an open seat is gone, the seat rises to the nearest superior with the role."""

from datetime import datetime

from django.utils.timezone import localdate

from approvals.actions.acting import acting_on
from approvals.actions.seating import entitled_on
from approvals.enums import SeatOrigin
from approvals.models import Seat
from approvals.queries import superiors_of
from organizations.models import PartyOrganization, RoleAssignment


def raise_seat(seat: Seat, *, at: datetime) -> dict[int, RoleAssignment | None]:
    """Move an open seat that nobody can speak on any more to the nearest superior where somebody may.

    Args:
        seat: The seat with its stage, case and organization; changed in place.
        at: The moment; roles have to hold on its day.

    Returns:
        Who may speak now, account key to assignment; empty when nobody above may either, and then nothing changes.

    Source: docs/approvals.md, no stage stays empty.
    """
    place, entitled = _nearest(seat, at)
    if not entitled:
        return {}
    seat.organization, seat.origin = place, SeatOrigin.FALLBACK
    with acting_on(seat.stage.case_id, by=None, at=at) as act:
        Seat.objects.filter(pk=seat.pk).update(organization=place, origin=seat.origin)
        facts = {"visit": seat.stage.visit, "place": seat.place, "organization_name": place.name}
        act.log("seat.raised", stage=seat.stage, facts=facts | {"organization": place.code})
        node = act.case.process.flow_class.instance.node(seat.stage.step)
        key = f"seat:{seat.pk}:{place.code}"
        act.tell(node.message, to=list(entitled), key=key, link=node.link(act.case))
    return entitled


def _nearest(seat: Seat, at: datetime) -> tuple[PartyOrganization, dict[int, RoleAssignment | None]]:
    own = seat.organization
    entitled: dict[int, RoleAssignment | None] = {}
    for superior in superiors_of(own):
        seat.organization = superior
        entitled = entitled_on(seat, stage=seat.stage, case=seat.stage.case, on=localdate(at))
        if entitled:
            break
    place, seat.organization = seat.organization, own
    return place, entitled
