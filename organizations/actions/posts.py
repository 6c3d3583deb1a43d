"""Posts, terms, and what a new secretary owes."""

from datetime import date, datetime

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from audit import log
from audit.errors import Refusal
from organizations.actions.shared import lock_place
from organizations.enums import ObligationKind, PostEnd, PostSource, Title
from organizations.identity import seal_for
from organizations.models import Account, Obligation, PartyOrganization, Person, Post, TermExtension

LONGEST_EXTENSION_YEARS = 1


class PostTaken(Refusal):
    code = "post_taken"
    message = _("{organization} has a secretary; somebody can act for a vacant post only.")


class PostOver(Refusal):
    code = "post_over"
    message = _("This post has been ended already.")


class PostEndsBeforeStart(Refusal):
    code = "post_ends_before_start"
    message = _("Nobody leaves a post before having taken it.")


class ExtensionTooLong(Refusal):
    code = "extension_too_long"
    message = _("A term can be extended by one year at most, until {latest}.")


class NothingToExtend(Refusal):
    code = "nothing_to_extend"
    message = _("Only a running term with a known end can be extended, and to a later day.")


@transaction.atomic
def record_post(
    *,
    person: Person,
    organization: PartyOrganization,
    title: str,
    source: str,
    started_on: date,
    by: Account | None,
    at: datetime,
    due_on: date | None = None,
    document_number: str = "",
    case_number: str = "",
) -> Post:
    """Record that somebody took a post; who held it before leaves it on the same day.

    Args:
        person, organization, title: Who became what where.
        source: How, a value of ``PostSource``; somebody acting takes a vacant post only.
        started_on, due_on: First day, and the day the term ends.
        by: Who caused it; None for the system itself. The calling verb has checked the right to.
        at: Moment of the act.
        document_number, case_number: The approval behind it.

    Returns:
        The post.

    Raises:
        PostTaken: somebody acting where a secretary holds the post.
    """
    # Two records for one organization wait for each other; the second one sees the first.
    lock_place(organization)
    _clear_the_place(person, organization, title, source, started_on, by=by, at=at)
    earlier = Post.objects.filter(person=person, title=title).exclude(source=PostSource.ACTING)
    post = Post.objects.create(
        person=person,
        organization=organization,
        title=title,
        source=source,
        started_on=started_on,
        due_on=due_on,
        is_first=title == Title.SECRETARY and source != PostSource.ACTING and not earlier.exists(),
        document_number=document_number,
        case_number=case_number,
        recorded_by=by,
        recorded_at=at,
    )
    _record("post.recorded", post, by=by, at=at, source=source, due_on=due_on.isoformat() if due_on else None)
    return post


@transaction.atomic
def end_post(*, post: Post, end: str, on: date, by: Account | None, at: datetime, case_number: str = "") -> None:
    """Record that somebody left a post.

    Args:
        post: Which one.
        end: How, a value of ``PostEnd``.
        on: First day without it.
        by: Who caused it; None for the system itself. The calling verb has checked the right to.
        at: Moment of the act.
        case_number: The case behind it, if there is one.

    Raises:
        PostOver: it was ended before.
        PostEndsBeforeStart: as it says.
    """
    if on < post.started_on:
        raise PostEndsBeforeStart
    if not Post.objects.filter(pk=post.pk, ended_on=None).update(ended_on=on, end=end):
        raise PostOver
    post.ended_on, post.end = on, end
    _record("post.ended", post, by=by, at=at, end=end, ended_on=on.isoformat(), case=case_number)


@transaction.atomic
def extend_term(
    *,
    post: Post,
    until_on: date,
    reason: str,
    document_number: str,
    by: Account | None,
    at: datetime,
    approved_on: date,
    case_number: str = "",
) -> TermExtension:
    """Extend a term (延期换届), by a year beyond its first end at most; the post's ``due_on`` moves along.

    Args:
        post: Whose term.
        until_on: New end of the term.
        reason, document_number, approved_on, case_number: The approval behind it.
        by: Who caused it; None for the system itself. The calling verb has checked the right to.
        at: Moment of the act.

    Returns:
        The extension, with the end the term had before.

    Raises:
        NothingToExtend, ExtensionTooLong: as they say.

    Source: Regulations on grass-roots elections, art. on early and late elections: at most one year.
    """
    post = Post.objects.select_for_update(no_key=True).get(pk=post.pk)
    if post.ended_on is not None or post.due_on is None or until_on <= post.due_on:
        raise NothingToExtend
    first = post.extensions.order_by("until_on").first()
    latest = _a_year_after(first.was_due_on if first and first.was_due_on else post.due_on)
    if until_on > latest:
        raise ExtensionTooLong(latest=latest.isoformat())
    made = TermExtension.objects.create(
        post=post,
        was_due_on=post.due_on,
        until_on=until_on,
        reason=reason,
        document_number=document_number,
        case_number=case_number,
        approved_on=approved_on,
    )
    Post.objects.filter(pk=post.pk).update(due_on=until_on)
    _record("term.extended", post, by=by, at=at, until_on=until_on.isoformat(), document=document_number)
    return made


@transaction.atomic
def open_obligation(
    *,
    person: Person,
    organization: PartyOrganization,
    kind: ObligationKind,
    due_on: date,
    by: Account | None,
    at: datetime,
    opened_on: date,
    case_number: str = "",
) -> Obligation:
    """Note something a person owes by a day; the same case owes it once.

    Args:
        person, organization, kind, due_on: Who owes what for which post, by when.
        by: Who caused it; None for the system itself.
        at: Moment of the act.
        opened_on: First day it is owed.
        case_number: The case behind it.

    Returns:
        The obligation, the earlier one where the case opened it already.
    """
    owed, made = Obligation.objects.get_or_create(
        person=person,
        organization=organization,
        kind=kind,
        case_number=case_number,
        defaults={"opened_on": opened_on, "due_on": due_on},
    )
    if made:
        log.record(
            "ledger",
            "obligation.opened",
            by=by,
            at=at,
            subject=f"person:{person.pk}",
            facts={"kind": str(kind), "due_on": due_on.isoformat(), "organization": organization.code},
        )
    return owed


@transaction.atomic
def close_obligation(*, obligation: Obligation, on: date, by: Account | None, at: datetime) -> bool:
    """Note that an obligation was met.

    Returns:
        False when it was met or waived before.
    """
    moved = Obligation.objects.filter(pk=obligation.pk, done_on=None, waived_on=None).update(done_on=on)
    if moved:
        log.record(
            "ledger",
            "obligation.met",
            by=by,
            at=at,
            subject=f"person:{obligation.person_id}",
            facts={"kind": obligation.kind, "on": on.isoformat()},
        )
    return bool(moved)


def _clear_the_place(
    person: Person,
    organization: PartyOrganization,
    title: str,
    source: str,
    started_on: date,
    *,
    by: Account | None,
    at: datetime,
) -> None:
    held = Post.objects.filter(organization=organization, ended_on=None)
    if source == PostSource.ACTING and held.filter(title=Title.SECRETARY).exclude(source=PostSource.ACTING).exists():
        raise PostTaken(organization=organization.name)
    before = held.filter(title=title) if title == Title.SECRETARY else held.filter(title=title, person=person)
    for post in before:
        way = PostEnd.TERM_OVER if post.person_id == person.pk else PostEnd.SUCCEEDED
        end_post(post=post, end=way, on=max(started_on, post.started_on), by=by, at=at)


def _a_year_after(day: date) -> date:
    try:
        return day.replace(year=day.year + LONGEST_EXTENSION_YEARS)
    except ValueError:  # 29 February
        return day.replace(year=day.year + LONGEST_EXTENSION_YEARS, day=28)


def _record(verb: str, post: Post, *, by: Account | None, at: datetime, **facts: object) -> None:
    log.record(
        "ledger",
        verb,
        by=by,
        at=at,
        subject=f"person:{post.person_id}",
        facts={
            "post": post.pk,
            "organization": post.organization.code,
            "organization_name": post.organization.name,
            "title": post.title,
            "started_on": post.started_on.isoformat(),
            **facts,
        },
        sealed=seal_for(post.person, {"name": post.person.name}),
    )
