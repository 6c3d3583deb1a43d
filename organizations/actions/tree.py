"""Moves in the Party tree, and the day an organization goes live."""

from datetime import date, datetime

from django.db import transaction
from django.utils.translation import gettext_lazy as _
from treebeard.exceptions import InvalidMoveToDescendant

from audit import log
from audit.errors import Refusal
from organizations.actions.shared import day_of, demand_duty, demand_no_number, demand_open, kept_reason, lock_place
from organizations.enums import Role
from organizations.models import Account, OrganizationMove, PartyOrganization


class MoveBelowItself(Refusal):
    code = "move_below_itself"
    message = _("An organization cannot lie under itself.")


class AlreadyThere(Refusal):
    code = "already_there"
    message = _("{organization} reports there already.")


@transaction.atomic
def move_organization(
    *, organization: PartyOrganization, to: PartyOrganization, by: Account | None, at: datetime, reason: str
) -> OrganizationMove:
    """Give an organization another superior; everything under it moves along and the history stays.

    Args:
        organization: What moves.
        to: The new superior.
        by: A system administrator whose duty reaches both places; None for the system itself.
        at: Moment of the act.
        reason: The order behind it, kept with the move.

    Returns:
        The row of the move.

    Raises:
        NotYourDuty, ReasonMissing, MoveBelowItself, AlreadyThere: as they say.
        OrganizationClosed: the new superior is closed.
    """
    reason = kept_reason(reason)
    for place in (organization, to):
        demand_duty(by, [Role.SYSTEM_ADMINISTRATOR], at=at, organization=place)
    lock_place(None)  # whoever moves or closes a body: paths of half the tree change, and what lies under what
    organization.refresh_from_db()
    to.refresh_from_db()
    demand_open(to, on=day_of(at))
    before = PartyOrganization.objects.filter(path=organization.parent_path).first()
    if before is not None and before.pk == to.pk:
        raise AlreadyThere(organization=organization.name)
    try:
        PartyOrganization.objects.move(organization, to, pos="last-child")
    except InvalidMoveToDescendant as error:
        raise MoveBelowItself from error
    organization.refresh_from_db()
    made = OrganizationMove.objects.create(
        organization=organization,
        from_code=before.code if before else "",
        to_code=to.code,
        moved_on=day_of(at),
        moved_by=by,
        reason=reason,
    )
    log.record(
        "ledger",
        "organization.moved",
        by=by,
        at=at,
        subject=f"organization:{organization.code}",
        facts={"from": made.from_code, "to": made.to_code, "name": organization.name, "reason": reason},
    )
    return made


@transaction.atomic
def describe_organization(
    *, organization: PartyOrganization, letterhead: str, phone: str, can_approve: bool, by: Account | None, at: datetime
) -> None:
    """Set what an organization prints and whether it has approval power; cases already decided keep what held then.

    Args:
        organization: Which one.
        letterhead: Code that stands before the year in its document numbers, such as ``南社党``.
        phone: The office telephone that candidates are shown.
        can_approve: Whether it decides on posts under it, or checks and forwards.
        by: A system administrator whose duty reaches it; None for the system itself.
        at: Moment of the act.

    Raises:
        NotYourDuty: ``by`` may not.
        PersonalNumberInText: a telephone number stands where the letterhead belongs.
    """
    demand_duty(by, [Role.SYSTEM_ADMINISTRATOR], at=at, organization=organization)
    demand_no_number(letterhead)
    facts = {"letterhead": letterhead, "phone": phone, "can_approve": can_approve}
    PartyOrganization.objects.filter(pk=organization.pk).update(**facts)
    log.record(
        "ledger",
        "organization.described",
        by=by,
        at=at,
        subject=f"organization:{organization.code}",
        facts={"letterhead": letterhead, "can_approve": can_approve, "had_power": organization.can_approve},
    )


@transaction.atomic
def set_go_live(*, organization: PartyOrganization, on: date | None, by: Account | None, at: datetime) -> None:
    """Set the day from which an organization and those under it are reminded; nothing due before it is sent.

    Args:
        organization: Where.
        on: The day, or None to leave it to the nearest superior with a day (``organizations.going_live``).
        by: A system administrator whose duty reaches it; None for the system itself.
        at: Moment of the act.

    Raises:
        NotYourDuty: ``by`` may not.
    """
    demand_duty(by, [Role.SYSTEM_ADMINISTRATOR], at=at, organization=organization)
    PartyOrganization.objects.filter(pk=organization.pk).update(go_live_on=on)
    organization.go_live_on = on
    log.record(
        "ledger",
        "organization.go_live_set",
        by=by,
        at=at,
        subject=f"organization:{organization.code}",
        facts={"on": on.isoformat() if on else None},
    )
