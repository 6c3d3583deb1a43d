import io
from datetime import date, datetime
from zoneinfo import ZoneInfo

import openpyxl
import pytest

from workflows.shared.spreadsheets import workbook

DANGEROUS = ["=1+1", "+86", "-1", "@SUM(A1)", "\t=1", "\r=1", "\0=1", "＝1", "=cmd|' /C calc'!A0"]


def opened(content: bytes) -> openpyxl.Workbook:
    """Open a workbook as a spreadsheet program does, formulas included."""
    return openpyxl.load_workbook(io.BytesIO(content))


@pytest.mark.parametrize("text", DANGEROUS)
def test_no_text_becomes_a_formula(text):
    cell = opened(workbook({"人员": (["姓名"], [[text]])}))["人员"]["A2"]
    assert cell.data_type == "s"
    assert cell.value.startswith("'")


def test_a_dangerous_heading_is_escaped_too():
    assert opened(workbook({"a": (["=1"], [])}))["a"]["A1"].value == "'=1"


def test_values_keep_their_kind_and_the_head_stays_in_sight():
    at = datetime(2026, 11, 23, 10, 0, tzinfo=ZoneInfo("Asia/Shanghai"))
    row = ["王䶮", 15, 2.5, date(2026, 11, 23), at, None, True]
    sheet = opened(workbook({"台账": (list("abcdefg"), (row for _ in range(3)))}))["台账"]
    assert sheet.freeze_panes == "A2"
    assert [cell.value for cell in sheet[4]] == [
        "王䶮", 15, 2.5, datetime(2026, 11, 23), datetime(2026, 11, 23, 10, 0), None, "True",
    ]  # fmt: skip
    assert sheet.max_row == 4


def test_a_title_no_spreadsheet_allows_is_made_fit():
    assert opened(workbook({"a/b:c" + "长" * 40: (["x"], [])})).sheetnames == ["a b c" + "长" * 26]
