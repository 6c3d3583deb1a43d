"""Filing: each sheet is an act of its own on its own case; what is refused stays in the stack and says why."""

import json
from collections.abc import Collection
from datetime import date, datetime

from django.db import transaction

from approvals.actions.acting import Acting, acting_on
from approvals.errors import NotEntitled
from audit import log
from audit.errors import Refusal
from organizations.models import Account
from workflows.appointment_review.actions import from_paper  # noqa: F401  registers what becomes of its sheets
from workflows.papers.actions.taking import close_if_done, content_of, in_a_child
from workflows.papers.enums import PageState
from workflows.papers.errors import FiledBefore, PageGone
from workflows.papers.models import ScanPage, ScanStack
from workflows.papers.queries import papers_filed_by, sorted_out, waiting_pages
from workflows.shared.enums import FilePurpose
from workflows.shared.files import file_mark, keep_pages
from workflows.shared.paper_codes import shown
from workflows.shared.paper_models import Paper, PaperScan
from workflows.shared.papers import USES


def file_stack(
    *, stack: ScanStack, papers: Collection[int], again: Collection[int], by: Account, at: datetime, on: date
) -> tuple[int, int]:
    """File the sheets of a stack that were chosen in its list.

    Args:
        stack: The stack of the same person.
        papers: Keys of the sheets to file.
        again: Keys of those that are kept although a scan of them is there.
        by, at: Who files, and when.
        on: The day of the act.

    Returns:
        How many sheets were filed, and how many were refused; the reason stands with their pages.
    """
    groups, _lost = sorted_out(waiting_pages(stack), by, on=on)
    filed = refused = 0
    for group in groups:
        if group.paper.pk not in papers:
            continue
        keys = [page.pk for page in group.pages]
        try:
            file_sheet(paper=group.paper, page_keys=keys, again=group.paper.pk in again, by=by, at=at, on=on)
        except Refusal as refusal:
            ScanPage.objects.filter(pk__in=keys, state=PageState.WAITING).update(refused=str(refusal)[:200])
            refused += 1
        else:
            filed += 1
    close_if_done(stack.pk, at=at)
    return filed, refused


def file_sheet(
    *, paper: Paper, page_keys: Collection[object], again: bool, by: Account, at: datetime, on: date
) -> PaperScan:
    """File the pages of one sheet to its case, under the person's key, and let its room use them.

    Args:
        paper: The sheet.
        page_keys: Its waiting pages.
        again: Whether it is kept although a scan of it is there.
        by, at: Who files, and when.
        on: The day of the act.

    Returns:
        The scan.

    Raises:
        NotEntitled: ``by`` may not file to this sheet.
        FiledBefore: a scan of it is there, and ``again`` was not said or is not possible.
        PageGone: a page was filed in the meantime.
    """
    if not papers_filed_by(by, on=on).filter(pk=paper.pk).exists():
        raise NotEntitled
    pages = list(ScanPage.objects.filter(pk__in=page_keys).order_by("place"))
    content = _joined(pages, name=f"{shown(paper.code)}.pdf")  # before the lock: it may take a while
    if paper.case_id:
        with acting_on(paper.case_id, by=by, at=at) as act:
            return _filed(paper, pages, content, again, act=act, by=by, at=at)
    with transaction.atomic():
        return _filed(paper, pages, content, again, act=None, by=by, at=at)


def _filed(
    paper: Paper, pages: list[ScanPage], content: bytes, again: bool, *, act: Acting | None, by: Account, at: datetime
) -> PaperScan:
    Paper.objects.select_for_update().get(pk=paper.pk)
    use = USES.get(paper.kind)
    if paper.scans.exists() and (not again or (use and use.once)):
        raise FiledBefore
    file = keep_pages(
        content, name=f"{paper.get_kind_display()} {shown(paper.code)}.pdf", pages=len(pages), by=by, at=at,
        purpose=use.purpose if use else FilePurpose.SEALED_SCAN, person=act.case.subject if act else None,
    )  # fmt: skip
    scan = PaperScan.objects.create(paper=paper, file=file, pages=len(pages), filed_by=by, filed_at=at)
    waiting = ScanPage.objects.filter(pk__in=[page.pk for page in pages], state=PageState.WAITING)
    if waiting.update(state=PageState.FILED, scan=scan, sealed=None, refused="") != len(pages):
        raise PageGone
    facts = {"kind": paper.kind, "code": shown(paper.code), "pages": len(pages), "file": file_mark(file)}
    if act is None:
        log.record("files", "paper.filed", by=by, at=at, facts=facts)
        return scan
    act.log("paper.filed", facts=facts)
    if use:
        use.take(act, paper, file)
    return scan


def _joined(pages: list[ScanPage], *, name: str) -> bytes:
    pieces = [content_of(page) for page in pages]
    if len(pieces) == 1:
        return pieces[0]
    head = json.dumps([len(piece) for piece in pieces]).encode() + b"\n"
    return in_a_child("join", content=head + b"".join(pieces), name=name)[1]
