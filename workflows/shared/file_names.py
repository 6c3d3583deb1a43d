"""Names of files: which we take, and how a person's name for a file is kept."""

import unicodedata

from workflows.shared.enums import FileKind

LONGEST = 200
KIND_OF = {
    "pdf": FileKind.PDF,
    "jpg": FileKind.JPG,
    "jpeg": FileKind.JPG,
    "png": FileKind.PNG,
    "docx": FileKind.DOCX,
}
MAGIC = {
    FileKind.PDF: b"%PDF-",
    FileKind.JPG: b"\xff\xd8\xff",
    FileKind.PNG: b"\x89PNG\r\n\x1a\n",
    FileKind.DOCX: b"PK\x03\x04",
}
OLD_OFFICE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
HIDING = {"Cc", "Cf", "Co", "Cs", "Zl", "Zp"}  # control, direction, private use, line and paragraph separators


def extension_of(name: str) -> str:
    """Give the extension in lower case, without the dot; empty when there is none."""
    return name.rpartition(".")[2].lower() if "." in name else ""


def is_deceptive(name: str) -> bool:
    """Say whether a name hides something: a path, a control character, a turned writing direction."""
    return any(mark in name for mark in ("/", "\\")) or any(unicodedata.category(c) in HIDING for c in name)


def kind_by_content(content: bytes) -> FileKind | None:
    """Give the kind that the first bytes tell; None when it is none of ours."""
    return next((kind for kind, magic in MAGIC.items() if content.startswith(magic)), None)


def kept_name(name: str, kind: FileKind) -> str:
    """Give the name a file is kept and delivered under.

    Args:
        name: As the person wrote it; any text.
        kind: What the content is; names the extension.

    Returns:
        One line of at most 200 characters, without path, control or direction characters.
    """
    last = unicodedata.normalize("NFC", name).replace("\\", "/").rpartition("/")[2]
    plain = " ".join("".join(c for c in last if unicodedata.category(c) not in HIDING).split())
    stem = plain.rpartition(".")[0] if extension_of(plain) in KIND_OF else plain
    return f"{stem.strip('. ')[: LONGEST - 5] or 'file'}.{FileKind(kind).value}"
