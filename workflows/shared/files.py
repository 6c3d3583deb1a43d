"""The vault: files are vetted, cleaned, sealed, written once, and handed out by one function.

Who may read a file is asked by the caller, and the caller logs the read, because only the caller knows the case:

    file = get_object_or_404(StoredFile.objects.filter(...visible to this account...), pk=pk)
    audit.log.record(...)                      # the read, before a byte leaves
    return file_response(request, file, inline=True)
"""

import hashlib
import os
import uuid
from datetime import datetime
from pathlib import Path

from django.conf import settings
from django.core.files.base import File
from django.http import HttpRequest, HttpResponse
from django.utils.http import content_disposition_header

from audit import sealing
from organizations.giving import CONTENT_TYPES
from organizations.identity import key_of
from organizations.models import Account, Person
from workflows.shared.enums import FileKind, FilePurpose
from workflows.shared.file_names import kept_name
from workflows.shared.models import StoredFile
from workflows.shared.vetting import Vetted, vet

SHOWN_IN_PLACE = {FileKind.PDF, FileKind.JPG, FileKind.PNG}
POLICY = "default-src 'none'; style-src 'unsafe-inline'; frame-ancestors 'self'; sandbox"


def keep(upload: File, *, by: Account, at: datetime, purpose: FilePurpose, person: Person | None = None) -> StoredFile:
    """Vet an upload and keep its cleaned copy.

    Args:
        upload: What came in.
        by, at: Who handed it in, and the moment, timezone-aware.
        purpose: Why it is kept.
        person: Whom it is about; the bytes are then sealed under that person's key and end with it.

    Returns:
        The row of the new file.

    Raises:
        UploadRefused: before anything was stored.
    """
    return _store(vet(upload), by=by, at=at, purpose=purpose, person=person)


def keep_pages(
    content: bytes, *, name: str, pages: int, by: Account, at: datetime, purpose: FilePurpose, person: Person | None
) -> StoredFile:
    """Keep pages of a PDF that was vetted as a whole; arguments as in ``keep``."""
    digest = hashlib.sha256(content).hexdigest()
    made = Vetted(
        name=kept_name(name, FileKind.PDF), kind=FileKind.PDF, clean_bytes=content, size=len(content), sha256=digest,
        received_sha256=digest, pages=pages,
    )  # fmt: skip
    return _store(made, by=by, at=at, purpose=purpose, person=person)


def open_for(file: StoredFile) -> bytes:
    """Give the bytes of a kept file.

    Raises:
        audit.sealing.SealBroken: altered, moved, or the person's key was destroyed.
        FileNotFoundError: the vault is incomplete.
        ValueError: the bytes are not those that were kept.
    """
    content = sealing.unseal_bytes(_path(file.pk).read_bytes(), key=_key(file.person), context=_context(file.pk))
    if hashlib.sha256(content).hexdigest() != file.sha256:
        raise ValueError("the bytes are not those that were kept")
    return content


def file_mark(file: StoredFile) -> str:
    """Write the key of a file so that no run of its digits can be taken for a telephone number by the log's guard."""
    return _grouped(file.pk.hex)


def digest_mark(file: StoredFile) -> str:
    """Write the digest of a file in the same way."""
    return _grouped(file.sha256)


def _grouped(digits: str) -> str:
    return " ".join(digits[start : start + 8] for start in range(0, len(digits), 8))


def file_response(request: HttpRequest, file: StoredFile, *, inline: bool = False) -> HttpResponse:
    """Deliver a file privately: never cached, never sniffed, never running in our origin.

    Args:
        request: The caller has checked that its account may read the file, and has logged the read.
        file: What to deliver.
        inline: Show pictures and PDF in the browser; other kinds are always downloaded.
    """
    kind = FileKind(file.kind)
    shown = inline and kind in SHOWN_IN_PLACE
    response = HttpResponse(b"" if request.method == "HEAD" else open_for(file), content_type=CONTENT_TYPES[kind])
    response["Content-Length"] = str(file.size)
    response["Content-Disposition"] = content_disposition_header(not shown, file.name)
    response["Content-Security-Policy"] = POLICY
    response["X-Content-Type-Options"] = "nosniff"
    response["X-Frame-Options"] = "SAMEORIGIN"
    response["Cross-Origin-Resource-Policy"] = "same-origin"
    response["Cache-Control"] = "private, no-store"
    return response


def _store(made: Vetted, *, by: Account, at: datetime, purpose: FilePurpose, person: Person | None) -> StoredFile:
    key = uuid.uuid4()
    sealed = sealing.seal_bytes(made.clean_bytes, key=_key(person), context=_context(key))
    # Bytes first: a row without its file would be a loss, a file whose row was rolled back is only an unreadable rest.
    _write_once(_path(key), sealed)
    return StoredFile.objects.create(
        id=key, name=made.name, kind=made.kind, size=made.size, sha256=made.sha256, pages=made.pages,
        received_sha256=made.received_sha256, stored_at=at, stored_by=by, purpose=purpose, person=person,
    )  # fmt: skip


def _write_once(path: Path, content: bytes) -> None:
    path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
    descriptor = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    with os.fdopen(descriptor, "wb") as file:
        file.write(content)
        file.flush()
        os.fsync(file.fileno())


def _path(key: uuid.UUID) -> Path:
    return Path(settings.STATE_DIR) / "files" / key.hex[:2] / str(key)


def _context(key: uuid.UUID) -> str:
    return f"stored_file:{key}"


def _key(person: Person | None) -> bytes | None:
    return None if person is None else key_of(person)
