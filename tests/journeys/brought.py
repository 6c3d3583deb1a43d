"""Brings people to a late step: what other stories walk page by page is done here by the verbs behind the pages."""

from datetime import timedelta

from django.utils import timezone
from django.utils.timezone import localdate

from approvals.models import Case
from tests.appointment_review.investigating import investigated
from tests.elections import climb
from tests.journeys import rooms
from tests.journeys.rooms import Office
from tests.journeys.visitor import Visitor
from tests.letters import asked_case

POLICE, COURT = "南岭省公安厅", "南岭省高级人民法院"


def looked_into(cast, office: Office, now, *cases: str) -> None:
    """Take people who wait for the letters through them, the investigation and a meeting."""
    letters = rooms.send_letters(office)
    rooms.answer(office["luo"], letters[POLICE])
    rooms.answer_on_paper(office["han"], office["hezhou"], letters[COURT])
    for case in cases:
        investigated(cast, Case.objects.get(number=case), at=timezone.now())
    now.shift(timedelta(days=1))
    rooms.pass_meeting(office, *cases, day=localdate())


def up(cast, own: str) -> None:
    """Let every Party level agree to a request or a report."""
    climb(Case.objects.get(number=own), cast, at=timezone.now())


def to_meeting(cast, office: Office, *names: str) -> dict[str, str]:
    """Bring people whom the province decides about to the meeting: numbers of their cases by name."""
    at = timezone.now()
    cases = [asked_case(cast, name, at=at) for name in names]
    letters = rooms.send_letters(office)
    rooms.answer(office["luo"], letters[POLICE])
    rooms.answer_on_paper(office["han"], office["hezhou"], letters[COURT])
    return {case.subject_name: investigated(cast, case, at=at).number for case in cases}


def person(case: str) -> Visitor:
    """Give the person concerned at a browser."""
    return Visitor(Case.objects.get(number=case).subject.account.username)


def matters(*cases: str) -> list[str]:
    """Give the numbers of the matters of cases."""
    return list(Case.objects.filter(number__in=cases).values_list("matter__number", flat=True))
