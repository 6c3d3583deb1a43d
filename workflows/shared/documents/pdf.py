"""Makes PDF files from print templates, the same bytes from the same data."""

import hashlib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
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


@dataclass(frozen=True)
class Filled:
    """A print template with its values.

    Attributes:
        template: A template that extends ``workflows/documents/paper.html``.
        context: Its values.
        dated: Day of the document; the only date that goes into the file.
    """

    template: str
    context: Mapping[str, object]
    dated: date


def render_pdf(template_name: str, context: dict, *, dated: date) -> bytes:
    """Draw a print template.

    Args:
        template_name, context, dated: As in ``Filled``.

    Returns:
        The bytes of a PDF/A-3u file; equal data give equal bytes.

    Raises:
        PdfUnavailable: Pango or another library is missing on this machine.
    """
    return render_pdfs([Filled(template_name, context, dated)])


def render_pdfs(papers: Sequence[Filled]) -> bytes:
    """Draw several print templates as one file, each beginning on a page of its own with a footer of its own.

    Args:
        papers: At least one, in their order; the first gives the file its date.

    Raises:
        PdfUnavailable: as for one.
    """
    weasyprint = _library()
    fonts = weasyprint.text.fonts.FontConfiguration()
    fetcher, said = _fetcher(), hashlib.sha256()
    style = weasyprint.CSS(string=_style(), font_config=fonts, url_fetcher=fetcher)
    options = {**weasyprint.DEFAULT_OPTIONS, "stylesheets": [style], "pdf_variant": "pdf/a-3u"}
    drawn = []
    for paper in papers:
        with translation.override(LANGUAGE):
            html = render_to_string(paper.template, {**paper.context, "dated": paper.dated})
        said.update(html.encode())
        drawn.append(weasyprint.HTML(string=html, url_fetcher=fetcher).render(fonts, **options))
    whole = drawn[0].copy([page for each in drawn for page in each.pages])
    return whole.write_pdf(**{**options, "pdf_identifier": said.digest()[:16]})


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
