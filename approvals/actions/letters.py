"""Sending letters, and what every act on a letter begins with."""

import secrets
from collections import defaultdict
from collections.abc import Callable, Collection, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import datetime

from django.db.models import Exists, OuterRef
from django.utils.timezone import localdate

from approvals.actions.acting import Acting
from approvals.actions.acting_together import acting_on_several
from approvals.actions.cases import sealed_for
from approvals.enums import LetterState, SeatState
from approvals.errors import NotEntitled, OwnCase
from approvals.letter_errors import AskedAlready, LetterClosed, NobodyToAsk
from approvals.models import Letter, LetterItem, Seat
from notifications import outbox
from organizations.calendar import due_after
from organizations.enums import Channel, Role
from organizations.models import Account, Department, PartyOrganization, RoleAssignment
from organizations.typed import LONGEST_KEY

OFFICE = (Role.ORGANIZER, Role.COMMITTEE_SECRETARY, Role.APPROVER)
CHAIR = (Role.COMMITTEE_SECRETARY, Role.APPROVER)
Numbered = Callable[[PartyOrganization, int], str]


def send_letters(
    *, seat_pks: Collection[int], asks: str, working_days: int, by: Account, at: datetime, key: str, numbered: Numbered
) -> list[Letter]:
    """Send one letter to each department about the people of these seats, from whatever cases.

    Args:
        seat_pks: Open seats of departments about which no letter went out yet.
        asks: What is asked, as it stands in the letter.
        working_days: Working days the departments have.
        by, at: Who sends them, and when.
        key: Idempotency key; the same click sends nothing twice.
        numbered: Gives the next number under the letterhead of a body in a year.

    Returns:
        The letters, by department.

    Raises:
        NobodyToAsk, AskedAlready, OwnCase, NotEntitled: as they say.
    """
    if not seat_pks:
        raise NobodyToAsk
    cases = Seat.objects.filter(pk__in=seat_pks).values_list("stage__case", flat=True)
    with acting_on_several(set(cases), by=by, at=at) as acts:
        key = f"{by.pk}:{key[:LONGEST_KEY]}"
        known = list(Letter.objects.filter(key__startswith=f"{key}:").select_related("department"))
        if known:
            return known
        chosen = _open_seats(seat_pks, acts)
        letters = []
        for (organization, department), seats in chosen.items():
            demand_office(organization, by, at)
            letter = _write(organization, department, asks, working_days, by, at, key, numbered)
            _list_people(letter, seats)
            for seat in seats:
                acts[seat.stage.case_id].log("letter.sent", stage=seat.stage, facts=told_of(letter))
            letters.append(letter)
            tell_department(letter, "letter_sent", key=f"letter:{letter.number}", at=at)
        return letters


def demand_office(organization: PartyOrganization, account: Account, at: datetime, roles: Collection[str] = OFFICE):
    """Refuse whoever does not work in the office of a body.

    Raises:
        NotEntitled: no such role of theirs reaches the body today.
    """
    if not works_in_office(organization, account, at, roles):
        raise NotEntitled


def works_in_office(organization: PartyOrganization, account: Account, at: datetime, roles=OFFICE) -> bool:
    """Say whether one of these roles of an account reaches a body today, with its grant."""
    reached = PartyOrganization.objects.visible_to(account, on=localdate(at), need="see_files", roles=roles)
    return reached.filter(pk=organization.pk).exists()


@dataclass
class Work:
    """A letter under the lock of all its cases.

    Attributes:
        letter: The letter.
        acts: The act on each case, by key of the case.
        items: Its people whose seats are still open, with seat, stage and task.
    """

    letter: Letter
    acts: dict[int, Acting]
    items: list[LetterItem]

    def act(self, item: LetterItem) -> Acting:
        """Give the act on the case of a person."""
        return self.acts[item.case_id]

    def note(self, verb: str, items: Collection[LetterItem], *, reason: str = "", **facts: str) -> None:
        """Remember an entry in the chain of each person's case; a reason is sealed, as it may name one of them."""
        for item in items:
            act = self.act(item)
            sealed = sealed_for(act.case, {"reason": reason}) if reason else None
            act.log(verb, stage=item.seat.stage, facts=told_of(self.letter) | facts, sealed=sealed)


@contextmanager
def on_letter(letter_pk: int, *, by: Account, at: datetime) -> Iterator[Work]:
    """Lock all cases of a letter, then read it as it stands.

    Args:
        letter_pk: Key of the letter.
        by, at: Who acts, and when.

    Raises:
        OwnCase: the letter asks about this very person.
    """
    cases = LetterItem.objects.filter(letter=letter_pk).values_list("case", flat=True)
    with acting_on_several(set(cases), by=by, at=at) as acts:
        if by.person_id and any(act.case.subject_id == by.person_id for act in acts.values()):
            raise OwnCase
        letter = Letter.objects.select_related("department", "organization", "entered_by").get(pk=letter_pk)
        loaded = LetterItem.objects.select_related("seat__stage__task", "seat__stage__organization")
        items = list(loaded.filter(letter=letter, seat__state=SeatState.OPEN))
        for item in items:
            item.case = acts[item.case_id].case
            item.seat.stage.case = item.case
            item.seat.stage.task.process = item.case.process
        yield Work(letter, acts, items)


def demand_open(work: Work) -> None:
    """Refuse what comes after the last answer.

    Raises:
        LetterClosed: nothing is open in the letter.
    """
    if work.letter.state == LetterState.CLOSED or not work.items:
        raise LetterClosed(number=work.letter.number)


def officers_for(letter: Letter, *, at: datetime) -> list[int]:
    """List the accounts that may answer a letter for its department today: not those it asks about."""
    held = RoleAssignment.objects.valid_on(localdate(at)).filter(role=Role.DEPARTMENT_OFFICER)
    asked_about = LetterItem.objects.filter(letter=letter, case__subject__account=OuterRef("account"))
    return list(held.filter(~Exists(asked_about), department=letter.department).values_list("account", flat=True))


def tell_department(letter: Letter, kind: str, *, key: str, at: datetime) -> int:
    """Tell the officers of a department about a letter; on paper there is nobody to tell."""
    if letter.channel != Channel.ACCOUNT:
        return 0
    people = officers_for(letter, at=at)
    return outbox.enqueue(kind, to=people, key=key, at=at, link=f"/letters/{letter.token}/", thread=letter.number)


def told_of(letter: Letter) -> dict[str, object]:
    """Say which letter it is about, for the log."""
    return {
        "letter": letter.number,
        "department": letter.department_id,
        "department_name": letter.department.name,
        "due_at": letter.due_at.isoformat(),
    }


def _open_seats(seat_pks, acts: dict[int, Acting]) -> dict[tuple[PartyOrganization, Department], list[Seat]]:
    loaded = Seat.objects.select_related("stage", "organization", "department", "stage__case__subject")
    seats = loaded.filter(pk__in=seat_pks, state=SeatState.OPEN, letter_item=None, department__isnull=False)
    groups: dict[tuple[PartyOrganization, Department], list[Seat]] = defaultdict(list)
    for seat in seats.order_by("department__code", "stage__case__organization__path", "stage__case_id"):
        act = acts[seat.stage.case_id]
        if act.by.person_id and act.case.subject_id == act.by.person_id:
            raise OwnCase
        groups[seat.organization, seat.department].append(seat)
    if sum(map(len, groups.values())) != len(set(seat_pks)):
        raise AskedAlready
    return groups


def _write(organization, department, asks, working_days, by, at, key, numbered) -> Letter:
    due_at, counted = due_after(at, working_days)
    return Letter.objects.create(
        number=numbered(organization, localdate(at).year),
        token=secrets.token_urlsafe(12),
        key=f"{key}:{department.pk}:{organization.pk}",
        department=department,
        organization=organization,
        asks=asks.strip(),
        channel=department.channel,
        made_by=by,
        sent_at=at,
        due_at=due_at,
        counted=counted,
    )


def _list_people(letter: Letter, seats: list[Seat]) -> None:
    LetterItem.objects.bulk_create(
        LetterItem(letter=letter, place=place, case_id=seat.stage.case_id, seat=seat)
        for place, seat in enumerate(seats, start=1)
    )
