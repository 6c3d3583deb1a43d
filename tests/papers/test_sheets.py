"""Every form opens in Word, on A4, holds its data and the code in its footer; print view and PDF hold the same."""

import io
import re
import zipfile
from datetime import date

import docx
import pytest
from pypdf import PdfReader

from workflows.shared.documents import (
    BUILDERS,
    Mark,
    PdfUnavailable,
    SheetFacts,
    docx_of,
    pdf_of,
    print_view_of,
    sheet_of,
)
from workflows.shared.enums import PaperKind
from workflows.shared.paper_codes import in_picture, shown, with_checks

CODE = with_checks("A2B3C4D5")
MARK = Mark(in_picture(CODE), shown(CODE), "承诺书 RK-2026-1")
FACTS = SheetFacts(
    issuer="海珠湾区社会组织党委",
    dated=date(2026, 11, 23),
    number="RK-2026-0001",
    person="王䶮㛃",
    organization="云州市物流行业协会党支部",
    post="书记",
    telephone="020-55500100",
    addressee="南岭省社会组织综合党委",
    held_on="2026年11月24日",
    place="三楼会议室",
    people=("林秋", "韩启明"),
    names=("王䶮㛃",),
    numbers={"expected": 41, "present": 39, "issued": 38, "returned": 37, "valid": 36, "seats": 5},
    from_on="2026年11月25日",
    until_on="2026年12月1日",
    texts={"weaknesses": "开拓办法不多。", "outline": "现实表现"},
)
WITH_A_TABLE_OF_ITS_OWN = {PaperKind.MATERIALS_LIST: (("承诺书", "必交", "√", "1"),)}
# What each form must repeat of what it was given.
SHOWS = {
    PaperKind.MATERIALS_LIST: ("王䶮㛃", "承诺书", "必交"),
    PaperKind.PLEDGE: ("王䶮㛃", "书记", "海珠湾区社会组织党委"),
    PaperKind.RECOMMENDATION: ("王䶮㛃", "RK-2026-0001"),
    PaperKind.NOMINATION: ("41", "39", "王䶮㛃", "三楼会议室"),
    PaperKind.PREVIEW: ("林秋、韩启明", "020-55500100", "2026年12月1日"),
    PaperKind.TALK_RECORD: ("2026年11月24日", "三楼会议室", "林秋、韩启明", "现实表现"),
    PaperKind.APPRAISAL_BALLOT: ("王䶮㛃",),
    PaperKind.APPRAISAL_TALLY: ("38", "37", "36"),
    PaperKind.REPLY_SLIP: ("王䶮㛃", "2026年12月1日"),
    PaperKind.REPORT: ("王䶮㛃", "开拓办法不多。", "林秋、韩启明"),
    PaperKind.PUBLIC_NOTICE: ("王䶮㛃", "2026年12月1日", "020-55500100"),
    PaperKind.OBJECTION: ("RK-2026-0001",),
    PaperKind.ELECTION_RULES: ("云州市物流行业协会党支部", "5"),
    PaperKind.COUNTING_SHEET: ("41", "39", "王䶮㛃"),
    PaperKind.REQUEST: ("南岭省社会组织综合党委", "王䶮㛃", "书记"),
}


def sheet(kind):
    rows = WITH_A_TABLE_OF_ITS_OWN.get(kind, ())
    values = {name: getattr(FACTS, name) for name in FACTS.__dataclass_fields__}
    return sheet_of(kind, SheetFacts(**values | {"rows": rows}))


def test_every_builder_is_held_against_what_it_must_show():
    sheet(PaperKind.PLEDGE)
    assert set(BUILDERS) == set(SHOWS)


@pytest.mark.parametrize("kind", SHOWS)
def test_a_form_as_docx_holds_data_and_code(kind):
    content = docx_of(sheet(kind), mark=MARK)
    made = docx.Document(io.BytesIO(content))
    section = made.sections[0]
    assert (round(section.page_width.mm), round(section.page_height.mm)) == (210, 297)
    words = "".join(made.element.body.itertext())
    assert [text for text in SHOWS[kind] if text not in words] == []
    footer = "".join(section.footer._element.itertext())
    assert MARK.code in footer
    with zipfile.ZipFile(io.BytesIO(content)) as packed:
        assert len([name for name in packed.namelist() if name.startswith("word/media/")]) == 1
        fonts = set(re.findall(r'w:eastAsia="([^"]+)"', packed.read("word/document.xml").decode()))
    assert fonts <= {"仿宋", "方正小标宋简体"}
    assert docx_of(sheet(kind), mark=MARK) == content


@pytest.mark.parametrize("kind", SHOWS)
def test_a_form_in_the_print_view_holds_data_and_code(kind):
    page = print_view_of(sheet(kind), mark=MARK)
    assert [text for text in (*SHOWS[kind], MARK.code, "data:image/png") if text not in page] == []
    assert "<script" not in page


def test_a_form_as_pdf_carries_its_code_on_every_page():
    try:
        content = pdf_of(sheet(PaperKind.REPORT), mark=MARK)
    except PdfUnavailable:
        pytest.fail("no PDF can be drawn here")
    pages = [page.extract_text() for page in PdfReader(io.BytesIO(content)).pages]
    assert len(pages) > 1
    assert [MARK.code in text for text in pages] == [True] * len(pages)


def test_no_ballot_carries_anything_of_a_voter():
    ballot = sheet(PaperKind.APPRAISAL_BALLOT)
    assert docx_of(ballot, mark=MARK) == docx_of(ballot, mark=MARK)


def test_texts_of_a_matter_replace_the_usual_words_of_a_request():
    values = {name: getattr(FACTS, name) for name in FACTS.__dataclass_fields__}
    own = SheetFacts(**values | {"texts": {"title": "关于召开党员大会的请示", "body": "第一段。\n第二段。"}})
    words = print_view_of(sheet_of(PaperKind.REQUEST, own))
    assert "关于召开党员大会的请示" in words
    assert "第二段。" in words
