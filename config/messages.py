"""Find the strings of a room in its code and templates, and compare them with its catalog."""

import re
from collections.abc import Iterator
from io import BytesIO
from pathlib import Path

from babel.messages.catalog import Catalog, Message
from babel.messages.extract import extract
from babel.messages.pofile import write_po
from django.utils.translation.template import templatize

from config.catalogs import LANGUAGE, ROOMS, catalog_path, read_catalog

KEYWORDS = {
    "_": None,
    "gettext": None,
    "gettext_lazy": None,
    "gettext_noop": None,
    "ngettext": (1, 2),
    "ngettext_lazy": (1, 2),
    "pgettext": ((1, "c"), 2),
    "pgettext_lazy": ((1, "c"), 2),
    "npgettext": ((1, "c"), 2, 3),
    "npgettext_lazy": ((1, "c"), 2, 3),
}
PLACEHOLDER = re.compile(r"%\((\w+)\)[sd]|\{(\w*)\}|(%[sd])")
HEADER = """msgid ""
msgstr ""
"Language: zh_Hans\\n"
"MIME-Version: 1.0\\n"
"Content-Type: text/plain; charset=UTF-8\\n"
"Content-Transfer-Encoding: 8bit\\n"
"Plural-Forms: nplurals=1; plural=0;\\n"

"""


def code_files(base: Path, room: str) -> Iterator[Path]:
    """Walk the Python files of a room; migrations repeat what the models say."""
    for path in sorted((base / room).rglob("*.py")):
        if "migrations" not in path.parts:
            yield path


def template_files(base: Path, room: str) -> Iterator[Path]:
    """Walk the templates of a room; what lies in no other room's folder belongs to config."""
    templates = base / "templates"
    for path in sorted(path for path in templates.rglob("*") if path.suffix in {".html", ".txt", ".svg"}):
        top = path.relative_to(templates).parts[0]
        if (top if top in ROOMS else "config") == room:
            yield path


def as_python(template: str) -> bytes:
    """Turn a template into the Python-like text that templatize writes, one statement a line."""
    return "\n".join(line.strip() for line in templatize(template).splitlines()).encode()


def extract_room(base: Path, room: str) -> Catalog:
    """Collect the strings a room shows to people.

    Args:
        base: Root of the project.
        room: A name of ROOMS.

    Returns:
        A catalog with empty translations.
    """
    found = Catalog(locale=LANGUAGE, fuzzy=False)
    sources = [path.read_bytes() for path in code_files(base, room)]
    sources += [as_python(path.read_text(encoding="utf-8")) for path in template_files(base, room)]
    for source in sources:
        for _line, message, _comments, context in extract("python", BytesIO(source), keywords=KEYWORDS):
            if message:
                found.add(message, context=context)
    return found


def merge(found: Catalog, known: Catalog) -> Catalog:
    """Carry the translations over to the strings in use; what is used no more falls away.

    Args:
        found: What the code and the templates say today.
        known: The catalog as it was.

    Returns:
        ``found`` with translations.
    """
    for message in found:
        before = known.get(message.id, message.context) if message.id else None
        if before:
            message.string = before.string
    return found


def write_catalog(path: Path, catalog: Catalog) -> None:
    """Write a catalog so that the same strings always give the same bytes.

    Args:
        path: The .po file.
        catalog: What to write, sorted by source string.
    """
    body = BytesIO()
    write_po(body, catalog, omit_header=True, no_location=True, sort_output=True, ignore_obsolete=True, width=120)
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(HEADER + body.getvalue().decode().strip() + "\n", encoding="utf-8")


def faults(message: Message) -> Iterator[str]:
    """Say what is wrong with one translated entry.

    Args:
        message: An entry of a catalog.

    Yields:
        A word for each fault: missing, fuzzy, placeholder.
    """
    sources = message.id if isinstance(message.id, (list, tuple)) else (message.id,)
    strings = message.string if isinstance(message.string, (list, tuple)) else (message.string,)
    if not all(strings):
        yield "missing"
        return
    if message.fuzzy:
        yield "fuzzy"
    # Chinese has one form; it stands for the plural, so it holds what the plural holds.
    wanted = sorted(PLACEHOLDER.findall(sources[-1]))
    if any(sorted(PLACEHOLDER.findall(text)) != wanted for text in strings):
        yield "placeholder"


def compare(base: Path, room: str) -> Iterator[tuple[str, str]]:
    """Compare a room's catalog with what the room says.

    Args:
        base: Root of the project.
        room: A name of ROOMS.

    Yields:
        The fault (missing, fuzzy, placeholder or unused) and the source string.
    """
    known, found = read_catalog(catalog_path(base / "locale", room)), extract_room(base, room)
    for message in filter(lambda message: message.id, found):
        entry = known.get(message.id, message.context) or message
        yield from ((fault, source_text(message)) for fault in faults(entry))
    for message in filter(lambda message: message.id, known):
        if found.get(message.id, message.context) is None:
            yield "unused", source_text(message)


def contradictions(base: Path) -> Iterator[tuple[str, str]]:
    """Find strings that two rooms translate differently; at run time only one of the two would be heard.

    Args:
        base: Root of the project.

    Yields:
        The two rooms, and the source string.
    """
    first: dict[tuple[object, str | None], tuple[str, object]] = {}
    for room in ROOMS:
        for message in read_catalog(catalog_path(base / "locale", room)):
            if message.id and message.string:
                other, string = first.setdefault((message.id, message.context), (room, message.string))
                if string != message.string:
                    yield f"{other} and {room}", source_text(message)


def source_text(message: Message) -> str:
    """Give the source string of an entry, the singular where there are two."""
    return message.id if isinstance(message.id, str) else message.id[0]
