"""Identity numbers: sealed under the person's own key, found by a blind index, shown masked."""

from audit import sealing
from organizations.models import Person

KEY_CONTEXT = "organizations_person.key"
CONTEXT = "organizations_person.identity"


def sealed_identity(number: str) -> dict[str, str]:
    """Seal an identity number for a new person.

    Args:
        number: The 18 characters of the number; a small ``x`` is taken as ``X``.

    Returns:
        The fields ``key``, ``identity_sealed``, ``identity_index`` and ``identity_mask`` of a ``Person``.
    """
    number = normal(number)
    wrapped = sealing.new_wrapped_key(KEY_CONTEXT)
    key = sealing.open_key(wrapped, KEY_CONTEXT)
    return {
        "key": wrapped,
        "identity_sealed": sealing.seal(number, key=key, context=CONTEXT),
        "identity_index": identity_index(number),
        "identity_mask": masked(number),
    }


def key_of(person: Person) -> bytes:
    """Open a person's own key, under which every personal value is sealed.

    Raises:
        audit.sealing.SealBroken: the key was destroyed when its retention ended.
    """
    return sealing.open_key(person.key, KEY_CONTEXT)


def identity_of(person: Person) -> str:
    """Open a person's identity number; whoever calls this records who reads it and why."""
    return sealing.unseal(person.identity_sealed, key=key_of(person), context=CONTEXT)


def identity_index(number: str) -> str:
    """Give the blind index under which a person is found again."""
    return sealing.blind_index(normal(number), "identity")


def masked(number: str) -> str:
    """Show the first and the last character only."""
    number = normal(number)
    return number[:1] + "*" * max(len(number) - 2, 0) + number[1:][-1:]


def normal(number: str) -> str:
    """Write an identity number the one way it is stored."""
    return number.strip().upper()


def seal_for(person: Person | None, values: dict[str, str]) -> dict[str, str]:
    """Seal values under the key of the person they are about, or under the keyring where no single person is.

    Args:
        person: Whom they are about; None for words about a matter as a whole.
        values: Plain texts by name.

    Returns:
        Sealed texts by the same names; destroying the person's key makes them unreadable for ever.
    """
    if not values:
        return {}
    key = key_of(person) if person else None
    return {name: sealing.seal(value, key=key, context=_context(name)) for name, value in values.items()}


def unseal_for(person: Person | None, sealed: dict[str, str]) -> dict[str, str]:
    """Open what ``seal_for`` sealed.

    Raises:
        audit.sealing.SealBroken: the key was destroyed or a text was changed.
    """
    key = key_of(person) if person and sealed else None
    return {name: sealing.unseal(text, key=key, context=_context(name)) for name, text in sealed.items()}


def _context(name: str) -> str:
    return f"organizations_person.{name}"
