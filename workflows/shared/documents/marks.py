"""The footer that leads a sheet back to its case: a small picture code, the code to type, what it is."""

import io
from dataclasses import dataclass

import segno
from docx.document import Document as Doc
from docx.shared import Mm, Pt

from workflows.shared.documents.docx_parts import write

SIZE = Mm(13)
SMALL = Pt(9)


@dataclass(frozen=True)
class Mark:
    """What the footer holds: the text of the picture code, the code as typed, and the name of the sheet."""

    text: str
    code: str
    name: str

    def png(self) -> bytes:
        """Draw the picture code."""
        out = io.BytesIO()
        segno.make(self.text, error="q", micro=False).save(out, kind="png", scale=10, border=2)
        return out.getvalue()


def add_mark(document: Doc, mark: Mark) -> None:
    """Put the footer on every page of a DOCX."""
    picture = mark.png()
    for section in document.sections:
        section.footer_distance = min(section.footer_distance, Mm(6))
        paragraph = section.footer.paragraphs[0]
        paragraph.paragraph_format.space_after = Pt(0)
        paragraph.add_run().add_picture(io.BytesIO(picture), width=SIZE)
        write(paragraph, f"  {mark.code}  {mark.name}", size=SMALL)
