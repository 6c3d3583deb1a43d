"""Sheets, scans and batches in the table of who gets what; written by hand like ``matrix.py``, whose words it uses."""

from dataclasses import dataclass

from audit import sealing
from tests.factories import NOW
from workflows.batches.models import BatchItem, BatchRun
from workflows.papers.models import ScanPage, ScanStack
from workflows.shared.enums import FileKind, PaperKind
from workflows.shared.files import keep_document
from workflows.shared.paper_models import Paper, PaperScan
from workflows.shared.papers import paper_for

PDF = b"%PDF-1.4\n%%EOF\n"
STRANGERS = "anonymous deactivated"
CASES = (
    "organizer/here own_case/here general_branch_secretary/here stepped_down/here organizer_elsewhere/there "
    "approver_elsewhere/there approver discipline_officer two_places"
)
FILES = (
    "organizer/here own_case/here general_branch_secretary/here organizer_elsewhere/there approver_elsewhere/there "
    "approver discipline_officer two_places/there"
)
ORGANIZERS = "organizer own_case organizer_elsewhere ungranted two_places narrow_grant wide_grant one_place_only"
PRINTERS = f"{ORGANIZERS} approver approver_elsewhere general_branch_secretary"
# Prints for many what it sees: a liaison here who organizes elsewhere sees the cases here as well.
PRINTS_HERE = (
    "organizer/here own_case/here general_branch_secretary/here organizer_elsewhere/there approver_elsewhere/there "
    "approver two_places"
)
# A stack and a batch belong to one person.
OWNER = "organizer/here organizer_elsewhere/there"
# To whom the completeness check of this side was given when it was opened.
ASKED = "organizer/here organizer_elsewhere/there"

OWN_STACK = {"GET": {"login": STRANGERS, "ok": OWNER, "hidden": ORGANIZERS, "else": "refused"}}
ACTS_ON_OWN_STACK = {"POST": {"login": STRANGERS, "done": OWNER, "hidden": ORGANIZERS, "else": "refused"}}

ROWS = {
    "workflows:case_papers": {"GET": {"login": STRANGERS, "hidden": "own_case", "ok": CASES, "else": "hidden"}},
    "workflows:case_paper": {"GET": {"login": STRANGERS, "hidden": "own_case", "ok": CASES, "else": "hidden"}},
    "workflows:paper": {"GET": {"login": STRANGERS, "hidden": "own_case", "redirect": FILES, "else": "hidden"}},
    "workflows:paper_scan": {"GET": {"login": STRANGERS, "hidden": "own_case", "ok": FILES, "else": "hidden"}},
    "workflows:print_many": {
        "GET": {"login": STRANGERS, "ok": PRINTERS, "else": "refused"},
        "POST": {"login": STRANGERS, "done": PRINTS_HERE, "told": PRINTERS, "else": "refused"},
    },
    "workflows:stacks": {
        "GET": {"login": STRANGERS, "ok": ORGANIZERS, "else": "refused"},
        "POST": {"login": STRANGERS, "told": ORGANIZERS, "else": "refused"},  # the probe sends no file
    },
    "workflows:stack": OWN_STACK,
    "workflows:stack_page": OWN_STACK,
    "workflows:stack_sort": ACTS_ON_OWN_STACK,
    "workflows:stack_file": ACTS_ON_OWN_STACK,
    "workflows:stack_discard": ACTS_ON_OWN_STACK,
    "workflows:batch": {
        "GET": {"login": STRANGERS, "else": "ok"},
        "POST": {"login": STRANGERS, "done": ASKED, "else": "told"},
    },
    "workflows:batch_run": {"GET": {"login": STRANGERS, "ok": OWNER, "else": "hidden"}},
    "workflows:batch_go_on": {"POST": {"login": STRANGERS, "done": OWNER, "else": "hidden"}},
}


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
    file = keep_document(PDF, name="a.pdf", kind=FileKind.PDF, by=organizer, at=NOW, person=side.deciding.subject)
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
