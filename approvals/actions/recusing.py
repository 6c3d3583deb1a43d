"""Stepping back from a case (回避), or saying that a hint does not stand in the way."""

from collections.abc import Sequence
from datetime import datetime

from django.utils.timezone import localdate

from approvals.actions.acting import Acting, acting_on
from approvals.actions.cases import sealed_for
from approvals.actions.decisions import entitled
from approvals.actions.inbox import row_for
from approvals.actions.seating import entitled_on, kept_apart, seats_for
from approvals.actions.stages import policy_step_of
from approvals.concerned import concerned_in
from approvals.enums import Rule, SeatOrigin, SeatState
from approvals.errors import AskedByName, NotEntitled, ReasonMissing
from approvals.models import InboxRow, Recusal, Seat
from approvals.rules.levels import Level
from organizations.identity import seal_for
from organizations.models import Account

REASON = "recusal"


def recuse(*, seat_pk: int, reason: str, hints: Sequence[str], by: Account, at: datetime) -> None:
    """Step back from a case: nothing in it is decided by this person any more, and others get the seat.

    Args:
        seat_pk: An open seat the person could speak on.
        reason: Why; for the office, sealed.
        hints: What the system had noticed, by code.
        by, at: Who steps back, and when.

    Raises:
        NotEntitled: the seat is not theirs, or no longer open.
        AskedByName: they were added to the step by name as well, and step back there.
        ReasonMissing: nothing was written.

    Source: Civil Servants Law, arts 76-77: recusal is declared by oneself, asked for by a party, or ordered.
    """
    if not reason.strip():
        raise ReasonMissing
    with acting_on(stages__seats=seat_pk, by=by, at=at) as act:
        seat = _theirs(act, seat_pk)
        if Seat.objects.filter(stage__case=act.case, state=SeatState.OPEN, roles=[], holder=by).exists():
            raise AskedByName
        act.log(
            "seat.recused",
            stage=seat.stage,
            facts={"hints": list(hints)},
            sealed=sealed_for(act.case, {"reason": reason.strip()}),
        )
        bow_out(act, seat, by, reason=reason.strip(), hints=hints)


def bow_out(act: Acting, seat: Seat, account: Account, *, reason: str, hints: Sequence[str] = ()) -> None:
    """Take somebody out of a case for good: nothing waits for them any more, and others get what did.

    Args:
        act: The act that says so, with its own entry.
        seat: The seat on which it was said.
        account: Who steps back, or has to.
        reason: Why; kept sealed.
        hints: What the system had noticed, by code.
    """
    _keep(act, seat, account, hints, reason)
    waiting = InboxRow.objects.filter(case=act.case, account=account, seat__isnull=False)
    theirs = list(waiting.values_list("seat", flat=True))
    waiting.delete()
    left = Seat.objects.select_related("stage__task", "stage__organization", "organization").filter(pk__in=theirs)
    for one in left.filter(state=SeatState.OPEN).order_by("pk"):
        one.stage.case, one.stage.task.process = act.case, act.case.process
        _let_others(act, one, account)


def declare_no_conflict(*, seat_pk: int, hints: Sequence[str], by: Account, at: datetime) -> None:
    """Say that what the system noticed does not stand in the way.

    Raises:
        NotEntitled: as in ``recuse``.
    """
    with acting_on(stages__seats=seat_pk, by=by, at=at) as act:
        seat = _theirs(act, seat_pk)
        if Recusal.objects.filter(case=act.case, account=by, recused=False).exists():
            return
        _keep(act, seat, by, hints, "")
        act.log("seat.no_conflict", stage=seat.stage, facts={"hints": list(hints)})


def _theirs(act: Acting, seat_pk: int) -> Seat:
    seats = Seat.objects.select_related("stage__task", "stage__organization", "organization")
    seat = seats.get(pk=seat_pk)
    seat.stage.case, seat.stage.task.process = act.case, act.case.process
    if not seat.roles or seat.state != SeatState.OPEN or not entitled(seat, act.by, at=act.at):
        raise NotEntitled
    return seat


def _keep(act: Acting, seat: Seat, account: Account, hints: Sequence[str], reason: str) -> None:
    sealed = seal_for(act.case.subject, {REASON: reason})[REASON] if reason else ""
    Recusal.objects.get_or_create(
        case=act.case, account=account, recused=bool(reason),
        defaults={"seat": seat, "hints": list(hints), "sealed": sealed, "at": act.at},
    )  # fmt: skip


def _let_others(act: Acting, seat: Seat, account: Account) -> None:
    """Free a seat held by name, and where nobody at the place may speak any more, let the superior answer."""
    if seat.holder_id == account.pk:
        Seat.objects.filter(pk=seat.pk).update(holder=None)
        seat.holder = None
        act.log("seat.freed", stage=seat.stage, facts={"visit": seat.stage.visit, "place": seat.place})
    Seat.objects.filter(pk=seat.pk, claimed_by=account).update(claimed_by=None, claimed_at=None)
    on = localdate(act.at)
    held = entitled_on(seat, stage=seat.stage, case=act.case, on=on)
    if seat.stage.rule in (Rule.ALL, Rule.QUORUM):  # nobody has two voices
        others = seat.stage.seats.exclude(pk=seat.pk).values_list("holder", "decisions__by")
        taken = {holder for pair in others for holder in pair}
        held = {holder: role for holder, role in held.items() if holder not in taken}
    if not held:
        held = _superior(act, seat)
    have = set(InboxRow.objects.filter(seat=seat).values_list("account", flat=True))
    red = act.case.process.flow_class.red_findings(act.case, seat.stage.step)
    rows = [
        row_for(seat, stage=seat.stage, case=act.case, account_id=holder, role=role, red=red, sender=act.by.name)
        for holder, role in held.items()
        if holder not in have
    ]
    InboxRow.objects.bulk_create(rows)
    if rows:
        key = f"seat:{seat.pk}:recused:{account.pk}"
        act.tell("seat_opened", to=[row.account_id for row in rows], key=key, link="/inbox/")


def _superior(act: Acting, seat: Seat) -> dict:
    stage = seat.stage
    node = stage.task.flow_task
    level = Level(code=stage.organization.code, decides=stage.decides, reason="")
    plan = seats_for(
        case=act.case,
        policy_step=policy_step_of(act.case, node, level),
        organization=stage.organization,
        apart=kept_apart(act.case, stage.apart_from),
        concerned=concerned_in(act.case, stage.step),
        on=localdate(act.at),
    )[0]
    origin = plan.origin if plan.origin != SeatOrigin.POLICY else SeatOrigin.NOBODY
    if plan.origin == SeatOrigin.FALLBACK:
        seat.organization = plan.organization
    seat.origin = origin
    Seat.objects.filter(pk=seat.pk).update(organization=seat.organization, origin=origin)
    return plan.entitled if plan.origin == SeatOrigin.FALLBACK else {}
