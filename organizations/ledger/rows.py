"""What a row says once it has been read: typed, tidy, not yet compared with anything."""

from dataclasses import dataclass, field
from datetime import date


@dataclass(frozen=True, slots=True, kw_only=True)
class Row:
    """Where a row stands.

    Attributes:
        title: Name of the tab.
        number: Row number in the file.
        key: By what the office finds the row: a code, an identity number, an address.
    """

    title: str
    number: int
    key: str


@dataclass(frozen=True, slots=True, kw_only=True)
class OrganizationRow(Row):
    """One Party organization."""

    code: str
    name: str
    kind: str
    superior: str
    level: str
    region_code: str
    can_approve: bool
    phone: str


@dataclass(frozen=True, slots=True, kw_only=True)
class SocialRow(Row):
    """One registered social organization."""

    credit_code: str
    name: str
    kind: str
    registry: str
    supervisor: str
    branch: str
    registered_on: date | None
    staff_count: int
    member_count: int
    no_branch_reason: str


@dataclass(frozen=True, slots=True, kw_only=True)
class SecretaryRow(Row):
    """One person in one post."""

    name: str
    identity: str = field(repr=False)
    sex: str
    born_on: date
    ethnicity: str
    education: str
    joined_on: date | None
    full_member_on: date | None
    branch: str
    title_held: str
    source: str
    started_on: date
    due_on: date | None
    phone: str
    is_first: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class DepartmentRow(Row):
    """One department that answers letters."""

    code: str
    name: str
    level: str
    channel: str
    contact: str
    phone: str


@dataclass(frozen=True, slots=True, kw_only=True)
class ReviewerRow(Row):
    """One role of one person at one place; ``until_on`` is the first day on which it holds no more."""

    name: str
    phone: str
    email: str
    place: str
    role: str
    from_on: date
    until_on: date | None

    @property
    def known_as(self) -> tuple[tuple[str, str], ...]:
        """What an account of this person is found by: name and e-mail address first, then name and telephone."""
        return tuple((self.name, contact) for contact in (self.email, self.phone) if contact)


@dataclass(frozen=True, slots=True, kw_only=True)
class Fault:
    """Why a row is refused.

    Attributes:
        sheet: Name of the tab.
        row: Row number in the file.
        key: As ``Row.key``, in clear: only for the office that owns the file, never for a log.
        kind: Stable name of the fault (``organizations.ledger.messages``).
        facts: Values for the message; identity numbers are masked.
    """

    sheet: str
    row: int
    key: str = field(repr=False)
    kind: str
    facts: dict[str, object] = field(default_factory=dict)


@dataclass(slots=True)
class Rows:
    """All good rows of a ledger, by kind."""

    organizations: list[OrganizationRow] = field(default_factory=list)
    social_organizations: list[SocialRow] = field(default_factory=list)
    secretaries: list[SecretaryRow] = field(default_factory=list)
    departments: list[DepartmentRow] = field(default_factory=list)
    reviewers: list[ReviewerRow] = field(default_factory=list)

    def __len__(self) -> int:
        return sum(len(part) for part in self.parts())

    def parts(self) -> tuple[list, ...]:
        """Give the five lists in the order in which they are written."""
        return self.organizations, self.departments, self.social_organizations, self.secretaries, self.reviewers
