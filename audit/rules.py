"""What may not stand in the log in clear."""

import re
import unicodedata
from datetime import date

IDENTITY_NUMBER = re.compile(r"(?<![0-9A-Za-z])\d{17}[\dXx](?![0-9A-Za-z])")
MOBILE_NUMBER = re.compile(r"(?<![0-9A-Za-z])(?:\+?86[ -]?)?1[3-9]\d[ -]?\d{4}[ -]?\d{4}(?![0-9A-Za-z])")
WEIGHTS = (7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2)
CHECK_CHARACTERS = "10X98765432"


def tells_a_personal_number(text: str) -> bool:
    """Say whether a text holds an identity number with a right check digit, or a mobile number.

    Args:
        text: Any text; full-width digits count as digits.

    Source: GB 11643-1999 (identity number); Personal Information Protection Law, art. 28 and 51.
    """
    plain = unicodedata.normalize("NFKC", text)
    if MOBILE_NUMBER.search(plain):
        return True
    return any(_is_identity_number(found.group().upper()) for found in IDENTITY_NUMBER.finditer(plain))


def _is_identity_number(number: str) -> bool:
    try:
        date(int(number[6:10]), int(number[10:12]), int(number[12:14]))
    except ValueError:
        return False
    total = sum(weight * int(digit) for weight, digit in zip(WEIGHTS, number, strict=False))
    return CHECK_CHARACTERS[total % 11] == number[17]
