"""Notices and objections by HTTP: put up, objected to, triaged, found, answered, ended."""

import io
import re
from datetime import timedelta

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from docx import Document

from tests import factories as make
from tests.appointment_review.candidate import picture
from tests.cases import fresh, publish
from tests.factories import NOW
from tests.notices.notices import AFTER, CONTACT, TEXT, case_at_publication, notice_policy, objected, on_notice
from workflows.notices.actions.objecting import context_of
from workflows.notices.box import open_box
from workflows.notices.enums import Finding
from workflows.notices.limits import MOST_IN_A_WINDOW
from workflows.notices.models import Objection, PublicNotice

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("now")]
SAID = {"text": TEXT, "named": "no"}


def page_of(case) -> str:
    return f"/announcements/{case.noticed.latest('pk').notice.token}/"


def hand_in(client, case, **typed: str):
    about = {"about": str(case.noticed.latest("pk").pk), "code": "", **SAID}
    return client.post(page_of(case), about | typed)


def code_on(response) -> str:
    return re.search(r'notice-code">([A-Z0-9 ]+)<', response.content.decode())[1]


def outcome_with(code: str):
    return Client().post("/announcements/outcome/", {"code": code})


def inside() -> dict:
    objection = Objection.objects.get()
    return open_box(objection.box, context=context_of(objection.pk))


def words(response) -> str:
    return response.content.decode()


def test_the_office_puts_up_a_notice_for_two_after_looking_at_it(cast, sign_in):
    publish(notice_policy(), by=cast.an)
    fan = make.person("范知行")
    make.account("范知行", username="fan", person=fan)
    branch = make.organization("海珠湾朗读者协会党支部", under=cast.general_branch)
    case, other = case_at_publication(cast, form=True), case_at_publication(cast, person=fan, organization=branch)
    han, address = sign_in(cast.han), f"/matters/case/{case.number}/notice/"
    seat = case.stages.get(outcome="").seats.get()
    assert han.get(f"/seats/{seat.pk}/")["Location"] == address
    assert [name in words(han.get(address)) for name in ("沈若溪", "范知行", "020-55500100")] == [True] * 3
    assert han.post(address, {"contact": CONTACT}).status_code == 422
    chosen = {"case": [case.pk, other.pk], "contact": CONTACT}
    preview = words(han.post(address, chosen))
    assert ("南岭省海珠湾区" in preview, PublicNotice.objects.count()) == (True, 0)
    done = han.post(address, chosen | {"seen": "1", "key": "k"}, follow=True)
    notice = PublicNotice.objects.get()
    assert (done.redirect_chain[-1][0], notice.people.count()) == (f"/public-notices/{notice.pk}/", 2)
    assert han.get(address, follow=True).redirect_chain[-1][0] == f"/public-notices/{notice.pk}/"
    assert fresh(other).step == "notice"


def test_the_open_page_shows_permitted_facts_and_nothing_else(cast):
    case = on_notice(cast, form=True)
    cast.shen_person.phone = "13812345678"
    cast.shen_person.save()
    answer = Client().get(page_of(case))
    page = words(answer)
    assert (answer.status_code, answer["X-Robots-Tag"]) == (200, "noindex, nofollow, noarchive")
    assert ("no-store" in answer["Cache-Control"], 'name="robots" content="noindex' in page) == (True, True)
    for shown in ("沈若溪", "1985年3月", "汉族", "南岭省海珠湾区", "中共党员", "大学本科", "书记", CONTACT):
        assert shown in page
    hidden = ("13800000001", "13812345678", "陆远", "1985年3月9日", "1985-03-09", "第五康复医院", case.number)
    for kept in (*hidden, cast.shen_person.identity_mask):
        assert kept not in page


def test_a_wrong_address_one_that_is_over_and_one_without_people_read_the_same(cast, now):
    case = on_notice(cast)
    wrong = Client().get("/announcements/no-such-notice-was-ever-put-up/")
    now.move_to(AFTER)
    over = Client().get(page_of(case))
    assert (wrong.status_code, over.status_code) == (404, 404)
    without = [re.sub(r"(csrf|nonce|announcements/)[^>]*", "", words(each)) for each in (wrong, over)]
    assert without[0] == without[1]
    assert hand_in(Client(), case).status_code == 404


def test_an_objection_without_a_name_is_dismissed_and_the_code_tells(cast, sign_in):
    case = on_notice(cast)
    code = code_on(hand_in(Client(), case))
    assert "两个工作日" in words(outcome_with(code))
    shi, pk = sign_in(cast.shi), Objection.objects.get().pk
    assert f"/objections/{pk}/" in words(shi.get("/objections/"))
    assert TEXT in words(shi.get(f"/objections/{pk}/"))
    finding = {"act": "dismiss", "grounds": "查无实据。", "answer": "经核实不属实。"}
    assert shi.post(f"/objections/{pk}/", finding | {"answer": ""}).status_code == 422
    assert shi.post(f"/objections/{pk}/", finding).status_code == 302
    assert "经核实不属实。" in words(outcome_with(code.lower().replace(" ", "-")))
    assert (inside()["name"], inside()["account"], inside()["way"]) == ("", None, "page")


def test_a_named_one_is_upheld_and_the_candidate_reads_neutral_words(cast, sign_in, now):
    case = on_notice(cast)
    he, shi = sign_in(cast.he), sign_in(cast.shi)
    code = code_on(hand_in(he, case, named="yes", contact="13900000000"))
    assert (inside()["name"], inside()["account"], inside()["way"]) == ("何苗", cast.he.pk, "account")
    pk = Objection.objects.get().pk
    assert "何苗" in words(shi.get(f"/objections/{pk}/"))
    shi.post(f"/objections/{pk}/", {"act": "accept"})
    now.move_to(AFTER)
    shi = sign_in(cast.shi)
    end = f"/matters/case/{case.number}/notice/end/"
    refused = shi.post(end, {"verb": "clear", "key": "a"})
    assert (refused.status_code, fresh(case).step) == (422, "notice")
    finding = {"act": "conclude", "finding": Finding.INFLUENCES, "grounds": "属实。", "answer": "经核实，已处理。"}
    shi.post(f"/objections/{pk}/", finding)
    assert shi.post(end, {"verb": "refuse", "key": "b"}).status_code == 422
    shi.post(end, {"verb": "refuse", "key": "b", "reason_for_person": "经研究，暂不具备任职条件。"})
    assert fresh(case).step == "reply"
    told = words(sign_in(cast.shen).get(f"/my/{case.number}/reply/"))
    assert ("经研究，暂不具备任职条件。" in told, "异议" in told, TEXT in told) == (True, False, False)
    for who in ("jian", "han", "lin"):
        place = "cases" if who == "jian" else "matters/case"
        page = words(sign_in(getattr(cast, who)).get(f"/{place}/{case.number}/", follow=True))
        assert (TEXT in page, "何苗" in page, "属实" in page) == (False, False, False)
    assert "已处理" in words(outcome_with(code))


def test_changed_facts_lead_to_a_new_notice(cast, sign_in):
    case = on_notice(cast)
    shi, han = sign_in(cast.shi), sign_in(cast.han)
    end = f"/matters/case/{case.number}/notice/end/"
    shi.post(end, {"verb": "change", "key": "a", "reason": "出生年月写错。"})
    assert fresh(case).step == "publication"
    address = f"/matters/case/{case.number}/notice/"
    han.post(address, {"case": case.pk, "contact": CONTACT, "seen": "1", "key": "again"})
    assert (fresh(case).step, PublicNotice.objects.count()) == ("notice", 2)


def test_every_case_waits_for_the_word_of_the_officer(cast, sign_in, now):
    case = on_notice(cast)
    shi, end = sign_in(cast.shi), f"/matters/case/{case.number}/notice/end/"
    assert shi.get(f"/seats/{case.stages.get(outcome='').seats.get().pk}/")["Location"] == end
    assert shi.post(end, {"verb": "clear", "key": "a"}).status_code == 422
    now.move_to(AFTER)
    shi = sign_in(cast.shi)
    assert shi.get(end).status_code == 200
    assert shi.post(end, {"verb": "clear", "key": "b"}).status_code == 302
    assert fresh(case).state == "done"


def test_a_letter_is_entered_by_the_officer(cast, sign_in):
    case = on_notice(cast)
    shi = sign_in(cast.shi)
    typed = {"about": case.noticed.get().pk, "text": TEXT, "name": "来信人", "contact": "云州市某街", "code": ""}
    assert len(code_on(shi.post("/objections/letter/", typed)).replace(" ", "")) == 16
    assert (inside()["name"], inside()["way"], inside()["entered_by"]) == ("来信人", "letter", "石坚")
    assert shi.post("/objections/letter/", typed | {"text": ""}).status_code == 422


def test_what_is_wrong_is_told_and_what_is_too_much_is_not_taken(cast):
    case = on_notice(cast)
    client = Client()
    for typed in ({"text": ""}, {"about": ""}, {"named": ""}, {"named": "yes"}, {"text": "长" * 4001}):
        assert hand_in(client, case, **typed).status_code == 422
    assert hand_in(client, case, text="长" * 40_000).status_code == 413
    answers = [hand_in(client, case).status_code for _ in range(MOST_IN_A_WINDOW + 1)]
    assert answers == [200] * MOST_IN_A_WINDOW + [429]
    assert hand_in(Client(REMOTE_ADDR="198.51.100.9"), case).status_code == 200
    assert Objection.objects.count() == MOST_IN_A_WINDOW + 1


def test_a_double_click_shows_the_code_again(cast):
    case = on_notice(cast)
    code = re.search(r'name="code" value="(\w+)"', words(Client().get(page_of(case))))[1]
    shown = {code_on(hand_in(Client(), case, code=code)).replace(" ", "") for _ in range(2)}
    assert (shown, Objection.objects.count()) == ({code}, 1)


@pytest.mark.parametrize("code", ["ABCD", "", "AAAA AAAA AAAA AAAA"])
def test_a_code_that_leads_nowhere_says_so(code, cast):
    assert outcome_with(code).status_code == 422


def test_without_the_key_the_officer_reads_what_is_missing_and_nobody_else_notices(cast, sign_in, settings, now):
    case = on_notice(cast)
    objection, code = objected(case)
    settings.OBJECTION_KEY = ""
    shi = sign_in(cast.shi)
    assert "OBJECTION_KEY" in words(shi.get("/objections/"))
    answer = shi.get(f"/objections/{objection.pk}/")
    assert (answer.status_code, "OBJECTION_KEY" in words(answer), TEXT in words(answer)) == (503, True, False)
    assert shi.post(f"/objections/{objection.pk}/", {"act": "accept"}).status_code == 503
    assert Client().get(page_of(case)).status_code == 200
    assert hand_in(Client(), case).status_code == 409
    assert outcome_with(code).status_code == 200
    now.move_to(AFTER)
    shi = sign_in(cast.shi)
    assert shi.post(f"/matters/case/{case.number}/notice/end/", {"verb": "clear"}).status_code == 422
    for who, address in (("jian", "/cases/"), ("han", "/inbox/"), ("shen", "/my/")):
        assert sign_in(getattr(cast, who)).get(address).status_code == 200


def test_the_sheet_for_the_board_and_the_photo_as_proof(cast, sign_in):
    case = on_notice(cast, mode="unit", form=True)
    notice, han = case.noticed.get().notice, sign_in(cast.han)
    assert 'name="person"' in words(han.get(f"/public-notices/{notice.pk}/"))
    sheet = Document(io.BytesIO(han.get(f"/public-notices/{notice.pk}/docx/").content))
    text = "\n".join(line.text for line in sheet.paragraphs)
    assert "沈若溪，女，1985年3月" in text
    assert notice.token in text
    printed = words(han.get(f"/public-notices/{notice.pk}/print/"))
    assert ("沈若溪，女" in printed, "<svg" in printed, "13800000001" in printed) == (True, True, False)
    assert han.get(f"/public-notices/{notice.pk}/odt/").status_code == 404
    address = f"/public-notices/{notice.pk}/photo/"
    person = case.noticed.get()
    han.post(address, {"person": person.pk})
    assert case.noticed.get().photo is None
    han.post(address, {"person": person.pk, "file": picture()})
    assert han.get(f"{address}{person.pk}/").status_code == 200
    assert sign_in(cast.mei).get(f"{address}{person.pk}/").status_code == 404


@pytest.mark.queries
def test_the_list_of_the_officer_asks_as_often_for_many_as_for_one(cast, sign_in):
    case = on_notice(cast)
    shi, counts = sign_in(cast.shi), set()
    for times in (1, 2, 20):
        for _ in range(times):
            objected(case)
        shi.get("/objections/")
        with CaptureQueriesContext(connection) as asked:
            shi.get("/objections/")
        counts.add(len(asked))
    assert len(counts) == 1, counts


def test_a_month_later_nothing_of_the_page_is_left(cast, now):
    case = on_notice(cast)
    now.move_to(NOW + timedelta(days=30))
    assert Client().get(page_of(case)).status_code == 404
