"""What each role gives, and which roles nobody may hold together. Pure: no database, no clock."""

from collections.abc import Collection, Mapping

from organizations.enums import ADMINISTRATORS, Role, Scope

SEE = "see"
SEE_CASES = "see_cases"
SEE_FILES = "see_files"
SEE_HISTORY = "see_history"
NEEDS = (SEE, SEE_CASES, SEE_FILES, SEE_HISTORY)

_READS_FILES = frozenset({SEE, SEE_CASES, SEE_FILES})
_READS_CASES = frozenset({SEE, SEE_CASES})
_SEES_WHO_EXISTS = frozenset({SEE})

# The one table of who sees what through a role; docs/permissions.md tells why, line by line.
ROLE_GRANTS: Mapping[str, frozenset[str]] = {
    Role.ORGANIZER: _READS_FILES,
    Role.APPROVER: _READS_FILES,
    Role.COMMITTEE_SECRETARY: _READS_FILES,
    Role.COMMITTEE_MEMBER: _READS_FILES,
    Role.DISCIPLINE_MEMBER: _READS_FILES,
    Role.DISCIPLINE_OFFICER: _READS_FILES,
    Role.GENERAL_BRANCH_SECRETARY: _READS_FILES,
    Role.LIAISON: _READS_CASES,
    Role.GUIDE: _READS_CASES,
    Role.REGISTRY_OFFICER: _READS_CASES,
    Role.SUPERVISOR_OFFICER: _READS_CASES,
    Role.DEPARTMENT_OFFICER: frozenset(),
    Role.TRAINING_ORGANIZER: _SEES_WHO_EXISTS,
    Role.TALK_ORGANIZER: _SEES_WHO_EXISTS,
    Role.SYSTEM_ADMINISTRATOR: _SEES_WHO_EXISTS,
    Role.SECURITY_ADMINISTRATOR: _SEES_WHO_EXISTS,
    Role.AUDITOR: frozenset({SEE, SEE_HISTORY}),
}

# Django's own permissions of the three administrators, given through one group per role.
GROUP_PERMISSIONS: Mapping[str, frozenset[str]] = {
    Role.SYSTEM_ADMINISTRATOR: frozenset(
        {"organizations.view_account", "organizations.change_account", "notifications.view_outbox"}
    ),
    Role.SECURITY_ADMINISTRATOR: frozenset(
        {"organizations.view_roleassignment", "organizations.add_roleassignment", "organizations.change_roleassignment"}
    ),
    Role.AUDITOR: frozenset({"audit.view_entry", "audit.view_head", "audit.view_checkpoint"}),
}

# Roles that handle other people's cases and so need a second factor; the administrators need it as well.
REVIEWERS = frozenset(Role) - ADMINISTRATORS - {Role.LIAISON, Role.GUIDE}

# Roles whose holders let people in for the first time.
INVITERS = (Role.SYSTEM_ADMINISTRATOR, Role.ORGANIZER)


def codename(need: str, scope: str) -> str:
    """Name the permission under which guardian stores a need at a scope."""
    return f"{need}_{Scope(scope).value}"


def codenames_of(role: str, scope: str) -> frozenset[str]:
    """List the permissions an assignment of a role gives on its organization."""
    return frozenset(codename(need, scope) for need in ROLE_GRANTS[role])


def roles_giving(need: str) -> list[str]:
    """List the roles that give a need, in the order of the table.

    Args:
        need: One of ``NEEDS``.

    Returns:
        Role values.
    """
    return [str(role) for role, needs in ROLE_GRANTS.items() if need in needs]


def holders_of_permission(permission: str) -> list[str]:
    """List the administrator roles whose group carries one of Django's permissions."""
    return [str(role) for role, given in GROUP_PERMISSIONS.items() if permission in given]


def clash_with(role: str, held: Collection[str]) -> str | None:
    """Say which role already held forbids another one.

    System, security and audit lie in three pairs of hands (三员分立), and who administers decides no case.

    Args:
        role: The role to be given.
        held: Roles the account holds on that day or later.

    Returns:
        The role that stands in the way, or None.

    Source: docs/permissions.md, three administrators; classified protection baseline, management separation.
    """
    for other in sorted(held):
        if other == role:
            continue
        if role in ADMINISTRATORS or other in ADMINISTRATORS:
            return other
    return None


def needs_second_factor(roles: Collection[str]) -> bool:
    """Say whether somebody with these roles must carry a second factor."""
    return bool(set(roles) & (REVIEWERS | ADMINISTRATORS))


def shortest_password(roles: Collection[str]) -> int:
    """Give the least number of characters of a password: 15 for administrators, else 12."""
    return 15 if set(roles) & ADMINISTRATORS else 12
