"""What several verbs ask first: a reason worth keeping, and the duty that allows it."""

from collections.abc import Collection
from datetime import date, datetime

from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from audit.errors import Refusal
from audit.rules import tells_a_personal_number
from organizations.models import Account, PartyOrganization
from organizations.queries import has_role, has_role_over_all

LONGEST_REASON = 200


class ReasonMissing(Refusal):
    code = "reason_missing"
    message = _("Say why in a few words; it is kept with the change.")


class ReasonTooLong(Refusal):
    code = "reason_too_long"
    message = _("The reason may have {limit} signs at most.")


class PersonalNumberInText(Refusal):
    code = "personal_number_in_text"
    message = _("Leave identity and mobile numbers out of the text; everybody who reads the history would see them.")


class NotYourDuty(Refusal):
    code = "not_your_duty"
    message = _("This belongs to another duty than yours, or to another organization.")


class OrganizationClosed(Refusal):
    code = "organization_closed"
    message = _("{organization} was closed on {day}. Choose the organization that follows it.")


def day_of(at: datetime) -> date:
    """Give the calendar day of a moment in the province."""
    return timezone.localtime(at).date()


def kept_reason(text: str) -> str:
    """Check a reason before it enters the log for ever.

    Args:
        text: What somebody typed.

    Returns:
        The text without outer blanks.

    Raises:
        ReasonMissing, ReasonTooLong, PersonalNumberInText: as they say.
    """
    text = text.strip()
    if not text:
        raise ReasonMissing
    if len(text) > LONGEST_REASON:
        raise ReasonTooLong(limit=LONGEST_REASON)
    demand_no_number(text)
    return text


def demand_no_number(text: str) -> None:
    """Refuse a text that would carry somebody's identity or mobile number into the log.

    Raises:
        PersonalNumberInText: as it says.
    """
    if tells_a_personal_number(text):
        raise PersonalNumberInText


def lock_place(organization: PartyOrganization | None) -> None:
    """Wait for whoever changes the same at a place: an organization, or the whole tree, by its roots, for None."""
    held = PartyOrganization.objects.select_for_update(no_key=True)
    list((held.filter(pk=organization.pk) if organization else held.filter(depth=1)).values_list("pk"))


def demand_open(organization: PartyOrganization, *, on: date) -> None:
    """Refuse where an organization no longer exists.

    Args:
        organization: As it was read.
        on: The day it is needed for.

    Raises:
        OrganizationClosed: its last day was before.
    """
    if organization.valid_until is not None and organization.valid_until <= on:
        raise OrganizationClosed(organization=organization.name, day=organization.valid_until)


def lock_open(organization: PartyOrganization, *, on: date) -> None:
    """Keep an organization from being closed until the transaction ends.

    Args:
        organization: Where something begins.
        on: The day it begins.

    Raises:
        OrganizationClosed: it is closed already, perhaps by somebody who was a moment faster.
    """
    held = PartyOrganization.objects.select_for_update(no_key=True).only("name", "valid_until")
    demand_open(held.get(pk=organization.pk), on=on)


def demand_duty(
    by: Account | None,
    roles: Collection[str],
    *,
    at: datetime,
    organization: PartyOrganization | None = None,
    below: bool = False,
    over_all: bool = False,
) -> None:
    """Refuse unless the actor holds one of these roles today where it reaches the organization.

    Args:
        by: Who acts; None for the system itself (commands, the import).
        roles: Any of these will do.
        at: Moment of the act.
        organization: Where it reaches; None for anywhere.
        below: Whether it has to reach everything below that organization, too.
        over_all: Whether it has to be held over a whole tree, because the act is about everybody.

    Raises:
        NotYourDuty: none is held.
    """
    if by is None:
        return
    held = has_role(by, roles, on=day_of(at), organization=organization, below=below)
    if not held or (over_all and not has_role_over_all(by, roles, on=day_of(at))):
        raise NotYourDuty
