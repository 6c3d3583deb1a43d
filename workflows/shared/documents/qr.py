"""Picture codes that a phone reads."""

import io

import segno


def qr_svg(text: str) -> str:
    """Give a picture code as inline SVG without style or script.

    Args:
        text: What the phone reads, usually an address.
    """
    return segno.make(text, error="m", micro=False).svg_inline(scale=3, border=2, omitsize=True, svgclass="qr")


def qr_png(text: str) -> bytes:
    """Give the same picture code as PNG, for DOCX."""
    out = io.BytesIO()
    segno.make(text, error="m", micro=False).save(out, kind="png", scale=6, border=2)
    return out.getvalue()
