"""What a stack of scans holds, and whose."""

from dataclasses import dataclass
from datetime import date

from django.db.models import Count, QuerySet

from organizations.enums import Role
from organizations.models import Account, PartyOrganization
from workflows.papers.enums import PageState
from workflows.papers.models import ScanPage, ScanStack
from workflows.shared.paper_models import Paper
from workflows.shared.papers import USES


@dataclass(frozen=True)
class Group:
    """All waiting pages of a stack that belong to one sheet.

    Attributes:
        paper: The sheet, with its case.
        pages: Its pages, in the order they were scanned.
        becomes: What it is used for beside being kept.
        filed_before: How many scans of it are there already.
    """

    paper: Paper
    pages: list[ScanPage]
    becomes: str
    filed_before: int

    @property
    def final(self) -> bool:
        """Whether a further scan is never taken."""
        return bool(self.filed_before and self.paper.kind in USES and USES[self.paper.kind].once)

    @property
    def refused(self) -> str:
        """Why it was not filed when it was last tried."""
        return next((page.refused for page in self.pages if page.refused), "")


def papers_filed_by(account: Account, *, on: date) -> QuerySet[Paper]:
    """Give the sheets an account may file scans to: its organizer's role and its grants both reach them.

    Args:
        account: Who files.
        on: The day at which roles have to hold.
    """
    organizes = PartyOrganization.objects.visible_to(account, on=on, roles=[Role.ORGANIZER])
    seen = Paper.objects.visible_to(account, on=on).filter(organization__in=organizes.values("pk"))
    return seen.select_related("case__subject", "case__matter", "case__organization", "organization")


def stacks_of(account: Account) -> QuerySet[ScanStack]:
    """List the stacks somebody uploaded that still wait, the latest first."""
    return ScanStack.objects.filter(uploaded_by=account, closed_at=None).annotate(page_count=Count("pages"))


def waiting_pages(stack: ScanStack) -> list[ScanPage]:
    """List the pages of a stack that are neither filed nor left out, without their bytes."""
    pages = ScanPage.objects.filter(stack=stack, state=PageState.WAITING).defer("sealed")
    return list(pages.select_related("paper__case__subject", "paper__case__matter", "paper__organization"))


def sorted_out(pages: list[ScanPage], account: Account, *, on: date) -> tuple[list[Group], list[ScanPage]]:
    """Gather pages by their sheet.

    Args:
        pages: Waiting pages of a stack.
        account, on: Who files, and the day; a sheet that went out of sight counts as unknown.

    Returns:
        The groups in the order of their first page, and the pages nobody knows where to file.
    """
    in_sight = papers_filed_by(account, on=on).filter(pk__in={page.paper_id for page in pages if page.paper_id})
    known = {paper.pk: paper for paper in in_sight.annotate(filed=Count("scans"))}
    groups: dict[int, list[ScanPage]] = {}
    lost = []
    for page in pages:
        if page.paper_id in known:
            groups.setdefault(page.paper_id, []).append(page)
        else:
            lost.append(page)
    return [_group(known[pk], found) for pk, found in groups.items()], lost


def _group(paper: Paper, pages: list[ScanPage]) -> Group:
    use = USES.get(paper.kind)
    becomes = use.becomes(paper) if use and paper.case_id else ""
    return Group(paper, pages, becomes, paper.filed)
