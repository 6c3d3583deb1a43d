"""What the rules ask of a notice and of an objection. Pure: no database, no clock."""

import hashlib
import secrets
from collections.abc import Mapping

LEAST_WORKING_DAYS = 5  # Cadre regulations by analogy: at least five full working days, days off do not count
TRIAGE_WORKING_DAYS = 2  # common practice: whoever objects knows within two working days that somebody looks
FINDING_DAYS = 60  # Regulations on Petitions, art. 34, by analogy
LONGEST_TEXT, LONGEST_NAME, LONGEST_CONTACT = 3800, 60, 120
MOST_BYTES = 64 * 1024  # of a whole form; the longest text, in signs of four bytes, still fits one block of a box
MOST_A_NOTICE = 500  # objections; beyond that somebody plays with the page, and letters are still taken

# All that is ever shown of a person: the list of the notices of Ningde for responsible persons of social organizations.
PERMITTED = (
    "name",
    "sex",
    "birth_month",
    "ethnicity",
    "native_place",
    "political_status",
    "education",
    "employer",
    "organization",
    "post",
)

# No letter or digit that is read as another one.
ALPHABET = "ABCDEFGHJKMNPQRSTUVWXYZ23456789"
CODE_LENGTH = 16


def permitted(facts: Mapping[str, str]) -> dict[str, str]:
    """Keep what a notice may show, in its order; whatever else is known of a person falls away.

    Args:
        facts: Texts by name.

    Source: DOMAIN of the project, public notice; Personal Information Protection Law, art. 6 and 25.
    """
    return {name: facts[name] for name in PERMITTED if facts.get(name)}


def missing(facts: Mapping[str, str]) -> list[str]:
    """Name the permitted fields that are not known yet."""
    return [name for name in PERMITTED if not facts.get(name)]


def new_code() -> str:
    """Draw the code with which whoever objects asks for the outcome."""
    return "".join(secrets.choice(ALPHABET) for _ in range(CODE_LENGTH))


def tidy_code(text: str) -> str:
    """Read a code as people type it; empty when it cannot be one."""
    code = "".join(sign for sign in text.upper() if sign in ALPHABET)
    return code if len(code) == CODE_LENGTH else ""


def spaced_code(code: str) -> str:
    """Write a code in groups of four, as it is copied by hand."""
    return " ".join(code[start : start + 4] for start in range(0, len(code), 4))


def code_digest(code: str) -> str:
    """Give what is stored of a code; 16 signs of 31 cannot be guessed from it."""
    return hashlib.sha256(b"kaoping objection code\0" + code.encode()).hexdigest()


def entry_digest(before: str, box: str) -> str:
    """Chain a sealed entry of the journal to the one before it."""
    return hashlib.sha256(f"{before}\n{box}".encode()).hexdigest()
