"""Builds the least that is true; every name and number is invented."""

from collections.abc import Iterable
from datetime import date, datetime
from itertools import count
from zoneinfo import ZoneInfo

from django.contrib.auth.hashers import make_password
from stdnum.cn.ric import calc_check_digit

from organizations.enums import (
    AuthorityKind,
    Channel,
    Level,
    NoBranchReason,
    OrganizationKind,
    PostSource,
    Role,
    Scope,
    SocialKind,
    Title,
)
from organizations.grants import sync_grants
from organizations.identity import sealed_identity
from organizations.models import (
    Account,
    Authority,
    Department,
    PartyOrganization,
    Person,
    Post,
    RoleAssignment,
    SocialOrganization,
)

PASSWORD = "bridge-over-nine-bends"
LONG_AGO = date(2020, 1, 1)
TODAY = date(2026, 11, 23)
NOW = datetime(2026, 11, 23, 10, 0, tzinfo=ZoneInfo("Asia/Shanghai"))
_number = count(1)


def organization(
    name: str = "海珠湾晨光社工服务中心党支部",
    *,
    under: PartyOrganization | None = None,
    kind: str = OrganizationKind.BRANCH,
    level: str = Level.COUNTY,
    **facts: object,
) -> PartyOrganization:
    """Make a Party organization, a root where nothing is said about its superior."""
    facts = {"code": f"NL{next(_number):06d}", "region_code": "990000", "search_key": name} | facts
    new = PartyOrganization(name=name, kind=kind, level=level, **facts)
    if under is None:
        return PartyOrganization.objects.add_root(instance=new)
    under.refresh_from_db()
    return PartyOrganization.objects.add_child(under, instance=new)


def account(name: str = "林秋", *, person: Person | None = None, password: str | None = PASSWORD, **facts) -> Account:
    """Make an account that can sign in."""
    facts = {"username": f"user{next(_number)}", "search_key": name, "activated_at": NOW} | facts
    return Account.objects.create_user(name=name, password=password, person=person, **facts)


def accounts(names: dict[str, str], **facts: object) -> dict[str, Account]:
    """Make accounts that can sign in, by login: the name that is shown; in one statement."""
    facts = {"password": make_password(PASSWORD), "activated_at": NOW} | facts
    made = Account.objects.bulk_create(
        Account(username=login, name=name, search_key=name, email=f"{login}@example.com", **facts)
        for login, name in names.items()
    )
    return {one.username: one for one in made}


def identity_number(born_on: date = date(1985, 3, 9), serial: int | None = None) -> str:
    """Make a valid number of nobody: no list of places has a region that starts like this one."""
    thousands, place = divmod(next(_number) if serial is None else serial, 1000)
    head = f"{990101 + thousands}{born_on:%Y%m%d}{place:03d}"
    return head + calc_check_digit(head + "0")


def person(name: str = "沈若溪", *, number: str | None = None, **facts: object) -> Person:
    """Make a person with a sealed identity number."""
    facts = {"born_on": date(1985, 3, 9), "search_key": name, "sort_key": name} | facts
    return Person.objects.create(name=name, **sealed_identity(number or identity_number()), **facts)


def people(names: Iterable[str]) -> list[Person]:
    """Make many people with sealed identity numbers, in one statement."""
    born = {"born_on": date(1985, 3, 9)}
    return Person.objects.bulk_create(
        Person(name=name, search_key=name, sort_key=name, **born, **sealed_identity(identity_number()))
        for name in names
    )


def assignment(
    holder: Account,
    role: str,
    at: PartyOrganization | Department,
    *,
    scope: str = Scope.SUBTREE,
    from_on: date = LONG_AGO,
    until_on: date | None = None,
) -> RoleAssignment:
    """Draw up a role that is not given yet."""
    place = {"department": at} if isinstance(at, Department) else {"organization": at}
    return RoleAssignment(
        account=holder, role=role, scope=scope, from_on=from_on, until_on=until_on, granted_at=NOW, **place
    )


def assign(
    holder: Account, role: str, at: PartyOrganization | Department, *, on: date | None = TODAY, **terms: object
) -> RoleAssignment:
    """Give a role; the grants follow as of the day, or not at all where the day is None."""
    made = assignment(holder, role, at, **terms)
    made.save()
    if on is not None:
        sync_grants([made], on=on)
    return made


def reviewer(name: str, role: str, at: PartyOrganization | Department, **facts: object) -> Account:
    """Make an account with one role that holds since long."""
    made = account(name, **facts)
    assign(made, role, at)
    return made


def post(
    holder: Person,
    at: PartyOrganization,
    *,
    title: str = Title.SECRETARY,
    source: str = PostSource.ASSIGNED,
    started_on: date = date(2023, 12, 1),
    **facts: object,
) -> Post:
    """Record a post, by default a secretary in the third year."""
    facts = {"recorded_at": NOW} | facts
    return Post.objects.create(
        person=holder, organization=at, title=title, source=source, started_on=started_on, **facts
    )


def department(name: str = "海珠湾区公安分局", **facts: object) -> Department:
    """Make a department that answers letters."""
    facts = {"code": f"D{next(_number):04d}", "level": Level.COUNTY, "channel": Channel.ACCOUNT} | facts
    return Department.objects.create(name=name, **facts)


def social_organization(
    name: str = "海珠湾晨光社工服务中心", *, branch: PartyOrganization | None = None, **facts: object
) -> SocialOrganization:
    """Make a registered social organization, newly founded where it has no branch."""
    if "registry" not in facts:
        facts["registry"] = Authority.objects.get_or_create(name="海珠湾区民政局", kind=AuthorityKind.REGISTRY)[0]
    facts = {"kind": SocialKind.PRIVATE_NON_ENTERPRISE, "search_key": name} | facts
    if branch is None:
        facts.setdefault("no_branch_reason", NoBranchReason.NEW)
    return SocialOrganization.objects.create(name=name, branch=branch, **facts)


def roles(pairs: Iterable[tuple[Account, Role, PartyOrganization | Department]]) -> None:
    """Give many roles and let the grants follow in one go."""
    sync_grants(RoleAssignment.objects.bulk_create(assignment(*one) for one in pairs), on=TODAY)
