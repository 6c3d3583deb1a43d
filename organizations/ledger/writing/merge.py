"""Brings a table into step with rows: a few statements for thousands of them."""

from collections.abc import Collection, Hashable, Mapping
from typing import Any, TypeVar

from django.db import models

AT_ONCE = 500
Key = TypeVar("Key", bound=Hashable)


def merge(
    model: type[models.Model],
    existing: Mapping[Key, Any],
    wanted: Mapping[Key, Mapping[str, object]],
    new: Mapping[Key, Mapping[str, object]] | None = None,
) -> tuple[dict[Key, Any], int]:
    """Make what is missing and change what differs; nothing is ever deleted.

    Args:
        model: The table.
        existing: Rows of the table by natural key.
        wanted: Fields by natural key, as they should be.
        new: Further fields of rows that are made, by natural key.

    Returns:
        All rows by natural key, and how many were made or changed.
    """
    made = {key: model(**facts, **(new[key] if new else {})) for key, facts in wanted.items() if key not in existing}
    model._default_manager.bulk_create(made.values(), batch_size=AT_ONCE)
    changed, fields = differing(existing, wanted)
    update(model, changed, fields)
    return {**existing, **made}, len(made) + len(changed)


def differing(existing: Mapping[Key, Any], wanted: Mapping[Key, Mapping[str, object]]) -> tuple[list[Any], set[str]]:
    """Set the fields that differ.

    Args:
        existing: Rows by natural key; they are changed in memory.
        wanted: Fields by natural key.

    Returns:
        The rows that differ and the names of the fields in which any of them does.
    """
    changed, fields = [], set()
    for key, facts in wanted.items():
        row = existing.get(key)
        differences = [name for name, value in facts.items() if getattr(row, name) != value] if row else []
        for name in differences:
            setattr(row, name, facts[name])
        if differences:
            changed.append(row)
            fields.update(differences)
    return changed, fields


def update(model: type[models.Model], rows: Collection[Any], fields: Collection[str]) -> None:
    """Write some fields of many rows."""
    if rows:
        model._default_manager.bulk_update(rows, sorted(fields), batch_size=AT_ONCE)
