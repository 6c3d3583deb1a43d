"""The bricks of our DOCX files."""

import io
import zipfile
from datetime import UTC, date, datetime, time

from docx import Document
from docx.document import Document as Doc
from docx.enum.text import WD_ALIGN_PARAGRAPH
from docx.oxml.ns import qn
from docx.shared import Mm, Pt, RGBColor
from docx.text.paragraph import Paragraph

BODY = "仿宋"
TITLE = "方正小标宋简体"
RED = RGBColor(0xC0, 0x00, 0x00)
SIZE_2, SIZE_3, SIZE_4, SIZE_5 = Pt(22), Pt(16), Pt(14), Pt(10.5)
FIRST_DAY = (1980, 1, 1, 0, 0, 0)


def new_document(*, title: str, author: str, day: date) -> Doc:
    """Begin an A4 document with the margins of official documents and a fixed date."""
    document = Document()
    section = document.sections[0]
    section.page_width, section.page_height = Mm(210), Mm(297)
    section.top_margin, section.bottom_margin = Mm(37), Mm(35)
    section.left_margin, section.right_margin = Mm(28), Mm(26)
    normal = document.styles["Normal"]
    normal.font.name, normal.font.size = BODY, SIZE_3
    normal.element.rPr.rFonts.set(qn("w:eastAsia"), BODY)
    facts = document.core_properties
    facts.title, facts.author, facts.last_modified_by, facts.comments = title, author, author, ""
    facts.created = facts.modified = datetime.combine(day, time(), UTC)
    return document


def add_line(
    document: Doc,
    text: str,
    *,
    size: Pt = SIZE_3,
    font: str = BODY,
    align: WD_ALIGN_PARAGRAPH = WD_ALIGN_PARAGRAPH.LEFT,
    indent: bool = False,
    red: bool = False,
    before: int = 0,
) -> Paragraph:
    """Add one paragraph; ``indent`` leaves two characters free, ``before`` is in points."""
    paragraph = document.add_paragraph()
    paragraph.alignment = align
    form = paragraph.paragraph_format
    form.space_before, form.space_after, form.line_spacing = Pt(before), Pt(0), Pt(max(28, size.pt * 1.3))
    if indent:
        form.first_line_indent = size * 2
    write(paragraph, text, size=size, font=font, red=red)
    return paragraph


def write(
    paragraph: Paragraph, text: str, *, size: Pt, font: str = BODY, red: bool = False, bold: bool = False
) -> None:
    """Write a run in a Chinese font."""
    run = paragraph.add_run(text)
    run.font.size, run.font.name, run.bold = size, font, bold
    run._element.get_or_add_rPr().get_or_add_rFonts().set(qn("w:eastAsia"), font)
    if red:
        run.font.color.rgb = RED


def saved(document: Doc) -> bytes:
    """Give the bytes, packed with a fixed date so that equal documents are equal files."""
    out, packed = io.BytesIO(), io.BytesIO()
    document.save(out)
    with zipfile.ZipFile(out) as source, zipfile.ZipFile(packed, "w") as target:
        for member in source.infolist():
            info = zipfile.ZipInfo(member.filename, FIRST_DAY)
            target.writestr(info, source.read(member), zipfile.ZIP_DEFLATED)
    return packed.getvalue()
