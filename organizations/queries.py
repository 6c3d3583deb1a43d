"""Who holds which role, who sees what: asked by this room and by those above it."""

from collections.abc import Collection
from datetime import date

from allauth.mfa.models import Authenticator
from django.db.models import Exists, OuterRef, Prefetch, Q

from organizations.enums import ADMINISTRATORS, Role
from organizations.models import Account, PartyOrganization, Person, Post, RoleAssignment
from organizations.models.accounts import AccountQuerySet, Helper
from organizations.models.people import PersonQuerySet
from organizations.models.roles import RoleAssignmentQuerySet
from organizations.models.scope import organization_scope, sees_everything
from organizations.role_rules import SEE, holders_of_permission

SECOND_FACTORS = (Authenticator.Type.TOTP, Authenticator.Type.WEBAUTHN)

__all__ = [
    "administrators_missing",
    "assignments_seen",
    "assignments_valid",
    "candidates_helped_by",
    "current_posts",
    "duties_of",
    "found_by_words",
    "has_role",
    "has_role_over_all",
    "has_second_factor",
    "holders_anywhere",
    "holders_of",
    "is_administrator",
    "is_candidate",
    "may",
    "organization_scope",
    "people_seen",
    "posts_seen",
    "reaching_all",
    "roles_of",
]


def assignments_valid(on: date) -> RoleAssignmentQuerySet:
    """Give the assignments of active accounts that hold on a day, ``[from_on, until_on)``.

    Args:
        on: Day asked about, Asia/Shanghai.

    Returns:
        The assignments, with nothing loaded beside them.
    """
    return RoleAssignment.objects.valid_on(on)


def duties_of(account: Account, *, on: date) -> list[RoleAssignment]:
    """List the roles an account holds on a day, with organization and department loaded.

    Args:
        account: Whose duties.
        on: Day asked about.

    Returns:
        Assignments, the highest organization first.
    """
    held = assignments_valid(on).filter(account=account.pk).select_related("organization", "department")
    return list(held.order_by("organization__path", "role", "pk"))


def holders_of(role: str, organization: PartyOrganization, *, on: date) -> AccountQuerySet:
    """Give the active accounts that hold a role at exactly this organization on a day, by name.

    Args:
        role: A value of ``Role``.
        organization: Where; roles held at superiors do not count.
        on: Day asked about.

    Returns:
        Accounts, each once.
    """
    held = assignments_valid(on).filter(role=role, organization=organization, account=OuterRef("pk"))
    return Account.objects.filter(Exists(held)).order_by("search_key", "pk")


def holders_anywhere(role: str, *, on: date) -> AccountQuerySet:
    """Give the active accounts that hold a role at any place on a day."""
    return Account.objects.filter(Exists(assignments_valid(on).filter(role=role, account=OuterRef("pk"))))


def roles_of(account: Account, *, on: date) -> set[str]:
    """Give the roles an account holds on a day, wherever."""
    return set(assignments_valid(on).filter(account=account.pk).values_list("role", flat=True))


def has_role(
    account: Account,
    roles: Collection[str],
    *,
    on: date,
    organization: PartyOrganization | None = None,
    below: bool = False,
) -> bool:
    """Say whether an account holds one of these roles on a day, anywhere or where it reaches an organization.

    Args:
        account: Who is asked about.
        roles: Any of these will do.
        on: Day asked about.
        organization: Where given, the role must be held there, or above it with its subordinate organizations.
        below: Whether it has to reach everything below that organization, too.

    Returns:
        True when one is held.
    """
    if not account.is_authenticated:
        return False
    held = assignments_valid(on).filter(account=account.pk, role__in=list(roles))
    if organization is not None:
        there = Q(organization=organization, scope="subtree") if below else Q(organization=organization)
        held = held.filter(there | Q(scope="subtree", organization__path__in=organization.superior_paths()))
    return held.exists()


def has_second_factor(account: Account) -> bool:
    """Say whether an account carries a second factor; recovery codes alone are none."""
    return Authenticator.objects.filter(user=account.pk, type__in=SECOND_FACTORS).exists()


def reaching_all(role: str, *, on: date) -> RoleAssignmentQuerySet:
    """Give who holds a role on a day at the root of a tree, with everything under it."""
    return assignments_valid(on).filter(role=role, organization__depth=1, scope="subtree").order_by("pk")


def administrators_missing(*, on: date) -> list[Role]:
    """List the administrator roles that nobody holds over a whole tree on a day."""
    return [role for role in Role if role in ADMINISTRATORS and not reaching_all(role, on=on).exists()]


def has_role_over_all(account: Account, roles: Collection[str], *, on: date) -> bool:
    """Say whether an account holds one of these roles on a day at the root of a tree, with everything under it."""
    held = assignments_valid(on).filter(account=account.pk, role__in=list(roles))
    return held.filter(organization__depth=1, scope="subtree").exists()


def may(account: Account, permission: str, *, on: date) -> bool:
    """Say whether an administrator carries one of Django's permissions through the group of a role that holds.

    Args:
        account: Who is asked about.
        permission: ``app.codename``, such as ``audit.view_entry``.
        on: Day on which the role must hold.

    Returns:
        True when group and role agree.
    """
    return has_role(account, holders_of_permission(permission), on=on) and account.has_perm(permission)


def is_administrator(account: Account, *, on: date) -> bool:
    """Say whether an account is one of the three administrators on a day."""
    return has_role(account, ADMINISTRATORS, on=on)


def is_candidate(account: Account) -> bool:
    """Say whether an account belongs to a person whom the ledger or a case knows."""
    return account.is_authenticated and account.person_id is not None


def candidates_helped_by(account: Account) -> AccountQuerySet:
    """Give the candidates for whom an account fills in today (代填)."""
    return Account.objects.filter(
        Exists(Helper.objects.filter(candidate=OuterRef("pk"), helper=account.pk, until_at=None))
    )


def reads_files_at(account: Account, organization: int, *, on: date) -> bool:
    """Say whether an account reads the files of an organization on a day.

    Args:
        account: Who.
        organization: Key of the organization.
        on: Day on which role and grant have to hold.
    """
    scope = organization_scope(account, "see_files", on=on)
    return PartyOrganization.objects.filter(scope, pk=organization).exists()


def current_posts(account: Account, *, on: date) -> list[Post]:
    """List the posts an account's person holds on a day."""
    if account.person_id is None:
        return []
    return list(Post.objects.held_on(on).filter(person=account.person_id).select_related("organization"))


def found_by_words(accounts: AccountQuerySet, words: str) -> AccountQuerySet:
    """Keep the accounts whose name, pinyin or account name holds every word."""
    for word in _words(words):
        accounts = accounts.filter(Q(search_key__contains=word) | Q(username__icontains=word))
    return accounts


def assignments_seen(
    account: Account, *, on: date, q: str = "", role: str = "", state: str = ""
) -> RoleAssignmentQuerySet:
    """Give the assignments in sight with everything a row shows.

    Args:
        account: Who looks; sees those at organizations in sight, and those of departments from the root.
        on: Day on which the viewer's role must hold, and by which ``state`` is judged.
        q: Words of the holder's name, pinyin or account.
        role: Keep one role.
        state: ``holds``, ``over`` or ``coming``; else all.

    Returns:
        Assignments with account, place and giver loaded.
    """
    condition = organization_scope(account, SEE, on=on, through="organization")
    at_departments = Q(department__isnull=False) & Q(sees_everything(account, on=on))
    rows = RoleAssignment.objects.filter(condition | at_departments)
    for word in _words(q):
        rows = rows.filter(Q(account__search_key__contains=word) | Q(account__username__icontains=word))
    if role:
        rows = rows.filter(role=role)
    if state == "holds":
        rows = rows.valid_on(on)
    elif state == "over":
        rows = rows.filter(until_on__lte=on)
    elif state == "coming":
        rows = rows.filter(from_on__gt=on)
    return rows.select_related("account", "organization", "department", "granted_by")


def people_seen(account: Account, *, on: date, words: str = "") -> PersonQuerySet:
    """Give the people in sight whose name, pinyin or organization holds every word.

    Args:
        account: Who looks.
        on: Day on which the viewer's role must hold.
        words: Parts of a name, of its pinyin or initials, or of an organization of theirs in sight.

    Returns:
        People with the posts they hold that day in ``posts_now``.
    """
    found = Person.objects.visible_to(account, on=on)
    posts = Post.objects.visible_to(account, on=on)
    for word in _words(words):
        at_place = posts.filter(person=OuterRef("pk"), organization__search_key__contains=word)
        found = found.filter(Q(search_key__contains=word) | Exists(at_place))
    now = posts.held_on(on).select_related("organization")
    return found.prefetch_related(Prefetch("posts", queryset=now, to_attr="posts_now"))


def posts_seen(account: Account, person: Person, *, on: date) -> list[Post]:
    """List a person's posts in sight, the latest first, with organization and extensions loaded."""
    seen = Post.objects.visible_to(account, on=on).filter(person=person)
    return list(seen.select_related("organization").prefetch_related("extensions").order_by("-started_on", "-pk"))


def _words(text: str) -> list[str]:
    """Cut what was typed into at most six words; PostgreSQL refuses the NUL sign."""
    return text.replace("\0", "").lower().split()[:6]
