"""Everything that reads notices and the protected store."""

import json
from datetime import date, datetime

from django.db.models import Exists, OuterRef, Q, QuerySet

from approvals.concerned import stepped_back
from approvals.models import Case, Seat
from organizations.enums import Role
from organizations.identity import unseal_for
from organizations.models import Account, OrganizationGrant, PartyOrganization
from organizations.queries import assignments_valid
from workflows.notices.enums import Finding, Standing
from workflows.notices.models import NoticePerson, Objection, PublicNotice

FACTS = "public_notice"  # the name under which the facts of a person are sealed
STANDS = ~Q(standing=Standing.SETTLED) | Q(finding=Finding.INFLUENCES, about__stage__outcome="")


def shown_now(token: str, *, at: datetime) -> PublicNotice | None:
    """Find a notice that is on show; a wrong token, one that is over and one without people are all the same nothing.

    Args:
        token: As it stands in the address.
        at: The moment.
    """
    standing = NoticePerson.objects.filter(notice=OuterRef("pk"), stage__outcome="")
    found = PublicNotice.objects.select_related("organization").filter(
        Exists(standing), token=token[:40], removed_at=None, published_at__lte=at, ends_at__gte=at
    )
    return found.first()


def people_on(notice: PublicNotice, *, only_open: bool = True) -> list[NoticePerson]:
    """List the people of a notice with their facts in ``facts``; who left the step in between is no longer shown."""
    people = notice.people.select_related("case__subject", "stage", "photo").order_by("place")
    found = list(people.filter(stage__outcome="") if only_open else people)
    for person in found:
        person.facts = facts_of(person)
    return found


def facts_of(person: NoticePerson) -> dict[str, str]:
    """Open the facts that were put up.

    Raises:
        audit.sealing.SealBroken: the person's key was destroyed when the retention ended.
    """
    return json.loads(unseal_for(person.case.subject, {FACTS: person.sealed})[FACTS])


def noticed_now(case: Case) -> NoticePerson | None:
    """Find the notice of the step that is open."""
    found = NoticePerson.objects.select_related("notice", "stage").filter(case=case, stage__outcome="")
    return found.first()


def hindered(case: Case) -> bool:
    """Say whether something handed in about a person keeps the person from being cleared."""
    return Objection.objects.filter(STANDS, about__case=case).exists()


def watched_places(account: Account, *, on: date) -> QuerySet[PartyOrganization]:
    """Give the bodies at which an account is the discipline officer on a day: the only eyes of the store.

    Where a body has none, the seat of the notice lies with the officer of the nearest superior, and so do these eyes.

    Args:
        account: Who looks.
        on: Day on which role and grant have to hold.
    """
    held = assignments_valid(on).filter(account=account.pk, role=Role.DISCIPLINE_OFFICER, organization=OuterRef("pk"))
    granted = OrganizationGrant.objects.filter(user=account, content_object=OuterRef("pk"))
    return PartyOrganization.objects.filter(Exists(held), Exists(granted))


def objections_for(account: Account, *, on: date) -> QuerySet[Objection]:
    """Give the objections an account may deal with; never those about the own person or a case it stepped back from."""
    seats = Seat.objects.filter(stage=OuterRef("about__stage"), organization__in=watched_places(account, on=on))
    found = Objection.objects.filter(Exists(seats)).exclude(about__case__subject=account.person_id or 0)
    found = found.exclude(stepped_back(account, "about__case"))
    return found.select_related("about__case__subject", "about__case__organization", "about__notice", "about__stage")


def people_watched(account: Account, *, on: date) -> QuerySet[NoticePerson]:
    """Give the people whose notice step is open at the bodies an account watches over."""
    seats = Seat.objects.filter(stage=OuterRef("stage"), organization__in=watched_places(account, on=on))
    people = NoticePerson.objects.filter(Exists(seats), stage__outcome="")
    people = people.exclude(case__subject=account.person_id or 0).exclude(stepped_back(account, "case"))
    return people.select_related("case__organization", "notice").order_by("notice__ends_at", "pk")


def waiting_for(account: Account, *, on: date) -> QuerySet[Objection]:
    """Give the objections that wait for an account: not looked at yet, or to be looked at again by now."""
    return objections_for(account, on=on).filter(_waits(on))


def places_waiting(*, on: date) -> QuerySet[PartyOrganization]:
    """Give the bodies at which an objection waits for somebody to look at it, for the first time or again."""
    waiting = Objection.objects.filter(_waits(on)).order_by()
    return PartyOrganization.objects.filter(pk__in=waiting.values("about__stage__seats__organization"))


def _waits(on: date) -> Q:
    """Choose what nobody has looked at, and what was taken up or suspends once its day has come."""
    return Q(standing=Standing.RECEIVED) | Q(standing=Standing.ACCEPTED, due_on__lte=on)


def by_digest(digest: str) -> Objection | None:
    """Find an objection by the digest of its code."""
    return Objection.objects.filter(code_digest=digest).first()
