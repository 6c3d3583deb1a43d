"""Putting sentences behind each other."""

from collections.abc import Iterable


def in_a_row(sentences: Iterable[str]) -> str:
    """Join whole sentences; Chinese ones need no space between them, empty ones are left out."""
    return "".join(one if one.endswith("。") else f"{one} " for one in sentences if one).strip()
