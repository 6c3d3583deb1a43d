"""The process that looks at scans: small, limited, without Django, database or keys.

``python -m workflows.shared.scan_child split pdf`` reads a vetted file from standard input and writes one line of
JSON, ``{"pages": [[length, [texts of picture codes]], …]}``, then every page as a PDF of its own. ``… join`` reads one
line of JSON with lengths, then the pages, and writes one PDF. Whatever else happens the parent reads as a refusal.
"""

import io
import json
import sys
from collections.abc import Iterator

from workflows.shared.vetting_child import limit_ourselves

SHARPNESS_DPI = (200, 300)  # once more, and finer, where nothing was read
MOST_PAGES = 100


def split(kind: str, content: bytes) -> tuple[dict, bytes]:
    """Take a file apart and read the codes of each page."""
    import pikepdf
    import pypdfium2

    if kind != "pdf":
        content = _as_pdf(content)
    with pikepdf.open(io.BytesIO(content)) as whole:
        if len(whole.pages) > MOST_PAGES:
            return {"refused": "too_many_pages"}, b""
        pieces = [_alone(page) for page in whole.pages]
    drawn = pypdfium2.PdfDocument(content)
    codes = [_codes(drawn[place]) for place in range(len(pieces))]
    answer = {"pages": [[len(piece), read] for piece, read in zip(pieces, codes, strict=True)]}
    return answer, b"".join(pieces)


def join(content: bytes) -> tuple[dict, bytes]:
    """Put pages together."""
    import pikepdf

    head, _newline, rest = content.partition(b"\n")
    with pikepdf.new() as whole:
        for piece in _pieces(json.loads(head), rest):
            with pikepdf.open(io.BytesIO(piece)) as one:
                whole.pages.extend(one.pages)
        return {"pages": []}, _saved(whole)


def _pieces(lengths: list[int], rest: bytes) -> Iterator[bytes]:
    start = 0
    for length in lengths:
        yield rest[start : start + length]
        start += length


def _alone(page) -> bytes:
    import pikepdf

    with pikepdf.new() as single:
        single.pages.append(page)
        return _saved(single)


def _saved(pdf) -> bytes:
    out = io.BytesIO()
    pdf.save(out, deterministic_id=True)
    return out.getvalue()


def _as_pdf(picture: bytes) -> bytes:
    from PIL import Image

    out = io.BytesIO()
    with Image.open(io.BytesIO(picture)) as image:
        image.convert("RGB").save(out, "PDF", resolution=max(72.0, image.width / 8.27))  # as wide as A4
    return out.getvalue()


def _codes(page) -> list[str]:
    import zxingcpp

    for dots in SHARPNESS_DPI:
        picture = page.render(scale=dots / 72, grayscale=True).to_pil()
        read = zxingcpp.read_barcodes(picture, formats=zxingcpp.BarcodeFormat.QRCode)
        if read:
            return [one.text[:200] for one in read]
    return []


def main(task: str, kind: str = "") -> None:
    """Do one task and answer in one line and the bytes."""
    limit_ourselves(cpu_seconds=90)
    content = sys.stdin.buffer.read()
    try:
        answer, made = join(content) if task == "join" else split(kind, content)
    except (MemoryError, RecursionError):
        answer, made = {"refused": "too_heavy"}, b""
    sys.stdout.buffer.write(json.dumps(answer).encode() + b"\n" + made)


if __name__ == "__main__":
    main(*sys.argv[1:])
