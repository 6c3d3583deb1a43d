"""Seating the first administrators at the top of the tree, where nobody inside can do it yet."""

from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from audit.errors import Refusal
from organizations.actions.roles import grant_role
from organizations.actions.shared import day_of
from organizations.enums import Role, Scope
from organizations.models import Account, PartyOrganization, RoleAssignment
from organizations.queries import reaching_all


class SeatedAlready(Refusal):
    code = "seated_already"
    message = _(
        "{name} is {role} over everything already. The security administrator gives further roles on the page Grants."
    )


class SeveralTrees(Refusal):
    code = "several_trees"
    message = _("There are several organizations at the top: {codes}. Name one of them.")


class NoTree(Refusal):
    code = "no_tree"
    message = _("There is no organization yet. Import the ledger first.")


@transaction.atomic
def seat_first_administrator(
    *, account: Account, role: str, at: datetime, top: PartyOrganization | None = None
) -> RoleAssignment:
    """Give one of the three administrator roles over a whole tree, as long as nobody holds it so.

    A ledger may name the administrators at a committee below the top; they then administer that committee's part only.
    Nobody inside could give them more, so whoever runs the server may, once for each role, and the log keeps it.

    Args:
        account: Who.
        role: One of the three.
        at: Moment of the act.
        top: The organization at the top; may be left out where there is but one.

    Returns:
        The assignment.

    Raises:
        SeatedAlready: somebody holds the role over a whole tree.
        SeveralTrees, NoTree: as they say.
        RolesClash, AccountInactive: as in ``grant_role``.
    """
    held = reaching_all(role, on=day_of(at)).select_related("account").first()
    if held is not None:
        raise SeatedAlready(name=held.account.name, role=Role(role).label)
    tops = [top] if top is not None else list(PartyOrganization.objects.filter(depth=1).valid_on(day_of(at)))
    if not tops:
        raise NoTree
    if len(tops) > 1:
        raise SeveralTrees(codes="、".join(f"{one.code} {one.name}" for one in tops))
    reason = str(_("First administrator, seated when the system was set up"))
    return grant_role(
        account=account, role=role, organization=tops[0], scope=Scope.SUBTREE, by=None, at=at, reason=reason
    )
