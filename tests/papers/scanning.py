"""Sheets as a scanner sees them: printed, a little turned, with dust and grey."""

import io
import random

import pypdfium2
import segno
from django.core.files.uploadedfile import SimpleUploadedFile
from PIL import Image, ImageDraw

from workflows.shared.paper_codes import in_picture

A4_AT_150 = (1240, 1754)


def page_with(code: str, *, turned: float = 0.0, dust: int = 0, seed: int = 1) -> Image.Image:
    """Draw a page with the picture code of a sheet at the foot; an empty code draws none."""
    page = Image.new("L", A4_AT_150, 250)
    drawing = ImageDraw.Draw(page)
    for line in range(18):
        drawing.line((150, 200 + 70 * line, 1090, 200 + 70 * line), fill=90, width=3)
    if code:
        out = io.BytesIO()
        segno.make(in_picture(code), error="q", micro=False).save(out, kind="png", scale=3, border=2)
        page.paste(Image.open(out).convert("L"), (118, 1640))
    page = page.rotate(turned, resample=Image.Resampling.BILINEAR, fillcolor=250, expand=abs(turned) > 45)
    return _dusty(page, dust, seed)


def drawn_from(pdf: bytes, *, turned: float = 0.0, dust: int = 0) -> list[Image.Image]:
    """Print a PDF and scan it again."""
    pages = pypdfium2.PdfDocument(pdf)
    pictures = [pages[place].render(scale=150 / 72, grayscale=True).to_pil() for place in range(len(pages))]
    return [_dusty(one.rotate(turned, fillcolor=250, expand=abs(turned) > 45), dust, 3) for one in pictures]


def scanned(*pages: Image.Image, name: str = "scan.pdf") -> SimpleUploadedFile:
    """Give pages as one PDF, as the scanner sends it."""
    out = io.BytesIO()
    pages[0].save(out, "PDF", resolution=150, save_all=True, append_images=list(pages[1:]))
    return SimpleUploadedFile(name, out.getvalue(), content_type="application/pdf")


def photographed(page: Image.Image, name: str = "sheet.jpg") -> SimpleUploadedFile:
    """Give a page as one picture."""
    out = io.BytesIO()
    page.save(out, "JPEG", quality=60)
    return SimpleUploadedFile(name, out.getvalue(), content_type="image/jpeg")


def _dusty(page: Image.Image, dust: int, seed: int) -> Image.Image:
    drawn = random.Random(seed)
    drawing = ImageDraw.Draw(page)
    for _ in range(dust):
        x, y = drawn.randrange(page.width), drawn.randrange(page.height)
        drawing.ellipse((x, y, x + 2, y + 2), fill=drawn.choice([60, 120, 200]))
    return page
