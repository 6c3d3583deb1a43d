"""Who can sign in to the demo: one person of each kind, let in by an invitation like everybody else."""

from collections.abc import Iterable, Mapping
from datetime import date, datetime

from django.db.models import QuerySet

from config.demo.province import Places
from organizations.actions import activate_account, find_invitation, grant_role, invite
from organizations.actions.invitations import SHEET
from organizations.enums import ADMINISTRATORS, Role
from organizations.models import Account, PartyOrganization, RoleAssignment

PASSWORD = "kaoping-demo-2026"  # noqa: S105 - printed on the console, and only ever set for invented people
CANDIDATE = "candidate"
WIDENED = "负责全省系统管理"
# Who stands for each kind of person, and where that person sits; None is wherever the ledger has one, the city first.
KINDS = (
    (Role.ORGANIZER, Role.ORGANIZER, "city"),
    (Role.APPROVER, Role.APPROVER, "city"),
    (Role.GENERAL_BRANCH_SECRETARY, Role.GENERAL_BRANCH_SECRETARY, "general"),
    ("county_organizer", Role.ORGANIZER, "county"),
    (Role.COMMITTEE_SECRETARY, Role.COMMITTEE_SECRETARY, "city"),
    (Role.DISCIPLINE_OFFICER, Role.DISCIPLINE_OFFICER, "city"),
    (Role.DEPARTMENT_OFFICER, Role.DEPARTMENT_OFFICER, "department"),
    (Role.LIAISON, Role.LIAISON, None),
    (Role.GUIDE, Role.GUIDE, None),
    (Role.SYSTEM_ADMINISTRATOR, Role.SYSTEM_ADMINISTRATOR, None),
    (Role.SECURITY_ADMINISTRATOR, Role.SECURITY_ADMINISTRATOR, None),
    (Role.AUDITOR, Role.AUDITOR, None),
)


def reviewers(places: Places, *, on: date) -> dict[str, Account]:
    """Pick a reviewer or administrator of each kind.

    Args:
        places: Where the stories play.
        on: Day on which the role must hold.

    Returns:
        Accounts by kind; a kind the ledger has nobody for is left out.
    """
    chosen: dict[str, Account] = {}
    for kind, role, place in KINDS:
        if role == Role.DEPARTMENT_OFFICER:
            continue  # the departments of the city are entered later
        at = getattr(places, place) if place else None
        held = RoleAssignment.objects.valid_on(on).filter(role=role, account__is_active=True)
        held = held.exclude(account__in=[account.pk for account in chosen.values()]).order_by("pk")
        account = _one_of(held.filter(organization=at) if at else held, places=places)
        if account is not None:
            chosen[str(kind)] = account
    return chosen


def widen(accounts: Mapping[str, Account], *, at: datetime) -> None:
    """Give the three administrators the whole tree: the ledger seats them below its root."""
    root = PartyOrganization.objects.filter(depth=1).order_by("path").first()
    for role in sorted(ADMINISTRATORS & set(accounts)):
        held = RoleAssignment.objects.filter(account=accounts[role], role=role, organization=root)
        if not held.exists():
            grant_role(account=accounts[role], role=role, organization=root, by=None, at=at, reason=WIDENED)


def let_in(accounts: Mapping[str, Account], *, at: datetime) -> None:
    """Let each of them in: invited with a printed sheet, activated with the password of the demo."""
    for account in accounts.values():
        issued = invite(account=account, channel=SHEET, by=None, at=at)
        invitation = find_invitation(issued.code, at=at)
        activate_account(invitation=invitation, password=PASSWORD, at=at)


def organization_of(kind: str, account: Account) -> str:
    """Name the organization somebody belongs to, for the table on the console."""
    if kind == CANDIDATE:
        return account.person.cases.earliest("opened_at").organization.name
    role = next(role for name, role, _place in KINDS if name == kind)
    held = RoleAssignment.objects.filter(account=account, role=role).select_related("organization")
    held = held.order_by("organization__path")
    return str(held[0].organization or held[0].department)


def team(city: PartyOrganization, taken: Mapping[str, Account], *, on: date) -> list[Account]:
    """Pick two members of the committee who look into candidates.

    Args:
        city: The committee.
        taken: Who is somebody else already.
        on: Day on which the role must hold.
    """
    held = RoleAssignment.objects.valid_on(on).filter(organization=city, role=Role.COMMITTEE_MEMBER)
    held = held.exclude(account__in=[account.pk for account in taken.values()])
    return [assignment.account for assignment in held.select_related("account").order_by("pk")[:2]]


def in_order(kinds: Iterable[str]) -> list[str]:
    """Sort kinds of people the way they are shown: the candidate, the reviewers, the administrators."""
    known = [CANDIDATE, *(str(kind) for kind, _role, _place in KINDS)]
    return sorted(kinds, key=known.index)


def _one_of(held: QuerySet[RoleAssignment], *, places: Places) -> Account | None:
    """Take somebody at a branch of the city committee first, then anywhere in the city, then anybody."""
    near = held.filter(organization__in=places.branches("city"))
    found = near.first() or held.filter(organization__path__startswith=places.city.path).first() or held.first()
    return found.account if found else None
