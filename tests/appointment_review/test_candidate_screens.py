"""The pages of the person a case is about, by HTTP: what they say, what they save, and to whom they exist."""

import re
from datetime import timedelta

import pytest
import time_machine
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from approvals.enums import CaseState
from approvals.models import Case
from organizations.actions.helpers import add_helper
from tests import factories as make
from tests.appointment_review.candidate import FIELDS, RESUME, SPOUSE, fill_in, hand_over_files, picture
from tests.cases import case_at, fresh, new_case, say
from tests.factories import NOW, TODAY
from tests.keys import key_on
from workflows.appointment_review.actions.forms import add_row, hand_in
from workflows.appointment_review.actions.replies import hand_in_reply
from workflows.appointment_review.candidate_queries import current_form
from workflows.appointment_review.form_fields import CONSENT_TEXT
from workflows.appointment_review.models import FormVersion, Material, OfficialDocument

LATER = NOW + timedelta(days=1)


@pytest.fixture(autouse=True)
def now():
    with time_machine.travel(NOW, tick=False) as moment:
        yield moment


@pytest.fixture
def case(cast, policy):
    return new_case(cast)


@pytest.fixture
def shen(cast) -> Client:
    return signed_in(cast.shen)


def signed_in(account) -> Client:
    client = Client()
    client.force_login(account)
    return client


def text_of(answer) -> str:
    assert answer.status_code in (200, 409, 422), answer.status_code
    return re.sub(r"\s+", " ", re.sub(r"<[^>]+>", " ", answer.content.decode()))


def ready(case, by):
    fill_in(case, by)
    hand_over_files(case, by)
    hand_in(case_pk=case.pk, by=by, at=NOW, key="k", consent_text=CONSENT_TEXT)
    return fresh(case)


def section(case, name) -> str:
    return f"/my/{case.number}/form/{name}/"


def test_my_matters_say_what_to_do_and_by_when(case, shen):
    page = text_of(shen.get("/my/"))
    assert "请在 11月30日（周一）前提交材料。" in page
    assert "海珠湾区社会组织党委" in page or "海珠湾区志愿服务联合会党总支" in page


def test_without_a_case_the_page_says_so(cast):
    assert "现在没有要您办理的事" in text_of(signed_in(cast.ma).get("/my/"))


def test_the_pages_in_every_state_never_name_an_inner_step(cast, case, shen):
    pages = [text_of(shen.get(f"/my/{case.number}/"))]
    ready(case, cast.shen)
    for who, verb in ((cast.lin, "agree"), (cast.lin, "agree"), (cast.gao, "agree"), (cast.lin, "agree")):
        pages.append(text_of(shen.get(f"/my/{case.number}/")))
        say(fresh(case), who, verb)
    say(fresh(case), cast.zhou, "refuse", reason="内部意见机密", reason_for_person="条件不足。")
    pages.append(text_of(shen.get(f"/my/{case.number}/")))
    inner = ("形式审查", "资格", "联审", "Completeness", "Eligibility", "Party levels", "内部意见机密", "周正", "林秋")
    for page in pages:
        assert [word for word in inner if word in page] == []
    assert "条件不足。" in pages[-1]
    assert all("条件不足。" not in page for page in pages[:-1])


@pytest.mark.parametrize(
    "path", ["", "form/basics/", "sheet/", "hand-in/", "materials/", "withdraw/", "reply/", "review/"]
)
def test_for_everybody_else_the_case_does_not_exist(cast, case, path):
    for other in (cast.ma, cast.lin, cast.zhou, cast.xu, cast.jian, cast.he):
        assert signed_in(other).get(f"/my/{case.number}/{path}").status_code == 404
    assert Client().get(f"/my/{case.number}/{path}").status_code == 302


def test_a_helper_reaches_form_and_materials_and_nothing_else(cast, case):
    add_helper(candidate=cast.shen, login="he", at=NOW)
    he = signed_in(cast.he)
    codes = {
        path: he.get(f"/my/{case.number}/{path}").status_code
        for path in ("form/basics/", "materials/", "sheet/", "hand-in/", "", "withdraw/", "review/", "reply/")
    }
    assert codes == {
        "form/basics/": 200, "materials/": 200, "sheet/": 200, "hand-in/": 200,
        "": 404, "withdraw/": 404, "review/": 404, "reply/": 404,
    }  # fmt: skip
    assert "沈若溪" in text_of(he.get("/my/"))
    pledge = he.get(section(case, "pledge")).content.decode()
    assert 'name="discipline"' in pledge
    assert 'name="truth"' not in pledge


def test_a_field_is_saved_when_it_is_left(case, shen):
    answer = shen.post(
        f"{section(case, 'basics')}save", {"field": "phone", "phone": "13800000001", "tab": "t", "edition": "0"}
    )
    assert answer.json() == {"saved_at": "10:00"}
    assert current_form(case, today=TODAY).document["basics"]["phone"] == "13800000001"


def test_two_tabs_cannot_overwrite_each_other_and_the_words_stay(case, shen):
    url = section(case, "basics")
    shen.post(f"{url}save", {"field": "native_place", "native_place": "南岭省云州市", "tab": "a", "edition": "0"})
    other = shen.post(
        f"{url}save", {"field": "native_place", "native_place": "南岭省鹏城市", "tab": "b", "edition": "0"}
    )
    assert "另一个页面" in other.json()["error"]
    page = shen.post(url, {"native_place": "南岭省鹏城市", "tab": "b", "edition": "0", "then": "next"})
    assert page.status_code == 409
    assert 'value="南岭省鹏城市"' in page.content.decode()
    assert current_form(case, today=TODAY).document["basics"]["native_place"] == "南岭省云州市"
    edition = re.search(r'name="edition" value="(\d+)"', page.content.decode())[1]
    shen.post(url, {"native_place": "南岭省鹏城市", "tab": "b", "edition": edition, "then": "next"})
    assert current_form(case, today=TODAY).document["basics"]["native_place"] == "南岭省鹏城市"


def test_without_scripts_a_part_is_saved_by_its_buttons(case, shen):
    answer = shen.post(section(case, "membership"), FIELDS["membership"] | {"tab": "t", "edition": "0", "then": "next"})
    assert answer.headers["Location"] == section(case, "education")
    shown = shen.get(section(case, "membership")).content.decode()
    assert 'value="2006年5月4日"' in shown


def test_what_is_wrong_is_kept_as_typed_and_named_at_the_field(case, shen):
    shen.post(section(case, "basics"), {"work_began": "很早以前", "tab": "t", "edition": "0", "then": "stay"})
    page = shen.get(section(case, "basics")).content.decode()
    assert 'value="很早以前"' in page
    assert "例如 2015年3月" in page
    assert 'aria-invalid="true"' in page


def test_before_the_first_submit_amber_after_it_red(cast, case, shen):
    before = shen.get(section(case, "resume")).content.decode()
    assert 'class="missing"' in before
    assert "data-error-summary" not in before
    answer = shen.post(section(case, "resume"), {"tab": "t", "edition": "0", "then": "check"})
    assert "?checked=1" in answer.headers["Location"]
    after = shen.get(answer.headers["Location"]).content.decode()
    assert "data-error-summary" in after
    assert 'class="missing"' not in after
    assert f"{section(case, 'family')}?checked=1#rows" in after


def test_a_gap_stands_in_its_place_and_can_be_filled_or_explained(cast, case, shen):
    for row in (RESUME[0], RESUME[1] | {"end": "2020年12月"}, RESUME[2]):
        add_row(case_pk=case.pk, section="resume", by=cast.shen, at=NOW, values=row)
    page = text_of(shen.get(section(case, "resume")))
    assert "这里空了 8 个月：2021年1月至2021年8月" in page
    url = section(case, "resume")
    shen.post(
        f"{url}save",
        {"field": "reason-2021-01_2021-08", "reason-2021-01_2021-08": "在家照顾老人", "tab": "t", "edition": "9"},
    )
    assert current_form(case, today=TODAY).document["resume"]["reasons"] == {"2021-01_2021-08": "在家照顾老人"}
    shen.post(url, {"tab": "t", "edition": "9", "then": "fill:2021-01_2021-08"})
    rows = current_form(case, today=TODAY).document["resume"]["rows"]
    assert [(row["start"], row["end"]) for row in rows] == [
        ("2003-09", "2007-06"), ("2007-07", "2020-12"), ("2021-01", "2021-08"), ("2021-09", "present"),
    ]  # fmt: skip


def test_rows_are_added_and_removed_without_scripts(case, shen):
    url = section(case, "family")
    location = shen.post(url, {"tab": "t", "edition": "0", "then": "add"}).headers["Location"]
    key = re.search(r"#id_rows-(\d+)-relation", location)[1]
    typed = {f"rows-{key}-{name}": value for name, value in SPOUSE.items()}
    shen.post(url, typed | {"tab": "t", "edition": "1", "then": "stay"})
    assert current_form(case, today=TODAY).document["family"]["rows"][0]["name"] == "陆远"
    shen.post(url, typed | {"tab": "t", "edition": "1", "then": f"remove:{key}"})
    assert current_form(case, today=TODAY).document["family"]["rows"] == []


def test_an_upload_on_the_page_and_a_refusal_beside_its_field(case, shen):
    url = f"/my/{case.number}/materials/"
    assert shen.post(url, {"kind": "diploma", "file": picture()}).status_code == 302
    assert Material.objects.get().kind == "diploma"
    refused = shen.post(url, {"kind": "pledge", "file": picture("pledge.exe")})
    assert refused.status_code == 422
    assert 'id="error-pledge"' in refused.content.decode()
    shen.post(f"{url}{Material.objects.get().pk}/remove")
    assert Material.objects.get().withdrawn_at is not None


def test_handing_in_by_the_page(cast, case, shen):
    fill_in(case, cast.shen)
    hand_over_files(case, cast.shen)
    page = shen.get(f"/my/{case.number}/hand-in/").content.decode()
    key = key_on(page)
    answer = shen.post(f"/my/{case.number}/hand-in/", {"key": key, "consent_text": CONSENT_TEXT}, follow=True)
    assert "已交给" in text_of(answer)
    assert fresh(case).step == "completeness"
    again = shen.post(f"/my/{case.number}/hand-in/", {"key": key, "consent_text": CONSENT_TEXT})
    assert (again.status_code, FormVersion.objects.count()) == (302, 1)


def test_an_incomplete_form_leads_to_the_first_missing_place(case, shen):
    answer = shen.post(f"/my/{case.number}/hand-in/", {"key": "k", "consent_text": CONSENT_TEXT})
    assert answer.headers["Location"] == f"{section(case, 'basics')}?checked=1"


def test_corrections_lead_to_their_place_and_are_ticked_off(cast, case, shen):
    ready(case, cast.shen)
    say(
        fresh(case),
        cast.lin,
        "return",
        at=LATER,
        corrections=[("form:resume", "简历看不清"), ("material:pledge", "没有签名")],
    )
    page = shen.get("/my/").content.decode()
    assert section(case, "resume") in page
    assert f"/my/{case.number}/materials/#material-pledge" in page
    assert "补正 2 处" in text_of(shen.get("/my/"))
    first = re.search(r"/corrections/(\d+)/", page)[1]
    shen.post(f"/my/{case.number}/corrections/{first}/", {"done": "1"})
    assert "补正 1 处" in text_of(shen.get("/my/"))


def test_withdrawing_needs_a_reason_and_keeps_what_was_handed_in(case, shen):
    url = f"/my/{case.number}/withdraw/"
    assert shen.post(url, {"words": " "}).status_code == 200
    assert fresh(case).state == CaseState.OPEN
    shen.post(url, {"words": "因个人原因"})
    assert fresh(case).state == CaseState.WITHDRAWN
    assert "撤回" in text_of(shen.get(f"/my/{case.number}/"))


def test_a_reply_is_kept_while_it_is_written_and_handed_in_once(cast, case, shen):
    ready(case, cast.shen)
    say(fresh(case), cast.lin, "refuse")
    url = f"/my/{case.number}/reply/"
    assert shen.post(f"{url}save", {"field": "words", "words": "我想说明"}).json() == {"saved_at": "10:00"}
    page = shen.get(url).content.decode()
    assert "我想说明" in page
    assert "党龄不满一年。" in page
    key = key_on(page)
    assert shen.post(url, {"words": "", "key": key}).status_code == 422
    for _ in range(2):
        assert shen.post(url, {"words": "我想说明情况。", "key": key}).status_code == 302
    assert fresh(case).step == "confirmation"


def test_a_refused_person_may_ask_for_a_review_for_thirty_days(cast, case, shen, now):
    ready(case, cast.shen)
    say(fresh(case), cast.lin, "refuse")
    say(fresh(case), cast.shen, "hand_in", holder=cast.shen)
    say(fresh(case), cast.gao if fresh(case).step_organization == cast.general_branch else cast.lin, "agree")
    assert fresh(case).state == CaseState.REJECTED
    url = f"/my/{case.number}/review/"
    assert url in shen.get(f"/my/{case.number}/").content.decode()
    now.move_to(NOW + timedelta(days=31))
    late = signed_in(cast.shen)
    assert url not in late.get(f"/my/{case.number}/").content.decode()
    assert late.post(url, {"words": "请再看一次"}).status_code == 200
    now.move_to(NOW + timedelta(days=2))
    assert signed_in(cast.shen).post(url, {"words": "请再看一次"}).status_code == 302
    assert Case.objects.filter(origin=case, track="review").count() == 1


def test_the_candidates_sheet_shows_no_finding_and_no_inner_reason(cast, case, shen):
    fill_in(case, cast.shen, membership={"joined_on": "2024-12-20", "full_member_on": "2025-12-20"})
    hand_over_files(case, cast.shen)
    hand_in(case_pk=case.pk, by=cast.shen, at=NOW, key="k", consent_text=CONSENT_TEXT)
    page = shen.get(f"/my/{case.number}/sheet/").content.decode()
    assert "<mark" not in page
    assert "群众基础好" not in page
    assert case.subject.identity_mask in page


def test_an_agreed_case_leads_to_its_document(cast, case, shen):
    ready(case, cast.shen)
    for who in (cast.lin, cast.lin, cast.gao, cast.lin, cast.zhou):
        say(fresh(case), who, "agree")
    document = OfficialDocument.objects.get()
    page = shen.get(f"/my/{case.number}/").content.decode()
    assert f"/documents/{document.token}/" in page
    assert document.number in page
    assert "已同意" in page


def test_lists_ask_the_database_the_same_number_of_times(cast, case, shen):
    def queries(url):
        with CaptureQueriesContext(
            connection,
        ) as asked:
            assert shen.get(url).status_code == 200
        return len(asked)

    hand_over_files(case, cast.shen, kinds=("diploma",))
    shen.get("/my/")
    one = queries("/my/materials/"), queries(f"/my/{case.number}/materials/")
    hand_over_files(case, cast.shen, kinds=("photo", "pledge"))
    assert (queries("/my/materials/"), queries(f"/my/{case.number}/materials/")) == one


def test_my_matters_ask_the_same_number_of_times_with_more_cases(cast, case, shen):
    def queries():
        with CaptureQueriesContext(connection) as asked:
            assert shen.get("/my/").status_code == 200
        return len(asked)

    queries()
    one = queries()
    counts = []
    for _ in range(3):
        other = new_case(cast, person=make.person("沈若溪"), organization=cast.branch)
        Case.objects.filter(pk=other.pk).update(
            subject=cast.shen_person, state=CaseState.WITHDRAWN, closed_at=NOW, opened_at=NOW - timedelta(days=9)
        )
        counts.append(queries())
    assert counts == [one, one, one]


def test_the_person_reads_again_what_was_said(client, cast, policy):
    case = case_at(cast, "county")
    say(case, cast.lin, "refuse")
    hand_in_reply(case_pk=case.pk, text="我在两家单位的任职都已报备。", by=cast.shen, at=NOW, key="said")
    client.force_login(cast.shen)
    assert "我在两家单位的任职都已报备。" in client.get(f"/my/{case.number}/").content.decode()
