"""Whom somebody lets in, for the first time or again after a forgotten password."""

from collections.abc import Collection
from datetime import date

from django.db.models import Exists, OuterRef, Q

from organizations.enums import ADMINISTRATORS, Role
from organizations.models import Account, RoleAssignment
from organizations.models.accounts import AccountQuerySet
from organizations.models.roles import RoleAssignmentQuerySet
from organizations.models.scope import organization_scope
from organizations.queries import found_by_words, reaching_all
from organizations.role_rules import INVITERS, REVIEWERS, SEE


def waiting_for_access(account: Account, *, on: date, words: str = "") -> AccountQuerySet:
    """Give the accounts that were never used and whose owners somebody may let in.

    Args:
        account: Who looks.
        on: Day on which the viewer's role must hold.
        words: Part of a name, pinyin or account name.

    Returns:
        Active accounts without a first visit.
    """
    waiting = let_in_by(account, on=on).filter(activated_at=None, is_active=True)
    return found_by_words(waiting, words)


def let_in_by(account: Account, *, on: date) -> AccountQuerySet:
    """Give the accounts whose owners somebody may let in.

    Whoever lets an administrator in could be that administrator, so an organizer lets in none, and a system
    administrator those whose roles lie within his own reach (三员分立).

    Args:
        account: Who lets in: an organizer or a system administrator.
        on: Day on which his role must hold; administrators' roles count if they hold then or later.

    Returns:
        Accounts in sight through one of these roles.
    """
    seen = Account.objects.visible_to(account, on=on, through=INVITERS)
    # Whoever reviews and was in before comes back by the same hands as in ``renewed_by``.
    back = Q(last_login__isnull=False) & Exists(_beyond(account, REVIEWERS, on))
    return seen.filter(~Exists(_beyond(account, ADMINISTRATORS, on)), ~back)


def renewed_by(account: Account, *, on: date) -> AccountQuerySet:
    """Give the accounts for which somebody may hand out a new sheet after the password was forgotten.

    Args:
        account: Who hands it out: an organizer, or for people who review a system administrator whose duty reaches
            each of their roles. For administrators nobody does, and nobody for himself.
        on: Day on which his role must hold; the others' roles count if they hold then or later.

    Returns:
        Accounts in sight, whatever their state.
    """
    held = RoleAssignment.objects.not_over_on(on).filter(account=OuterRef("pk"), role__in=ADMINISTRATORS)
    seen = let_in_by(account, on=on).filter(~Exists(_beyond(account, REVIEWERS, on)), ~Exists(held))
    return seen.exclude(pk=account.pk)


def _beyond(account: Account, roles: Collection[str], on: date) -> RoleAssignmentQuerySet:
    """Give an outer account's roles of these kinds that somebody's duty as system administrator does not reach."""
    within = organization_scope(account, SEE, on=on, through="organization", roles=[Role.SYSTEM_ADMINISTRATOR])
    at_departments = Q(department__isnull=False) & Exists(
        reaching_all(Role.SYSTEM_ADMINISTRATOR, on=on).filter(account=account.pk)
    )
    held = RoleAssignment.objects.not_over_on(on).filter(account=OuterRef("pk"), role__in=list(roles))
    return held.exclude(within | at_departments)
