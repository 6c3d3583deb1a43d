"""Where a picture or a PDF really ends, and what was hung on behind it."""

import io
import re
import zipfile

from workflows.shared.inspectors.findings import refuse_if

# Cameras hang a few notes behind a picture; other files hung there begin like this.
FOREIGN = re.compile(
    rb"PK\x03\x04|PK\x05\x06|%PDF-|Rar!\x1a|7z\xbc\xaf|\x7fELF|MZ.{58}|\xd0\xcf\x11\xe0|<\?php|<html|<script|<!doctype|<svg",
    re.IGNORECASE | re.DOTALL,
)
TOLERATED_BYTES = 65_536
STANDALONE = {0x01, *range(0xD0, 0xD8)}  # JPEG markers without a length


def refuse_foreign_tail(tail: bytes) -> None:
    """Refuse what hangs behind the end of a file, unless it is short and harmless; it is cut off in any case."""
    refuse_if(len(tail) > TOLERATED_BYTES or FOREIGN.search(tail) is not None, "polyglot")


def refuse_archive(content: bytes) -> None:
    """Refuse a file that can also be opened as a ZIP archive."""
    refuse_if(zipfile.is_zipfile(io.BytesIO(content)), "polyglot")


def jpeg_tail(content: bytes) -> bytes:
    """Give what follows the last picture of a JPEG file; phones put several behind each other (MPO)."""
    end = 0
    while content[end : end + 3] == b"\xff\xd8\xff":
        end = _jpeg_end(content, end + 2)
    return content[end:]


def _jpeg_end(content: bytes, at: int) -> int:
    while True:
        at = content.find(b"\xff", at)
        refuse_if(at < 0 or at + 1 >= len(content), "truncated")
        marker = content[at + 1]
        if marker == 0xD9:
            return at + 2
        if marker in (0x00, 0xFF) or marker in STANDALONE:
            at += 1 if marker == 0xFF else 2
        else:
            at += 2 + int.from_bytes(content[at + 2 : at + 4], "big")


def png_tail(content: bytes) -> bytes:
    """Give what follows the closing chunk of a PNG file."""
    at = 8
    while at + 12 <= len(content):
        length = int.from_bytes(content[at : at + 4], "big")
        name = content[at + 4 : at + 8]
        at += 12 + length
        if name == b"IEND":
            return content[at:]
    refuse_if(True, "truncated")
    return b""


def pdf_tail(content: bytes) -> bytes:
    """Give what follows the last end mark of a PDF file."""
    at = content.rfind(b"%%EOF")
    refuse_if(at < 0, "truncated")
    return content[at + 5 :]
