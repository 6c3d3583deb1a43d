"""Writes people and their accounts; nobody gets a password here."""

from collections.abc import Iterable
from dataclasses import dataclass, field

from django.contrib.auth.hashers import make_password

from organizations.identity import identity_index, sealed_identity
from organizations.ledger.rows import ReviewerRow, SecretaryRow
from organizations.ledger.writing.merge import merge
from organizations.models import Account, Person
from organizations.rules.names import name_keys

Reviewer = tuple[str, str]


def write_people(rows: Iterable[SecretaryRow]) -> tuple[dict[str, Person], int]:
    """Bring the people into step, one for each identity number.

    Args:
        rows: Good rows; the last row of a person counts.

    Returns:
        People by identity number, and how many changed.
    """
    last = {row.identity: row for row in rows}
    indexes = {number: identity_index(number) for number in last}
    existing = {each.identity_index: each for each in Person.objects.all()}
    wanted = {indexes[number]: _facts(row) for number, row in last.items()}
    sealed = {indexes[number]: sealed_identity(number) for number in last if indexes[number] not in existing}
    people, changes = merge(Person, existing, wanted, sealed)
    return {number: people[index] for number, index in indexes.items()}, changes


def _facts(row: SecretaryRow) -> dict[str, object]:
    search_key, sort_key = name_keys(row.name)
    always: dict[str, object] = {
        "name": row.name,
        "sex": row.sex,
        "born_on": row.born_on,
        "search_key": search_key,
        "sort_key": sort_key,
    }
    # A ledger without a column takes nothing away.
    said = {
        "ethnicity": row.ethnicity,
        "education": row.education,
        "joined_on": row.joined_on,
        "full_member_on": row.full_member_on,
        "phone": row.phone,
    }
    return always | {name: value for name, value in said.items() if value}


@dataclass(slots=True)
class Accounts:
    """All accounts, ready to be found by those whom a ledger names.

    Attributes:
        by_person: Accounts by key of the person.
        by_contact: Accounts by name and e-mail address, and by name and telephone.
        taken: User names in use.
        changes: How many were made or changed.
    """

    by_person: dict[int, Account] = field(default_factory=dict)
    by_contact: dict[tuple[str, str], Account] = field(default_factory=dict)
    taken: set[str] = field(default_factory=set)
    changes: int = 0

    @classmethod
    def load(cls) -> "Accounts":
        """Read all accounts."""
        accounts = cls()
        for account in Account.objects.all():
            accounts.add(account)
        return accounts

    def add(self, account: Account) -> None:
        """Make an account known."""
        self.taken.add(account.username.lower())
        if account.person_id:
            self.by_person[account.person_id] = account
        if account.email:
            self.by_contact[account.name, account.email.lower()] = account
        if account.phone:
            self.by_contact[account.name, account.phone] = account

    def free_name(self, phone: str, otherwise: str) -> str:
        """Give a user name nobody has: the telephone, else a made one."""
        name = base = phone or otherwise
        number = 1
        while name.lower() in self.taken:
            number += 1
            name = f"{base}-{number}"
        return name


def write_secretary_accounts(people: Iterable[Person], accounts: Accounts) -> None:
    """Give each person an account; who reviews under the same name and telephone keeps that one.

    Args:
        people: Stored people.
        accounts: All accounts; it learns the new ones.
    """
    wanted: dict[int, dict[str, object]] = {}
    existing: dict[int, Account] = {}
    names: dict[int, dict[str, object]] = {}
    for person in people:
        account = accounts.by_person.get(person.pk) or _free_twin(person, accounts)
        facts = {"name": person.name, "person_id": person.pk, "search_key": person.search_key}
        wanted[person.pk] = facts | ({"phone": person.phone} if person.phone else {})
        if account:
            existing[person.pk] = account
        else:
            names[person.pk] = _way_in(accounts, person.phone, f"s{person.pk:06d}")
    _merge(existing, wanted, names, accounts)


def _free_twin(person: Person, accounts: Accounts) -> Account | None:
    twin = accounts.by_contact.get((person.name, person.phone)) if person.phone else None
    return twin if twin and twin.person_id is None else None


def write_reviewer_accounts(rows: Iterable[ReviewerRow], accounts: Accounts) -> dict[Reviewer, Account]:
    """Give each reviewer one account, however many roles.

    Args:
        rows: Good rows.
        accounts: All accounts; it learns the new ones.

    Returns:
        Accounts by name and telephone.
    """
    wanted: dict[Reviewer, dict[str, object]] = {}
    existing: dict[Reviewer, Account] = {}
    names: dict[Reviewer, dict[str, object]] = {}
    for row in rows:
        who = (row.name, row.phone)
        account = next((accounts.by_contact[key] for key in row.known_as if key in accounts.by_contact), None)
        said = {"name": row.name, "phone": row.phone, "search_key": name_keys(row.name)[0]}
        wanted[who] = wanted.get(who, {}) | said | ({"email": row.email} if row.email else {})
        if account:
            existing[who] = account
        elif who not in names:
            names[who] = _way_in(accounts, row.phone, "")
    return _merge(existing, wanted, names, accounts)


def _way_in(accounts: Accounts, phone: str, otherwise: str) -> dict[str, object]:
    name = accounts.free_name(phone, otherwise)
    accounts.taken.add(name.lower())
    return {"username": name, "password": make_password(None)}


def _merge(existing, wanted, names, accounts: Accounts) -> dict:
    merged, changes = merge(Account, existing, wanted, names)
    accounts.changes += changes
    for key in names:
        accounts.add(merged[key])
    return merged
