"""Copies for information: a branch's liaison officers and guides learn what is asked of its person, and how it ends."""

from collections.abc import Collection, Iterable, Mapping

from django.utils.timezone import localdate

from approvals.actions.acting import Acting
from approvals.actions.inbox import inform
from approvals.actions.seating import holders_at
from approvals.enums import RowKind
from approvals.models import InboxRow, Policy
from organizations.enums import Role
from organizations.models import RoleAssignment

# What a policy may choose, and which roles at the person's organization each way names (DOMAIN: liaison mechanism).
CHOICE = "copies"
COPIED: Mapping[str, tuple[Role, ...]] = {
    "nobody": (),
    "liaison": (Role.LIAISON,),
    "liaison_and_guides": (Role.LIAISON, Role.GUIDE),
}
KIND = "copy_for_information"


def copied_roles(policy: Policy) -> tuple[Role, ...]:
    """Name the roles that a policy copies; one that was published before it could choose copies nobody."""
    return COPIED[policy.choices.get(CHOICE, "nobody")]


def copy_for_information(
    act: Acting,
    *,
    step: tuple[str, str],
    key: str,
    known: Iterable[RoleAssignment] = (),
    besides: Collection[int] = (),
) -> None:
    """Lay a case before the liaison officers and guides whom its policy copies, tell them, and record it.

    Args:
        act: The act.
        step: Name and title of the step it is about.
        key: Names the message for ever.
        known: What ``holders_above`` has read.
        besides: Accounts that are asked themselves, and so need no copy.
    """
    case = act.case
    roles = copied_roles(case.policy)
    if not roles or case.is_of_matter:
        return
    held = holders_at(case.organization, roles, localdate(act.at), case=case, known=known)
    apart = {case.account.pk} if case.account else set()
    people = sorted({row.account_id for row in held} - apart - set(besides))
    if not people:
        return
    # A copy that was not opened yet makes way: one line for one case. What else was laid before them stays.
    office = [node.name for node in case.process.flow_class.instance.nodes() if not getattr(node, "of_person", True)]
    older = InboxRow.objects.filter(case=case, kind=RowKind.READ, account__in=people, read_at=None)
    older.exclude(step__in=office).delete()
    inform(case, people, step=step[0], step_title=step[1], sender=act.sender, at=act.at)
    act.tell(KIND, to=people, key=key, link="/inbox/read/")
    act.log("case.copied", step=step, facts={"people": len(people), "roles": sorted({row.role for row in held})})
