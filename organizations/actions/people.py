"""People: found by the blind index of the identity number, shown masked."""

from datetime import date, datetime

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from audit import log
from audit.errors import Refusal
from notifications.outbox import enqueue
from organizations.actions.shared import NotYourDuty, day_of, demand_duty, kept_reason
from organizations.enums import Role
from organizations.identity import identity_index, identity_of, sealed_identity
from organizations.models import Account, Person
from organizations.queries import holders_anywhere, organization_scope
from organizations.role_rules import SEE
from organizations.rules.identity import IdentityFault, read_identity
from organizations.rules.names import name_keys, read_name

# Who may see an identity number in full, where the person is in sight.
UNMASKERS = (Role.ORGANIZER, Role.DISCIPLINE_OFFICER)


class IdentityNumberWrong(Refusal):
    code = "identity_number_wrong"
    message = _("This identity number cannot be right; please compare it with the card.")


class NameWrong(Refusal):
    code = "name_wrong"
    message = _("Write the name as on the identity card, 2 to 30 Chinese characters.")


class OtherPersonWithNumber(Refusal):
    code = "other_person_with_number"
    message = _("This identity number belongs to somebody with another name.")


@transaction.atomic
def register_person(*, name: str, identity_number: str, by: Account | None, at: datetime, **facts: object) -> Person:
    """Find a person by identity number, or enter a new one.

    Args:
        name: As on the identity card.
        identity_number: 18 characters; sealed under a new key of the person's own.
        by: An organizer; None for the system itself.
        at: Moment of the act.
        facts: Further fields of ``Person``; they do not change somebody who is known already.

    Returns:
        The person.

    Raises:
        NotYourDuty, NameWrong, IdentityNumberWrong: as they say.
        OtherPersonWithNumber: the number is known under another name.
    """
    demand_duty(by, [Role.ORGANIZER, Role.GENERAL_BRANCH_SECRETARY], at=at)
    read = read_name(name)
    if read is None:
        raise NameWrong
    try:
        identity = read_identity(identity_number, on=day_of(at))
    except IdentityFault as fault:
        raise IdentityNumberWrong from fault
    search_key, sort_key = name_keys(read)
    facts = {"born_on": identity.born_on, "sex": identity.sex} | facts
    # Two who enter the same new person at once get the same row.
    person, is_new = Person.objects.get_or_create(
        identity_index=identity_index(identity.number),
        defaults={
            "name": read,
            "search_key": search_key,
            "sort_key": sort_key,
            **sealed_identity(identity.number),
            **facts,
        },
    )
    if person.name != read:
        raise OtherPersonWithNumber
    if is_new:
        log.record("ledger", "person.registered", by=by, at=at, subject=f"person:{person.pk}")
    return person


@transaction.atomic
def reveal_identity(*, person: Person, by: Account, at: datetime, reason: str) -> str:
    """Show an identity number in full; the auditors hear of it in the same transaction.

    Args:
        person: Whose number.
        by: An organizer or discipline officer who sees the person.
        at: Moment of the look.
        reason: Why it has to be seen, kept for ever.

    Returns:
        The 18 characters.

    Raises:
        NotYourDuty: ``by`` does not see the person, or sees people without this right.
        ReasonMissing: as it says.
        audit.sealing.SealBroken: the person's key was destroyed.
    """
    reason = kept_reason(reason)
    on: date = day_of(at)
    demand_duty(by, UNMASKERS, at=at)
    # The role has to reach a post of the person; seeing the person through another role is not enough.
    reached = organization_scope(by, SEE, on=on, through="organization", roles=UNMASKERS)
    if not person.posts.filter(reached).exists():
        raise NotYourDuty
    number = identity_of(person)
    entry = log.record(
        "unmask", "identity.revealed", by=by, at=at, subject=f"person:{person.pk}", facts={"reason": reason}
    )
    enqueue("unmask_notice", to=holders_anywhere(Role.AUDITOR, on=on), key=f"unmask:{entry.seq}", at=at)
    return number
