"""The places of the top bar: which of them a person has, by what that person may do."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass

from django.urls import NoReverseMatch, reverse
from django.utils.timezone import localdate
from django.utils.translation import gettext_lazy

from approvals.inbox import inbox_count
from notifications.queries import unread_count
from organizations.enums import ADMINISTRATORS, Role, Scope
from organizations.models import Account, RoleAssignment
from workflows.notices.queries import waiting_for

CANDIDATE = "candidate"
REVIEWER = "reviewer"

# Who has it, the name of its address, what it is called. The first that resolves is where the day starts.
PLACES = (
    (REVIEWER, "approvals:inbox", gettext_lazy("My tasks")),
    (REVIEWER, "workflows:matters", gettext_lazy("Matters")),
    (Role.DEPARTMENT_OFFICER, "workflows:letters", gettext_lazy("Letters")),
    (Role.DISCIPLINE_OFFICER, "workflows:objections", gettext_lazy("Objections")),
    (REVIEWER, "workflows:letter_grid", gettext_lazy("Joint vetting")),
    (REVIEWER, "workflows:meetings", gettext_lazy("Meetings")),
    (REVIEWER, "organizations:terms", gettext_lazy("Terms")),
    (Role.ORGANIZER, "workflows:stacks", gettext_lazy("File scans")),
    (REVIEWER, "organizations:people", gettext_lazy("People")),
    (CANDIDATE, "workflows:my", gettext_lazy("My matters")),
    (CANDIDATE, "workflows:my_materials", gettext_lazy("My materials")),
    (CANDIDATE, "organizations:helpers", gettext_lazy("Helpers")),
    (Role.AUDITOR, "workflows:cases", gettext_lazy("Cases")),
    (Role.AUDITOR, "workflows:flows", gettext_lazy("Flows")),
    (Role.AUDITOR, "audit:proof", gettext_lazy("Record check")),
    (Role.AUDITOR, "audit:exports", gettext_lazy("Exports")),
    (Role.SYSTEM_ADMINISTRATOR, "organizations:imports", gettext_lazy("Imports")),
    (Role.SYSTEM_ADMINISTRATOR, "organizations:organizations", gettext_lazy("Organizations")),
    (Role.SYSTEM_ADMINISTRATOR, "organizations:accounts", gettext_lazy("Accounts")),
    (Role.SYSTEM_ADMINISTRATOR, "organizations:access", gettext_lazy("Invitations")),
    (Role.SYSTEM_ADMINISTRATOR, "organizations:calendar", gettext_lazy("Calendar")),
    (Role.SYSTEM_ADMINISTRATOR, "notifications:deliveries", gettext_lazy("Undelivered")),
    (Role.SYSTEM_ADMINISTRATOR, "workflows:messages_table", gettext_lazy("All messages")),
    (Role.SECURITY_ADMINISTRATOR, "organizations:grants", gettext_lazy("Grants")),
    (Role.SECURITY_ADMINISTRATOR, "approvals:policies", gettext_lazy("Policies")),
    (Role.SECURITY_ADMINISTRATOR, "workflows:unfilled", gettext_lazy("Unfilled seats")),
    (None, "notifications:notices", gettext_lazy("Notices")),
)

# As many stand in the bar; where there are more, the last one is a menu with the rest.
MOST_IN_BAR = 5

# Pages about everybody: only for a role that is held over a whole tree.
OVER_ALL = {"audit:proof", "audit:exports", "organizations:imports", "notifications:deliveries"}

# What waits at a place, asked for each page; one statement each.
COUNTS: Mapping[str, Callable[[Account], int]] = {
    "approvals:inbox": lambda account: inbox_count(account, localdate()),
    "notifications:notices": unread_count,
    "workflows:objections": lambda account: waiting_for(account, on=localdate()).count(),
}


@dataclass
class Place:
    """One place of the top bar.

    Attributes:
        url: Where it is.
        key: Name of its address, with its room.
        name: What it is called.
        current: Whether the page being shown belongs to it.
        count: How many things wait there; nothing where nothing is counted.
    """

    url: str
    key: str
    name: object
    current: bool
    count: int | None = None


def parts_of(duties: Sequence[RoleAssignment]) -> set[str]:
    """Say as what a person is here: reviewer, candidate, or one of the three administrators.

    Args:
        duties: The roles that hold today.

    Returns:
        Administrator roles, those of the organizer, the discipline officer and the department's officer; ``REVIEWER``
        when any other role than an administrator's or a department's is held; ``CANDIDATE`` when none is.
    """
    roles = {duty.role for duty in duties}
    apart = ADMINISTRATORS | {Role.DEPARTMENT_OFFICER}  # who answers letters reviews nothing else
    parts = {str(role) for role in roles & (apart | {Role.DISCIPLINE_OFFICER, Role.ORGANIZER})}
    if roles - apart:
        parts.add(REVIEWER)
    return parts or {CANDIDATE}


def places_of(duties: Sequence[RoleAssignment], *, path: str) -> list[Place]:
    """List the places of one person for the top bar.

    Args:
        duties: The roles that hold today.
        path: Path of the page being shown, to mark the place it belongs to.

    Returns:
        Places whose page exists, in the order of ``PLACES``.
    """
    parts, over_all = parts_of(duties), any(map(reaches_all, duties))
    known = [
        (reached(name), name, label)
        for part, name, label in PLACES
        if (part is None or part in parts) and (over_all or name not in OVER_ALL)
    ]
    shown = [entry for entry in known if entry[0]]
    here = max((url for url, _, _ in shown if path.startswith(url)), key=len, default="")
    return [Place(url=url, key=name, name=label, current=url == here) for url, name, label in shown]


@dataclass
class Bar:
    """The places as they are shown.

    Attributes:
        everything: All of them, for the menu of the phone.
        shown: Those in the bar.
        more: Those in the menu behind them.
    """

    everything: Sequence[Place]
    shown: Sequence[Place]
    more: Sequence[Place]

    @property
    def more_count(self) -> int:
        """How much waits in the places of the menu."""
        return sum(place.count or 0 for place in self.more)

    @property
    def more_current(self) -> bool:
        """Whether the page being shown belongs to a place of the menu."""
        return any(place.current for place in self.more)


def arranged(places: Sequence[Place]) -> Bar:
    """Share places out between the bar and its menu.

    Args:
        places: The places of one person.

    Source: docs/screens.md, at most five places in the top bar.
    """
    in_bar = len(places) if len(places) <= MOST_IN_BAR else MOST_IN_BAR - 1
    return Bar(places, places[:in_bar], places[in_bar:])


def reaches_all(duty: RoleAssignment) -> bool:
    """Say whether a role is held at the root of a tree with everything under it."""
    return duty.organization is not None and duty.organization.depth == 1 and duty.scope == Scope.SUBTREE


def counted(places: Sequence[Place], account: Account) -> Sequence[Place]:
    """Fill in how many things wait at each place.

    Args:
        places: Places of one person.
        account: That person.

    Returns:
        The same places.
    """
    for place in places:
        if place.key in COUNTS:
            place.count = COUNTS[place.key](account)
    return places


def reached(name: str) -> str:
    """Give the address of a page, or nothing while that page does not exist.

    Args:
        name: Name of the address, with its room.

    Returns:
        The path, or an empty string.
    """
    try:
        return reverse(name)
    except NoReverseMatch:
        return ""
