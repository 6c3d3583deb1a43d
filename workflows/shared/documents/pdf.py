"""Makes PDF files from print templates, the same bytes from the same data."""

import hashlib
from datetime import date
from functools import cache
from pathlib import Path

from django.conf import settings
from django.template.loader import render_to_string
from django.utils import translation

LANGUAGE = "zh-hans"  # documents are issued in Chinese, whatever language their maker reads
FONT = Path(settings.BASE_DIR) / "static" / "fonts" / "KaopingSans-Regular.otf"
STYLE = Path(settings.BASE_DIR) / "static" / "css" / "documents.css"


class PdfUnavailable(Exception):
    """Tells that the libraries that draw PDF are missing; the caller gives the print view and says so."""


def render_pdf(template_name: str, context: dict, *, dated: date) -> bytes:
    """Draw a print template.

    Args:
        template_name: A template that extends ``workflows/documents/paper.html``.
        context: Its values.
        dated: Day of the document; the only date that goes into the file.

    Returns:
        The bytes of a PDF/A-3u file; equal data give equal bytes.

    Raises:
        PdfUnavailable: Pango or another library is missing on this machine.
    """
    weasyprint = _library()
    with translation.override(LANGUAGE):
        html = render_to_string(template_name, {**context, "dated": dated})
    fonts = weasyprint.text.fonts.FontConfiguration()
    fetcher = _fetcher()
    style = weasyprint.CSS(string=_style(), font_config=fonts, url_fetcher=fetcher)
    return weasyprint.HTML(string=html, url_fetcher=fetcher).write_pdf(
        stylesheets=[style],
        font_config=fonts,
        pdf_variant="pdf/a-3u",
        pdf_identifier=hashlib.sha256(html.encode()).digest()[:16],
    )


def _library():
    try:
        import weasyprint
        import weasyprint.text.fonts
    except OSError as error:
        raise PdfUnavailable from error
    return weasyprint


def _style() -> str:
    face = f'@font-face {{ font-family: "Kaoping Sans"; src: url("{FONT.as_uri()}") }}'
    return f"{face}\n{STYLE.read_text(encoding='utf-8')}"


@cache
def _fetcher():
    """Give the one door to outside: our font and pictures written in place, no file and no network else."""
    from weasyprint.urls import URLFetcher

    class OurFontOnly(URLFetcher):
        def fetch(self, url: str, headers: dict | None = None):
            if url != FONT.as_uri() and not url.startswith("data:"):
                raise ValueError(f"not fetched: {url}")
            return super().fetch(url, headers)

    return OurFontOnly()
