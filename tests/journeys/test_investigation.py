"""An investigation from the team to the deliberation, by the pages alone; nothing of it reaches the candidate."""

import logging

import pytest
import time_machine
from django.core import mail

from notifications.delivery import deliver_due
from notifications.digests import bundle_due
from notifications.models import Notice
from notifications.rules.routing import Rhythm, next_digest
from notifications.working_days import is_workday
from tests.appointment_review.candidate import fill_in, hand_over_files
from tests.appointment_review.investigating import PARTS_WRITTEN, set_up, team_of, to_investigation, without_letters
from tests.approvals.rebuilt import differences
from tests.cases import fresh, new_case, publish, say
from tests.factories import NOW
from tests.journeys.visitor import Visitor
from tests.security.searching import mail_words, words_of
from workflows.appointment_review.models import Material

TALK, REPORT, GROUNDS, PAPER = "谈话鹭八一一", "报告鹭八一二，联系会员不够经常。", "纠纷鹭八一三", "鹭八一四"
COUNTED = {
    "held_on": "2026-11-25", "issued": "30", "returned": "29", "valid": "28", "excellent": "15", "competent": "10",
    "basically_competent": "2", "not_competent": "1", "opinions_issued": "10", "opinions_returned": "9",
}  # fmt: skip


@pytest.fixture(autouse=True)
def now():
    with time_machine.travel(NOW, tick=False):
        yield


@pytest.fixture
def team(cast):
    return team_of(cast)


@pytest.fixture
def case(cast):
    """Give a case with form and materials at its investigation."""
    publish(without_letters(), by=cast.an)
    case = new_case(cast)
    fill_in(case, cast.shen)
    hand_over_files(case, cast.shen)
    case.form_versions.update(submitted_at=NOW, confirmed_by=cast.shen, consent_text="1")
    say(case, cast.shen, "hand_in")
    for who in (cast.lin, cast.lin, cast.gao):
        say(case, who, "agree")
    return to_investigation(cast, case)


def page_of(who, case, part=""):
    return who.open(f"/matters/case/{case.number}/investigation/{part}")


def press(who, case, end, *, part="", status=200, field="", **typed):
    page = page_of(who, case, part)
    return who.send(page, page.form(end, field=field), status=status, **typed)


def set_up_by_page(han, case, **changes):
    page = han.open(f"/inbox/?q={case.number}")
    page = han.open(page.links_to(r"/investigation/$")[0])
    page = han.open(page.links_to(r"/matters/investigations/")[0])
    typed = {
        "members": ["tao", "bai"], "head": "tao", "from_on": "2026-11-25", "until_on": "2026-11-26", "people": "12",
        "contact": "韩启明 020-55500100",
    }  # fmt: skip
    return han.send(page, page.form(field="from_on"), **typed | changes, status=422 if changes else 200)


def record_talk(who, case, **changes):
    page = page_of(who, case, "talks/new/")
    members = page.parts(r'name="present" value="(\d+)"')
    typed = {
        "kind": "typed", "talkee": "何苗", "relation": "colleague", "held_on": "2026-11-25", "place": "会议室",
        "present": members, "text": TALK, "confirmed": "on",
    }  # fmt: skip
    return who.send(page, page.form(field="talkee"), **typed | changes)


def test_the_whole_way(cast, case, team, caplog):
    caplog.set_level(logging.INFO)
    han, tao, bai, yan, zhou, shen = (Visitor(name) for name in ("han", "tao", "bai", "yan", "zhou", "shen"))
    assert "至少 2 人" in set_up_by_page(han, case, members=["tao"]).text
    set_up_by_page(han, case)
    assert "无须回避" in page_of(tao, case).text
    assert shen.client.get(f"/my/{case.number}/team/").status_code == 404
    press(han, case, "/announce")
    page = shen.open(shen.open(f"/my/{case.number}/").links_to(r"/team/$")[0])
    assert ("陶立" in page.text, "韩启明 020-55500100" in page.text) == (True, True)
    # The candidate asks for somebody else; a leader decides.
    member = page.html.split('name="member" value="')[1].split('"')[0]
    shen.send(page, page.form(field="grounds"), member=member, grounds=GROUNDS)
    assert GROUNDS not in page_of(bai, case).text
    page = press(zhou, case, "", field="upheld", upheld="1", reason="情况属实，予以更换。", account="yan")
    assert "陶立" in page.text
    assert "已更换" in shen.open(f"/my/{case.number}/team/").text
    assert tao.client.get(f"/matters/case/{case.number}/investigation/files/").status_code == 404
    for who in (bai, yan):
        press(who, case, "/declare", answer="free")
    # Files for the time of the work.
    page = page_of(bai, case, "files/")
    assert "陆远" in page.text
    file = Material.objects.filter(case=case).first().file_id
    assert bai.client.get(f"/files/{file}/").status_code == 200
    # Records.
    record_talk(bai, case)
    record_talk(yan, case, kind="paper", text="", pages="3", keeper=f"柏松{PAPER}", talkee="高远")
    press(bai, case, "", part="tally/", field="issued", **COUNTED | {"valid": "27"}, status=422)
    press(bai, case, "", part="tally/", field="issued", **COUNTED)
    assert not [one for one in page_of(bai, case).forms if one.action.endswith("/tally/confirm")]
    refused = bai.client.post(
        f"/matters/case/{case.number}/investigation/tally/confirm",
        {"csrfmiddlewaretoken": page_of(bai, case, "tally/").form(field="issued").values["csrfmiddlewaretoken"]},
    )
    assert (refused.status_code, "要由组内另一人核对" in refused.content.decode()) == (422, True)
    press(yan, case, "/tally/confirm")
    written = PARTS_WRITTEN | {"conclusion": "fit"}
    page = press(yan, case, "", part="report/edit/", field="weaknesses", **written | {"weaknesses": ""}, status=422)
    assert "不足" in page.text
    press(yan, case, "", part="report/edit/", field="weaknesses", **written | {"weaknesses": REPORT})
    for who in (bai, yan):
        press(who, case, "/sign")
    assert fresh(case).step == "deliberation"
    assert bai.client.get(f"/matters/case/{case.number}/investigation/files/").status_code == 404
    # Whoever decides reads the report and the tally.
    seat = han.open(f"/inbox/?q={case.number}").links_to(r"^/seats/\d+/$")[0]
    page = han.open(seat)
    assert ("有效票28" in page.text.replace(" ", ""), "适合任职" in page.text) == (True, True)
    page = page_of(han, case, "report/")
    assert (REPORT in page.text, "严华" in page.text) == (True, True)
    page = page_of(han, case)
    assert TALK in han.open(page.links_to(r"/talks/\d+/$")[0]).text
    papers = {"preview": "严华", "appraisal_ballot": "不称职", "appraisal_tally": "28", "report": REPORT}
    for kind, word in papers.items():
        for form in ("print", "docx"):
            answer = han.client.get(f"/matters/case/{case.number}/investigation/papers/{kind}/?form={form}")
            assert word in words_of(answer.content)
    assert differences(fresh(case)) == []
    nothing_for_the_candidate(shen, case, caplog)


def nothing_for_the_candidate(shen, case, caplog):
    words = (TALK, REPORT, PAPER, "有效票")
    own = f"/my/{case.number}/"
    for address in (own, "/my/", f"{own}team/", "/notices/", f"{own}sheet/"):
        text = shen.client.get(address).content.decode()
        assert [word for word in words if word in text] == []
    for part in ("", "report/", "talks/1/", "tally/", "files/", "papers/report/"):
        assert shen.client.get(f"/matters/case/{case.number}/investigation/{part}").status_code == 404
    mail.outbox.clear()
    morning = next_digest(NOW, Rhythm(), is_workday)
    bundle_due(morning)
    deliver_due(at=morning)
    told = [mail_words(letter) for letter in mail.outbox]
    told += [f"{notice.title} {notice.body} {notice.link}" for notice in Notice.objects.all()]
    assert len(told) > 5
    secret = (TALK, REPORT, GROUNDS, PAPER, "陶立", "柏松")
    assert [word for word in secret if any(word in text for text in told)] == []
    assert [word for word in (TALK, REPORT, GROUNDS, PAPER) if word in caplog.text] == []


def test_the_history_tells_the_course_and_none_of_the_words(cast, case, team):
    shen, jian = Visitor("shen"), Visitor("jian")
    set_up(cast, case, team.tao, team.bai)
    page = shen.open(f"/my/{case.number}/team/")
    member = page.html.split('name="member" value="')[1].split('"')[0]
    shen.send(page, page.form(field="grounds"), member=member, grounds=GROUNDS)
    record_talk(Visitor("tao"), case)
    told = words_of(jian.client.get(f"/cases/{case.number}/?group=all&whole=1").content)
    assert ("考察预告" in told, "记录了" in told) == (True, True)
    assert (GROUNDS in told, TALK in told) == (False, False)


def test_a_draft_of_a_talk_is_never_lost(cast, case, team):
    set_up(cast, case, team.tao, team.bai)
    tao = Visitor("tao")
    page = page_of(tao, case, "talks/new/")
    asked = page.form(field="talkee").values | {"text": TALK, "field": "text"}
    answer = tao.client.post(f"{page.address}".replace("new/", "save"), asked, headers={"X-Autosave": "1"})
    assert answer.json() == {"saved_at": "10:00"}
    assert TALK in page_of(tao, case, "talks/new/").html
    assert TALK not in page_of(Visitor("bai"), case, "talks/new/").html


def test_a_second_case_of_the_authority_waits_in_the_same_list(cast, case, team):
    publish(without_letters(), organization=cast.county, by=cast.an)
    page = Visitor("han").open("/matters/investigations/")
    assert case.number in page.text
    assert Visitor("lin").open("/matters/investigations/").text.count("RK2026") == 0
