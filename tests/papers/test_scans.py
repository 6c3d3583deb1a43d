"""Scans in: codes are read, pages go to the right person, and nowhere else."""

import hashlib
from datetime import timedelta

import pytest

from approvals.models import Case
from audit.models import Entry
from tests import factories as make
from tests.cases import case_at, fresh, new_case, policy, say  # noqa: F401
from tests.factories import NOW, TODAY
from tests.papers.scanning import drawn_from, page_with, photographed, scanned
from workflows.appointment_review.models import Material, OfficialDocument
from workflows.papers.actions.filing import file_sheet, file_stack
from workflows.papers.actions.taking import (
    content_of,
    discard,
    forget_old_stacks,
    join_to_page_before,
    leave_out,
    take_stack,
    type_code,
)
from workflows.papers.errors import (
    CodeMistyped,
    CodeUnknown,
    FiledBefore,
    NothingBefore,
    NothingScanned,
    PageGone,
)
from workflows.papers.models import ScanPage, ScanStack
from workflows.papers.printing import printed
from workflows.papers.queries import sorted_out, waiting_pages
from workflows.shared.enums import PaperKind
from workflows.shared.files import open_for
from workflows.shared.paper_codes import shown, with_checks
from workflows.shared.paper_models import Paper, PaperScan
from workflows.shared.papers import mark_of, paper_for
from workflows.shared.vetting import UploadRefused

pytestmark = pytest.mark.usefixtures("policy")
WHEN = {"at": NOW, "on": TODAY}


def taken(by, *uploads) -> ScanStack:
    return take_stack(uploads=uploads, by=by, **WHEN)


def filed(stack, by, *, again=()) -> tuple[int, int]:
    papers = {page.paper_id for page in waiting_pages(stack)} - {None}
    return file_stack(stack=stack, papers=papers, again=again, by=by, **WHEN)


def pledge_of(case, by) -> Paper:
    return paper_for(kind=PaperKind.PLEDGE, case=case, by=by, at=NOW)


@pytest.fixture
def case(cast) -> Case:
    return case_at(cast, "materials")


def test_a_sheet_printed_again_keeps_its_code(cast, case):
    assert pledge_of(case, cast.lin) == pledge_of(case, cast.gao)
    assert pledge_of(case, cast.lin) != paper_for(kind=PaperKind.REPORT, case=case, by=cast.lin, at=NOW)
    told = Entry.objects.filter(verb="paper.registered").values_list("actor_name", "subject")
    assert list(told) == [("林秋", case.number)] * 2


def test_a_printed_sheet_scanned_back_askew_and_dusty_is_read(cast, case):
    made = printed(fresh(case), PaperKind.PLEDGE, "pdf", by=cast.lin, at=NOW)
    code = Paper.objects.get().code
    for turned in (2, -3, 180):
        stack = taken(cast.lin, scanned(*drawn_from(made.content, turned=turned, dust=400)))
        assert [page.paper.code for page in waiting_pages(stack)] == [code]


def test_the_signed_pledge_becomes_the_material_of_the_case(cast, case):
    paper = pledge_of(case, cast.lin)
    stack = taken(cast.lin, scanned(page_with(paper.code, turned=1.5, dust=200)))
    assert Material.objects.count() == 0  # the list comes first
    assert filed(stack, cast.lin) == (1, 0)
    material, scan = Material.objects.get(), PaperScan.objects.get()
    assert (material.case, material.kind, material.version, material.file) == (case, "pledge", 1, scan.file)
    assert (scan.file.person, scan.pages, scan.filed_by) == (case.subject, 1, cast.lin)
    assert open_for(scan.file).startswith(b"%PDF")
    verbs = Entry.objects.filter(stream=f"case:{case.number}").order_by("pk").values_list("verb", flat=True)
    assert list(verbs)[-2:] == ["paper.filed", "material.uploaded"]
    assert ScanPage.objects.exclude(sealed=None).count() == 0
    assert ScanStack.objects.get().closed_at == NOW


def test_once_the_materials_are_handed_in_a_scan_is_kept_but_changes_no_material(cast):
    case = case_at(cast, "completeness")
    stack = taken(cast.lin, scanned(page_with(pledge_of(case, cast.lin).code)))
    groups, _lost = sorted_out(waiting_pages(stack), cast.lin, on=TODAY)
    assert [group.becomes for group in groups] == [""]
    assert filed(stack, cast.lin) == (1, 0)
    assert (PaperScan.objects.count(), Material.objects.count()) == (1, 0)


def test_the_sealed_scan_of_a_document_is_attached_once(cast):
    case = case_at(cast, "province")
    say(case, cast.zhou, "agree")
    document = OfficialDocument.objects.get()
    paper = paper_for(kind=PaperKind.DOCUMENT, case=fresh(case), part=document.token, facts={"number": document.number},
                      by=cast.han, at=NOW)  # fmt: skip
    first = taken(cast.han, scanned(page_with(paper.code), page_with(paper.code)))
    second = taken(cast.han, scanned(page_with(paper.code)))
    assert filed(first, cast.han) == (1, 0)
    document.refresh_from_db()
    assert (document.scan.pages, document.scan.person) == (2, case.subject)
    assert filed(second, cast.han, again={paper.pk}) == (0, 1)
    assert (PaperScan.objects.count(), waiting_pages(second)[0].refused != "") == (1, True)


def test_a_stack_of_thirty_pages_goes_to_thirty_people(cast, case):
    people = [make.person(f"白某{number}") for number in range(30)]
    cases = [new_case(cast, person=person) for person in people]
    codes = [pledge_of(one, cast.lin).code for one in cases]
    stack = taken(cast.lin, scanned(*(page_with(code, dust=60, seed=at) for at, code in enumerate(codes))))
    assert filed(stack, cast.lin) == (30, 0)
    found = {scan.paper.case.subject: scan.file.person for scan in PaperScan.objects.select_related("file__person")}
    assert found == {person: person for person in people}
    assert Material.objects.filter(kind="pledge").count() == 30
    hashes = {hashlib.sha256(open_for(scan.file)).hexdigest() for scan in PaperScan.objects.all()}
    assert len(hashes) == 30


def test_a_foreign_code_reads_like_an_unknown_one(cast, case):
    foreign = paper_for(kind=PaperKind.PLEDGE, case=case, by=cast.lin, at=NOW)
    unknown = with_checks("Z9Z9Z9Z9")
    stack = taken(cast.mei, scanned(page_with(foreign.code), page_with(unknown)))
    groups, lost = sorted_out(waiting_pages(stack), cast.mei, on=TODAY)
    assert (groups, [page.paper_id for page in lost]) == ([], [None, None])
    words = []
    for page, code in zip(lost, (foreign.code, unknown), strict=True):
        with pytest.raises(CodeUnknown) as refused:
            type_code(page=page, text=code, by=cast.mei, on=TODAY)
        words.append(str(refused.value).replace(code, ""))
    assert words[0] == words[1]
    assert filed(stack, cast.mei) == (0, 0)
    assert PaperScan.objects.count() == 0


def test_a_role_that_ended_since_the_upload_files_nothing(cast, case):
    stack = taken(cast.lin, scanned(page_with(pledge_of(case, cast.lin).code)))
    papers = {page.paper_id for page in waiting_pages(stack)}
    cast.lin.assignments.update(until_on=TODAY)
    assert file_stack(stack=stack, papers=papers, again=(), by=cast.lin, **WHEN) == (0, 0)
    assert PaperScan.objects.count() == 0


def test_nobody_files_to_the_own_case(cast, case):
    paper = pledge_of(case, cast.lin)
    make.assign(cast.shen, "organizer", cast.county)
    stack = taken(cast.shen, scanned(page_with(paper.code)))
    assert [page.paper_id for page in waiting_pages(stack)] == [None]


def test_a_second_scan_is_kept_only_when_asked_for(cast, case):
    paper = pledge_of(case, cast.lin)
    filed(taken(cast.lin, scanned(page_with(paper.code))), cast.lin)
    second = taken(cast.lin, scanned(page_with(paper.code, dust=40)))
    assert filed(second, cast.lin) == (0, 1)
    assert PaperScan.objects.count() == 1
    assert filed(second, cast.lin, again={paper.pk}) == (1, 0)
    assert list(Material.objects.order_by("version").values_list("version", "withdrawn_at")) == [(1, NOW), (2, None)]


def test_the_same_pages_are_not_filed_twice(cast, case):
    paper = pledge_of(case, cast.lin)
    stack = taken(cast.lin, scanned(page_with(paper.code)))
    keys = [page.pk for page in waiting_pages(stack)]
    file_sheet(paper=paper, page_keys=keys, again=False, by=cast.lin, **WHEN)
    with pytest.raises((FiledBefore, PageGone)):
        file_sheet(paper=paper, page_keys=keys, again=True, by=cast.lin, **WHEN)
    assert PaperScan.objects.count() == 1


def test_unreadable_pages_are_placed_by_hand(cast, case):
    paper = pledge_of(case, cast.lin)
    stack = taken(cast.lin, scanned(page_with(""), page_with(""), page_with("")))
    first, second, third = waiting_pages(stack)
    with pytest.raises(NothingBefore):
        join_to_page_before(page=second)
    with pytest.raises(CodeMistyped):
        type_code(page=first, text="A" + paper.code[1:] + "A", by=cast.lin, on=TODAY)
    type_code(page=first, text=shown(paper.code).lower(), by=cast.lin, on=TODAY)
    join_to_page_before(page=second)
    leave_out(page=third)
    assert filed(stack, cast.lin) == (1, 0)
    assert PaperScan.objects.get().pages == 2
    assert [page.state for page in ScanPage.objects.order_by("place")] == ["filed", "filed", "left"]


def test_pictures_and_pdf_make_one_stack(cast, case):
    paper = pledge_of(case, cast.lin)
    stack = taken(cast.lin, photographed(page_with(paper.code, turned=-2)), scanned(page_with(paper.code)))
    assert [page.paper for page in waiting_pages(stack)] == [paper, paper]
    assert all(content_of(ScanPage.objects.get(pk=page.pk)).startswith(b"%PDF") for page in waiting_pages(stack))


def test_what_is_given_up_leaves_no_bytes(cast, case):
    stack = taken(cast.lin, scanned(page_with(pledge_of(case, cast.lin).code)))
    discard(stack=stack, at=NOW)
    page = ScanPage.objects.get()
    assert (page.state, page.sealed) == ("left", None)
    with pytest.raises(PageGone):
        content_of(page)


def test_a_stack_nobody_files_is_forgotten_after_a_month(cast, case):
    taken(cast.lin, scanned(page_with(pledge_of(case, cast.lin).code)))
    assert forget_old_stacks(at=NOW + timedelta(days=30)) == 0
    assert forget_old_stacks(at=NOW + timedelta(days=31)) == 1
    assert ScanPage.objects.exclude(sealed=None).count() == 0


def test_hostile_and_missing_files_are_refused_whole(cast, case):
    with pytest.raises(NothingScanned):
        taken(cast.lin)
    good = scanned(page_with(pledge_of(case, cast.lin).code))
    with pytest.raises(UploadRefused):
        taken(cast.lin, good, photographed(page_with(""), name="x.png"))
    assert ScanStack.objects.count() == 0


def test_a_sheet_without_a_case_belongs_to_an_organization(cast):
    paper = paper_for(kind=PaperKind.REPLY_SLIP, organization=cast.county, part="letter-7", by=cast.lin, at=NOW)
    assert mark_of(paper).code == shown(paper.code)
    stack = taken(cast.lin, scanned(page_with(paper.code)))
    assert filed(stack, cast.lin) == (1, 0)
    assert PaperScan.objects.get().file.person is None
    assert [page.paper for page in waiting_pages(taken(cast.mei, scanned(page_with(paper.code))))] == [None]
