"""Numbers that name people and organizations: identity number, credit code, telephone."""

import re
from dataclasses import dataclass
from datetime import date

from organizations.rules.text import compact

_WEIGHTS = (7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2)
_CHECKS = "10X98765432"
_PROVINCES = frozenset(
    [
        "11",
        "12",
        "13",
        "14",
        "15",
        "21",
        "22",
        "23",
        "31",
        "32",
        "33",
        "34",
        "35",
        "36",
        "37",
        "41",
        "42",
        "43",
        "44",
        "45",
        "46",
        "50",
        "51",
        "52",
        "53",
        "54",
        "61",
        "62",
        "63",
        "64",
        "65",
        "71",
        "81",
        "82",
        "83",
    ]
)
_CREDIT_ALPHABET = "0123456789ABCDEFGHJKLMNPQRTUWXY"
_CREDIT_WEIGHTS = (1, 3, 9, 27, 19, 26, 16, 17, 20, 29, 25, 13, 8, 24, 10, 30, 28)
_BODY_ALPHABET = "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ"
_BODY_WEIGHTS = (3, 7, 9, 10, 5, 8, 4, 2)
_MOBILE = re.compile(r"1[3-9]\d{9}")
_LANDLINE = re.compile(r"0\d{2,3}-?\d{7,8}(-\d{1,6})?")


@dataclass(frozen=True, slots=True)
class Identity:
    """What an identity number says of somebody.

    Attributes:
        number: 18 signs.
        born_on: Birthday.
        sex: ``male`` or ``female``.
    """

    number: str
    born_on: date
    sex: str


class IdentityFault(ValueError):
    """An identity number that cannot be one.

    Attributes:
        kind: ``id_15_digits``, ``id_shape``, ``id_checksum``, ``id_date`` or ``id_province``.
    """

    def __init__(self, kind: str) -> None:
        super().__init__(kind)
        self.kind = kind


def read_identity(text: str, *, on: date) -> Identity:
    """Read a resident identity number.

    The county code is not compared with a list: counties are younger than many people, and a list that says so
    refuses correct numbers. Only the province is.

    Args:
        text: The number as typed; blanks and full-width digits are forgiven.
        on: Today; a birthday must lie before it.

    Returns:
        The number with birthday and sex.

    Raises:
        IdentityFault: the number cannot be right, with the kind of fault.

    Source: GB 11643-1999.
    """
    number = compact(text).upper()
    if re.fullmatch(r"\d{15}", number):
        raise IdentityFault("id_15_digits")
    if not re.fullmatch(r"\d{17}[\dX]", number):
        raise IdentityFault("id_shape")
    if identity_check(number[:17]) != number[17]:
        raise IdentityFault("id_checksum")
    if number[:2] not in _PROVINCES:
        raise IdentityFault("id_province")
    return Identity(number, _birthday(number, on), "male" if int(number[16]) % 2 else "female")


def identity_check(first: str) -> str:
    """Compute the check sign of an identity number.

    Args:
        first: The first 17 digits.

    Returns:
        A digit or ``X``.

    Source: GB 11643-1999, ISO 7064 MOD 11-2.
    """
    return _CHECKS[sum(weight * int(digit) for weight, digit in zip(_WEIGHTS, first, strict=True)) % 11]


def masked(number: str) -> str:
    """Leave the first and the last sign of a number: ``4****************6``."""
    return number[0] + "*" * (len(number) - 2) + number[-1] if len(number) > 2 else "*" * len(number)


def credit_code_fault(code: str) -> str:
    """Say what is wrong with a unified social credit code of a social organization.

    Args:
        code: 18 signs, half-width capitals.

    Returns:
        ``uscc_shape``, ``uscc_prefix`` or ``uscc_checksum``; empty when nothing is wrong.

    Source: GB 32100-2015; its signs 9 to 17 are a code by GB 11714-1997 with a check sign of its own.
    """
    if not re.fullmatch(f"[{_CREDIT_ALPHABET}]{{18}}", code):
        return "uscc_shape"
    if credit_check(code[:17]) != code[17] or body_check(code[8:16]) != code[16]:
        return "uscc_checksum"
    return "" if re.match("5[1239]", code) else "uscc_prefix"


def credit_check(first: str) -> str:
    """Compute the last sign of a credit code from its first 17. Source: GB 32100-2015."""
    total = sum(weight * _CREDIT_ALPHABET.index(sign) for weight, sign in zip(_CREDIT_WEIGHTS, first, strict=True))
    return _CREDIT_ALPHABET[(31 - total % 31) % 31]


def body_check(first: str) -> str:
    """Compute the last sign of an organization code from its first 8. Source: GB 11714-1997."""
    total = sum(weight * _BODY_ALPHABET.index(sign) for weight, sign in zip(_BODY_WEIGHTS, first, strict=True))
    return {10: "X", 11: "0"}.get(11 - total % 11, str(11 - total % 11))


def read_phone(text: str) -> str | None:
    """Read a Chinese telephone number, mobile or landline.

    Args:
        text: The number as typed; blanks, full-width digits, ``+86`` and dashes in mobile numbers are forgiven.

    Returns:
        The number, or None when it cannot be one.
    """
    number = re.sub(r"^(\+86|0086)-?", "", compact(text)).replace("(", "").replace(")", "-")
    if _LANDLINE.fullmatch(number):
        return number
    mobile = number.replace("-", "")
    return mobile if _MOBILE.fullmatch(mobile) else None


def _birthday(number: str, on: date) -> date:
    try:
        born = date(int(number[6:10]), int(number[10:12]), int(number[12:14]))
    except ValueError:
        raise IdentityFault("id_date") from None
    if not date(1900, 1, 1) <= born < on:
        raise IdentityFault("id_date")
    return born
