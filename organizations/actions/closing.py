"""Closing an organization (撤销); the row stays with its last day."""

from datetime import date, datetime

from django.db import transaction
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from audit import log
from audit.errors import Refusal
from organizations.actions.posts import end_post
from organizations.actions.shared import day_of, demand_duty, kept_reason, lock_place
from organizations.enums import PostEnd, Role
from organizations.models import Account, PartyOrganization, Post, RoleAssignment
from organizations.models.roles import NOT_EMPTY
from organizations.signals import organization_closing


class ClosedBefore(Refusal):
    code = "closed_before"
    message = _("{organization} has its last day already.")


class ClosingDayUnfit(Refusal):
    code = "closing_day_unfit"
    message = _("The day of closing must be today or earlier, and after the organization began.")


class OrganizationsBelow(Refusal):
    code = "organizations_below"
    message = _("There are still organizations under it. Move them to another superior or close them first.")


class RolesHeldThere(Refusal):
    code = "roles_held_there"
    message = _("Roles are still held there. The security administrator has to end them first.")


@transaction.atomic
def close_organization(
    *, organization: PartyOrganization, on: date, reason: str, by: Account | None, at: datetime
) -> None:
    """Close an organization: its posts end with it, and it is no longer asked, listed or reminded.

    Roles are not ended along with it: only a security administrator takes roles away.

    Args:
        organization: What closes.
        on: First day without it, today or earlier.
        reason: The order behind it.
        by: A system administrator whose duty reaches it; None for the system itself.
        at: Moment of the act.

    Raises:
        NotYourDuty, ReasonMissing, ClosedBefore, ClosingDayUnfit, OrganizationsBelow, RolesHeldThere: as they say.
        PostEndsBeforeStart: somebody took a post there after that day.
        Refusal: a room above still has something open there (``signals.organization_closing``).
    """
    reason = kept_reason(reason)
    demand_duty(by, [Role.SYSTEM_ADMINISTRATOR], at=at, organization=organization)
    lock_place(None)
    # Two who close it at once wait for each other.
    place = PartyOrganization.objects.select_for_update().get(pk=organization.pk)
    _demand_closable(place, on, today=day_of(at))
    organization_closing.send(sender=PartyOrganization, organization=place, at=at)
    posts = list(Post.objects.filter(organization=place, ended_on=None).order_by("pk"))
    for post in posts:
        end_post(post=post, end=PostEnd.ORGANIZATION_CLOSED, on=on, by=by, at=at)
    PartyOrganization.objects.filter(pk=place.pk).update(valid_until=on)
    organization.valid_until = on
    log.record(
        "ledger",
        "organization.closed",
        by=by,
        at=at,
        subject=f"organization:{place.code}",
        facts={"on": on.isoformat(), "name": place.name, "reason": reason, "posts": len(posts)},
    )


def _demand_closable(place: PartyOrganization, on: date, *, today: date) -> None:
    if place.valid_until is not None:
        raise ClosedBefore(organization=place.name)
    if on > today or (place.valid_from is not None and on <= place.valid_from):
        raise ClosingDayUnfit
    below = PartyOrganization.objects.filter(path__startswith=place.path, depth__gt=place.depth)
    if below.filter(Q(valid_until=None) | Q(valid_until__gt=on)).exists():
        raise OrganizationsBelow
    held = RoleAssignment.objects.filter(NOT_EMPTY, organization=place)
    if held.filter(Q(until_on=None) | Q(until_on__gt=today)).exists():
        raise RolesHeldThere
