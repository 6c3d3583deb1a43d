"""Looks into the package of a workbook before anything opens it."""

import re
import zipfile
from typing import BinaryIO

from django.utils.translation import gettext_lazy as _

from audit.errors import Refusal

LARGEST_BYTES = 20 * 1024 * 1024
LARGEST_UNPACKED = 150 * 1024 * 1024
LARGEST_RATIO = 100
MOST_PARTS = 2000
_SMALL = 1024 * 1024
_STRANGE = re.compile(r"(^|/)\.\.(/|$)|^/|\\|^[A-Za-z]:")
_ACTIVE = ("vbaproject", "activex", "macrosheets", "embeddings/", "externallinks/", "dialogsheets")
_ENTITY = re.compile(rb"<!(DOCTYPE|ENTITY)", re.IGNORECASE)


class WorkbookRefused(Refusal):
    """The file is not a workbook that may be opened."""

    code = "workbook_refused"


class NoWorkbook(WorkbookRefused):
    message = _("This is not an Excel workbook in the .xlsx format. Open it in Excel or WPS and save it as .xlsx.")


class WorkbookTooLarge(WorkbookRefused):
    message = _("The workbook is too large: at most 20 MB, and 150 MB when unpacked. Split it by sheet.")


class WorkbookActive(WorkbookRefused):
    message = _("The workbook carries macros, embedded files or links to other files. Save it as a plain .xlsx.")


def demand_harmless(file: BinaryIO) -> None:
    """Refuse what is no plain .xlsx: another format, macros, a zip bomb, strange paths, XML entities.

    Args:
        file: The upload; it is left at its beginning.

    Raises:
        WorkbookRefused: with the sentence for the person who uploaded.
    """
    file.seek(0, 2)
    size = file.tell()
    file.seek(0)
    if size > LARGEST_BYTES:
        raise WorkbookTooLarge
    try:
        with zipfile.ZipFile(file) as package:
            _demand_plain(package)
    except (zipfile.BadZipFile, NotImplementedError, RuntimeError, OSError, EOFError, UnicodeDecodeError):
        raise NoWorkbook from None
    file.seek(0)


def _demand_plain(package: zipfile.ZipFile) -> None:
    parts = package.infolist()
    names = [part.filename for part in parts]
    if len(parts) > MOST_PARTS or sum(part.file_size for part in parts) > LARGEST_UNPACKED:
        raise WorkbookTooLarge
    if any(part.file_size > _SMALL and part.file_size > LARGEST_RATIO * part.compress_size for part in parts):
        raise WorkbookTooLarge
    if len(set(names)) != len(names) or any(_STRANGE.search(name) for name in names):
        raise NoWorkbook
    if "[Content_Types].xml" not in names or "xl/workbook.xml" not in names:
        raise NoWorkbook
    if any(word in name.lower() for name in names for word in _ACTIVE):
        raise WorkbookActive
    if b"macroEnabled" in package.read("[Content_Types].xml"):
        raise WorkbookActive
    _demand_no_entities(package, names)


def _demand_no_entities(package: zipfile.ZipFile, names: list[str]) -> None:
    for name in names:
        if name.endswith((".xml", ".rels")):
            with package.open(name) as part:
                if _ENTITY.search(part.read(4096)):
                    raise NoWorkbook
