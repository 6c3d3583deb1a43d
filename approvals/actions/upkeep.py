"""What happens without anybody acting: inbox rows follow the roles, stages close by themselves, drift is mended."""

import logging
from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from datetime import date, datetime

from django.db import transaction
from django.db.models import Q, QuerySet
from django.utils.timezone import localdate

from approvals.actions.acting import acting_on
from approvals.actions.inbox import held_by_name, open_seats, row_for
from approvals.actions.rising import raise_seat
from approvals.actions.seating import kept_apart_in
from approvals.actions.stages import close_stage
from approvals.concerned import concerned_in_all
from approvals.enums import Outcome, RowKind, SeatOrigin
from approvals.models import Case, InboxRow, Recusal, Seat, Stage
from approvals.rules.conflicts import entitled_of
from audit.errors import Refusal
from organizations.models import Account, RoleAssignment

CHUNK = 1000
logger = logging.getLogger(__name__)


@dataclass
class Drift:
    """How inbox rows differ from a fresh expansion.

    Attributes:
        missing: Pairs of seat and account that lack a row.
        extra: Pairs of seat and account that have one too many.
        outdated: Pairs of seat and account whose row goes by the days of a role that is not the one they hold now.
    """

    missing: list[tuple[int, int]] = field(default_factory=list)
    extra: list[tuple[int, int]] = field(default_factory=list)
    outdated: list[tuple[int, int]] = field(default_factory=list)


def close_due_stages(at: datetime) -> int:
    """Close the stages whose time ran out and that close by themselves, asking again under the lock of each case.

    Args:
        at: The moment of the sweep.

    Returns:
        How many were closed; a second sweep closes none.
    """
    due = Stage.objects.filter(outcome="", closes_at__lte=at).order_by("case").values_list("case", "pk")
    closed = 0
    for case_pk, stage_pk in list(due):
        try:
            closed += _close_due(case_pk, stage_pk, at)
        except Refusal as refusal:  # one case that cannot go on must not keep the others waiting
            logger.warning("case %s does not go on by itself: %s", case_pk, refusal.code)
    return closed


def _close_due(case_pk: int, stage_pk: int, at: datetime) -> int:
    with acting_on(case_pk, by=None, at=at) as act:
        still = Stage.objects.select_related("task", "organization").filter(pk=stage_pk, outcome="", closes_at__lte=at)
        stage = still.first()
        if stage is None:
            return 0
        stage.task.process = act.case.process
        if not act.case.process.flow_class.may_close(case=act.case, stage=stage, at=at):
            return 0
        close_stage(act=act, stage=stage, outcome=Outcome.EXPIRED)
        return 1


@transaction.atomic
def follow_roles(assignments: Iterable[RoleAssignment], *, at: datetime) -> None:
    """Let the inboxes follow a change of roles.

    Args:
        assignments: What was given or taken.
        at: The moment of the change.
    """
    places = {assignment.organization_id for assignment in assignments if assignment.organization_id}
    mend_inbox(open_seats().filter(organization__in=places), at=at)


@transaction.atomic
def follow_account(account: Account, *, at: datetime) -> None:
    """Let the open seats follow an account that was opened, closed or opened again: of its person, and of its roles.

    Args:
        account: The account, with the person it belongs to.
        at: The moment of the change.
    """
    touched = Q(organization__in=account.assignments.values("organization"))
    if account.person_id is not None:
        touched |= Q(stage__case__subject=account.person_id)
    mend_inbox(open_seats().filter(touched), at=at)


def mend_inbox(seats: QuerySet[Seat], *, at: datetime, repair: bool = True) -> Drift:
    """Compare inbox rows with a fresh expansion of the roles, and mend them.

    Args:
        seats: Open seats, as given by ``open_seats``.
        at: The moment; roles have to hold on its day.
        repair: Whether to write; otherwise only the difference is told.

    Returns:
        The difference found.
    """
    drift = Drift()
    for chunk in _chunks(seats):
        if repair:
            with transaction.atomic():
                _compare(_locked(chunk), at, drift, repair)
        else:
            _compare(chunk, at, drift, repair)
    return drift


def _chunks(seats: QuerySet[Seat]) -> Iterator[list[Seat]]:
    last = 0
    while chunk := list(seats.filter(pk__gt=last)[:CHUNK]):
        yield chunk
        last = chunk[-1].pk


def _locked(chunk: list[Seat]) -> list[Seat]:
    """Lock the cases and the paths of their matters, and read again: a seat that closed meanwhile gets no row."""
    asked = Q(pk__in={seat.stage.case_id for seat in chunk})
    of_their_matters = Q(subject=None, matter__in={seat.stage.case.matter_id for seat in chunk})
    cases = Case.objects.filter(asked | of_their_matters).order_by("pk")
    list(cases.select_for_update(no_key=True).values_list("pk"))
    return list(open_seats().filter(pk__in=[seat.pk for seat in chunk]))


def _compare(chunk: list[Seat], at: datetime, drift: Drift, repair: bool) -> None:
    held = _holders(chunk, localdate(at))
    apart = kept_apart_in([(seat.stage.case, seat.stage.apart_from) for seat in chunk])
    concerned = concerned_in_all([(seat.stage.case, seat.stage.step) for seat in chunk])
    recused = _recused(chunk)
    rows: dict[int, dict[int, InboxRow]] = defaultdict(dict)
    for row in InboxRow.objects.filter(seat__in=chunk):
        rows[row.seat_id][row.account_id] = row
    missing, extra, outdated = [], [], []
    for seat in chunk:
        case_pk = seat.stage.case_id
        silent = apart[case_pk, tuple(seat.stage.apart_from)] | recused[case_pk]
        about = concerned[case_pk, seat.stage.step]
        wanted = _wanted(seat, held, about, silent, at, repair)
        have = rows[seat.pk]
        missing += [(seat, account, wanted[account]) for account in wanted if account not in have]
        extra += [(seat.pk, account) for account in have if account not in wanted]
        for account in have.keys() & wanted.keys():
            role = wanted[account]
            if role is not None and _days(have[account]) not in _days_held(seat, account, held):
                outdated.append(_renewed(have[account], role))
    drift.outdated += [(row.seat_id, row.account_id) for row in outdated]
    drift.missing += [(seat.pk, account) for seat, account, _ in missing]
    drift.extra += extra
    if not repair:
        return
    InboxRow.objects.filter(pk__in=[rows[seat][account].pk for seat, account in extra]).delete()
    InboxRow.objects.bulk_update(outdated, ["valid_from", "valid_until", "why"])
    InboxRow.objects.bulk_create(
        row_for(seat, stage=seat.stage, case=seat.stage.case, account_id=account, role=role, red=_red(seat), sender="")
        for seat, account, role in missing
    )


def _days(row: InboxRow) -> tuple[date | None, date | None]:
    return row.valid_from, row.valid_until


def _days_held(seat: Seat, account: int, held: dict[int, list[RoleAssignment]]) -> set[tuple[date | None, date | None]]:
    """Give the days of every role by which an account may speak on a seat; any of them will do for its row."""
    there = held[seat.organization_id]
    return {(one.from_on, one.until_on) for one in there if one.account_id == account and one.role in seat.roles}


def _renewed(row: InboxRow, role: RoleAssignment) -> InboxRow:
    row.valid_from, row.valid_until, row.why = role.from_on, role.until_on, row.why | {"role": role.role}
    return row


def _holders(chunk: list[Seat], on: date) -> dict[int, list[RoleAssignment]]:
    found: dict[int, list[RoleAssignment]] = defaultdict(list)
    places = {seat.organization_id for seat in chunk}
    for assignment in RoleAssignment.objects.valid_on(on).filter(organization__in=places).order_by("pk"):
        found[assignment.organization_id].append(assignment)
    return found


def _recused(chunk: list[Seat]) -> dict[int, set[int]]:
    found: dict[int, set[int]] = defaultdict(set)
    stepped_back = Recusal.objects.filter(case__in={seat.stage.case_id for seat in chunk}, recused=True)
    for case, account in stepped_back.values_list("case", "account"):
        found[case].add(account)
    return found


def _wanted(
    seat: Seat,
    held: dict[int, list[RoleAssignment]],
    concerned: set[int],
    silent: set[int],
    at: datetime,
    repair: bool,
) -> dict[int, RoleAssignment | None]:
    case, taken = seat.stage.case, set()
    account = case.account
    if held_by_name(seat, seat.stage):
        return {seat.holder_id: None} if seat.holder.is_active else {}
    if not seat.roles:
        return _wanted_of_person(seat, account, at, repair)
    found = [assignment for assignment in held[seat.organization_id] if assignment.role in seat.roles]
    allowed = entitled_of(
        [assignment.account_id for assignment in found],
        concerned=concerned,
        spoken_elsewhere=silent,
    )
    if seat.holder_id is not None and seat.holder_id not in allowed:
        # Who held the seat by name lost the role: whoever holds it now may speak, but nobody twice.
        if repair:
            _free(seat, at)
        seat.holder_id, seat.origin = None, SeatOrigin.NOBODY
    if seat.holder_id is None and seat.stage.rule in ("all", "quorum"):
        others = seat.stage.seats.exclude(pk=seat.pk).values_list("holder", "decisions__by")
        taken = {account_id for pair in others for account_id in pair}
    if repair and not allowed:
        return raise_seat(seat, at=at)
    wanted: dict[int, RoleAssignment | None] = {}
    for assignment in found:
        account_id = assignment.account_id
        if account_id in allowed and account_id not in taken and seat.holder_id in (None, account_id):
            wanted.setdefault(account_id, assignment)
    return wanted


def _wanted_of_person(seat: Seat, account: Account | None, at: datetime, repair: bool) -> dict[int, None]:
    if account is None or not account.is_active:
        return {}
    if seat.holder_id is None and repair:
        _give(seat, account, at)
    return {account.pk: None}


def _give(seat: Seat, account: Account, at: datetime) -> None:
    with acting_on(seat.stage.case_id, by=None, at=at) as act:
        Seat.objects.filter(pk=seat.pk).update(holder=account, origin=SeatOrigin.POLICY)
        seat.holder, seat.origin = account, SeatOrigin.POLICY
        act.log("seat.given", stage=seat.stage, facts=_place(seat) | {"holder": account.pk})
        node = act.case.process.flow_class.instance.node(seat.stage.step)
        act.tell(node.message, to=account, key=f"seat:{seat.pk}", link=node.link(act.case))


def _place(seat: Seat) -> dict[str, int]:
    return {"visit": seat.stage.visit, "place": seat.place}


def _free(seat: Seat, at: datetime) -> None:
    with acting_on(seat.stage.case_id, by=None, at=at) as act:
        Seat.objects.filter(pk=seat.pk).update(holder=None, origin=SeatOrigin.NOBODY)
        act.log("seat.freed", stage=seat.stage, facts=_place(seat))


def _red(seat: Seat) -> int:
    flow = seat.stage.case.process.flow_class
    return flow.red_findings(seat.stage.case, seat.stage.step)


def unfilled_seats() -> QuerySet[Seat]:
    """Give the open seats nobody can speak on, for the administrators' queue."""
    spoken_for = Q(rows__kind=RowKind.TODO)
    return open_seats().exclude(spoken_for).select_related("organization")
