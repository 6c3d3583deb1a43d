"""The pages of letters: list, grid, sending, answering, typing in; who sees what, and at what cost."""

import io
import zipfile
from datetime import timedelta

import pytest
import time_machine
from docx import Document
from pypdf import PdfReader

from approvals.enums import SeatState
from approvals.models import Letter, Seat
from audit.models import Entry
from organizations.models import RoleAssignment
from tests import factories as make
from tests.appointment_review.candidate import picture
from tests.cases import fresh
from tests.letters import ASKS, asked_case, asked_cases, departments, in_force, lines, officer_of, sent
from tests.query_counts.test_lists import statements


@pytest.fixture(autouse=True)
def now():
    with time_machine.travel(make.NOW, tick=False) as clock:
        yield clock


@pytest.fixture
def office(cast):
    """Give the cast with a policy that asks police and court of the province."""
    in_force(cast)
    cast.police, cast.court = departments("南岭省公安厅", "南岭省高级人民法院")
    cast.deng = officer_of(cast.police)
    cast.judge = officer_of(cast.court, "方法官")
    cast.chair = make.reviewer("程书记", "committee_secretary", cast.province)
    cast.clerk = make.reviewer("贺云舟", "organizer", cast.province)
    return cast


def text(answer) -> str:
    return answer.content.decode()


def as_(client, account):
    client.force_login(account)
    return client


def letters_of(office, cases) -> dict[str, Letter]:
    return {letter.department.name: letter for letter in sent(office, cases)}


def replying(letter: Letter, found: dict[str, str] | None = None, **more) -> dict:
    keys = {item.case.subject_name: item.pk for item in letter.items.select_related("case")}
    typed = {"rest": "1", "key": f"key-{letter.pk}"}
    for place, (name, words) in enumerate((found or {}).items()):
        typed |= {f"person-{place}": keys[name], f"text-{place}": words}
    return typed | more


def test_letters_are_chosen_looked_over_and_sent(office, client):
    cases = asked_cases(office, 3)
    as_(client, office.han)
    assert "发函" in text(client.get("/letters/grid/"))
    page = text(client.get("/letters/new/"))
    assert [name in page for name in ("丁若0", "南岭省公安厅", "违反纪律")] == [True] * 3
    chosen = {
        "case": [cases[0].pk, cases[1].pk], "department": [office.police.pk], "asks": ASKS, "working_days": "10",
        "at": office.province.code,
    }  # fmt: skip
    page = text(client.post("/letters/new/", chosen))
    assert ("丁若0、蒲若1" in page, Letter.objects.count()) == (True, 0)
    for _ in range(2):
        answer = client.post("/letters/new/", {**chosen, "seen": "1", "key": "k"})
    assert answer.status_code in (302, 422)
    letter = Letter.objects.get()
    assert (letter.department, len(lines(letter)), letter.asks) == (office.police, 2, ASKS)
    assert (
        client.post("/letters/new/", {"at": office.province.code, "asks": ASKS, "working_days": "3"}).status_code == 422
    )


def test_the_department_finds_its_letters_only_and_answers(office, client):
    case = asked_case(office, "汤问渠")
    letters = letters_of(office, [case])
    as_(client, office.deng)
    assert client.get("/")["Location"] == "/letters/"
    page = text(client.get("/letters/"))
    assert (letters["南岭省公安厅"].number in page, letters["南岭省高级人民法院"].number in page) == (True, False)
    mine, other = (f"/letters/{letters[name].token}/" for name in ("南岭省公安厅", "南岭省高级人民法院"))
    page = text(client.get(mine))
    assert case.subject.identity_mask in page
    assert (client.get(other).status_code, client.get("/letters/grid/").status_code) == (404, 403)
    assert client.get("/letters/new/").status_code == 403
    letter = letters["南岭省公安厅"]
    assert client.post(f"{mine}answer/", {"key": "k"}).status_code == 422  # silence is never consent
    more = client.post(f"{mine}answer/", replying(letter, {"汤问渠": "一起行政处罚"}, more="1"))
    assert ("一起行政处罚" in text(more), lines(letter)) == (True, {"汤问渠": ""})
    for _ in range(2):
        assert client.post(f"{mine}answer/", replying(letter, {"汤问渠": "一起行政处罚"})).status_code == 302
    assert lines(letter) == {"汤问渠": "finding"}
    assert [client.post(f"{mine}{verb}/").status_code for verb in ("remind", "confirm")] == [422, 422]


def test_a_reply_on_paper_goes_through_two_people_with_its_scan(office, client):
    case = asked_case(office, "丁素秋")
    letter = letters_of(office, [case])["南岭省公安厅"]
    address = f"/letters/{letter.token}/"
    as_(client, office.han)
    assert client.post(f"{address}enter/", replying(letter)).status_code == 422  # nothing to check against
    answer = client.post(f"{address}enter/", replying(letter, scan=picture()))
    assert answer.status_code == 302
    assert client.post(f"{address}confirm/", {"key": "c"}).status_code == 422
    scan = letter.scans.get()
    kept = Entry.objects.get(verb="letter.scan_kept")
    assert (kept.subject, kept.facts["sha256"].replace(" ", "")) == (case.number, scan.file.sha256)
    assert client.get(f"{address}scans/{scan.file_id}/").status_code == 200
    assert as_(client, office.deng).get(f"{address}scans/{scan.file_id}/").status_code == 404
    as_(client, office.clerk)
    assert "待核对" in text(client.get("/letters/?which=check"))
    page = text(client.get(address))  # the second person reads what was typed about whom
    assert ('<span class="second">无异议</span>' in page, "与盖章回函一致" in page) == (True, True)
    assert client.post(f"{address}discard/", {"discard-reason": "看错一行"}).status_code == 302
    assert client.post(f"{address}enter/", replying(letter, key="again")).status_code == 302
    as_(client, office.han)
    for _ in range(2):
        assert client.post(f"{address}confirm/", {"key": "c"}).status_code == 302
    assert lines(letter) == {"丁素秋": "no_finding"}


def test_a_late_letter_is_reminded_extended_deferred_and_closed(office, client, now):
    case = asked_case(office, "丁素秋")
    letter = letters_of(office, [case])["南岭省公安厅"]
    address = f"/letters/{letter.token}/"
    now.move_to(make.NOW + timedelta(days=30))
    as_(client, office.han)
    page = text(client.get("/letters/grid/"))
    assert ("逾期" in page, "未回" in page) == (True, True)
    assert client.post(f"{address}remind/").status_code == 302
    assert client.post(f"{address}extend/", {"extend-working_days": "0", "extend-reason": "x"}).status_code == 422
    given = {"extend-working_days": "2", "extend-reason": "正在核查", "key": "x"}
    assert client.post(f"{address}extend/", given).status_code == 302
    assert "正在核查" in text(client.get(address))
    wait = {"wait-person": letter.items.get().pk, "wait-review_on": "2027-01-20", "wait-words": "来电，案件未结"}
    assert client.post(f"{address}wait/", wait).status_code == 302
    assert "缓议" in text(client.get("/letters/grid/"))
    now.move_to(make.NOW + timedelta(days=90))
    as_(client, office.han)
    assert client.post(f"{address}close/", {"close-reason": "催不到", "key": "w"}).status_code == 422
    as_(client, office.chair)
    assert client.post(f"{address}close/", {"close-reason": "催不到", "key": "w"}).status_code == 302
    assert Seat.objects.get(letter_item__letter=letter).state == SeatState.SPOKEN


def test_the_grid_frames_the_chosen_department_and_offers_its_reply(office, client):
    cases = asked_cases(office, 2)
    letters_of(office, cases)
    page = text(as_(client, office.han).get(f"/letters/grid/?department={office.court.pk}"))
    assert ('<th scope="row">丁若0' in page, "保存，交第二人核对" in page, "is-chosen" in page) == (True, True, True)
    page = text(as_(client, office.shi).get(f"/letters/grid/?department={office.court.pk}"))
    assert "保存，交第二人核对" not in page  # who only reads types nothing in


def test_a_finding_is_read_by_the_deciders_and_never_by_the_person(cast, client):
    in_force(cast, full=True)
    (cast.police,) = departments("南岭省公安厅")
    deng = officer_of(cast.police)
    case = asked_case(cast, "汤问渠")
    (letter,) = sent(cast, [case])
    as_(client, deng).post(f"/letters/{letter.token}/answer/", replying(letter, {"汤问渠": "一起行政处罚"}))
    assert fresh(case).step == "investigation"
    from approvals.actions.acting import acting_on
    from approvals.actions.speaking import Answer, settle

    with acting_on(case.pk, by=cast.han, at=make.NOW) as act:
        settle(act, "investigation", Answer("hand_in"), key="inv")
    seat = Seat.objects.get(stage__case=case, state="open")
    page = text(as_(client, cast.han).get(f"/seats/{seat.pk}/"))
    assert ("一起行政处罚" in page, "须写理由" in page, "南岭省公安厅" in page) == (True, True, True)
    as_(client, case.subject.account)
    for address in ("/my/", f"/my/{case.number}/"):
        page = text(client.get(address))
        assert ("行政处罚" in page, "公安" in page, "联审" in page, "征求意见" in page) == (False,) * 4
        assert "办理中" in page
    assert client.get(f"/letters/{letter.token}/").status_code == 404


def test_where_nobody_can_be_asked_the_inbox_leads_to_the_reason(cast, client):
    in_force(cast)
    case = asked_case(cast, "丁素秋")
    seat = Seat.objects.get(stage__case=case, state="open")
    as_(client, cast.han)
    assert "/letters/grid/" in text(client.get("/inbox/"))
    assert client.get(f"/seats/{seat.pk}/")["Location"] == "/letters/grid/"
    assert "没有可以征求意见的部门" in text(client.get("/letters/grid/"))
    assert client.post(f"/letters/seats/{seat.pk}/go-on/", {"reason": ""}).status_code == 302
    assert fresh(case).state == "open"
    client.post(f"/letters/seats/{seat.pk}/go-on/", {"reason": "本级没有联审单位"})
    assert fresh(case).state == "done"


def test_the_letter_goes_out_as_a_document_with_its_list_and_slip(office, client):
    cases = asked_cases(office, 3)
    letter = letters_of(office, cases)["南岭省公安厅"]
    as_(client, office.han)
    document = Document(io.BytesIO(client.get(f"/letters/{letter.token}/docx/").content))
    words = "\n".join(paragraph.text for paragraph in document.paragraphs)
    for said in (letter.number, "征求丁若0等3名同志", "南岭省公安厅", "回函", letter.token):
        assert said in words
    people, slip = document.tables
    assert [row.cells[1].text for row in people.rows][1:] == ["丁若0", "蒲若1", "万若2"]
    assert people.rows[1].cells[4].text == cases[0].subject.identity_mask
    assert len(slip.rows) == 5
    printed = text(client.get(f"/letters/{letter.token}/print/"))
    assert ("蒲若1" in printed, "回函" in printed) == (True, True)
    assert client.get(f"/letters/{letter.token}/exe/").status_code == 404


def test_an_officer_whose_role_ended_sees_nothing(office, client):
    letter = letters_of(office, [asked_case(office, "丁素秋")])["南岭省公安厅"]
    RoleAssignment.objects.filter(account=office.deng).update(until_on=make.TODAY)
    assert as_(client, office.deng).get(f"/letters/{letter.token}/").status_code == 404


@pytest.mark.queries
@pytest.mark.parametrize("address", ["/letters/?which=all", "/letters/grid/", "/letters/new/", "/letters/{token}/"])
def test_pages_ask_as_often_for_many_people_as_for_one(office, client, address):
    first = asked_case(office, "丁素秋")
    if "new" not in address:
        sent(office, [first], key="first")
    as_(client, office.han)
    token = Letter.objects.values_list("token", flat=True).first()
    one = statements(client, address.format(token=token))
    more = asked_cases(office, 6)
    if "new" not in address:
        for number, case in enumerate(more[:4]):
            sent(office, [case], key=f"more-{number}")
        (letter, _) = sent(office, more[4:], key="rest")
        token = letter.token
    many = statements(client, address.format(token=token))
    assert len(many) == len(one), "\n".join(many)


def test_many_letters_are_printed_as_one_pdf_or_as_files(office, client):
    letters = list(letters_of(office, asked_cases(office, 2)).values())
    han = as_(client, office.han)
    page = text(han.get("/letters/print/"))
    assert [letter.number in page for letter in letters] == [True, True]
    assert han.post("/letters/print/", {"form": "pdf"}).status_code == 422
    chosen = {"letter": [letter.pk for letter in letters]}
    printed = PdfReader(io.BytesIO(han.post("/letters/print/", chosen | {"form": "pdf"}).content))
    words = "".join(page.extract_text() for page in printed.pages).replace("\n", "")
    assert [letter.number in words for letter in letters] == [True, True]
    with zipfile.ZipFile(io.BytesIO(han.post("/letters/print/", chosen | {"form": "docx"}).content)) as packed:
        assert sorted(packed.namelist()) == sorted(f"{one.number} {one.department.name}.docx" for one in letters)
    told = [entry.subject for entry in Entry.objects.filter(verb="document.downloaded")]
    assert sorted(told) == sorted([letter.number for letter in letters] * 2)
    as_(client, office.mei)
    assert client.post("/letters/print/", chosen | {"form": "docx"}).status_code == 422


@pytest.mark.queries
def test_the_list_to_print_asks_as_often_for_many_letters_as_for_one(office, client):
    counts = set()
    for number in range(1, 4):
        case = asked_case(office, f"丁若{number}")
        sent(office, [case], key=f"print-{number}")
        counts.add(len(statements(as_(client, office.han), "/letters/print/")))
    assert len(counts) == 1, counts
