"""What the probes of sheets, scans and batches name and send."""

from dataclasses import dataclass

from audit import sealing
from tests.factories import NOW
from tests.shared.kept import scan as kept_scan
from workflows.batches.models import BatchItem, BatchRun
from workflows.papers.models import ScanPage, ScanStack
from workflows.shared.enums import PaperKind
from workflows.shared.paper_models import Paper, PaperScan
from workflows.shared.papers import paper_for

PDF = b"%PDF-1.4\n%%EOF\n"


@dataclass
class Papers:
    """What the probes name: a sheet of a case at the authority with its scan, a stack and a batch of one person."""

    paper: Paper
    scan: PaperScan
    stack: ScanStack
    run: BatchRun


def build(side) -> Papers:
    """Make one of each thing on a side of the world."""
    organizer = side.organizer
    paper = paper_for(kind=PaperKind.REPORT, case=side.deciding, by=organizer, at=NOW)
    file = kept_scan(organizer, person=side.deciding.subject, content=PDF)
    scan = PaperScan.objects.create(paper=paper, file=file, pages=1, filed_by=organizer, filed_at=NOW)
    pledge = paper_for(kind=PaperKind.PLEDGE, case=side.filling, by=organizer, at=NOW)
    stack = ScanStack.objects.create(uploaded_by=organizer, uploaded_at=NOW)
    page = ScanPage(stack=stack, place=1, paper=pledge)
    page.sealed = sealing.seal_bytes(PDF, context=f"workflows_scanpage.sealed:{page.pk}")
    page.save(force_insert=True)
    run = BatchRun.objects.create(key=f"run-{organizer.pk}", flow="appointment_review", step="completeness",
                                  started_by=organizer, started_at=NOW)  # fmt: skip
    seat = side.seat("deciding")
    BatchItem.objects.create(run=run, place=1, seat=seat, case=side.deciding, key=f"item-{organizer.pk}")
    return Papers(paper, scan, stack, run)


TARGETS = {
    "workflows:case_papers": lambda side: {"number": side.deciding.number},
    "workflows:case_paper": lambda side: {"number": side.deciding.number, "kind": "report", "form": "print"},
    "workflows:paper": lambda side: {"code": side.papers.paper.code},
    "workflows:paper_scan": lambda side: {"pk": side.papers.scan.pk},
    "workflows:stack": lambda side: {"pk": side.papers.stack.pk},
    "workflows:stack_page": lambda side: {"pk": side.papers.stack.pk, "place": 1},
    "workflows:stack_sort": lambda side: {"pk": side.papers.stack.pk, "place": 1},
    "workflows:stack_file": lambda side: {"pk": side.papers.stack.pk},
    "workflows:stack_discard": lambda side: {"pk": side.papers.stack.pk},
    "workflows:batch": lambda side: {"flow": "appointment_review", "step": "completeness"},
    "workflows:batch_run": lambda side: {"pk": side.papers.run.pk},
    "workflows:batch_go_on": lambda side: {"pk": side.papers.run.pk},
}
FORMS = {
    "workflows:print_many": lambda side: {"kind": "pledge", "case": [side.filling.pk]},
    "workflows:stack_sort": lambda side: {"verb": "leave"},
    "workflows:stack_file": lambda side: {"paper": [page.paper_id for page in side.papers.stack.pages.all()]},
    "workflows:batch": lambda side: {"key": "k", "seat": [side.seat("checking").pk]},
}
