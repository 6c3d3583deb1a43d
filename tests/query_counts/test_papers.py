"""Lists of sheets, scans and batches ask as often for many rows as for few."""

import pytest

from audit import sealing
from tests import factories as make
from tests.cases import case_at, new_case, policy  # noqa: F401
from tests.factories import NOW
from tests.query_counts.copies import cases_like
from tests.query_counts.test_lists import now, statements  # noqa: F401
from tests.shared.kept import scan
from workflows.batches.models import BatchItem, BatchRun
from workflows.papers.models import ScanPage, ScanStack
from workflows.shared.enums import PaperKind
from workflows.shared.paper_models import PaperScan
from workflows.shared.papers import paper_for

pytestmark = pytest.mark.usefixtures("policy", "now")


def sheets(cast, case, times: int, *, scanned: bool) -> list:
    made = []
    for part in range(times):
        paper = paper_for(
            kind=PaperKind.TALK_RECORD, case=case, part=f"{case.pk}-{part}-{scanned}", by=cast.lin, at=NOW
        )
        made.append(paper)
        if scanned:
            file = scan(cast.lin, person=case.subject)
            PaperScan.objects.create(paper=paper, file=file, pages=1, filed_by=cast.lin, filed_at=NOW)
    return made


def page(stack, place: int, paper) -> None:
    made = ScanPage(stack=stack, place=place, paper=paper)
    made.sealed = sealing.seal_bytes(b"%PDF-1.4", context=f"workflows_scanpage.sealed:{made.pk}")
    made.save(force_insert=True)


def test_the_sheets_of_a_case(cast, client):
    client.force_login(cast.lin)
    case = case_at(cast, "materials")
    sheets(cast, case, 1, scanned=True)
    few = statements(client, f"/matters/case/{case.number}/papers/")
    sheets(cast, new_case(cast, person=make.person("白一")), 1, scanned=True)
    for part in range(8):
        paper = paper_for(kind=PaperKind.REPORT, case=case, part=f"{part}", by=cast.lin, at=NOW)
        file = scan(cast.lin, person=case.subject)
        PaperScan.objects.create(paper=paper, file=file, pages=1, filed_by=cast.lin, filed_at=NOW)
    assert len(statements(client, f"/matters/case/{case.number}/papers/")) == len(few)


def test_a_stack_of_scans(cast, client):
    client.force_login(cast.lin)
    stack = ScanStack.objects.create(uploaded_by=cast.lin, uploaded_at=NOW)
    page(stack, 1, sheets(cast, case_at(cast, "materials"), 1, scanned=False)[0])
    page(stack, 2, None)
    few = statements(client, f"/papers/stacks/{stack.pk}/")
    for number in range(12):
        case = new_case(cast, person=make.person(f"白{number}"))
        page(stack, 10 + 2 * number, sheets(cast, case, 1, scanned=number % 2 == 0)[0])
        page(stack, 11 + 2 * number, None)
    assert len(statements(client, f"/papers/stacks/{stack.pk}/")) == len(few)


def test_stacks_that_wait(cast, client):
    client.force_login(cast.lin)
    ScanStack.objects.create(uploaded_by=cast.lin, uploaded_at=NOW)
    few = statements(client, "/papers/stacks/")
    for _ in range(9):
        page(ScanStack.objects.create(uploaded_by=cast.lin, uploaded_at=NOW), 1, None)
    assert len(statements(client, "/papers/stacks/")) == len(few)


@pytest.mark.parametrize("address", ["/batches/appointment_review/{step}/", "/inbox/", "/papers/print/?kind=pledge"])
@pytest.mark.parametrize("step", ["completeness", "eligibility"])
def test_what_goes_together(cast, client, address, step):
    client.force_login(cast.lin)
    case = case_at(cast, step)
    few = statements(client, address.format(step=step))
    cases_like(case, 12)
    assert len(statements(client, address.format(step=step))) == len(few)


def test_what_came_of_a_batch(cast, client):
    client.force_login(cast.lin)
    case = case_at(cast, "completeness")
    seat = case.stages.latest("pk").seats.get()
    counts = []
    for size in (1, 12):
        run = BatchRun.objects.create(key=f"k{size}", flow="appointment_review", step="completeness",
                                      started_by=cast.lin, started_at=NOW)  # fmt: skip
        cases_like(case, size)
        seats = [one.stages.latest("pk").seats.get() for one in type(case).objects.exclude(pk=case.pk)] or [seat]
        BatchItem.objects.bulk_create(
            BatchItem(run=run, place=place, seat=one, case_id=one.stage.case_id, key=f"{size}-{place}")
            for place, one in enumerate(seats[-size:])
        )
        counts.append(len(statements(client, f"/batches/{run.pk}/")))
    assert counts[0] == counts[1]
