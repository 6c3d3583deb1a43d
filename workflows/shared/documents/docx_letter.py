"""A letter as DOCX, in the layout of official documents (GB/T 9704-2012)."""

import io

from django.utils.translation import gettext as _
from docx.document import Document as Doc
from docx.enum.text import WD_ALIGN_PARAGRAPH as ALIGN
from docx.oxml import OxmlElement
from docx.oxml.ns import qn
from docx.shared import Mm, Pt
from docx.text.paragraph import Paragraph

from workflows.shared.documents.docx_parts import (
    SIZE_2,
    SIZE_4,
    SIZE_5,
    TITLE,
    add_line,
    new_document,
    saved,
    write,
)
from workflows.shared.documents.letters import Letter, Slip, Table
from workflows.shared.documents.qr import qr_png

LETTERHEAD_SIZE = Pt(30)
LETTERHEAD_CHARACTERS = 16  # a longer name is set smaller, so that it stays on one line


def docx_of_letter(letter: Letter) -> bytes:
    """Give the letter as DOCX."""
    document = new_document(title=letter.title, author=letter.signed_by, day=letter.day)
    _add_head(document, letter)
    add_line(document, letter.title, size=SIZE_2, font=TITLE, align=ALIGN.CENTER, before=24)
    add_line(document, _("%(addressee)s:") % {"addressee": letter.addressee}, before=20)
    add_line(document, letter.paragraphs[0], indent=True)
    if letter.code:
        add_line(document, letter.code, size=LETTERHEAD_SIZE, align=ALIGN.CENTER, before=8)
    for number, item in enumerate(letter.items, start=1):
        add_line(document, f"{number}．{item}", indent=True)
    if letter.table:
        _add_table(document, letter.table)
    for paragraph in letter.paragraphs[1:]:
        add_line(document, paragraph, indent=True)
    add_line(document, letter.signed_by, align=ALIGN.RIGHT, before=42)
    add_line(document, letter.dated, align=ALIGN.RIGHT)
    _add_foot(document, letter)
    if letter.slip:
        _add_slip(document, letter, letter.slip)
    return saved(document)


def _add_slip(document: Doc, letter: Letter, slip: Slip) -> None:
    document.add_page_break()
    add_line(document, slip.title, size=SIZE_2, font=TITLE, align=ALIGN.CENTER, before=24)
    add_line(document, _("%(addressee)s:") % {"addressee": slip.addressee}, before=20)
    for paragraph in slip.paragraphs:
        add_line(document, paragraph, indent=True)
    _add_table(document, slip.table, height=Mm(14))
    for number, line in enumerate(slip.signed):
        add_line(document, line, align=ALIGN.RIGHT, before=42 if number == 0 else 0)
    _add_check(document, letter)


def _add_table(document: Doc, table: Table, *, height: Mm | None = None) -> None:
    drawn = document.add_table(rows=0, cols=len(table.headings), style="Table Grid")
    for place, cells in enumerate((table.headings, *table.rows)):
        row = drawn.add_row()
        if height and place:
            row.height = height
        for cell, text in zip(row.cells, cells, strict=True):
            write(cell.paragraphs[0], text, size=SIZE_5, bold=place == 0)


def _add_head(document: Doc, letter: Letter) -> None:
    scale = min(1.0, LETTERHEAD_CHARACTERS / max(len(letter.letterhead), 1))
    size = Pt(max(16, int(LETTERHEAD_SIZE.pt * scale)))
    add_line(document, letter.letterhead, size=size, font=TITLE, align=ALIGN.CENTER, red=letter.formal)
    number = add_line(document, letter.number, align=ALIGN.CENTER, before=12)
    _rule_below(number, "C00000" if letter.formal else "444444")


def _rule_below(paragraph: Paragraph, color: str) -> None:
    borders = OxmlElement("w:pBdr")
    line = OxmlElement("w:bottom")
    for name, value in (("val", "single"), ("sz", "12"), ("space", "4"), ("color", color)):
        line.set(qn(f"w:{name}"), value)
    borders.append(line)
    paragraph._p.get_or_add_pPr().append(borders)


def _add_foot(document: Doc, letter: Letter) -> None:
    if letter.contact:
        add_line(document, letter.contact, size=SIZE_4, before=20)
    if letter.copies:
        add_line(document, _("Copies to: %(names)s") % {"names": letter.copies}, size=SIZE_4, before=20)
    _add_check(document, letter)


def _add_check(document: Doc, letter: Letter) -> None:
    if letter.check is None:
        return
    picture = add_line(document, "", before=12)
    picture.paragraph_format.line_spacing = 1.0
    picture.add_run().add_picture(io.BytesIO(qr_png(letter.check.address)), width=Mm(24))
    if letter.check.code:
        add_line(document, _("Check code: %(code)s") % {"code": letter.check.code}, size=SIZE_5)
    add_line(document, letter.check.address, size=SIZE_5)
