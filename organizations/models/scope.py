"""How far an account sees: guardian's grant and a role that holds today, both in one EXISTS."""

from collections.abc import Collection
from datetime import date
from typing import TYPE_CHECKING

from django.apps import apps
from django.db.models import CharField, Exists, ExpressionWrapper, F, OuterRef, Q
from django.db.models.lookups import StartsWith

from organizations.enums import ADMINISTRATORS, Scope
from organizations.role_rules import SEE, codename, roles_giving

if TYPE_CHECKING:
    from organizations.models.accounts import Account


def organization_scope(
    account: "Account", need: str, *, on: date, through: str = "", roles: Collection[str] | None = None
) -> Q:
    """Build the condition under which an account sees what belongs to an organization.

    A grant alone shows nothing, nor does a role alone: the grant row of guardian must be there, and an assignment
    of the same account at the same organization, of a role that gives this need at this scope, must hold on the day.

    Args:
        account: Who looks.
        need: ``see``, ``see_cases``, ``see_files`` or ``see_history``.
        on: Day on which the role must hold, Asia/Shanghai.
        through: Field path from the model asked to its Party organization; empty for the organization itself.
        roles: Where given, only what one of these roles shows; a right at one place is none at another.

    Returns:
        A condition for ``filter``, one EXISTS per scope.
    """
    path = f"{through}__path" if through else "path"
    return Q(_at_it(account, need, on, path, roles)) | Q(_above_it(account, need, on, path, roles))


def sees_everything(account: "Account", *, on: date) -> Exists:
    """Build the condition that an account administers from the root of a tree downwards."""
    return Exists(
        _roles_with_grant(account, SEE, Scope.SUBTREE, on).filter(organization__depth=1, role__in=ADMINISTRATORS)
    )


def _at_it(account: "Account", need: str, on: date, path: str, roles: Collection[str] | None) -> Exists:
    rows = _roles_with_grant(account, need, Scope.SELF, on, roles)
    return Exists(rows.filter(organization__path=OuterRef(path)))


def _above_it(account: "Account", need: str, on: date, path: str, roles: Collection[str] | None) -> Exists:
    rows = _roles_with_grant(account, need, Scope.SUBTREE, on, roles)
    place = ExpressionWrapper(OuterRef(path), output_field=CharField())
    return Exists(rows.filter(StartsWith(place, F("organization__path"))))


def _roles_with_grant(account: "Account", need: str, scope: Scope, on: date, roles: Collection[str] | None = None):
    giving = [role for role in roles_giving(need) if roles is None or role in roles]
    assignments = apps.get_model("organizations", "RoleAssignment").objects
    return assignments.valid_on(on).filter(
        account=account.pk,
        scope=scope,
        role__in=giving,
        organization__organizationgrant__user=account.pk,
        organization__organizationgrant__permission__codename=codename(need, scope),
    )
