"""Who may open the page of a seat, and what they may do on it."""

from dataclasses import dataclass
from datetime import date, datetime

from django.http import Http404
from django.utils.timezone import localdate

from approvals.actions.decisions import entitled
from approvals.actions.seating import kept_apart
from approvals.concerned import concerned_in
from approvals.enums import SeatState
from approvals.errors import FourEyes, OtherPeople, OwnCase
from approvals.inbox import related
from approvals.models import Case, Seat
from approvals.rules.conflicts import may_sit
from organizations.models import Account
from organizations.queries import organization_scope
from workflows.appointment_review.candidate_queries import reviewers_see_files
from workflows.appointment_review.election_queries import stands_in
from workflows.appointment_review.matter_queries import FLOWS


@dataclass(frozen=True)
class Standing:
    """What somebody may do on a seat.

    Attributes:
        seat: The seat with stage, task and case.
        may_decide: Whether they may speak on it now.
        reads_files: Whether they may read form and materials.
        of_body: Whether they read what the body of the seat was told: by the seat itself, or by its files.
        bodies: Keys of the organizations speaking in the case whose files they read.
        barred: Why they may not speak although they hold the role; empty otherwise.
    """

    seat: Seat
    may_decide: bool
    reads_files: bool
    of_body: bool
    bodies: frozenset[int]
    barred: str = ""

    @property
    def case(self) -> Case:
        """The case of the seat."""
        return self.seat.stage.case


def standing_on(seat_pk: int, account: Account, *, at: datetime) -> Standing:
    """Find a seat for somebody who may speak on it, or may at least look.

    Args:
        seat_pk: Key of the seat.
        account: Who asks.
        at: The moment at which role and grant have to hold.

    Raises:
        Http404: there is no such seat, it is about this very person, or it is none of their business.
    """
    seat = _seat(seat_pk)
    if seat is None or _is_about(seat.stage.case, account):
        raise Http404
    case, on = seat.stage.case, localdate(at)
    holds = bool(seat.roles) and entitled(seat, account, at=at)
    if not holds and not Case.objects.visible_to(account, on=on).filter(pk=case.pk).exists():
        raise Http404
    # Those of the people of a matter are read in their own cases.
    reads = not case.is_of_matter and (holds or reviewers_see_files(account, case, on=on))
    # The path of a matter has no files; who stands for election reads nothing of what is said about the election.
    opens = not stands_in(case, account) if case.is_of_matter else reads
    bodies = _bodies_read(case, account, on) if opens else frozenset()
    facts = {"reads_files": reads, "of_body": opens and (holds or seat.organization_id in bodies), "bodies": bodies}
    if not holds or seat.state != SeatState.OPEN:
        return Standing(seat, may_decide=False, **facts)
    conflict = may_sit(
        account=account.pk,
        concerned=concerned_in(case, seat.stage.step),
        spoken_elsewhere=kept_apart(case, seat.stage.apart_from),
    )
    return Standing(seat, may_decide=not conflict, barred=_barred(seat, conflict), **facts)


def _barred(seat: Seat, conflict: str) -> str:
    if not conflict:
        return ""
    if conflict == "own_case":
        return str(OwnCase())
    return str(FourEyes(step=_titles(seat)) if seat.stage.apart_from else OtherPeople())


def _is_about(case: Case, account: Account) -> bool:
    return account.person_id is not None and case.subject_id == account.person_id


def _bodies_read(case: Case, account: Account, on: date) -> frozenset[int]:
    scope = organization_scope(account, "see_files", on=on, through="organization")
    read = Seat.objects.filter(scope, stage__case=case).order_by().values_list("organization", flat=True)
    return frozenset(read.distinct())


def _seat(pk: int) -> Seat | None:
    beside = related("stage__case")
    seats = Seat.objects.select_related(
        "stage__task__process", "stage__organization", "stage__case__process", "stage__case__matter",
        "stage__case__subject", "stage__case__policy", "claimed_by", *beside,
    )  # fmt: skip
    return seats.filter(pk=pk, stage__case__flow__in=FLOWS).first()


def _titles(seat: Seat) -> str:
    flow = seat.stage.case.process.flow_class.instance
    return "、".join(str(flow.node(step).task_title) for step in seat.stage.apart_from)
