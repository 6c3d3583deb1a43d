"""Taking a stack in: vetted like every upload, taken apart in a process of its own, kept sealed page by page."""

import json
import subprocess
import sys
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from django.conf import settings
from django.core.files.base import File
from django.db import transaction

from audit import log, sealing
from organizations.models import Account
from workflows.papers.enums import PageState, ReadBy
from workflows.papers.errors import (
    CodeMistyped,
    CodeUnknown,
    NotAScan,
    NothingBefore,
    NothingScanned,
    PageGone,
    ScanUnreadable,
    StackTooLarge,
)
from workflows.papers.models import ScanPage, ScanStack
from workflows.papers.queries import papers_filed_by
from workflows.shared.enums import FileKind
from workflows.shared.paper_codes import read_code
from workflows.shared.vetting import Vetted, vet

MOST_PAGES = 100
WALL_SECONDS = 100
KEPT_FOR = timedelta(days=30)


@dataclass(frozen=True)
class Piece:
    """One page: a PDF of one page, and what its picture codes say."""

    content: bytes
    texts: tuple[str, ...]


def take_stack(*, uploads: Sequence[File], by: Account, at: datetime, on: date) -> ScanStack:
    """Take scans in, read the codes, and remember what each page belongs to; nothing is filed yet.

    Args:
        uploads: PDF files of any number of pages, and pictures.
        by, at: Who uploads them, and when.
        on: The day of the act.

    Returns:
        The stack with its pages in order.

    Raises:
        NothingScanned, NotAScan, StackTooLarge, ScanUnreadable: as they say; nothing is kept then.
        UploadRefused: a file was not taken; nothing is kept then.
    """
    if not uploads:
        raise NothingScanned
    pieces: list[Piece] = []
    for upload in uploads:
        pieces += pages_of(_vetted(upload))
        if len(pieces) > MOST_PAGES:
            raise StackTooLarge(count=MOST_PAGES)
    return _kept(pieces, by=by, at=at, on=on)


def pages_of(scan: Vetted) -> list[Piece]:
    """Take one vetted file apart.

    Raises:
        ScanUnreadable: the process that looks at it gave no proper answer.
        StackTooLarge: it has too many pages.
    """
    answer, content = in_a_child("split", scan.kind.value, content=scan.clean_bytes, name=scan.name)
    if answer.get("refused") == "too_many_pages":
        raise StackTooLarge(count=MOST_PAGES)
    pieces, start = [], 0
    for length, texts in answer["pages"]:
        pieces.append(Piece(content[start : start + length], tuple(texts)))
        start += length
    return pieces


def in_a_child(*task: str, content: bytes, name: str) -> tuple[dict, bytes]:
    """Let the limited process work; whatever is no proper answer is a refusal.

    Raises:
        ScanUnreadable: as said.
    """
    try:
        child = subprocess.run(  # noqa: S603
            [sys.executable, "-m", "workflows.shared.scan_child", *task],
            input=content, capture_output=True, timeout=WALL_SECONDS, cwd=settings.BASE_DIR, check=False,
            env={"PYTHONDONTWRITEBYTECODE": "1", "LANG": "C.UTF-8", "MALLOC_ARENA_MAX": "2"},
        )  # fmt: skip
        head, _newline, made = child.stdout.partition(b"\n")
        answer = json.loads(head)
    except (subprocess.TimeoutExpired, ValueError) as error:
        raise ScanUnreadable(name=name) from error
    if child.returncode or answer.get("refused") == "too_heavy":
        raise ScanUnreadable(name=name)
    return answer, made


def type_code(*, page: ScanPage, text: str, by: Account, on: date) -> None:
    """Give a page the sheet whose code was typed by hand.

    Raises:
        CodeMistyped: a slip of the finger.
        CodeUnknown: there is no such sheet, or none that ``by`` may file to; the answer is the same.
        PageGone: it was filed or left out in the meantime.
    """
    code = read_code(text)
    if not code:
        raise CodeMistyped(code=text.strip()[:20])
    paper = papers_filed_by(by, on=on).filter(code=code).first()
    if paper is None:
        raise CodeUnknown(code=text.strip()[:20])
    _assign(page, paper_id=paper.pk, read_by=ReadBy.TYPED)


def join_to_page_before(*, page: ScanPage) -> None:
    """Say that a page without a readable code belongs to the page before it.

    Raises:
        NothingBefore: that page has no sheet.
        PageGone: it was filed or left out in the meantime.
    """
    before = ScanPage.objects.filter(stack=page.stack_id, place__lt=page.place).order_by("-place").first()
    if before is None or before.paper_id is None:
        raise NothingBefore
    _assign(page, paper_id=before.paper_id, read_by=ReadBy.NEIGHBOR)


def leave_out(*, page: ScanPage) -> None:
    """Leave a page out; its bytes end with it.

    Raises:
        PageGone: it was filed or left out in the meantime.
    """
    _assign(page, state=PageState.LEFT, sealed=None)
    close_if_done(page.stack_id)


def discard(*, stack: ScanStack, at: datetime) -> None:
    """Give up what waits in a stack; what was filed stays filed."""
    ScanPage.objects.filter(stack=stack, state=PageState.WAITING).update(state=PageState.LEFT, sealed=None)
    ScanStack.objects.filter(pk=stack.pk, closed_at=None).update(closed_at=at)


def forget_old_stacks(*, at: datetime) -> int:
    """Give up what nobody filed for a month, so that no scan outlives its purpose.

    Returns:
        How many stacks were given up.
    """
    old = list(ScanStack.objects.filter(closed_at=None, uploaded_at__lt=at - KEPT_FOR))
    for stack in old:
        discard(stack=stack, at=at)
    return len(old)


def close_if_done(stack_pk: object, *, at: datetime | None = None) -> None:
    """Close a stack in which nothing waits any more."""
    if not ScanPage.objects.filter(stack=stack_pk, state=PageState.WAITING).exists():
        stack = ScanStack.objects.get(pk=stack_pk)
        ScanStack.objects.filter(pk=stack_pk, closed_at=None).update(closed_at=at or stack.uploaded_at)


def content_of(page: ScanPage) -> bytes:
    """Open the bytes of a waiting page.

    Raises:
        PageGone: they ended with its filing.
    """
    if page.sealed is None:
        raise PageGone
    return sealing.unseal_bytes(bytes(page.sealed), context=_context(page))


def _vetted(upload: File) -> Vetted:
    scan = vet(upload)
    if scan.kind == FileKind.DOCX:
        raise NotAScan(name=scan.name)
    return scan


@transaction.atomic
def _kept(pieces: Sequence[Piece], *, by: Account, at: datetime, on: date) -> ScanStack:
    codes = [next(filter(None, map(read_code, piece.texts)), "") for piece in pieces]
    known = {paper.code: paper for paper in papers_filed_by(by, on=on).filter(code__in={*codes} - {""})}
    stack = ScanStack.objects.create(uploaded_by=by, uploaded_at=at)
    pages = []
    for place, (piece, code) in enumerate(zip(pieces, codes, strict=True), start=1):
        page = ScanPage(stack=stack, place=place, paper=known.get(code))
        page.read_by = ReadBy.PICTURE if page.paper else ""
        page.sealed = sealing.seal_bytes(piece.content, context=_context(page))
        pages.append(page)
    ScanPage.objects.bulk_create(pages)
    log.record("files", "stack.taken", by=by, at=at, facts={"pages": len(pages)})
    return stack


def _assign(page: ScanPage, **columns: object) -> None:
    if not ScanPage.objects.filter(pk=page.pk, state=PageState.WAITING).update(refused="", **columns):
        raise PageGone


def _context(page: ScanPage) -> str:
    return f"workflows_scanpage.sealed:{page.pk}"
