"""Giving roles and taking them back; nothing is ever deleted."""

from datetime import date, datetime

from django.db import transaction
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from audit import log
from audit.errors import Refusal
from organizations.actions.accounts import end_sessions
from organizations.actions.shared import day_of, demand_duty, demand_open, kept_reason
from organizations.enums import Role, Scope
from organizations.grants import sync_grants
from organizations.models import Account, Department, PartyOrganization, RoleAssignment
from organizations.models.roles import NOT_EMPTY
from organizations.role_rules import clash_with
from organizations.signals import roles_changed


class OwnGrant(Refusal):
    code = "own_grant"
    message = _("Nobody gives or takes a role of his own; ask another security administrator.")


class RolesClash(Refusal):
    code = "roles_clash"
    message = _("{name} is {held}. That and {role} must lie in different hands.")


class RoleHeldAlready(Refusal):
    code = "role_held_already"
    message = _("{name} holds this role there in these days already.")


class RoleOver(Refusal):
    code = "role_over"
    message = _("This role is over already.")


class PlaceUnfit(Refusal):
    code = "place_unfit"
    message = _("A department's officer belongs to a department, every other role to a Party organization.")


class DaysUnfit(Refusal):
    code = "days_unfit"
    message = _("The role must end after its first day.")


class AccountInactive(Refusal):
    code = "account_inactive"
    message = _("The account of {name} is deactivated.")


@transaction.atomic
def grant_role(
    *,
    account: Account,
    role: str,
    by: Account | None,
    at: datetime,
    reason: str,
    organization: PartyOrganization | None = None,
    department: Department | None = None,
    scope: str = Scope.SUBTREE,
    from_on: date | None = None,
    until_on: date | None = None,
) -> RoleAssignment:
    """Give a role for the days ``[from_on, until_on)``; grants and inbox follow in the same transaction.

    Args:
        account, role: Who gets what.
        by: A security administrator whose duty reaches as far as the role, for a department over the whole tree; None
            for the system itself.
        at: Moment of the act.
        reason: Kept with the assignment and in the log.
        organization, department: Where, exactly one of them.
        scope: Whether it reaches the subordinate organizations.
        from_on: First day, today where not given.
        until_on: First day on which it holds no more; open where not given.

    Returns:
        The assignment.

    Raises:
        NotYourDuty, OwnGrant: ``by`` may not give this.
        RolesClash: the account holds an administrator's role, or would beside another role.
        RoleHeldAlready, PlaceUnfit, DaysUnfit, AccountInactive, ReasonMissing: as they say.
        OrganizationClosed: the organization is closed before the role begins.
    """
    reason = kept_reason(reason)
    first = from_on or day_of(at)
    _demand_reach(by, organization, scope, at=at)
    if by is not None and by.pk == account.pk:
        raise OwnGrant
    _demand_place(role, organization, department)
    if until_on is not None and until_on <= first:
        raise DaysUnfit
    if organization is not None:
        demand_open(organization, on=first)
    # Two grants at once to one account wait for each other here, so that neither overlooks the other's role.
    holder = Account.objects.select_for_update(no_key=True).get(pk=account.pk)
    if not holder.is_active:
        raise AccountInactive(name=holder.name)
    _demand_no_clash(holder, role, organization, department, first, until_on)
    made = RoleAssignment.objects.create(
        account=holder,
        role=role,
        organization=organization,
        department=department,
        scope=scope,
        from_on=first,
        until_on=until_on,
        granted_by=by,
        granted_at=at,
        reason=reason,
    )
    _after(made, "role.granted", by=by, at=at, reason=reason)
    return made


@transaction.atomic
def revoke_role(
    *, assignment: RoleAssignment, by: Account | None, at: datetime, reason: str, until_on: date | None = None
) -> None:
    """End a role, today where no later day is given; the row stays with its days.

    Args:
        assignment: The role to end.
        by: A security administrator whose duty reaches the organization; None for the system itself.
        at: Moment of the act.
        reason: Kept in the log.
        until_on: First day on which it holds no more, today or later.

    Raises:
        NotYourDuty, OwnGrant: ``by`` may not take this.
        RoleOver: it was over before, or somebody else was faster.
        ReasonMissing: as it says.
    """
    reason = kept_reason(reason)
    today = day_of(at)
    _demand_reach(by, assignment.organization, assignment.scope, at=at)
    if by is not None and by.pk == assignment.account_id:
        raise OwnGrant
    # A role that has not begun yet, or began today, is left with no day in it.
    ends = max(until_on or today, today, assignment.from_on)
    moved = (
        RoleAssignment.objects.filter(NOT_EMPTY, pk=assignment.pk)
        .filter(Q(until_on=None) | Q(until_on__gt=ends))
        .update(until_on=ends)
    )
    if not moved:
        raise RoleOver
    assignment.until_on = ends
    _after(assignment, "role.revoked", by=by, at=at, reason=reason)


def _demand_reach(by: Account | None, organization: PartyOrganization | None, scope: str, *, at: datetime) -> None:
    """Let nobody give or take more than the own duty reaches; a department answers for everybody, so the root does."""
    below, over_all = scope == Scope.SUBTREE, organization is None
    duty = [Role.SECURITY_ADMINISTRATOR]
    demand_duty(by, duty, at=at, organization=organization, below=below, over_all=over_all)


def _demand_place(role: str, organization: PartyOrganization | None, department: Department | None) -> None:
    at_department = role == Role.DEPARTMENT_OFFICER
    if (department is not None) != at_department or (organization is not None) == at_department:
        raise PlaceUnfit


def _demand_no_clash(
    holder: Account,
    role: str,
    organization: PartyOrganization | None,
    department: Department | None,
    first: date,
    until_on: date | None,
) -> None:
    held = RoleAssignment.objects.not_over_on(first).filter(account=holder)
    if until_on is not None:
        held = held.filter(from_on__lt=until_on)
    other = clash_with(role, set(held.values_list("role", flat=True)))
    if other is not None:
        raise RolesClash(name=holder.name, held=Role(other).label, role=Role(role).label)
    if held.filter(role=role, organization=organization, department=department).exists():
        raise RoleHeldAlready(name=holder.name)


def _after(assignment: RoleAssignment, verb: str, *, by: Account | None, at: datetime, reason: str) -> None:
    on = day_of(at)
    sync_grants([assignment], on=on)
    end_sessions(assignment.account)
    log.append("grants", [drafted(assignment, verb, by=by, at=at, reason=reason)], locked=False)
    roles_changed.send(sender=RoleAssignment, assignments=[assignment], on=on, by=by, at=at)


def drafted(assignment: RoleAssignment, verb: str, *, by: Account | None, at: datetime, reason: str) -> log.Draft:
    """Write the entry about a role that was given or ended.

    Args:
        assignment: The role as it is now, with account and place.
        verb: ``role.granted`` or ``role.revoked``.
        by, at, reason: Who did it, when, and why.
    """
    place = assignment.organization or assignment.department
    return log.Draft(
        verb=verb,
        at=at,
        actor_id=by.pk if by else None,
        actor_name=by.name if by else "",
        subject=f"account:{assignment.account_id}",
        facts={
            "assignment": assignment.pk,
            "account": assignment.account.name,
            "role": assignment.role,
            "place": place.code,
            "place_name": place.name,
            "scope": assignment.scope,
            "from_on": assignment.from_on.isoformat(),
            "until_on": assignment.until_on.isoformat() if assignment.until_on else None,
            "reason": reason,
        },
    )
