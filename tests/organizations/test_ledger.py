"""The office's ledger: read in any layout, refused row by row, written once."""

import json
from datetime import date
from io import BytesIO
from pathlib import Path

import pytest
from django.core.management import CommandError, call_command
from django.utils import translation
from openpyxl import Workbook, load_workbook

from audit.models import Entry
from organizations.identity import identity_of
from organizations.ledger.messages import SENTENCES, sentence
from organizations.ledger.reading import read_book
from organizations.ledger.trees import by_depth, cycles, hanging_below
from organizations.models import (
    Account,
    PartyOrganization,
    Person,
    RoleAssignment,
)
from tests.organizations.importing import change, facts, found, row_of, run
from tests.organizations.ledgers import identity_number, other_book, small_ledger, spoiled, standard_book

SHARED = Path(__file__).parents[3] / "shared" / "data"
SMALL = Path(__file__).parents[2] / "docs" / "samples" / "ledger-small.xlsx"
pytestmark = pytest.mark.django_db


def test_a_ledger_comes_in_whole_and_the_second_time_nothing_changes():
    first = run(standard_book(small_ledger()))
    assert (first.faults, first.written) == ([], True)
    before = facts()
    assert PartyOrganization.objects.find_problems() == ([], [], [], [], [])
    again = run(standard_book(small_ledger()))
    assert (sum(again.changes.values()), again.written) == (0, True)
    assert facts() == before


def test_a_ledger_laid_out_quite_differently_says_the_same():
    run(standard_book(small_ledger()))
    before = facts()
    other = run(other_book(small_ledger()))
    assert (other.faults, sum(other.changes.values())) == ([], 0)
    assert other.other_sheets == ["填表说明"]
    assert set(map(tuple, other.other_columns.values())) == {("经办人签字",)}
    assert facts() == before


def test_exactly_the_spoiled_rows_are_refused_and_the_rest_comes_in():
    ledger, wrong = spoiled(small_ledger())
    outcome = run(standard_book(ledger), good_rows=True)
    assert found(outcome) == wrong
    assert outcome.good == sum(outcome.counts.values()) - len(wrong)
    assert outcome.written is True
    again = run(standard_book(ledger), good_rows=True)
    assert (found(again), sum(again.changes.values())) == (wrong, 0)


def test_one_bad_row_stops_everything_unless_the_good_ones_are_asked_for():
    ledger, _wrong = spoiled(small_ledger())
    outcome = run(standard_book(ledger))
    assert (outcome.written, outcome.changes) == (False, {})
    assert PartyOrganization.objects.count() == Account.objects.count() == Entry.objects.count() == 0


def test_a_dry_run_says_what_would_change_and_changes_nothing():
    outcome = run(standard_book(small_ledger()), dry_run=True)
    assert outcome.written is False
    assert outcome.changes["organizations"] == 62
    assert PartyOrganization.objects.count() == Person.objects.count() == Entry.objects.count() == 0


@pytest.mark.parametrize("book", [path for path in (SHARED / "ledger-sample.xlsx",) if path.exists()] or [SMALL])
def test_the_rows_named_beside_a_sample_are_refused_and_no_others(book):
    beside = book.with_name("ledger-sample.bad.json")
    bad = json.loads(beside.read_text(encoding="utf-8"))["bad"] if beside.exists() else []
    with book.open("rb") as file:
        outcome = run(file, dry_run=True)
    assert found(outcome) == {(each["sheet"], row, each["error"]) for each in bad for row in each["rows"]}
    keys = {(fault.sheet, fault.row): fault.key for fault in outcome.faults}
    assert keys == {(each["sheet"], row): each["key"] for each in bad for row in each["rows"]}


def test_the_small_sample_is_what_its_maker_makes():
    made = load_workbook(standard_book(small_ledger()))
    kept = load_workbook(SMALL)
    for name in made.sheetnames:
        assert [row for row in kept[name].iter_rows(values_only=True)] == [
            row for row in made[name].iter_rows(values_only=True)
        ]


def test_the_command_prints_one_object_and_keeps_its_exit_status(tmp_path, capsys):
    ledger, wrong = spoiled(small_ledger())
    file, refused = tmp_path / "台账.xlsx", tmp_path / "refused.xlsx"
    file.write_bytes(standard_book(ledger).getvalue())
    with pytest.raises(SystemExit) as stopped:
        call_command("import_ledger", file, dry_run=True, json=True)
    report = json.loads(capsys.readouterr().out)
    assert (stopped.value.code, report["sheets"]["书记台账"]) == (1, 69)
    assert {(each["sheet"], each["row"], each["kind"]) for each in report["bad"]} == wrong
    call_command("import_ledger", file, good_rows=True, json=True, refused=refused)
    report = json.loads(capsys.readouterr().out)
    assert (report["refused"], report["good"]) == (str(refused), sum(report["sheets"].values()) - len(wrong))
    call_command("import_ledger", file, good_rows=True, json=True, refused=refused)
    assert json.loads(capsys.readouterr().out)["changes"] == 0


def test_the_command_says_what_was_used_wrongly_and_what_was_refused(tmp_path, capsys, settings):
    with pytest.raises(CommandError) as wrong:
        call_command("import_ledger", tmp_path / "nothing.xlsx", json=True)
    assert wrong.value.returncode == 2
    broken = tmp_path / "broken.xlsx"
    broken.write_bytes(b"no workbook")
    with pytest.raises(SystemExit) as refused:
        call_command("import_ledger", broken, json=True)
    assert (refused.value.code, json.loads(capsys.readouterr().out)["error"]) == (1, "workbook_refused")
    settings.STATE_DIR = tmp_path / "state"
    ledger, _wrong = spoiled(small_ledger())
    file = tmp_path / "ledger.xlsx"
    file.write_bytes(standard_book(ledger).getvalue())
    call_command("import_ledger", file, good_rows=True)
    kept = tmp_path / "state" / "refused" / "ledger-refused.xlsx"
    assert (str(kept) in capsys.readouterr().out, kept.stat().st_mode & 0o777) == (True, 0o600)


def test_the_refused_rows_come_out_with_their_reason_and_without_formulas():
    ledger, wrong = spoiled(small_ledger())
    book = load_workbook(BytesIO(run(standard_book(ledger), good_rows=True).refused))
    rows = [row for sheet in book for row in sheet.iter_rows(min_row=2, values_only=True)]
    assert len(rows) == len(wrong)
    assert all(row[-2] for row in rows)
    cells = [cell for sheet in book for row in sheet.iter_rows() for cell in row]
    assert [cell.value for cell in cells if cell.data_type == "f"] == []
    assert '\'=HYPERLINK("http://example.org","点此")' in [cell.value for cell in cells]


def test_refused_rows_can_be_corrected_and_imported_as_they_are():
    ledger = small_ledger()
    change(ledger, "书记台账", 5, 联系电话="12345")
    outcome = run(standard_book(ledger), good_rows=True)
    book = load_workbook(BytesIO(outcome.refused))
    sheet = book["书记台账"]
    phone = [cell.value for cell in sheet[1]].index("联系电话") + 1
    sheet.cell(2, phone).value = "13800138000"
    content = BytesIO()
    book.save(content)
    corrected = run(content)
    assert (corrected.faults, corrected.changes["posts"], corrected.changes["people"]) == ([], 1, 1)


@pytest.mark.parametrize("language", ["zh-hans", "en"])
def test_every_refusal_is_told_in_both_languages_without_the_number(language):
    ledger, _wrong = spoiled(small_ledger())
    with translation.override(language):
        told = [(fault, sentence(fault)) for fault in run(standard_book(ledger), dry_run=True).faults]
    for fault, text in told:
        assert str(fault.row) in text
        assert fault.sheet in text
        assert "{" not in text
        assert len(fault.key) < 15 or fault.key not in text
    assert {fault.kind for fault, _text in told} <= SENTENCES.keys()


def test_the_log_counts_and_names_nobody():
    ledger = small_ledger()
    run(standard_book(ledger))
    entry = Entry.objects.get(stream="ledger")
    body = json.loads(entry.body)["facts"]
    assert (entry.verb, body["good"], body["refused"]) == ("ledger.imported", 298, 0)
    numbers = [row[1] for row in ledger["书记台账"][1]] + [row[1] for row in ledger["审批人员"][1]]
    assert [number for number in numbers if str(number) in entry.body] == []


def test_identity_numbers_are_sealed_and_found_again():
    ledger = small_ledger()
    run(standard_book(ledger))
    row = ledger["书记台账"][1][0]
    person = Person.objects.get(name=row[0], phone=row[12])
    assert identity_of(person) == row[1]
    assert row[1] not in person.identity_sealed + person.key + person.identity_index
    assert person.identity_mask == row[1][0] + "*" * 16 + row[1][-1]


def test_nobody_gets_a_password_from_the_ledger():
    run(standard_book(small_ledger()))
    assert [account.username for account in Account.objects.all() if account.has_usable_password()] == []
    assert Account.objects.exclude(activated_at=None).count() == 0


def test_one_person_may_lead_two_branches_with_one_account():
    ledger = small_ledger()
    headings, rows = ledger["书记台账"]
    second = list(rows[row_of(ledger, "书记台账", "党组织编码", "B00001")])
    second[headings.index("党组织编码")] = "B00005"
    rows.append(second)
    outcome = run(standard_book(ledger))
    person = Person.objects.get(name=second[0], phone=second[12])
    assert outcome.faults == []
    assert sorted(person.posts.values_list("organization__code", flat=True)) == ["B00001", "B00005"]
    assert Account.objects.filter(person=person).count() == 1


def test_a_role_holds_until_the_end_of_its_last_day_and_its_grants_follow():
    ledger = small_ledger()
    change(ledger, "审批人员", 0, 任职止=date(2026, 12, 31))
    run(standard_book(ledger))
    name, phone = ledger["审批人员"][1][0][:2]
    account = Account.objects.get(username=phone)
    role = RoleAssignment.objects.get(account=account)
    assert (account.name, role.organization.code, role.until_on) == (name, "P000", date(2027, 1, 1))
    below = PartyOrganization.objects.get(code="P100")
    sees = PartyOrganization.objects.visible_to
    assert below in sees(account, on=date(2026, 12, 31))
    assert below not in sees(account, on=date(2027, 1, 1))


@pytest.mark.parametrize(
    ("sheet", "heading"),
    [("书记台账", "届满时间"), ("党组织", "上级党组织编码"), ("审批人员", "角色"), ("社会组织", "登记管理机关")],
)
def test_a_missing_column_stops_everything_and_is_named(sheet, heading):
    ledger = small_ledger()
    headings, rows = ledger[sheet]
    at = headings.index(heading)
    ledger[sheet] = [*headings[:at], *headings[at + 1 :]], [[*row[:at], *row[at + 1 :]] for row in rows]
    outcome = run(standard_book(ledger), good_rows=True)
    assert [(fault.sheet, fault.row, fault.key, fault.kind) for fault in outcome.faults] == [
        (sheet, 2, heading, "heading_missing")
    ]
    assert PartyOrganization.objects.count() == 0


def test_one_sheet_alone_may_refer_to_what_is_there_already():
    run(standard_book(small_ledger()))
    ledger = {name: part for name, part in small_ledger().items() if name == "书记台账"}
    outcome = run(standard_book(ledger))
    assert (outcome.counts, outcome.faults, sum(outcome.changes.values())) == ({"书记台账": 68}, [], 0)


def test_headings_in_two_rows_and_codes_merged_over_several_rows_are_read():
    book = Workbook()
    sheet = book.active
    sheet.title = "书记"
    sheet.append(["姓名", "身份证号码", "党组织编码", "职务", "产生方式", "任期", None])
    sheet.append([None, None, None, None, None, "任职时间", "届满时间"])
    for row in range(2):
        sheet.append(
            [
                f"林秋{'甲乙'[row]}",
                identity_number(date(1980, 1, 2), 101 + row),
                "B00001",
                "副书记",
                "选举",
                "202401",
                "202701",
            ]
        )
    sheet["C4"] = None
    sheet.merge_cells("C3:C4")
    content = BytesIO()
    book.save(content)
    table = read_book(content).tables[0]
    assert [line.cells["branch"] for line in table.lines] == ["B00001", "B00001"]
    assert (table.heading_row, table.missing, table.lines[0].cells["due_on"]) == (2, [], "202701")


def test_rows_under_a_refused_organization_say_so():
    ledger = small_ledger()
    change(ledger, "党组织", row_of(ledger, "党组织", "党组织编码", "C003"), 层级="国")
    kinds = {kind for _sheet, _row, kind in found(run(standard_book(ledger), dry_run=True))}
    assert kinds == {"level_unknown", "superior_refused", "organization_refused"}


def test_three_administrators_are_three_people():
    ledger = small_ledger()
    rows = ledger["审批人员"][1]
    auditor = row_of(ledger, "审批人员", "角色", "监督员")
    both = [*rows[auditor][:4], "系统管理员", *rows[auditor][5:]]
    rows.append(both)
    assert found(run(standard_book(ledger), dry_run=True)) == {("审批人员", len(rows) + 2, "role_clash")}


def test_loops_and_depths_of_a_tree_are_found():
    superiors = {"a": "", "b": "a", "c": "d", "d": "c", "e": "c", "f": "f", "g": "e"}
    assert sorted(cycles(superiors)) == [["c", "d"], ["f"]]
    assert hanging_below({"c", "d"}, superiors) == {"e", "g"}
    assert by_depth({"g": "e", "e": "b", "a": "", "b": "a"}) == ["a", "b", "e", "g"]
