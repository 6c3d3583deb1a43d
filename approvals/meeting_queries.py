"""What meetings are read for: who leads them, what is ready for them, who was in the room for an item."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from django.db.models import Exists, OuterRef, QuerySet

from approvals.enums import CaseState, MeetingState, Rule
from approvals.models import AgendaItem, Meeting, MeetingMember, Stage
from organizations.enums import Role
from organizations.models import Account, OrganizationGrant, PartyOrganization, Post, RoleAssignment


@dataclass(frozen=True)
class Room:
    """Who may vote on an item: people entitled, and of these in the room."""

    entitled: int
    present: int


def holds_at(account: Account, roles: Sequence[str], organization: PartyOrganization, *, on: date) -> bool:
    """Say whether an account holds one of these roles at this very organization today, by role and by grant."""
    granted = OrganizationGrant.objects.filter(user=account.pk, content_object=organization.pk)
    held = RoleAssignment.objects.valid_on(on).filter(Exists(granted), account=account.pk, role__in=list(roles))
    return held.filter(organization=organization).exists()


def may_record(account: Account, organization: PartyOrganization, *, on: date) -> bool:
    """Say whether an account keeps the record of the meetings of an organization: an organizer there."""
    return holds_at(account, [Role.ORGANIZER], organization, on=on)


def chair_roles(organization: PartyOrganization, *, on: date) -> list[str]:
    """Name the roles that confirm for an organization: its secretary, or an approver where there is none."""
    secretary = RoleAssignment.objects.valid_on(on).filter(organization=organization, role=Role.COMMITTEE_SECRETARY)
    return [Role.COMMITTEE_SECRETARY] if secretary.exists() else [Role.APPROVER]


def chairs_of(organization: PartyOrganization, *, on: date) -> list[Account]:
    """List who may confirm a meeting of an organization."""
    held = RoleAssignment.objects.valid_on(on).filter(
        organization=organization, role__in=chair_roles(organization, on=on)
    )
    return list(Account.objects.filter(Exists(held.filter(account=OuterRef("pk")))).order_by("search_key", "pk"))


def places_recorded_by(account: Account, *, on: date) -> QuerySet[PartyOrganization]:
    """Give the organizations whose meetings an account records."""
    granted = OrganizationGrant.objects.filter(user=account.pk, content_object=OuterRef("pk"))
    held = RoleAssignment.objects.valid_on(on).filter(
        account=account.pk, role=Role.ORGANIZER, organization=OuterRef("pk")
    )
    return PartyOrganization.objects.filter(Exists(held), Exists(granted)).order_by("path")


def ready_stages(organization: PartyOrganization, *, on: date) -> QuerySet[Stage]:
    """Give the steps that wait for a meeting of an organization, whose day has come, and that no agenda holds.

    Args:
        organization: Whose meeting.
        on: The day of the meeting; a deferred step comes back on its day.
    """
    waiting = Stage.objects.filter(organization=organization, rule=Rule.MEETING, outcome="", case__state=CaseState.OPEN)
    begun = waiting.exclude(not_before__gt=on).filter(agenda_item=None)
    return begun.select_related(
        "case__process", "case__matter", "case__organization", "case__subject__account", "task"
    ).order_by("opened_at", "pk")


def items_of(meeting: Meeting, *, beside: Sequence[str] = ()) -> list[AgendaItem]:
    """Read an agenda in its order, with the recusals, in two statements.

    Args:
        meeting: The meeting.
        beside: What else to read with each case, as ``approvals.inbox.related`` names it, where questions are shown.
    """
    always = ("stage", "case__process", "case__subject__account", "case__matter", "case__policy", "case__organization")
    items = AgendaItem.objects.filter(meeting=meeting).select_related("entered_by", *always, *beside)
    return list(items.prefetch_related("recusals__member").order_by("place", "pk"))


def room_of(members: Sequence[MeetingMember], item: AgendaItem) -> Room:
    """Count who may vote on an item: a recusal leaves the count of that item only."""
    out = {recusal.member_id for recusal in item.recusals.all()}
    entitled = [member for member in members if member.pk not in out]
    return Room(entitled=len(entitled), present=sum(member.present is True for member in entitled))


def known_members(organization: PartyOrganization, *, on: date) -> list[MeetingMember]:
    """Suggest who belongs to the next meeting: whoever belonged to the last one, else the posts of the organization."""
    last = Meeting.objects.filter(organization=organization).order_by("-held_at", "-pk").first()
    if last:
        return [
            MeetingMember(name=one.name, post=one.post, account_id=one.account_id, is_chair=one.is_chair)
            for one in last.members.all()
        ]
    posts = Post.objects.filter(organization=organization).held_on(on).select_related("person__account")
    return [
        MeetingMember(
            name=post.person.name,
            post=str(post.get_title_display()),
            account=getattr(post.person, "account", None),
            is_chair=place == 0,
        )
        for place, post in enumerate(posts.order_by("started_on", "pk"))
    ]


def open_meetings(organization: PartyOrganization) -> QuerySet[Meeting]:
    """Give the meetings of an organization whose agenda may still grow."""
    return Meeting.objects.filter(organization=organization, state=MeetingState.PLANNED).order_by("held_at", "pk")
