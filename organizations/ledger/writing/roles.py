"""Writes role assignments; the grants follow them."""

from datetime import datetime

from django.utils import timezone
from django.utils.translation import gettext as _

from audit import log
from organizations.actions.accounts import end_sessions
from organizations.actions.roles import drafted
from organizations.enums import Role, Scope
from organizations.grants import sync_grants
from organizations.ledger.rows import ReviewerRow
from organizations.ledger.writing.merge import merge
from organizations.ledger.writing.people import Reviewer
from organizations.ledger.writing.tree import Places
from organizations.models import Account, Department, RoleAssignment
from organizations.signals import roles_changed

# Whoever looks after single units sees those only.
_HERE_ONLY = frozenset({Role.LIAISON, Role.GUIDE, Role.DEPARTMENT_OFFICER})


def write_roles(
    rows: list[ReviewerRow],
    accounts: dict[Reviewer, Account],
    places: Places,
    departments: dict[str, Department],
    *,
    by: Account | None,
    at: datetime,
) -> int:
    """Bring the role assignments into step, and guardian's grants with them.

    Args:
        rows: Good rows.
        accounts: Stored accounts by name and telephone.
        places, departments: Where a role may be held, by code.
        by, at: Who imports, and when.

    Returns:
        How many assignments were made or changed.
    """
    existing = {
        (each.account_id, each.role, each.organization_id, each.department_id, each.from_on): each
        for each in RoleAssignment.objects.all()
    }
    wanted, new = {}, {}
    for row in rows:
        place = _place(row, places, departments)
        account = accounts[row.name, row.phone].pk
        key = (account, row.role, place["organization_id"], place["department_id"], row.from_on)
        wanted[key] = {"until_on": row.until_on}
        new[key] = {
            **place,
            "account_id": account,
            "role": row.role,
            "from_on": row.from_on,
            "scope": Scope.SELF if row.role in _HERE_ONLY else Scope.SUBTREE,
            "granted_by": by,
            "granted_at": at,
            "reason": _("From the ledger"),
        }
    before = {key: each.until_on for key, each in existing.items()}
    merged, changes = merge(RoleAssignment, existing, wanted, new)
    touched = [merged[key] for key in wanted if key not in before or before[key] != merged[key].until_on]
    if touched:
        on = timezone.localdate(at)
        sync_grants(touched, on=on)
        _record(touched, by=by, at=at)
        _end_sessions({each.account_id for each in touched})
        roles_changed.send(sender=RoleAssignment, assignments=touched, on=on, by=by, at=at)
    return changes


def _record(touched: list[RoleAssignment], *, by: Account | None, at: datetime) -> None:
    keys = [each.pk for each in touched]
    known = RoleAssignment.objects.filter(pk__in=keys).select_related("account", "organization", "department")
    log.append(
        "grants", [drafted(each, "role.granted", by=by, at=at, reason=each.reason) for each in known], locked=False
    )


def _end_sessions(accounts: set[int]) -> None:
    """Let whoever was signed in before sign in again with the new roles."""
    for account in Account.objects.filter(pk__in=accounts, last_login__isnull=False):
        end_sessions(account)


def _place(row: ReviewerRow, places: Places, departments: dict[str, Department]) -> dict[str, int | None]:
    if row.role == Role.DEPARTMENT_OFFICER:
        return {"organization_id": None, "department_id": departments[row.place].pk}
    return {"organization_id": places[row.place].pk, "department_id": None}
