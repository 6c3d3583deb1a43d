import dataclasses
import io
from datetime import date

import docx
import pytest
from pypdf import PdfReader

from tests.shared import hostile
from workflows.shared import documents
from workflows.shared.documents import (
    AcceptancePaper,
    ApprovalPaper,
    CareerRow,
    Check,
    CorrectionPaper,
    DisapprovalPaper,
    Granted,
    InvitationPaper,
    NonAcceptancePaper,
    OpinionRow,
    PdfUnavailable,
    RegistrationForm,
    RelativeRow,
    docx_of,
    pdf_of,
    print_view_of,
)

DAY = date(2026, 11, 23)
CHECK = Check("https://kaoping.example/check/AbCdEf123/", "8KQ2-71MD")
COMMON = {
    "number": "云社党〔2026〕15号",
    "issuer": "中共云州市社会组织委员会",
    "person": "王䶮㛃𠅤",
    "organization": "云州市物流行业协会党支部",
    "post": "书记",
    "dated": DAY,
}
APPROVAL = ApprovalPaper(
    **COMMON,
    granted=Granted.APPOINTMENT,
    addressee="云州市行业协会联合党委",
    check=CHECK,
    from_on=date(2026, 12, 1),
    until_on=date(2029, 11, 30),
    request="《关于选派王䶮㛃𠅤同志的请示》",
    copies_to=("云州市民政局", "存档"),
)
FORM = RegistrationForm(
    dated=DAY,
    name="王䶮㛃𠅤",
    sex="女",
    born="1980.05（46岁）",
    identity_number="4****************6",
    organization="云州市物流行业协会党支部",
    reason="政治可靠，熟悉行业。",
    photo=hostile.good_jpeg(),
    career=(
        CareerRow("2002.09", "2015.03", "云州市物流有限公司职员"),
        CareerRow("2015.03", "至今", "云州市物流行业协会秘书长"),
    ),
    relatives=(RelativeRow("丈夫", "李远", "1979.01", "群众", "云州市第一中学教师"),),
    opinions=(OpinionRow("云州市行业协会联合党委", "同意", "材料齐全。", "赵敏", "2026年11月23日"),),
)
PAPERS = {
    "approval": APPROVAL,
    "removal": dataclasses.replace(APPROVAL, granted=Granted.REMOVAL),
    "acting": dataclasses.replace(APPROVAL, granted=Granted.ACTING, request=""),
    "extension": dataclasses.replace(APPROVAL, granted=Granted.EXTENSION, until_on=date(2027, 6, 30)),
    "disapproval": DisapprovalPaper(
        **COMMON,
        reason="党龄不满一年。",
        review_until_on=date(2026, 12, 23),
        review_office="云州市社会组织委员会办公室",
        telephone="0999-8888000",
        check=CHECK,
    ),
    "correction": CorrectionPaper(
        **COMMON,
        items=("请补交单位推荐意见并盖章。", "简历2014年7月至2015年2月没有填写。"),
        due_on=date(2026, 11, 30),
        telephone="0999-8888000",
    ),
    "acceptance": AcceptancePaper(**COMMON, telephone="0999-8888000", expected_on=date(2027, 1, 15)),
    "non-acceptance": NonAcceptancePaper(**COMMON, reason="不是本机关管理的组织", telephone="0999-8888000"),
    "invitation": InvitationPaper(
        issuer="云州市行业协会联合党委",
        person="王䶮㛃𠅤",
        organization="云州市物流行业协会党支部",
        code="7KQ2-M4XD-91PA",
        address="https://kaoping.example/activate/",
        valid_until_on=date(2026, 12, 7),
        telephone="0999-8888000",
        dated=DAY,
    ),
    "form": FORM,
}
SAYS = {
    "approval": [
        "云社党〔2026〕15号",
        "关于王䶮㛃𠅤同志任职的批复",
        "云州市行业协会联合党委：",
        "你单位《关于选派王䶮㛃𠅤同志的请示》收悉。",
        "同意王䶮㛃𠅤同志任云州市物流行业协会党支部书记，任期自2026年12月1日至2029年11月30日。",
        "此复。",
        "2026年11月23日",
        "抄送：云州市民政局、存档",
        "查验码：8KQ2-71MD",
        "https://kaoping.example/check/AbCdEf123/",
    ],
    "removal": ["同意免去王䶮㛃𠅤同志云州市物流行业协会党支部书记职务，自2026年12月1日起生效。"],
    "acting": ["同意由王䶮㛃𠅤同志临时负责云州市物流行业协会党支部工作，自2026年12月1日起至新任书记到任之日止"],
    "extension": ["关于同意云州市物流行业协会党支部延期换届的批复", "本届任期延至2027年6月30日"],
    "disapproval": [
        "不予同意告知书",
        "王䶮㛃𠅤同志：",
        "理由：党龄不满一年。",
        "您可以在2026年12月23日前向云州市社会组织委员会办公室申请复核",
    ],
    "correction": [
        "补正通知书",
        "请补交单位推荐意见并盖章。",
        "简历2014年7月至2015年2月没有填写。",
        "请于2026年11月30日前补齐",
    ],
    "acceptance": ["受理通知书", "现予受理。", "一般在2027年1月15日前办结。"],
    "non-acceptance": ["不予受理通知书", "理由：不是本机关管理的组织。"],
    "invitation": ["账号开通说明", "7KQ2-M4XD-91PA", "2026年12月7日前有效", "https://kaoping.example/activate/"],
    "form": [
        "人选登记审批表",
        "王䶮㛃𠅤",
        "4****************6",
        "2015.03－至今",
        "云州市第一中学教师",
        "同意",
        "材料齐全。",
        "拟任职务",
    ],
}


def pdf_text(content: bytes) -> str:
    """Give all text of a PDF without spaces and line ends, which depend on the layout."""
    return squeezed("".join(page.extract_text() for page in PdfReader(io.BytesIO(content)).pages))


def docx_text(content: bytes) -> str:
    """Give all text of a Word document, tables included, without spaces."""
    return squeezed("".join(node.text or "" for node in docx.Document(io.BytesIO(content)).element.body.iter()))


def squeezed(text: str) -> str:
    """Take out all white space."""
    return "".join(text.split())


@pytest.mark.parametrize("kind", sorted(PAPERS))
def test_a_pdf_says_what_it_should(kind):
    text = pdf_text(pdf_of(PAPERS[kind]))
    assert [part for part in SAYS[kind] if squeezed(part) not in text] == []


@pytest.mark.parametrize("kind", sorted(PAPERS))
def test_a_word_document_says_the_same(kind):
    text = docx_text(docx_of(PAPERS[kind]))
    assert [part for part in SAYS[kind] if squeezed(part) not in text] == []


@pytest.mark.parametrize("kind", sorted(PAPERS))
def test_the_same_paper_gives_the_same_bytes(kind):
    assert pdf_of(PAPERS[kind]) == pdf_of(PAPERS[kind])
    assert docx_of(PAPERS[kind]) == docx_of(PAPERS[kind])


@pytest.mark.parametrize(("kind", "pages"), [("approval", 1), ("disapproval", 1), ("invitation", 1), ("form", 2)])
def test_a_document_takes_as_many_pages_as_it_should(kind, pages):
    assert len(PdfReader(io.BytesIO(pdf_of(PAPERS[kind]))).pages) == pages


def test_no_character_is_left_without_a_shape():
    reader = PdfReader(io.BytesIO(pdf_of(APPROVAL)))
    fonts = reader.pages[0]["/Resources"]["/Font"].values()
    names = {font.get_object()["/BaseFont"].partition("+")[2] for font in fonts}
    # One face drew everything, the rare characters of the name included: nothing fell through to another font.
    assert names == {"Kaoping-Sans"}


def test_the_file_bears_only_the_day_of_the_document():
    facts = PdfReader(io.BytesIO(pdf_of(APPROVAL))).metadata
    assert facts["/CreationDate"].startswith("D:20261123")
    assert facts["/ModDate"].startswith("D:20261123")


def test_documents_are_chinese_whatever_their_maker_reads():
    from django.utils import translation

    with translation.override("en"):
        assert "此复。" in pdf_text(pdf_of(APPROVAL))


def test_what_people_write_is_shown_as_text():
    paper = dataclasses.replace(PAPERS["disapproval"], reason="<script>alert(1)</script>{{ 7|add:7 }}")
    html = print_view_of(paper)
    assert "<script" not in html
    assert "&lt;script&gt;alert(1)&lt;/script&gt;{{ 7|add:7 }}" in html


def test_the_print_view_needs_no_inline_style_or_script():
    for paper in PAPERS.values():
        html = print_view_of(paper)
        assert "style=" not in html
        assert "<style" not in html
        assert "<script" not in html
        assert "请用浏览器打印本页" in html


def test_without_its_libraries_the_pdf_gives_way(monkeypatch):
    def missing():
        raise PdfUnavailable

    monkeypatch.setattr(documents.pdf, "_library", missing)
    with pytest.raises(PdfUnavailable):
        pdf_of(APPROVAL)
