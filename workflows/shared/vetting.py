"""Nothing from outside is kept unvetted: what may come in, and the sentence for each thing that may not.

Source: docs/files.md; the list of materials allows PDF, JPG, PNG and DOCX of at most 20 MB each.
"""

import hashlib
import json
import subprocess
import sys
from dataclasses import dataclass

from django.conf import settings
from django.core.files.base import File
from django.utils.translation import gettext_lazy as _

from audit.errors import Refusal
from workflows.shared.enums import FileKind
from workflows.shared.file_names import (
    KIND_OF,
    LONGEST,
    OLD_OFFICE,
    extension_of,
    is_deceptive,
    kept_name,
    kind_by_content,
)
from workflows.shared.inspectors.findings import EICAR
from workflows.shared.virus_scan import ScanFailed, is_infected

WALL_SECONDS = 40
SENTENCES = {
    "empty": _("This file is empty. Please choose it again."),
    "too_large": _("This file is larger than {limit} MB. Please scan it at a lower resolution or split it."),
    "name_too_long": _("The file's name is longer than {limit} characters. Please shorten it and upload it again."),
    "name_deceptive": _("The file's name holds hidden characters or a path. Please rename it and upload it again."),
    "type_not_allowed": _("Only PDF, JPG, PNG and DOCX files are taken. Please convert this file first."),
    "old_office": _("This is an old Office file. Please save it as DOCX or PDF and upload it again."),
    "type_mismatch": _(
        "The content of this file is not what its extension says. Please save it again as the right type."
    ),
    "encrypted": _("This file is protected by a password. Please remove the protection and upload it again."),
    "damaged": _("This file cannot be opened. Please save or scan it again."),
    "truncated": _("This file is incomplete. Please upload it again from the original."),
    "too_many_pages": _("This document has more than 300 pages. Please split it."),
    "too_many_pixels": _("This picture has too many pixels. Please save it smaller, at most 40 million pixels."),
    "active_content": _(
        "This PDF holds scripts, attachments or actions. Please print it to a new PDF and upload that."
    ),
    "macro": _("This document holds macros. Please save it as a plain DOCX or PDF."),
    "embedded_object": _("This document has other files embedded. Please remove them or save it as a PDF."),
    "external_reference": _("This document fetches content from elsewhere. Please save it as a PDF."),
    "forbidden_xml": _("This document is built in an unusual way. Please save it as a PDF."),
    "archive_structure": _("This document is packed in an unusual way. Please open it in Word and save it again."),
    "archive_too_large": _("This document becomes too large when opened. Please save it as a PDF."),
    "polyglot": _("Other data is attached behind the content of this file. Please save or photograph it again."),
    "virus": _("The virus check stopped this file. Please do not open it, and tell the office."),
    "scan_failed": _("The virus check is not available, so the file was not taken. Please try again later."),
    "too_heavy": _("This file takes too much to check. Please save it again more simply, for example as a PDF."),
}


class UploadRefused(Refusal):
    """Says why a file was not taken and what to do; ``reason`` is a key of ``SENTENCES``."""

    def __init__(self, reason: str, **facts: object) -> None:
        super().__init__(**facts)
        self.reason = reason
        self.code = f"upload_{reason}"
        self.message = SENTENCES[reason]


@dataclass(frozen=True)
class Vetted:
    """A file that may be kept.

    Attributes:
        name: At most 200 characters, safe to show and to deliver.
        kind: What the content is.
        clean_bytes: The copy written anew; the only one that is kept.
        size, sha256: Length and hash of the clean copy.
        received_sha256: Hash of what came in.
        pages: Of a PDF, else None.
        width, height: Of a picture, in pixels, else None.
    """

    name: str
    kind: FileKind
    clean_bytes: bytes
    size: int
    sha256: str
    received_sha256: str
    pages: int | None = None
    width: int | None = None
    height: int | None = None


def vet(upload: File) -> Vetted:
    """Check an upload and give its cleaned copy; nothing is stored.

    Args:
        upload: Any file object of Django with a name.

    Raises:
        UploadRefused: with the reason; whenever a check cannot be finished the answer is no as well.
    """
    name = upload.name or ""
    expected = _expected_kind(name)
    content = _read(upload)
    _refuse_by_content(content, expected)
    try:
        infected = EICAR in content or is_infected(content)
    except ScanFailed as error:
        raise UploadRefused("scan_failed") from error
    if infected:
        raise UploadRefused("virus")
    answer, clean = _inspected(expected, content)
    return Vetted(
        name=kept_name(name, expected),
        kind=expected,
        clean_bytes=clean,
        size=len(clean),
        sha256=hashlib.sha256(clean).hexdigest(),
        received_sha256=hashlib.sha256(content).hexdigest(),
        pages=answer["pages"],
        width=answer["width"],
        height=answer["height"],
    )


def _expected_kind(name: str) -> FileKind:
    if len(name) > LONGEST:
        raise UploadRefused("name_too_long", limit=LONGEST)
    if is_deceptive(name):
        raise UploadRefused("name_deceptive")
    extension = extension_of(name)
    if extension in ("doc", "xls", "ppt", "wps"):
        raise UploadRefused("old_office")
    if extension in ("docm", "dotm", "xlsm", "pptm"):
        raise UploadRefused("macro")
    if extension not in KIND_OF:
        raise UploadRefused("type_not_allowed")
    return KIND_OF[extension]


def _read(upload: File) -> bytes:
    limit = settings.UPLOAD_LIMIT_BYTES
    upload.seek(0)
    content = upload.read(limit + 1)
    if not content:
        raise UploadRefused("empty")
    if len(content) > limit:
        raise UploadRefused("too_large", limit=limit // 1024 // 1024)
    return content


def _refuse_by_content(content: bytes, expected: FileKind) -> None:
    if content.startswith(OLD_OFFICE):  # a DOCX with a password is packed like this, too
        raise UploadRefused("encrypted" if expected == FileKind.DOCX else "type_mismatch")
    if EICAR not in content and kind_by_content(content) != expected:
        raise UploadRefused("type_mismatch")


def _inspected(kind: FileKind, content: bytes) -> tuple[dict, bytes]:
    """Have the child look; a child that does not answer properly is a refusal (fail closed)."""
    try:
        child = subprocess.run(  # noqa: S603
            [sys.executable, "-m", "workflows.shared.vetting_child", kind.value],
            input=content,
            capture_output=True,
            timeout=WALL_SECONDS,
            cwd=settings.BASE_DIR,
            env={"PYTHONDONTWRITEBYTECODE": "1", "LANG": "C.UTF-8", "MALLOC_ARENA_MAX": "2"},
            check=False,
        )
        head, _newline, clean = child.stdout.partition(b"\n")
        answer = json.loads(head)
    except (subprocess.TimeoutExpired, ValueError) as error:
        raise UploadRefused("too_heavy") from error
    whole = child.returncode == 0 and isinstance(answer, dict)
    if whole and answer.get("refused") in SENTENCES:
        raise UploadRefused(answer["refused"])
    if not whole or "refused" in answer or not clean:
        raise UploadRefused("too_heavy")
    return answer, clean
