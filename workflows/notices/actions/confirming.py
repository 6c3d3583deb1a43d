"""What has to be true before somebody is cleared after a notice; asked by the flow, under the lock of the case."""

from datetime import datetime

from django.utils.formats import date_format
from django.utils.timezone import localdate

from approvals.enums import Verb
from approvals.models import Case
from workflows.notices.enums import Mode
from workflows.notices.errors import BoardPhotoMissing, NoticeRunning, NotPutUp, SomethingOpen
from workflows.notices.models import NoticePerson
from workflows.notices.queries import hindered, noticed_now

STEP = "notice"


def check_confirmation(*, case: Case, step: str, verb: str, at: datetime) -> None:
    """Refuse to clear somebody too early, without proof, or against what is open.

    Raises:
        NotPutUp, NoticeRunning, BoardPhotoMissing, SomethingOpen: as they say.

    Source: Cadre regulations by analogy: what was objected during the notice is verified before the decision.
    """
    if step != STEP or verb != Verb.CLEAR:
        return
    person = noticed_now(case)
    if person is None:
        raise NotPutUp
    if at <= person.notice.ends_at:
        raise NoticeRunning(day=date_format(localdate(person.notice.ends_at)))
    if lacks_proof(person):
        raise BoardPhotoMissing
    if hindered(case):
        raise SomethingOpen


def lacks_proof(person: NoticePerson) -> bool:
    """Say whether the photo of the board is missing that proves a notice in the unit."""
    return person.notice.mode == Mode.UNIT and person.photo_id is None


def closes_by_itself(*, case: Case, step: str, at: datetime) -> bool:
    """Say whether a notice whose policy lets it close by itself may do so now."""
    if step != STEP:
        return True
    person = noticed_now(case)
    if person is None or at <= person.notice.ends_at:
        return False
    return not lacks_proof(person) and not hindered(case)
