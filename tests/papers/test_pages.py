"""The pages of sheets and scans."""

import io
import zipfile

import docx
import pytest
import time_machine
from pypdf import PdfReader

from audit.models import Entry
from tests import factories as make
from tests.cases import case_at, fresh, new_case, policy  # noqa: F401
from tests.elections import new_election, publish_for_elections
from tests.factories import NOW
from tests.papers.scanning import page_with, scanned
from workflows.papers.models import ScanPage, ScanStack
from workflows.papers.printing import filled_for, kinds_for
from workflows.shared.enums import PaperKind
from workflows.shared.paper_codes import read_code, shown
from workflows.shared.paper_models import Paper, PaperScan
from workflows.shared.papers import paper_for

pytestmark = pytest.mark.usefixtures("policy")


@pytest.fixture(autouse=True)
def now():
    with time_machine.travel(NOW, tick=False):
        yield


@pytest.fixture
def case(cast):
    return case_at(cast, "materials")


@pytest.fixture
def lin(cast, client):
    client.force_login(cast.lin)
    return client


def test_every_form_of_a_case_is_printed_three_ways_with_the_same_code(cast, case, lin):
    for kind in kinds_for(fresh(case)):
        address = f"/matters/case/{case.number}/papers/{kind}"
        page = lin.get(f"{address}/print/").content.decode()
        made = docx.Document(io.BytesIO(lin.get(f"{address}/docx/").content))
        paper = Paper.objects.get(kind=kind)
        footer = "".join(made.sections[0].footer._element.itertext())
        assert shown(paper.code) in page
        assert shown(paper.code) in footer
        assert read_code(footer.split()[0]) == paper.code
    assert lin.get(f"/matters/case/{case.number}/papers/pledge/pdf/").content.startswith(b"%PDF")


def test_the_registration_form_is_printed_once_it_was_handed_in(cast, case, lin):
    from tests.appointment_review.candidate import fill_in

    address = f"/matters/case/{case.number}/papers/registration/docx/"
    assert lin.get(address).status_code == 404
    fill_in(case, cast.shen)
    case.form_versions.update(submitted_at=NOW, confirmed_by=cast.shen, consent_text="1")
    made = docx.Document(io.BytesIO(lin.get(address).content))
    words = "".join(made.element.body.itertext())
    assert "沈若溪" in words
    assert "海珠湾晨光社工服务中心党支部" in words
    assert "".join(made.sections[0].footer._element.itertext()).find("-") > 0


def test_whoever_looks_into_cases_without_their_files_prints_no_registration_form(cast, case, client):
    from tests.appointment_review.candidate import fill_in

    fill_in(case, cast.shen)
    case.form_versions.update(submitted_at=NOW, confirmed_by=cast.shen, consent_text="1")
    both = make.reviewer("两处", "liaison", cast.county)
    make.assign(both, "organizer", cast.city)
    printed = {"kind": "registration", "case": [case.pk]}
    for who in (cast.chen, both):
        client.force_login(who)
        assert "registration" not in client.get(f"/matters/case/{case.number}/papers/").content.decode()
        assert client.get(f"/matters/case/{case.number}/papers/pledge/print/").status_code == 200
        for form in ("print", "docx", "pdf"):
            assert client.get(f"/matters/case/{case.number}/papers/registration/{form}/").status_code == 404
    assert client.get("/papers/print/?kind=registration").context["goes"] == []
    assert client.post("/papers/print/", printed).status_code == 422
    client.force_login(cast.lin)
    assert client.post("/papers/print/", printed)["Content-Type"] == "application/zip"


def test_notices_and_documents_carry_their_code(cast, lin):
    case = case_at(cast, "eligibility")
    page = lin.get(f"/matters/case/{case.number}/notices/acceptance/").content.decode()
    paper = Paper.objects.get(kind=PaperKind.ACCEPTANCE)
    assert shown(paper.code) in page
    again = lin.get(f"/matters/case/{case.number}/notices/acceptance/?form=docx").content
    footer = docx.Document(io.BytesIO(again)).sections[0].footer
    assert shown(paper.code) in "".join(footer._element.itertext())


def test_a_stack_is_looked_at_before_it_is_filed(cast, case, lin):
    paper = paper_for(kind=PaperKind.PLEDGE, case=case, by=cast.lin, at=NOW)
    answer = lin.post("/papers/stacks/", {"file": scanned(page_with(paper.code), page_with(""))})
    stack = ScanStack.objects.get()
    assert answer.url == f"/papers/stacks/{stack.pk}/"
    page = lin.get(answer.url).content.decode()
    assert shown(paper.code) in page
    assert "沈若溪" in page
    assert PaperScan.objects.count() == 0
    assert lin.get(f"{answer.url}2/").content.startswith(b"%PDF")
    refused = lin.post(f"{answer.url}2/sort", {"verb": "code", "code": "ABC"})
    assert refused.status_code == 422
    lin.post(f"{answer.url}2/sort", {"verb": "before"})
    lin.post(f"{answer.url}file", {"paper": [paper.pk]})
    assert PaperScan.objects.get().pages == 2
    assert lin.get(f"{answer.url}1/").status_code == 404
    shown_to = lin.get(f"/matters/case/{case.number}/papers/").content.decode()
    assert f"/papers/scans/{PaperScan.objects.get().pk}/" in shown_to
    assert lin.get(f"/papers/scans/{PaperScan.objects.get().pk}/").content.startswith(b"%PDF")
    assert lin.get(f"/papers/{shown(paper.code).lower()}/").url == f"/matters/case/{case.number}/papers/"


def test_an_upload_without_a_file_says_so(lin):
    assert lin.post("/papers/stacks/").status_code == 422


def test_a_stack_given_up_is_gone(cast, case, lin):
    paper = paper_for(kind=PaperKind.PLEDGE, case=case, by=cast.lin, at=NOW)
    lin.post("/papers/stacks/", {"file": scanned(page_with(paper.code))})
    lin.post(f"/papers/stacks/{ScanStack.objects.get().pk}/discard")
    assert ScanPage.objects.exclude(sealed=None).count() == 0


def test_one_form_is_printed_for_many(cast, case, lin):
    others = [new_case(cast, person=make.person(f"白某{number}")) for number in range(2)]
    page = lin.get("/papers/print/?kind=pledge")
    assert len(page.context["goes"]) == 3
    answer = lin.post("/papers/print/", {"kind": "pledge", "case": [case.pk, others[0].pk]})
    with zipfile.ZipFile(io.BytesIO(answer.content)) as packed:
        made = [docx.Document(io.BytesIO(packed.read(name))) for name in packed.namelist()]
    codes = {"".join(one.sections[0].footer._element.itertext()).split()[0] for one in made}
    assert codes == {shown(code) for code in Paper.objects.values_list("code", flat=True)}
    assert len(codes) == 2
    assert len(lin.get("/papers/print/?kind=registration").context["stays"]) == 3
    assert lin.post("/papers/print/", {"kind": "pledge"}).status_code == 422


def test_one_form_for_many_comes_as_one_pdf_with_a_code_on_each_page(cast, case, lin):
    other = new_case(cast, person=make.person("白某"))
    answer = lin.post("/papers/print/", {"kind": "pledge", "case": [case.pk, other.pk], "form": "pdf"})
    assert answer["Content-Type"] == "application/pdf"
    pages = [page.extract_text() for page in PdfReader(io.BytesIO(answer.content)).pages]
    codes = dict(Paper.objects.values_list("case", "code"))
    assert [[shown(code) in page for code in codes.values()] for page in pages] in (
        [[True, False], [False, True]], [[False, True], [True, False]],
    )  # fmt: skip
    told = Entry.objects.filter(verb="document.downloaded")
    assert [entry.facts for entry in told] == [{"form": "pdf", "document": "pledge"}] * 2


def test_what_was_handed_in_is_listed_for_those_who_read_files(cast, case, client):
    address = f"/matters/case/{case.number}/papers/materials_list/print/"
    for who, status in ((cast.lin, 200), (cast.chen, 404)):
        client.force_login(who)
        assert client.get(address).status_code == status
        listed = client.get("/papers/print/?kind=materials_list").content.decode()
        assert (case.number in listed) == (status == 200)


def test_the_forms_of_an_election_are_printed_from_its_page_with_the_quorum_of_the_policy(cast, client):
    publish_for_elections(cast.an)
    own = new_election(cast)
    client.force_login(cast.chen)
    papers = f"/matters/case/{own.number}/papers/"
    assert papers in client.get(f"/matters/{own.matter.number}/").content.decode()
    assert kinds_for(fresh(own)) == [PaperKind.NOMINATION, PaperKind.ELECTION_RULES, PaperKind.COUNTING_SHEET]
    page = client.get(papers).content.decode()
    for kind in kinds_for(fresh(own)):
        assert f"{papers}{kind}/docx/" in page
        assert client.get(f"{papers}{kind}/pdf/").content.startswith(b"%PDF")
        assert own.organization.name in client.get(f"{papers}{kind}/print/").content.decode()
    made = docx.Document(io.BytesIO(client.get(f"{papers}election_rules/docx/").content))
    assert "不少于应到会人数的4/5" in "\n".join(paragraph.text for paragraph in made.paragraphs)
    own.policy.parameters["quorum_numerator"] = 3
    assert "不少于应到会人数的3/5" in str(filled_for(own, PaperKind.ELECTION_RULES, on=NOW.date()))
    client.force_login(cast.mei)
    assert client.get(papers).status_code == 404
