"""The registration and approval form as DOCX: two A4 pages, one table each."""

import io

from django.utils.translation import gettext as _
from docx.document import Document as Doc
from docx.enum.table import WD_TABLE_ALIGNMENT
from docx.enum.text import WD_ALIGN_PARAGRAPH as ALIGN
from docx.enum.text import WD_BREAK
from docx.shared import Mm, Pt
from docx.table import Table, _Cell

from workflows.shared.documents.docx_parts import SIZE_2, SIZE_5, TITLE, add_line, new_document, saved, write
from workflows.shared.documents.form import COLUMNS, Cell, RegistrationForm, Row
from workflows.shared.documents.marks import Mark, add_mark

WIDTHS = (24, 25, 24, 25, 24, 26, 32)  # millimetres, 180 in all
PHOTO = Mm(29)


def docx_of_form(form: RegistrationForm, first: list[Row], second: list[Row], *, mark: Mark | None = None) -> bytes:
    """Give the form as DOCX.

    Args:
        form: For name, date and photo.
        first, second: The rows of the two pages.
        mark: The footer of its code, where it has one.
    """
    document = new_document(title=_("Registration and approval form"), author=form.name, day=form.dated)
    section = document.sections[0]
    section.left_margin = section.right_margin = Mm(15)
    section.top_margin = section.bottom_margin = Mm(15)
    add_line(document, _("Registration and approval form"), size=SIZE_2, font=TITLE, align=ALIGN.CENTER)
    _add_table(document, first, form.photo)
    document.add_paragraph().add_run().add_break(WD_BREAK.PAGE)
    _add_table(document, second, form.photo)
    if mark:
        add_mark(document, mark)
    return saved(document)


def _add_table(document: Doc, rows: list[Row], photo: bytes) -> None:
    table = document.add_table(rows=len(rows), cols=COLUMNS, style="Table Grid")
    table.alignment, table.autofit = WD_TABLE_ALIGNMENT.CENTER, False
    for column, width in zip(table.columns, WIDTHS, strict=True):
        column.width = Mm(width)
    taken: set[tuple[int, int]] = set()
    for at, row in enumerate(rows):
        table.rows[at].height = Mm(row.height)
        place = 0
        for cell in row.cells:
            while (at, place) in taken:
                place += 1
            taken |= {(at + down, place + right) for down in range(cell.rows) for right in range(cell.span)}
            _fill(_joined(table, at, place, cell), cell, photo)
            place += cell.span


def _joined(table: Table, at: int, place: int, cell: Cell) -> _Cell:
    first = table.cell(at, place)
    if cell.span == 1 and cell.rows == 1:
        return first
    return first.merge(table.cell(at + cell.rows - 1, place + cell.span - 1))


def _fill(target: _Cell, cell: Cell, photo: bytes) -> None:
    paragraph = target.paragraphs[0]
    if cell.photo:
        if photo:
            paragraph.add_run().add_picture(io.BytesIO(photo), width=PHOTO)
        return
    for number, line in enumerate(cell.lines or (cell.text,)):
        paragraph = paragraph if number == 0 else target.add_paragraph()
        paragraph.alignment = ALIGN.CENTER if cell.label else ALIGN.LEFT
        paragraph.paragraph_format.space_after, paragraph.paragraph_format.line_spacing = Pt(0), 1.15
        write(paragraph, line, size=SIZE_5, bold=cell.label)
