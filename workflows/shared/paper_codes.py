"""The code on a printed sheet: short enough to be typed, and a slip of the finger is noticed.

Eight characters are drawn, two are computed. The alphabet leaves out what hands and eyes mix up (0 O, 1 I L) and has
31 signs, a prime number, so two sums over the places notice every one or two wrong characters and every two that
changed places, wherever they stand.
"""

import secrets
import unicodedata

ALPHABET = "23456789ABCDEFGHJKMNPQRSTUVWXYZ"
DRAWN, CHECKS = 8, 2
LENGTH = DRAWN + CHECKS
PREFIX = "KP:"  # before the code in a picture code, so that codes of others are not taken for ours
_SIGNS = {sign: value for value, sign in enumerate(ALPHABET)}


def new_code() -> str:
    """Draw a code nobody can guess."""
    return with_checks("".join(secrets.choice(ALPHABET) for _ in range(DRAWN)))


def with_checks(drawn: str) -> str:
    """Add the two check characters.

    Args:
        drawn: Eight characters of the alphabet.
    """
    values = [_SIGNS[sign] for sign in drawn]
    plain, weighed = sum(values), sum(place * value for place, value in enumerate(values, start=1))
    # Both sums over all ten places have to vanish: s + a + b = 0 and t + 9a + 10b = 0, modulo 31.
    first = (weighed - LENGTH * plain) % len(ALPHABET)
    second = (-plain - first) % len(ALPHABET)
    return drawn + ALPHABET[first] + ALPHABET[second]


def is_code(code: str) -> bool:
    """Say whether a text in its short form is a code without a slip."""
    if len(code) != LENGTH or any(sign not in _SIGNS for sign in code):
        return False
    values = [_SIGNS[sign] for sign in code]
    sums = sum(values), sum(place * value for place, value in enumerate(values, start=1))
    return all(total % len(ALPHABET) == 0 for total in sums)


def read_code(text: str) -> str:
    """Read what was typed or what a picture code holds.

    Args:
        text: With or without prefix, hyphen and blanks, in any width and case.

    Returns:
        The code in its short form; empty when it is none or holds a slip.
    """
    short = unicodedata.normalize("NFKC", text).upper().strip().removeprefix(PREFIX)
    short = "".join(sign for sign in short if not sign.isspace() and sign not in "-‐‑–—")
    return short if is_code(short) else ""


def shown(code: str) -> str:
    """Write a code as it is printed, in two groups of five."""
    return f"{code[: LENGTH // 2]}-{code[LENGTH // 2 :]}"


def in_picture(code: str) -> str:
    """Give the text of the picture code; capitals and digits only, which makes it the smallest picture there is."""
    return f"{PREFIX}{code}"
