"""What a browser sent, read without trust: the keys of rows, and the key of a click."""

import secrets
from collections.abc import Iterable

from django.http import HttpRequest

MOST_DIGITS = 18  # more than any key has; longer numbers fit no column
LONGEST_KEY = 32


def number_in(text: str) -> int | None:
    """Read a key or a number.

    Args:
        text: As sent.

    Returns:
        The number; None for anything else, also for a number longer than any key.
    """
    return int(text) if text.isdecimal() and len(text) <= MOST_DIGITS else None


def numbers_in(texts: Iterable[str]) -> list[int]:
    """Read keys; what is none is left out."""
    return [number for number in map(number_in, texts) if number is not None]


def click_key(request: HttpRequest) -> str:
    """Read the key a page gave to its form; a fresh one where it is missing."""
    return request.POST.get("key", "")[:LONGEST_KEY] or fresh_key()


def fresh_key() -> str:
    """Draw a key for a form, so that the same click twice does one thing."""
    return secrets.token_urlsafe(24)
