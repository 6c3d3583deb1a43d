"""What this room adds to the acts of a meeting: its number, and the sealed minutes that come back."""

from collections.abc import Sequence
from datetime import datetime

from django.core.files.base import File
from django.db import transaction
from django.utils.timezone import localdate
from django.utils.translation import gettext_lazy as _

from approvals.actions.meetings import STREAM, Belongs, demand_recorder, lock_meeting, plan_meeting
from approvals.enums import MeetingState
from approvals.models import Meeting
from audit import log
from audit.errors import Refusal
from organizations.models import Account, PartyOrganization
from workflows.meetings.models import MeetingMinutes
from workflows.shared.enums import FilePurpose
from workflows.shared.files import keep
from workflows.shared.numbers import next_serial


class MinutesAlready(Refusal):
    """The meeting has its sealed minutes."""

    code = "minutes_already"
    message = _("This meeting has its sealed minutes already; they are never replaced.")


class PlannedAlready(Refusal):
    """A committee meets once at a time; a second click plans nothing."""

    code = "planned_already"
    message = _("{organization} has a meeting at this time already: {number}.")


@transaction.atomic
def plan(
    *,
    organization: PartyOrganization,
    title: str,
    held_at: datetime,
    place: str,
    members: Sequence[Belongs],
    by: Account,
    at: datetime,
) -> Meeting:
    """Plan a meeting under the next number of the year.

    Args:
        organization, title, held_at, place, members, by, at: As for ``plan_meeting``; an empty title counts on.

    Returns:
        The meeting.

    Raises:
        NotTheRecorder, MembersMissing: as they say.
        PlannedAlready: a meeting of the committee is planned for this very moment and has not begun.
    """
    demand_recorder(by, organization, at)
    year = localdate(held_at).year
    times = next_serial("meeting", organization.code, year)  # the next one of this committee waits here
    twin = Meeting.objects.filter(organization=organization, held_at=held_at, state=MeetingState.PLANNED)
    if known := twin.first():
        raise PlannedAlready(organization=organization.name, number=known.number)
    number = f"HY{year}-{next_serial('meeting', 'HY', year):05d}"
    title = title or _("Meeting of {organization}, {year} no. {n}").format(
        organization=organization.name, year=year, n=times
    )
    return plan_meeting(
        organization=organization,
        number=number,
        title=title,
        held_at=held_at,
        place=place,
        members=members,
        by=by,
        at=at,
    )


@transaction.atomic
def attach_minutes(*, meeting_pk: int, upload: File, by: Account, at: datetime) -> MeetingMinutes:
    """Attach the sealed scan of the minutes, once.

    Args:
        meeting_pk: A confirmed meeting.
        upload: The scan as it came in.
        by, at: Who attaches it, and when.

    Returns:
        The row of the minutes.

    Raises:
        NotTheRecorder, MeetingMovedOn, MinutesAlready: as they say.
        UploadRefused: the file was not taken.
    """
    meeting = lock_meeting(meeting_pk, MeetingState.CONFIRMED)
    demand_recorder(by, meeting.organization, at)
    if MeetingMinutes.objects.filter(meeting=meeting).exists():
        raise MinutesAlready
    file = keep(upload, by=by, at=at, purpose=FilePurpose.SEALED_SCAN)
    minutes = MeetingMinutes.objects.create(meeting=meeting, file=file, attached_by=by, attached_at=at)
    log.record(STREAM, "meeting.minutes_attached", by=by, at=at, subject=meeting.number, facts={"sha256": file.sha256})
    return minutes
