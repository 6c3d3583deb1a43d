"""The sheet for the board: A4, as PDF, DOCX or print view, with a picture code that leads to the unlisted page."""

import io

from django.conf import settings
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils import translation
from django.utils.formats import date_format
from django.utils.safestring import mark_safe
from django.utils.timezone import localdate
from django.utils.translation import gettext as _
from django.utils.translation import pgettext
from docx.enum.text import WD_ALIGN_PARAGRAPH as ALIGN
from docx.shared import Mm

from workflows.notices.models import NoticePerson, PublicNotice
from workflows.notices.words import LANGUAGE, notice_paragraphs
from workflows.shared.documents import qr_svg, render_pdf
from workflows.shared.documents.docx_parts import SIZE_2, SIZE_5, TITLE, add_line, new_document, saved
from workflows.shared.documents.qr import qr_png

TEMPLATE = "workflows/notices/sheet.html"


def address_of(notice: PublicNotice) -> str:
    """Give the full address of the unlisted page."""
    return settings.SITE_ADDRESS.rstrip("/") + reverse("workflows:open_notice", args=[notice.token])


def sheet_as(form: str, notice: PublicNotice, people: list[NoticePerson]) -> bytes:
    """Give the sheet in one of its forms: ``pdf``, ``docx`` or ``print``.

    Raises:
        workflows.shared.documents.PdfUnavailable: this machine cannot draw PDF.
    """
    if form == "docx":
        return _docx(notice, people)
    context = _context(notice, people)
    if form == "pdf":
        return render_pdf(TEMPLATE, context, dated=localdate(notice.published_at))
    with translation.override(LANGUAGE):
        return render_to_string(TEMPLATE, context | {"dated": notice.published_at, "on_screen": True}).encode()


def _context(notice: PublicNotice, people: list[NoticePerson]) -> dict[str, object]:
    body, foot = notice_paragraphs(notice, [person.facts for person in people])
    address = address_of(notice)
    # The picture code is drawn by our own library from an address; its markup is not anybody's text.
    picture = mark_safe(qr_svg(address))  # noqa: S308
    return {"notice": notice, "body": body, "foot": foot, "address": address, "picture": picture}


def _docx(notice: PublicNotice, people: list[NoticePerson]) -> bytes:
    context = _context(notice, people)
    with translation.override(LANGUAGE):
        issuer, day = notice.organization.name, localdate(notice.published_at)
        document = new_document(title=_("Public notice before appointment"), author=issuer, day=day)
        add_line(document, _("Public notice before appointment"), size=SIZE_2, font=TITLE, align=ALIGN.CENTER)
        for number, paragraph in enumerate([*context["body"], *context["foot"]]):
            add_line(document, paragraph, indent=True, before=0 if number else 20)
        add_line(document, issuer, align=ALIGN.RIGHT, before=36)
        dated = date_format(day, pgettext("format of a day with year", "j M Y"))
        add_line(document, dated, align=ALIGN.RIGHT)
        picture = add_line(document, "", before=12)
        picture.paragraph_format.line_spacing = 1.0
        picture.add_run().add_picture(io.BytesIO(qr_png(context["address"])), width=Mm(28))
        add_line(document, _("Scan to read this notice or to hand something in."), size=SIZE_5)
        add_line(document, context["address"], size=SIZE_5)
        return saved(document)
