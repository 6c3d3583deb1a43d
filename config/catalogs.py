"""The catalogs of the rooms: where they lie, how they are read, written and compiled."""

from collections.abc import Iterator
from pathlib import Path

from babel.messages.catalog import Catalog
from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po

LANGUAGE = "zh_Hans"
ROOMS = ("config", "workflows", "approvals", "organizations", "notifications", "audit")


def catalog_path(locale_dir: Path, room: str) -> Path:
    """Say where the Chinese catalog of a room lies.

    Args:
        locale_dir: The project's locale folder.
        room: A name of ROOMS, or ``libraries``.

    Returns:
        The path of the .po file, which may not exist yet.
    """
    return locale_dir / room / LANGUAGE / "LC_MESSAGES" / "django.po"


def read_catalog(path: Path) -> Catalog:
    """Read a .po file; a missing one is an empty catalog.

    Args:
        path: Where it lies.

    Returns:
        The catalog, with its fuzzy and obsolete entries.
    """
    if not path.exists():
        return Catalog(locale=LANGUAGE)
    with path.open("rb") as file:
        return read_po(file, locale=LANGUAGE, charset="utf-8")


def stale_catalogs(locale_dir: Path) -> Iterator[Path]:
    """Find the catalogs whose compiled twin is missing or older.

    Args:
        locale_dir: The project's locale folder.

    Yields:
        Paths of .po files, in the order of their names.
    """
    for source in sorted(locale_dir.glob("*/*/LC_MESSAGES/django.po")):
        compiled = source.with_suffix(".mo")
        if not compiled.exists() or compiled.stat().st_mtime < source.stat().st_mtime:
            yield source


def compile_catalog(source: Path) -> int:
    """Compile one .po file; fuzzy entries stay out.

    Args:
        source: The .po file; the .mo file is written beside it.

    Returns:
        The number of translated entries.
    """
    catalog = read_catalog(source)
    with source.with_suffix(".mo").open("wb") as file:
        write_mo(file, catalog)
    return sum(1 for message in catalog if message.id and message.string and not message.fuzzy)
