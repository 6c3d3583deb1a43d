"""A form as DOCX: A4, its blocks one under the other, the code in the footer of every page."""

from docx.document import Document as Doc
from docx.enum.table import WD_TABLE_ALIGNMENT
from docx.enum.text import WD_ALIGN_PARAGRAPH as ALIGN
from docx.oxml import OxmlElement
from docx.oxml.ns import qn
from docx.shared import Mm, Pt
from docx.table import Table, _Cell, _Row

from workflows.shared.documents.docx_parts import SIZE_2, SIZE_5, TITLE, add_line, new_document, saved, write
from workflows.shared.documents.marks import Mark, add_mark
from workflows.shared.documents.sheets import Block, Grid, Pairs, Sheet, Signs, Space, Words

WIDTH = 170  # millimetres between the margins
TEXT = Pt(12)
PAIR = (27, 58, 27, 58)


def docx_of_sheet(sheet: Sheet, *, mark: Mark | None = None) -> bytes:
    """Give the form as DOCX.

    Args:
        sheet: The form, made with the document language active.
        mark: The footer of its code, where it has one.
    """
    document = new_document(title=sheet.title, author=sheet.issuer, day=sheet.dated)
    section = document.sections[0]
    section.left_margin = section.right_margin = section.top_margin = Mm(20)
    section.bottom_margin = Mm(22)
    add_line(document, sheet.title, size=SIZE_2, font=TITLE, align=ALIGN.CENTER)
    if sheet.addressee:
        add_line(document, sheet.addressee, size=TEXT, before=8)
    for block in sheet.blocks:
        _add(document, block)
    if mark:
        add_mark(document, mark)
    return saved(document)


def _add(document: Doc, block: Block) -> None:
    if isinstance(block, Words):
        line = add_line(document, "", indent=block.indent and not block.heading, before=4)
        line.paragraph_format.line_spacing = Pt(22)
        write(line, block.text, size=TEXT, bold=block.heading)
    elif isinstance(block, Pairs):
        _add_pairs(document, block)
    elif isinstance(block, Grid):
        _add_grid(document, block)
    elif isinstance(block, Space):
        _add_space(document, block)
    elif isinstance(block, Signs):
        for number, text in enumerate(block.lines):
            add_line(document, text, size=TEXT, align=ALIGN.RIGHT, before=14 if number == 0 else 4)


def _add_pairs(document: Doc, block: Pairs) -> None:
    table = _table(document, len(block.rows), PAIR)
    for row, pairs in zip(table.rows, block.rows, strict=True):
        row.height = Mm(9)
        for place, (label, value) in enumerate(pairs):
            _fill(row.cells[2 * place], label, middle=True)
            _fill(row.cells[2 * place + 1], value)
        if len(pairs) == 1:
            row.cells[1].merge(row.cells[3])


def _add_grid(document: Doc, block: Grid) -> None:
    table = _table(document, len(block.rows) + 1, tuple(WIDTH * share // 100 for share in block.columns))
    for cell, head in zip(table.rows[0].cells, block.heads, strict=True):
        _fill(cell, head, middle=True)
    _repeat(table.rows[0])
    for row, texts in zip(table.rows[1:], block.rows, strict=True):
        row.height = Mm(9)
        for place, (cell, text) in enumerate(zip(row.cells, texts, strict=True)):
            _fill(cell, text, middle=place > 0)


def _add_space(document: Doc, block: Space) -> None:
    table = _table(document, 1, (WIDTH,))
    table.rows[0].height = Mm(block.height)
    cell = table.rows[0].cells[0]
    _fill(cell, block.label)
    for line in filter(None, block.text.splitlines()):
        write(cell.add_paragraph(), line, size=SIZE_5)


def _table(document: Doc, rows: int, widths: tuple[int, ...]) -> Table:
    document.add_paragraph().paragraph_format.line_spacing = Pt(6)
    table = document.add_table(rows=rows, cols=len(widths), style="Table Grid")
    table.alignment, table.autofit = WD_TABLE_ALIGNMENT.CENTER, False
    for column, width in zip(table.columns, widths, strict=True):
        column.width = Mm(width)
        for cell in column.cells:
            cell.width = Mm(width)
    return table


def _fill(cell: _Cell, text: str, *, middle: bool = False) -> None:
    paragraph = cell.paragraphs[0]
    paragraph.alignment = ALIGN.CENTER if middle else ALIGN.LEFT
    paragraph.paragraph_format.space_after = Pt(0)
    write(paragraph, text, size=SIZE_5)


def _repeat(row: _Row) -> None:
    head = OxmlElement("w:tblHeader")
    head.set(qn("w:val"), "true")
    row._tr.get_or_add_trPr().append(head)
