"""Files that are no harmless workbook are refused before anything is read."""

import zipfile
from io import BytesIO

import pytest

from organizations.ledger.packing import NoWorkbook, WorkbookActive, WorkbookRefused, WorkbookTooLarge
from organizations.models import PartyOrganization
from tests.organizations.importing import run

pytestmark = pytest.mark.django_db


def _zip(parts: dict[str, bytes]) -> BytesIO:
    content = BytesIO()
    with zipfile.ZipFile(content, "w", zipfile.ZIP_DEFLATED) as package:
        for name, part in parts.items():
            package.writestr(name, part)
    return content


TYPES = b"<Types/>"
HOSTILE = {
    "text": (BytesIO("姓名,身份证号".encode()), NoWorkbook),
    "empty": (BytesIO(b""), NoWorkbook),
    "old format": (BytesIO(bytes.fromhex("d0cf11e0a1b11ae1") + b"\0" * 600), NoWorkbook),
    "a plain zip": (_zip({"a.txt": b"x"}), NoWorkbook),
    "a document": (_zip({"[Content_Types].xml": TYPES, "word/document.xml": b"<w/>"}), NoWorkbook),
    "half a workbook": (_zip({"[Content_Types].xml": TYPES, "xl/workbook.xml": b"<workbook"}), NoWorkbook),
    "a path upwards": (_zip({"[Content_Types].xml": TYPES, "xl/workbook.xml": b"<w/>", "../x": b"1"}), NoWorkbook),
    "entities": (
        _zip({"[Content_Types].xml": TYPES, "xl/workbook.xml": b'<!DOCTYPE x [<!ENTITY a "b">]><w/>'}),
        NoWorkbook,
    ),
    "macros": (
        _zip({"[Content_Types].xml": TYPES, "xl/workbook.xml": b"<w/>", "xl/vbaProject.bin": b"1"}),
        WorkbookActive,
    ),
    "a link outside": (
        _zip({"[Content_Types].xml": TYPES, "xl/workbook.xml": b"<w/>", "xl/externalLinks/externalLink1.xml": b"<l/>"}),
        WorkbookActive,
    ),
    "a bomb": (_zip({"[Content_Types].xml": TYPES, "xl/workbook.xml": b"0" * 30_000_000}), WorkbookTooLarge),
    "many parts": (_zip({f"xl/{number}": b"" for number in range(2100)}), WorkbookTooLarge),
    "too large": (BytesIO(b"PK" + b"\0" * (20 * 1024 * 1024)), WorkbookTooLarge),
}


@pytest.mark.parametrize("name", HOSTILE)
def test_a_file_that_is_no_harmless_workbook_is_refused(name):
    file, kind = HOSTILE[name]
    file.seek(0)
    with pytest.raises(WorkbookRefused) as refused:
        run(file)
    assert refused.type is kind
    assert PartyOrganization.objects.count() == 0
