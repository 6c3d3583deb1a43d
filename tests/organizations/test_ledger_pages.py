"""The pages of the import and of the calendar."""

from datetime import date, timedelta
from io import BytesIO

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.utils import timezone
from openpyxl import load_workbook

from audit.models import Entry
from organizations.calendar import calendar
from organizations.ledger.reading import read_book
from organizations.models import CalendarDay, LedgerImport, PartyOrganization, Person
from tests.organizations.ledgers import small_ledger, spoiled, standard_book

pytestmark = pytest.mark.django_db


def upload(client, content: bytes, name: str = "台账.xlsx"):
    return client.post("/import/", {"file": SimpleUploadedFile(name, content)})


def test_a_ledger_is_checked_first_and_written_when_asked(cast, client):
    client.force_login(cast.xu)
    before = PartyOrganization.objects.count()
    address = upload(client, standard_book(small_ledger()).getvalue()).url
    page = client.get(address).content.decode()
    assert "是否写入这份台账" in page
    assert (PartyOrganization.objects.count(), "全部写入" in page) == (before, True)
    assert client.post(f"{address}write/", {"rows": "all"}).url == address
    assert PartyOrganization.objects.count() == before + 62
    assert "已写入，改动" in client.get(address).content.decode()
    run = LedgerImport.objects.get()
    assert (run.state, run.sealed_content, run.done) == ("written", None, 298)
    entry = Entry.objects.get(verb="ledger.imported")
    assert entry.actor_name == "徐行"


def test_a_double_click_writes_once(cast, client):
    client.force_login(cast.xu)
    address = upload(client, standard_book(small_ledger()).getvalue()).url
    for _click in range(2):
        client.post(f"{address}write/", {"rows": "all"})
    assert Entry.objects.filter(verb="ledger.imported").count() == 1


def test_what_was_cut_off_while_it_was_written_can_be_started_again(cast, client):
    client.force_login(cast.xu)
    address = upload(client, standard_book(small_ledger()).getvalue()).url
    for minutes, offered in ((14, False), (15, True)):
        LedgerImport.objects.update(state="writing", writing_since=timezone.now() - timedelta(minutes=minutes))
        page = client.get(address).content.decode()
        assert ("全部写入" in page, "写入中断" in page) == (offered, offered)
        assert ("HX-Refresh" in client.get(f"{address}progress/").headers) == offered
        client.post(f"{address}write/", {"rows": "all"})
        assert Entry.objects.filter(verb="ledger.imported").count() == offered
    assert LedgerImport.objects.get().state == "written"


def test_refused_rows_are_shown_with_what_to_do_and_come_out_as_a_workbook(cast, client):
    ledger, wrong = spoiled(small_ledger())
    client.force_login(cast.xu)
    address = upload(client, standard_book(ledger).getvalue()).url
    page = client.get(address).content.decode()
    assert "请与身份证核对" in page
    assert "全部写入" not in page
    assert client.post(f"{address}write/", {"rows": "all"}).status_code == 302
    assert Person.objects.count() == 2
    client.post(f"{address}write/", {"rows": "good"})
    assert Person.objects.count() > 40
    book = load_workbook(BytesIO(client.get(f"{address}refused/").content))
    assert sum(sheet.max_row - 1 for sheet in book) == len(wrong)


def test_identity_numbers_stand_neither_on_the_page_nor_in_the_stored_report(cast, client):
    ledger, _wrong = spoiled(small_ledger())
    numbers = [str(row[1]) for row in ledger["书记台账"][1] if row[1] and len(str(row[1])) > 10]
    client.force_login(cast.xu)
    address = upload(client, standard_book(ledger).getvalue()).url
    seen = client.get(address).content.decode() + str(LedgerImport.objects.get().report)
    assert [number for number in numbers if number in seen] == []
    assert all(number.encode() not in bytes(LedgerImport.objects.get().sealed_content) for number in numbers)


@pytest.mark.parametrize("content", [b"", b"no workbook", b"PK\x03\x04 broken"])
def test_what_is_no_workbook_is_refused_before_it_is_stored(cast, client, content):
    client.force_login(cast.xu)
    response = upload(client, content)
    assert response.status_code == 200
    assert LedgerImport.objects.count() == 0


def test_only_system_administrators_import_and_only_their_own(cast, client):
    client.force_login(cast.xu)
    address = upload(client, standard_book(small_ledger()).getvalue()).url
    for other in (cast.lin, cast.an, cast.jian, cast.shen, cast.han):
        client.force_login(other)
        for page in ("/import/", "/import/template/", address, f"{address}progress/", f"{address}refused/"):
            assert client.get(page).status_code == 403
        assert client.post(f"{address}write/").status_code == 403
    assert LedgerImport.objects.get().state == "checked"


def test_the_template_is_a_ledger_without_rows(cast, client):
    client.force_login(cast.xu)
    book = read_book(BytesIO(client.get("/import/template/").content))
    assert [table.title for table in book.tables] == ["党组织", "社会组织", "书记台账", "联审单位", "审批人员"]
    assert [table.missing + table.lines + table.other_columns for table in book.tables] == [[]] * 5


def test_the_calendar_shows_what_is_official_and_what_is_not(cast, client):
    client.force_login(cast.lin)
    page = client.get("/calendar/?year=2026").content.decode()
    assert "正式" in page
    assert "共 248 个工作日" in page
    assert "暂定" in client.get("/calendar/?year=2027").content.decode()
    for year in ("x", "99999", "9" * 5000):
        assert client.get(f"/calendar/?year={year}").status_code == 200
    assert CalendarDay.objects.count() == 0


def test_a_day_is_changed_with_a_reason_by_the_system_administrator(cast, client):
    client.force_login(cast.xu)
    facts = {"is_workday": "0", "name": "台风", "reason": ""}
    assert "台风" in client.post("/calendar/2026-11-25/", facts).content.decode()
    assert calendar().is_workday(date(2026, 11, 25)) is True
    answer = client.post("/calendar/2026-11-25/", {**facts, "reason": "省政府通知停工"})
    assert answer.url == "/calendar/?year=2026"
    assert calendar().is_workday(date(2026, 11, 25)) is False
    assert "台风" in client.get("/calendar/?year=2026").content.decode()
    assert client.get("/calendar/2026-02-30/").status_code == 404
    client.force_login(cast.lin)
    assert client.post("/calendar/2026-11-26/", facts).status_code == 403
