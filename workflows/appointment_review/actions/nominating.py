"""Opening a matter for a person who may be new to the ledger and to the system, in one act."""

from dataclasses import dataclass
from datetime import date, datetime

from django.db import transaction
from django.utils.timezone import localdate

from approvals.actions.acting import acting_on
from approvals.concerned import has_stepped_back
from approvals.enums import CaseState
from approvals.errors import CaseClosed, OwnCase
from approvals.models import Case
from organizations.actions.accounts import open_account
from organizations.actions.invitations import SHEET, Issued, invite
from organizations.actions.people import register_person
from organizations.models import Account, PartyOrganization, Person, RoleAssignment
from workflows.appointment_review.actions.opening import Intent, demand_opener, open_acting, open_assignment


@dataclass(frozen=True)
class Nominee:
    """Who is proposed.

    Attributes:
        name: As on the identity card.
        identity_number: 18 characters; finds the person or enters a new one.
        email: Where a link is sent; may be empty.
        channel: ``email`` or ``sheet``: how somebody without an account is let in; empty lets nobody in.
    """

    name: str
    identity_number: str
    email: str = ""
    channel: str = ""


@transaction.atomic
def nominate(
    *,
    organization: PartyOrganization,
    nominee: Nominee,
    intent: Intent,
    by: Account,
    at: datetime,
    origin: Case | None = None,
) -> tuple[Case, Issued | None]:
    """Open the assignment of a secretary; the person is entered and let in where that was not done before.

    Args:
        organization: The branch.
        nominee: Who is proposed.
        intent: Post, term and reason.
        by, at: Who opens it, and when.
        origin: The refused case, when the person is nominated again.

    Returns:
        The case, and the invitation where one was issued.

    Raises:
        Refusal: as ``register_person``, ``open_account``, ``invite`` and ``open_assignment`` say; nothing is kept then.
    """
    demand_opener(organization, by, at)
    person = register_person(name=nominee.name, identity_number=nominee.identity_number, by=by, at=at)
    issued = let_in(person, nominee, by=by, at=at)
    case = open_assignment(organization=organization, person=person, intent=intent, by=by, at=at, origin=origin)
    return case, issued


@transaction.atomic
def name_acting(
    *, organization: PartyOrganization, nominee: Nominee, until_on: date, reason: str, by: Account, at: datetime
) -> Case:
    """Open the naming of an acting secretary; arguments and errors as in ``nominate``."""
    demand_opener(organization, by, at)
    person = register_person(name=nominee.name, identity_number=nominee.identity_number, by=by, at=at)
    return open_acting(organization=organization, person=person, until_on=until_on, reason=reason, by=by, at=at)


def let_in(person: Person, nominee: Nominee, *, by: Account | None, at: datetime) -> Issued | None:
    """Open an account for somebody who has none, and invite them.

    Args:
        person: Who is proposed.
        nominee: How they are let in.
        by, at: Who asks for it, and when; None where the calling verb has checked the right to.

    Returns:
        The invitation; None for somebody with an account, or without a channel.
    """
    if not nominee.channel or getattr(person, "account", None) is not None:
        return None
    account = open_account(
        username=_free_name(person), name=person.name, by=by, at=at, person=person, email=nominee.email
    )
    # Somebody without a post is in nobody's sight yet: the nomination itself is what lets this person in.
    return invite(account=account, channel=nominee.channel, by=by, at=at, entitled=True)


@transaction.atomic
def invite_again(*, case_pk: int, by: Account, at: datetime) -> Issued:
    """Give the person of a running case a code: the first one got lost, or none was asked for; older ones end.

    Args:
        case_pk: Key of the case.
        by, at: Who hands the new code over, and when.

    Returns:
        The invitation and its code.

    Raises:
        NotEntitled: ``by`` opens no matters there.
        OwnCase: ``by`` stepped back from the case.
        CaseClosed: the case is over.
        Refusal: as ``invite`` says of somebody who came in already, who holds a role, or who administers.
    """
    with acting_on(case_pk, by=by, at=at) as act:
        demand_opener(act.case.organization, by, at)
        if has_stepped_back(by, act.case.pk):
            raise OwnCase
        if act.case.state != CaseState.OPEN:
            raise CaseClosed(number=act.case.number)
        person = act.case.subject
        issued = let_in(person, Nominee(person.name, "", channel=SHEET), by=by, at=at)
        if issued is None:
            account = act.case.account
            # Whoever holds a role comes in by those who may let in for it: this code would let its bearer review.
            plain = not RoleAssignment.objects.not_over_on(localdate(at)).filter(account=account).exists()
            issued = invite(account=account, channel=SHEET, by=by, at=at, entitled=plain)
        act.log("case.invited_again")
    return issued


def _free_name(person: Person) -> str:
    words = person.search_key.split()
    stem = words[1][:50] if len(words) > 1 else f"p{person.pk}"
    taken = set(Account.objects.filter(username__istartswith=stem).values_list("username", flat=True))
    return stem if stem not in taken else next(f"{stem}{n}" for n in range(2, 10_000) if f"{stem}{n}" not in taken)
