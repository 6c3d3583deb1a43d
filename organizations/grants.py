"""Keeps guardian's grants and the administrators' groups in step with the role assignments."""

from collections.abc import Collection, Iterable, Iterator
from dataclasses import dataclass, field
from datetime import date

from django.contrib.auth.models import Group, Permission
from django.db import transaction

from organizations.enums import Scope
from organizations.models import Account, OrganizationGrant, PartyOrganization, RoleAssignment
from organizations.role_rules import GROUP_PERMISSIONS, NEEDS, codename, codenames_of

ACCOUNTS_AT_ONCE = 500
GrantKey = tuple[int, str, int]


@dataclass
class Drift:
    """What guardian's tables hold too little or too much.

    Attributes:
        missing: (account, permission, organization) that an assignment asks for and no grant row gives.
        extra: Grant rows that no assignment asks for any more, expired ones included.
        groups: Accounts whose administrator groups differ from their roles.
    """

    missing: list[GrantKey] = field(default_factory=list)
    extra: list[GrantKey] = field(default_factory=list)
    groups: list[tuple[int, str]] = field(default_factory=list)

    def __bool__(self) -> bool:
        return bool(self.missing or self.extra or self.groups)


def sync_grants(assignments: Iterable[RoleAssignment], *, on: date) -> Drift:
    """Bring the grants of everybody in these assignments into step, a few statements for hundreds of them.

    A grant is written as soon as its assignment is known and not over; that it does not show anything before its
    first day is the business of ``visible_to``.

    Args:
        assignments: Assignments that were made, changed or ended; only their accounts are read.
        on: Day by which an assignment is over, Asia/Shanghai.

    Returns:
        What was missing and what was too much before.
    """
    return repair_drift({assignment.account_id for assignment in assignments}, on=on)


@transaction.atomic
def repair_drift(accounts: Collection[int] | None = None, *, on: date) -> Drift:
    """Write the missing grants and delete those too many.

    Args:
        accounts: Keys of the accounts to look at; None for all.
        on: Day by which an assignment is over.

    Returns:
        What differed.
    """
    total = Drift()
    for chunk in _chunks(accounts):
        drift = _compare(chunk, on)
        _write(drift)
        total.missing += drift.missing
        total.extra += drift.extra
        total.groups += drift.groups
    return total


def find_drift(*, on: date) -> Drift:
    """Compare all grants with all assignments that are not over."""
    return _compare(None, on)


def _chunks(accounts: Collection[int] | None) -> Iterator[list[int] | None]:
    if accounts is None:
        yield None
        return
    ordered = sorted(accounts)
    for start in range(0, len(ordered), ACCOUNTS_AT_ONCE):
        yield ordered[start : start + ACCOUNTS_AT_ONCE]


def _compare(accounts: list[int] | None, on: date) -> Drift:
    assignments = RoleAssignment.objects.not_over_on(on)
    grants = OrganizationGrant.objects.filter(permission__codename__in=_all_codenames())
    if accounts is not None:
        assignments = assignments.filter(account__in=accounts)
        grants = grants.filter(user__in=accounts)
    wanted, in_groups = set(), set()
    for account, role, scope, organization in assignments.values_list("account", "role", "scope", "organization"):
        if organization is not None:
            wanted |= {(account, name, organization) for name in codenames_of(role, scope)}
        if role in GROUP_PERMISSIONS:
            in_groups.add((account, role))
    held = set(grants.values_list("user", "permission__codename", "content_object"))
    return Drift(
        missing=sorted(wanted - held),
        extra=sorted(held - wanted),
        groups=sorted(in_groups ^ _memberships(accounts)),
    )


def _memberships(accounts: list[int] | None) -> set[tuple[int, str]]:
    members = Account.groups.through.objects.filter(group__name__in=GROUP_PERMISSIONS)
    if accounts is not None:
        members = members.filter(account__in=accounts)
    return set(members.values_list("account", "group__name"))


def _write(drift: Drift) -> None:
    if drift.missing or drift.extra:
        permissions = _permission_keys()
        _delete_grants(drift.extra)
        OrganizationGrant.objects.bulk_create(
            [
                OrganizationGrant(user_id=account, permission_id=permissions[name], content_object_id=organization)
                for account, name, organization in drift.missing
            ],
            ignore_conflicts=True,
            batch_size=500,
        )
    if drift.groups:
        _write_groups(drift.groups)


def _delete_grants(extra: list[GrantKey]) -> None:
    if not extra:
        return
    unwanted = set(extra)
    rows = OrganizationGrant.objects.filter(
        user__in={key[0] for key in extra}, permission__codename__in={key[1] for key in extra}
    ).values_list("pk", "user", "permission__codename", "content_object")
    doomed = [pk for pk, *key in rows if tuple(key) in unwanted]
    for start in range(0, len(doomed), ACCOUNTS_AT_ONCE):
        OrganizationGrant.objects.filter(pk__in=doomed[start : start + ACCOUNTS_AT_ONCE]).delete()


def _write_groups(differing: list[tuple[int, str]]) -> None:
    members = Account.groups.through
    groups = {role: _group(role) for role in {role for _, role in differing}}
    present = set(
        members.objects.filter(
            account__in={account for account, _ in differing}, group__in=groups.values()
        ).values_list("account", "group__name")
    )
    for role, group in groups.items():
        leaving = [account for account, name in differing if name == role and (account, name) in present]
        members.objects.filter(group=group, account__in=leaving).delete()
    members.objects.bulk_create(
        [
            members(account_id=account, group=groups[role])
            for account, role in differing
            if (account, role) not in present
        ]
    )


def _group(role: str) -> Group:
    """Find the group of an administrator role, or make it with its permissions."""
    group, made = Group.objects.get_or_create(name=role)
    if made:
        names = [name.split(".") for name in GROUP_PERMISSIONS[role]]
        group.permissions.set(
            Permission.objects.filter(
                content_type__app_label__in={app for app, _ in names}, codename__in={name for _, name in names}
            )
        )
    return group


def _all_codenames() -> list[str]:
    return [codename(need, scope) for need in NEEDS for scope in Scope]


def _permission_keys() -> dict[str, int]:
    return dict(
        Permission.objects.filter(
            content_type__app_label="organizations",
            content_type__model=PartyOrganization._meta.model_name,
            codename__in=_all_codenames(),
        ).values_list("codename", "pk")
    )
