"""Putting a notice up, proving it, and taking it down when its days are over."""

import json
import secrets
from collections.abc import Mapping, Sequence
from datetime import datetime

from django.core.files.base import File
from django.db import IntegrityError, transaction
from django.utils.formats import date_format
from django.utils.timezone import localdate

from approvals.actions.acting import Acting, acting_on
from approvals.actions.decisions import entitled
from approvals.actions.speaking import Answer, speak
from approvals.enums import Phase, SeatState, Verb
from approvals.errors import NotEntitled, OwnCase, SeatClaimed
from approvals.models import Seat, Stage
from organizations.calendar import due_after
from organizations.enums import Role
from organizations.identity import seal_for
from organizations.models import Account
from organizations.queries import has_role
from workflows.notices.models import NoticePerson, PublicNotice
from workflows.notices.queries import FACTS
from workflows.notices.rules import permitted
from workflows.shared.enums import FilePurpose
from workflows.shared.files import keep
from workflows.shared.models import StoredFile

STEP = "publication"


@transaction.atomic
def put_up(
    *,
    people: Sequence[tuple[int, Mapping[str, str]]],
    mode: str,
    working_days: int,
    contact: str,
    by: Account,
    at: datetime,
    key: str,
) -> PublicNotice:
    """Put one notice up for one or many people, in one act: each seat is handed in and each notice step opens.

    Args:
        people: Key of each case and what is known of its person; only permitted facts are kept.
        mode: One of ``Mode``.
        working_days: Full working days; the first is the working day after today.
        contact: Where letters and calls of those who object go.
        by, at: Who puts it up, and when.
        key: Idempotency key drawn with the form.

    Returns:
        The notice, the first one when the key is known.

    Raises:
        NotEntitled, OwnCase, SeatClaimed: one of the cases is not this person's to put up.

    Source: Cadre regulations by analogy: not less than five working days, days off do not count.
    """
    known = PublicNotice.objects.filter(key=key, published_by=by).first()
    if known is not None:
        return known
    ends_at, counted = due_after(at, working_days)
    places = Stage.objects.filter(case__in=[pk for pk, _ in people], step=STEP, outcome="").values_list("organization")
    (place,) = set(places) if len(set(places)) == 1 else (None,)
    if place is None:  # somebody else was faster, or the cases lie with different bodies
        raise NotEntitled
    try:
        with transaction.atomic():
            notice = PublicNotice.objects.create(
                token=secrets.token_urlsafe(24),
                organization_id=place[0],
                mode=mode,
                contact=contact,
                working_days=working_days,
                published_at=at,
                published_by=by,
                ends_at=ends_at,
                counted=counted,
                key=key,
            )
    except IntegrityError:  # the second of two clicks came while the first was being written
        return PublicNotice.objects.get(key=key, published_by=by)
    for number, (case_pk, facts) in enumerate(sorted(people, key=lambda pair: pair[0]), start=1):
        with acting_on(case_pk, by=by, at=at) as act:
            _put_up_one(act, notice, number, permitted(facts), of=len(people))
    return notice


def _put_up_one(act: Acting, notice: PublicNotice, number: int, facts: Mapping[str, str], *, of: int) -> None:
    seat = _seat_of(act)
    until = {"day": str(localdate(notice.ends_at)), "mode": notice.mode, "people": of}
    act.log("notice.published", stage=seat.stage, facts=until)
    speak(act, seat, Answer(Verb.HAND_IN), key=f"{notice.key}:{act.case.pk}")
    sealed = seal_for(act.case.subject, {FACTS: json.dumps(dict(facts), ensure_ascii=False)})[FACTS]
    NoticePerson.objects.create(
        notice=notice,
        case=act.case,
        stage=Stage.objects.get(case=act.case, outcome=""),
        place=number,
        sealed=sealed,
    )


def _seat_of(act: Acting) -> Seat:
    seats = Seat.objects.select_related("stage__task", "stage__organization", "claimed_by")
    seat = seats.filter(stage__case=act.case, stage__step=STEP, stage__outcome="", state=SeatState.OPEN).first()
    if seat is None or not entitled(seat, act.by, at=act.at):
        raise NotEntitled
    if act.by.person_id is not None and act.case.subject_id == act.by.person_id:
        raise OwnCase
    if seat.claimed_by_id not in (None, act.by.pk):
        raise SeatClaimed(who=seat.claimed_by.name, when=date_format(localdate(seat.claimed_at)))
    seat.stage.case, seat.stage.task.process = act.case, act.case.process
    return seat


def may_prove(notice: PublicNotice, account: Account, *, on) -> bool:
    """Say whether an account may add the photo of a board: an organizer whose role reaches the body."""
    return has_role(account, [Role.ORGANIZER], on=on, organization=notice.organization)


@transaction.atomic
def add_photo(*, notice: PublicNotice, people: Sequence[int], upload: File, by: Account, at: datetime) -> StoredFile:
    """Keep the photo of a board as proof for the people whose notice it shows; it is never replaced.

    Args:
        notice: The notice.
        people: Keys of its people who have no photo yet.
        upload: The photo as it came in.
        by, at: Who adds it, and when.

    Raises:
        NotEntitled: not this account's notice, or nobody else is named who lacks a photo.
        UploadRefused: the file was not taken.
    """
    lacking = notice.people.filter(pk__in=people, photo=None).exclude(case__subject=by.person_id or 0).order_by("case")
    found = list(lacking.values_list("pk", "case"))
    if not found or not may_prove(notice, by, on=localdate(at)):
        raise NotEntitled
    file = keep(upload, by=by, at=at, purpose=FilePurpose.PHOTO)
    for pk, case_pk in found:
        with acting_on(case_pk, by=by, at=at) as act:
            if NoticePerson.objects.filter(pk=pk, photo=None).update(photo=file):
                act.log("notice.photo_added", facts={"sha256": file.sha256})
    return file


def take_down(at: datetime) -> int:
    """Take down the notices whose days are over: everybody on them is in process again, all at the same moment.

    Args:
        at: The moment of the sweep.

    Returns:
        How many were taken down; a second sweep takes none.
    """
    over = list(PublicNotice.objects.filter(removed_at=None, ends_at__lt=at).order_by("pk"))
    return sum(_take_down(notice, at) for notice in over)


@transaction.atomic
def _take_down(notice: PublicNotice, at: datetime) -> int:
    if not PublicNotice.objects.filter(pk=notice.pk, removed_at=None).update(removed_at=at):
        return 0
    for case_pk in notice.people.filter(stage__outcome="").order_by("case").values_list("case", flat=True):
        with acting_on(case_pk, by=None, at=at) as act:
            act.log("notice.over")
            if act.case.phase == Phase.NOTICE:
                act.change(phase=Phase.IN_PROCESS, phase_since=notice.ends_at)
    return 1
