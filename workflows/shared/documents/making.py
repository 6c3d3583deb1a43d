"""One paper, three ways out: PDF, DOCX and a page for the browser's own print command."""

import base64
from collections.abc import Iterable

from django.template.loader import render_to_string
from django.utils import translation
from django.utils.safestring import mark_safe

from workflows.shared.documents import sheets_of_people, sheets_of_votes
from workflows.shared.documents.docx_form import docx_of_form
from workflows.shared.documents.docx_letter import docx_of_letter
from workflows.shared.documents.docx_sheet import docx_of_sheet
from workflows.shared.documents.form import RegistrationForm, first_page, second_page
from workflows.shared.documents.letters import letter_of
from workflows.shared.documents.marks import Mark
from workflows.shared.documents.papers import LetterPaper
from workflows.shared.documents.pdf import LANGUAGE, Filled, render_pdf, render_pdfs
from workflows.shared.documents.qr import qr_svg
from workflows.shared.documents.sheets import BUILDERS, Sheet, SheetFacts
from workflows.shared.enums import PaperKind

Paper = LetterPaper | RegistrationForm | Sheet
WITH_BUILDERS = (sheets_of_people, sheets_of_votes)  # reading them registers what they build


def sheet_of(kind: PaperKind, facts: SheetFacts) -> Sheet:
    """Build the form of a kind, in the language of documents.

    Args:
        kind: One of ``BUILDERS``.
        facts: What is printed on it.

    Raises:
        KeyError: nothing builds this kind.
    """
    with translation.override(LANGUAGE):
        return BUILDERS[kind](facts)


def pdf_of(paper: Paper, *, mark: Mark | None = None) -> bytes:
    """Give the document as PDF; equal papers give equal bytes.

    Args:
        paper: What it says.
        mark: The footer that leads it back to its case; None where nothing comes back.

    Raises:
        PdfUnavailable: this machine cannot draw PDF; give ``print_view_of`` instead.
    """
    template, context = _prepared(paper, mark)
    return render_pdf(template, context, dated=paper.dated)


def pdf_of_many(papers: Iterable[tuple[Paper, Mark | None]]) -> bytes:
    """Give several documents as one PDF, each beginning on a page of its own with its own footer.

    Args:
        papers: At least one, with their footers, in their order.

    Raises:
        PdfUnavailable: this machine cannot draw PDF; give them one by one instead.
    """
    return render_pdfs([Filled(*_prepared(paper, mark), paper.dated) for paper, mark in papers])


def print_view_of(paper: Paper, *, mark: Mark | None = None) -> str:
    """Give the document as an HTML page of its own that prints well and needs no script."""
    template, context = _prepared(paper, mark)
    with translation.override(LANGUAGE):
        return render_to_string(template, {**context, "dated": paper.dated, "on_screen": True})


def docx_of(paper: Paper, *, mark: Mark | None = None) -> bytes:
    """Give the document as DOCX, to be edited or sealed by hand; equal papers give equal bytes."""
    with translation.override(LANGUAGE):
        if isinstance(paper, RegistrationForm):
            return docx_of_form(paper, first_page(paper), second_page(paper), mark=mark)
        if isinstance(paper, Sheet):
            return docx_of_sheet(paper, mark=mark)
        return docx_of_letter(letter_of(paper), mark=mark)


def _prepared(paper: Paper, mark: Mark | None) -> tuple[str, dict]:
    template, context = _filled(paper)
    if mark is None:
        return template, context
    return template, {**context, "mark": mark, "mark_picture": base64.b64encode(mark.png()).decode()}


def _filled(paper: Paper) -> tuple[str, dict]:
    with translation.override(LANGUAGE):
        if isinstance(paper, Sheet):
            return "workflows/documents/sheet.html", {"sheet": paper}
        if isinstance(paper, RegistrationForm):
            photo = base64.b64encode(paper.photo).decode()
            pages = [first_page(paper), second_page(paper)]
            return "workflows/documents/form.html", {"form": paper, "pages": pages, "photo": photo}
        letter = letter_of(paper)
        # The picture code is drawn by our own library from an address; its markup is not anybody's text.
        picture = mark_safe(qr_svg(letter.check.address)) if letter.check else ""  # noqa: S308
        return "workflows/documents/letter.html", {"letter": letter, "picture": picture}
