"""Who may open the pages of a meeting, and what they may do there."""

from dataclasses import dataclass
from datetime import datetime

from django.http import Http404
from django.utils.timezone import localdate

from approvals.enums import MeetingState
from approvals.inbox import related
from approvals.meeting_queries import chair_roles, holds_at, items_of, may_record
from approvals.models import AgendaItem, Meeting, MeetingMember
from organizations.models import Account
from organizations.queries import reads_files_at
from workflows.meetings.queries import hides_from


@dataclass
class Sight:
    """A meeting as one account sees it.

    Attributes:
        meeting: The meeting.
        records: Whether the account keeps its record.
        chairs: Whether the account may confirm it.
        items: Its items without what is about the account's own person.
        hidden: How many items are left out for that reason.
        members: Who belongs to it.
        reads_files: Whether the account reads the files of its organization, and so what the check of a form found.
    """

    meeting: Meeting
    records: bool
    chairs: bool
    items: list[AgendaItem]
    hidden: int
    members: list[MeetingMember]
    reads_files: bool

    @property
    def open(self) -> bool:
        """Whether agenda and attendance may still change."""
        return self.meeting.state in (MeetingState.PLANNED, MeetingState.HELD)

    @property
    def in_session(self) -> bool:
        """Whether results may be entered."""
        return self.meeting.state == MeetingState.HELD

    def item(self, pk: int) -> AgendaItem:
        """Find one of its items.

        Raises:
            Http404: it stands elsewhere, or is about the account itself.
        """
        for one in self.items:
            if one.pk == pk:
                return one
        raise Http404


def sight_of(number: str, account: Account, *, at: datetime) -> Sight:
    """Find a meeting for somebody who may look into the cases of its organization.

    Raises:
        Http404: there is none, or it is none of their business.
    """
    on = localdate(at)
    seen = Meeting.objects.visible_to(account, on=on)
    meeting = seen.select_related("organization", "made_by", "entered_by", "confirmed_by").filter(number=number).first()
    if meeting is None:
        raise Http404
    items = items_of(meeting, beside=related("case"))
    for item in items:
        item.meeting = meeting
    shown = hides_from(account, items)
    return Sight(
        meeting=meeting,
        records=may_record(account, meeting.organization, on=on),
        chairs=holds_at(account, chair_roles(meeting.organization, on=on), meeting.organization, on=on),
        items=shown,
        hidden=len(items) - len(shown),
        members=list(meeting.members.all()),
        reads_files=reads_files_at(account, meeting.organization_id, on=on),
    )
