"""Opening matters of this flow: an assignment, a removal, an acting secretary, an extension, a review."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, datetime

from django.db import transaction
from django.utils.timezone import localdate
from viewflow.workflow.fields import import_flow_by_ref

from approvals.actions.acting import Acting, lock_case
from approvals.actions.cases import open_case, open_matter, sealed_for
from approvals.enums import CaseState, MatterKind
from approvals.errors import CaseRunning, NotEntitled
from approvals.models import Case, Matter
from organizations.actions.posts import NothingToExtend
from organizations.actions.shared import lock_open
from organizations.enums import PostSource, Role, Scope, Title
from organizations.models import Account, PartyOrganization, Person, Post
from organizations.queries import assignments_valid
from workflows.appointment_review.enums import LOOKED_INTO, Track
from workflows.appointment_review.errors import (
    ActingNotExtended,
    ActingTooLong,
    ExtensionTooLong,
    NoSuchPost,
    NotAfterRejection,
    PostAlreadyFilled,
    ReviewAlreadyAsked,
    ReviewTooLate,
    TermEndsTooEarly,
)
from workflows.appointment_review.models import Proposal
from workflows.appointment_review.rules.terms import latest_acting_day, latest_extension, review_open_until
from workflows.shared.numbers import next_serial

# As stored with every case; the flow leans on this module, so it is found by its name.
FLOW = "workflows/appointment_review.flow.AppointmentReviewFlow"
OPENERS = frozenset({Role.ORGANIZER, Role.COMMITTEE_SECRETARY, Role.APPROVER})


@dataclass(frozen=True)
class Intent:
    """What the office proposes for one person.

    Attributes:
        title: The post, one of ``Title``.
        source: How it is obtained, one of ``PostSource``.
        reason: Why, 20 to 800 characters.
        from_on, until_on: First day of the term and the day it ends.
        term_number: Which term of the branch it is.
        post: The post that is ended or extended, for removals and extensions.
    """

    title: str
    source: str
    reason: str
    from_on: date | None = None
    until_on: date | None = None
    term_number: int | None = None
    post: Post | None = None


@transaction.atomic
def open_assignment(
    *,
    organization: PartyOrganization,
    person: Person,
    intent: Intent,
    by: Account,
    at: datetime,
    origin: Case | None = None,
) -> Case:
    """Open the assignment of a secretary (选派任命).

    Args:
        organization: The branch.
        person: Who is to be vetted.
        intent: Post, term and reason.
        by, at: Who opens it, and when.
        origin: The rejected case, when the person is nominated again.

    Returns:
        The case, waiting for the candidate's materials.

    Raises:
        NotEntitled: ``by`` is no organizer of a body above the branch.
        PostAlreadyFilled: the branch has a secretary whose term is not over before the new one starts.
        TermEndsTooEarly, OrganizationClosed: as they say.
        CaseRunning, NoPolicy, NoAuthority: see ``approvals.actions.cases.open_case``.
    """
    demand_opener(organization, by, at)
    if intent.title == Title.SECRETARY:
        demand_free_post(organization, intent.from_on or localdate(at))
    demand_term(intent.from_on or localdate(at), intent.until_on)
    return _open(MatterKind.ASSIGNMENT, Track.ASSIGNMENT, organization, person, intent, by, at, origin)


@transaction.atomic
def open_removal(*, post: Post, reason: str, by: Account, at: datetime) -> Case:
    """Open the removal of somebody from a post (免职); the person is heard first.

    Raises:
        NoSuchPost: it was ended already.
        NotEntitled, CaseRunning, NoPolicy, NoAuthority: as for an assignment.
    """
    demand_opener(post.organization, by, at)
    _demand_held(post)
    intent = Intent(post.title, post.source, reason, until_on=None, post=post)
    return _open(MatterKind.REMOVAL, Track.REMOVAL, post.organization, post.person, intent, by, at)


@transaction.atomic
def open_acting(
    *, organization: PartyOrganization, person: Person, until_on: date, reason: str, by: Account, at: datetime
) -> Case:
    """Open the naming of an acting secretary (临时负责人) for a vacancy.

    Raises:
        ActingTooLong: longer than the policy allows.
        PostAlreadyFilled: there is a secretary, and no removal under way.
        TermEndsTooEarly, NotEntitled, CaseRunning, OrganizationClosed, NoPolicy, NoAuthority: as for an assignment.
    """
    demand_opener(organization, by, at)
    today = localdate(at)
    _demand_vacancy(organization)
    demand_term(today, until_on)
    intent = Intent(Title.SECRETARY, PostSource.ACTING, reason, from_on=today, until_on=until_on)
    case = _open(MatterKind.ACTING, Track.ACTING, organization, person, intent, by, at)
    # Whoever acts already counts from the first day: naming again does not prolong a vacancy without end.
    acts = Post.objects.filter(organization=organization, source=PostSource.ACTING, ended_on=None)
    begun = acts.order_by("started_on").values_list("started_on", flat=True).first() or today
    latest = latest_acting_day(from_on=begun, days=case.policy.parameters["acting_days"])
    if until_on > latest:
        raise ActingTooLong(latest=latest)
    return case


@transaction.atomic
def open_extension(*, post: Post, until_on: date, reason: str, by: Account, at: datetime) -> Case:
    """Open the extension of a term (延期换届).

    Raises:
        ExtensionTooLong: more than a year after the term was first due.
        NothingToExtend: the end of the term is not known, or the new end is not later.
        ActingNotExtended: somebody acts; how long is limited by the policy.
        NoSuchPost, NotEntitled, CaseRunning, NoPolicy, NoAuthority: as for a removal.
    """
    demand_opener(post.organization, by, at)
    _demand_held(post)
    if post.source == PostSource.ACTING:
        raise ActingNotExtended(name=post.person.name)
    if post.due_on is None or until_on <= post.due_on:
        raise NothingToExtend
    intent = Intent(post.title, post.source, reason, from_on=post.due_on, until_on=until_on, post=post)
    case = _open(MatterKind.EXTENSION, Track.EXTENSION, post.organization, post.person, intent, by, at)
    earlier = post.extensions.exclude(was_due_on=None).order_by("was_due_on").first()
    first_due = earlier.was_due_on if earlier else post.due_on
    latest = latest_extension(due_on=first_due, days=case.policy.parameters["extension_days"])
    if until_on > latest:
        raise ExtensionTooLong(latest=latest)
    return case


@transaction.atomic
def ask_for_review(*, case_pk: int, grounds: str, by: Account, at: datetime) -> Case:
    """Ask that other people look at a refused case again (复核); the person concerned asks.

    Args:
        case_pk: The refused case.
        grounds: Why it should be looked at again.
        by, at: The person concerned, and when.

    Returns:
        The review, a case of its own that never makes things worse.

    Raises:
        NotEntitled: somebody else asks.
        NotAfterRejection, ReviewTooLate, ReviewAlreadyAsked: it cannot be asked for, or no longer. Whoever was refused
            as a candidate of an election is named again instead: no review takes the place of the vote.

    Source: docs/regulations.md, review: asked for within 30 days, decided by other people, never worse.
    """
    case = lock_case(case_pk)
    if by.person_id is None or case.subject_id != by.person_id:
        raise NotEntitled
    if case.state != CaseState.REJECTED or case.track != Track.ASSIGNMENT:
        raise NotAfterRejection
    asked = Case.objects.filter(origin=case, track=Track.REVIEW).first()
    if asked is not None:
        raise ReviewAlreadyAsked(number=asked.number)
    last_day = review_open_until(told_on=localdate(case.closed_at), days=case.policy.parameters["review_apply_days"])
    if localdate(at) > last_day:
        raise ReviewTooLate(until=last_day)
    old = case.proposal
    intent = Intent(old.title, old.source, old.reason, old.from_on, old.until_on, old.term_number, old.post)
    return _open(
        MatterKind.ASSIGNMENT, Track.REVIEW, case.organization, case.subject, intent, by, at, case, grounds=grounds
    )


def demand_opener(organization: PartyOrganization, by: Account, at: datetime) -> None:
    """Refuse whoever may not open matters for an organization.

    Raises:
        NotEntitled: ``by`` is no organizer, approver or committee secretary of a body above it.
    """
    above = assignments_valid(localdate(at)).filter(
        account=by, role__in=OPENERS, scope=Scope.SUBTREE, organization__path__in=organization.superior_paths()
    )
    granted = PartyOrganization.objects.visible_to(by, on=localdate(at), roles=OPENERS).filter(pk=organization.pk)
    if not (above.exists() and granted.exists()):
        raise NotEntitled


def demand_free_post(organization: PartyOrganization, start: date) -> None:
    """Refuse a second secretary.

    Raises:
        PostAlreadyFilled: the term of the secretary in post is not over on the day the new one would start.
    """
    holder = _secretary_of(organization)
    if holder and holder.due_on and holder.due_on > start:
        raise PostAlreadyFilled(organization=organization.name, name=holder.person.name)


def demand_term(start: date, until_on: date | None) -> None:
    """Refuse a term that ends before it begins.

    Raises:
        TermEndsTooEarly: as it says.
    """
    if until_on is not None and until_on <= start:
        raise TermEndsTooEarly(until=until_on, start=start)


def _demand_vacancy(organization: PartyOrganization) -> None:
    holder = _secretary_of(organization)
    if holder is None:
        return
    removal = Proposal.objects.filter(post=holder, case__track=Track.REMOVAL, case__state=CaseState.OPEN)
    if not removal.exists():
        raise PostAlreadyFilled(organization=organization.name, name=holder.person.name)


def _demand_held(post: Post) -> None:
    if post.ended_on is not None:
        raise NoSuchPost(name=post.person.name)


def _secretary_of(organization: PartyOrganization) -> Post | None:
    held = Post.objects.filter(organization=organization, title=Title.SECRETARY, ended_on=None)
    return held.exclude(source=PostSource.ACTING).select_related("person").first()


def demand_unvetted(person: Person) -> None:
    """Refuse a second vetting of one person.

    Raises:
        CaseRunning: as it says.
    """
    # Two openings for one person wait for each other here; a review is a vetting like an assignment.
    Person.objects.select_for_update(no_key=True).get(pk=person.pk)
    vetted = Case.objects.filter(subject=person, state=CaseState.OPEN, track__in=LOOKED_INTO).first()
    if vetted is not None:
        raise CaseRunning(name=person.name, number=vetted.number)


def _open(
    kind: MatterKind,
    track: Track,
    organization: PartyOrganization,
    person: Person,
    intent: Intent,
    by: Account,
    at: datetime,
    origin: Case | None = None,
    grounds: str = "",
) -> Case:
    lock_open(organization, on=localdate(at))
    if track in LOOKED_INTO or track == Track.ACTING:
        demand_unvetted(person)
    matter = new_matter(kind, organization, by, at)
    return open_in_matter(
        matter=matter, track=track, person=person, intent=intent, by=by, at=at, origin=origin, grounds=grounds
    )


def new_matter(kind: MatterKind, organization: PartyOrganization, by: Account, at: datetime) -> Matter:
    """Open a matter under the next number of the year."""
    year = localdate(at).year
    number = f"SX{year}-{next_serial('matter', 'SX', year):05d}"
    return open_matter(kind=kind, number=number, title=organization.name, organization=organization, by=by, at=at)


def new_case_number(at: datetime) -> str:
    """Give the next number of a case in the year."""
    year = localdate(at).year
    return f"RK{year}-{next_serial('case', 'RK', year):05d}"


def open_in_matter(
    *,
    matter: Matter,
    track: Track,
    person: Person,
    intent: Intent,
    by: Account,
    at: datetime,
    origin: Case | None = None,
    grounds: str = "",
    beside: Callable[[Case], None] | None = None,
) -> Case:
    """Open the case of a person in a matter.

    Args:
        matter: What it belongs to.
        track: Which steps it takes.
        person, intent: Who is to be vetted, and for what.
        by, at: Who opens it, and when; the caller has checked that they may.
        origin, grounds: The case it reviews, and why.
        beside: Writes further rows beside the new case.

    Raises:
        CaseRunning, NoPolicy, NoAuthority: see ``approvals.actions.cases.open_case``.
    """

    def prepare(act: Acting) -> None:
        Proposal.objects.create(
            case=act.case,
            title=intent.title,
            source=intent.source,
            reason=intent.reason,
            from_on=intent.from_on,
            until_on=intent.until_on,
            term_number=intent.term_number,
            post=intent.post,
        )
        if beside:
            beside(act.case)
        facts = {"title": intent.title, "source": intent.source}
        facts |= {"from_on": str(intent.from_on or ""), "until_on": str(intent.until_on or "")}
        act.log(
            "proposal.made", facts=facts, sealed=sealed_for(act.case, {"reason": intent.reason, "grounds": grounds})
        )

    return open_case(
        flow=import_flow_by_ref(FLOW),
        matter=matter,
        number=new_case_number(at),
        track=track,
        subject=person,
        by=by,
        at=at,
        origin=origin,
        prepare=prepare,
    )
