"""The pages of a meeting by HTTP: planned, listed, held, entered, confirmed, printed; and who sees what of it."""

from datetime import timedelta
from io import BytesIO

import pytest
import time_machine
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.test.utils import CaptureQueriesContext
from docx import Document
from PIL import Image

from approvals.actions.cases import withdraw_case
from approvals.actions.meeting_closing import confirm_meeting
from approvals.actions.meeting_results import words_of
from approvals.models import AgendaItem, InboxRow, Meeting, Seat
from approvals.rules.meetings import Count
from audit.models import Entry
from tests import factories as make
from tests.cases import fresh
from tests.meetings import (
    SESSION,
    enter,
    entered,
    in_session,
    item_of,
    many_at_deliberation,
    planned,
    publish_meetings,
    to_deliberation,
    with_agenda,
)
from workflows.appointment_review.models import Finding
from workflows.meetings.models import MeetingMinutes

HTMX = {"HTTP_HX_REQUEST": "true"}
PLAN = {
    "title": "", "held_on": "2026-11-24", "held_from": "15:00", "place": "501 室",
    "members": "闻人岳，书记\n韩启山，副书记\n顾清和", "chair": "闻人岳",
}  # fmt: skip


@pytest.fixture(autouse=True)
def now():
    with time_machine.travel(SESSION, tick=False) as moment:
        yield moment


@pytest.fixture
def committee(cast):
    publish_meetings(cast)
    return cast


def text(answer) -> str:
    return answer.content.decode()


def got(client, who, address, status=200):
    client.force_login(who)
    answer = client.get(address)
    assert answer.status_code == status
    return text(answer)


def result_form(item, **changes):
    return {
        "result": "agree", "agree": "8", "against": "0", "abstain": "0", "proposed": "8-0-0",
        "edition": str(item.edition),
    } | changes  # fmt: skip


def test_a_meeting_is_planned_under_the_next_number_of_the_year(committee, client):
    client.force_login(committee.han)
    assert "是否" not in got(client, committee.han, "/meetings/")
    answer = client.post("/meetings/new/", PLAN | {"organization": committee.province.pk})
    meeting = Meeting.objects.get()
    assert answer["Location"] == f"/meetings/{meeting.number}/"
    assert (meeting.number, meeting.title) == ("HY2026-00001", "南岭省社会组织综合党委会议（2026年第1次）")
    assert list(meeting.members.values_list("name", "post", "is_chair")) == [
        ("闻人岳", "书记", True), ("韩启山", "副书记", False), ("顾清和", "", False),
    ]  # fmt: skip
    assert "顾清和" in got(client, committee.han, "/meetings/new/")  # the next one begins with the same people
    assert meeting.title in got(client, committee.zhou, "/meetings/")


def test_a_second_click_plans_no_second_meeting_and_uses_no_number(committee, client):
    client.force_login(committee.han)
    answers = [client.post("/meetings/new/", PLAN | {"organization": committee.province.pk}) for _click in range(2)]
    assert {answer["Location"] for answer in answers} == {"/meetings/HY2026-00001/"}
    client.post("/meetings/new/", PLAN | {"organization": committee.province.pk, "held_from": "19:00"})
    numbers = list(Meeting.objects.order_by("pk").values_list("number", flat=True))
    assert numbers == ["HY2026-00001", "HY2026-00002"]


@pytest.mark.parametrize(
    "changes",
    [
        {"chair": "别人"},
        {"members": ""},
        {"members": "甲\n甲"},
        {"held_on": "0026-11-24"},
        {"place": ""},
        {"members": "x\n" * 70},
    ],
)
def test_a_plan_that_cannot_be_says_why_and_keeps_what_was_typed(committee, client, changes):
    client.force_login(committee.han)
    answer = client.post("/meetings/new/", PLAN | {"organization": committee.province.pk} | changes)
    assert (answer.status_code, Meeting.objects.count()) == (422, 0)
    assert "15:00" in text(answer)


def test_whoever_records_nothing_plans_nothing(committee, client):
    for who in (committee.zhou, committee.shen, committee.jian):
        got(client, who, "/meetings/new/", 403)


def test_the_agenda_is_built_from_what_is_ready(committee, client):
    first, second = many_at_deliberation(committee, 2)
    meeting = planned(committee)
    address = f"/meetings/{meeting.number}/"
    assert "第1人" in got(client, committee.han, address)
    assert "第1人" not in got(client, committee.han, f"{address}?q=第2人")
    stages = [case.stages.get(outcome="").pk for case in (second, first)]
    client.post(f"{address}agenda/", {"act": "add", "stage": stages})
    first_item, second_item = (item_of(meeting, case) for case in (first, second))
    assert (second_item.place, first_item.place) == (1, 2)
    client.post(f"{address}agenda/", {"act": f"up-{first_item.pk}"})
    assert list(meeting.items.values_list("case", flat=True)) == [first.pk, second.pk]
    client.post(f"{address}agenda/", {"act": f"off-{second_item.pk}"})
    assert meeting.items.get().case_id == first.pk


def test_the_page_of_the_seat_leads_to_the_agenda(committee, client):
    case = to_deliberation(committee)
    seat = Seat.objects.get(stage__case=case, state="open")
    meeting = planned(committee)
    told = got(client, committee.han, f"/seats/{seat.pk}/")
    assert "由会议决定" in told
    assert meeting.title in told
    assert 'value="agree"' not in told
    client.post(f"/meetings/{meeting.number}/agenda/", {"act": "add", "stage": seat.stage_id})
    told = got(client, committee.han, f"/seats/{seat.pk}/")
    assert f'href="/meetings/{meeting.number}/"' in told
    assert "第 1 项" in told


def test_results_are_entered_one_after_the_other_without_loading_a_page(committee, client):
    first, second = many_at_deliberation(committee, 2)
    meeting = with_agenda(committee)
    client.force_login(committee.han)
    present = [member.pk for member in meeting.members.all()][:8]
    answer = client.post(f"/meetings/{meeting.number}/attendance/", {"present": present})
    assert answer["Location"] == f"/meetings/{meeting.number}/desk/"
    item, other = item_of(meeting, first), item_of(meeting, second)
    answer = client.post(f"/meetings/{meeting.number}/items/{item.pk}/result/", result_form(item), **HTMX)
    assert f'data-item="{other.pk}"' in text(answer)
    assert "<html" not in text(answer)
    answer = client.post(
        f"/meetings/{meeting.number}/items/{other.pk}/result/",
        result_form(other, result="refuse", reason="条件尚不具备", reason_for_person="任职条件还不具备。"), **HTMX,
    )  # fmt: skip
    assert "交主持人确认" in text(answer)
    other.refresh_from_db()
    assert (other.result, other.against) == ("refuse", 8)  # nobody touched the count: all were against
    assert client.post(f"/meetings/{meeting.number}/over/")["Location"] == f"/meetings/{meeting.number}/"
    client.force_login(committee.zhou)
    assert "任职条件还不具备" in text(client.get(f"/meetings/{meeting.number}/confirm/"))
    client.post(f"/meetings/{meeting.number}/confirm/", {"act": "confirm"})
    assert (fresh(first).step, fresh(second).step) == ("publication", "reply")
    assert "同意 8，不同意 0，弃权 0" in text(client.get(f"/meetings/{meeting.number}/"))


def test_a_refused_result_comes_back_with_what_was_typed(committee, client):
    case = to_deliberation(committee)
    meeting = in_session(committee)
    item = item_of(meeting, case)
    client.force_login(committee.han)
    answer = client.post(
        f"/meetings/{meeting.number}/items/{item.pk}/result/",
        result_form(item, agree="5", reason="请支部说明情况。"), **HTMX,
    )  # fmt: skip
    assert answer.status_code == 422
    assert "请支部说明情况。" in text(answer)
    assert 'value="5"' in text(answer)
    client.post(f"/meetings/{meeting.number}/items/{item.pk}/draft/", {"reason": "请支部说明情况。"})
    assert "请支部说明情况。" in text(client.get(f"/meetings/{meeting.number}/desk/"))


def test_a_recusal_is_one_press_and_hints_at_who_might_step_out(committee, client):
    case = to_deliberation(committee)
    meeting = in_session(committee)
    member = meeting.members.get(name="周砚秋")
    colleague = make.account("周砚秋", username="yanqiu", person=make.person("周砚秋"))
    make.post(colleague.person, case.organization, title="deputy")
    meeting.members.filter(pk=member.pk).update(account=colleague)
    told = got(client, committee.han, f"/meetings/{meeting.number}/desk/")
    assert "与人选同在一个组织任职" in told
    item = item_of(meeting, case)
    answer = client.post(
        f"/meetings/{meeting.number}/items/{item.pk}/recusal/",
        {"member": member.pk, "out": "1", "why": "同单位"},
        **HTMX,
    )
    assert "本项应到 8 人，实到 7 人" in text(answer)
    assert 'value="7"' in text(answer)


def test_everything_is_entered_in_one_table(committee, client):
    cases = many_at_deliberation(committee, 4)
    meeting = in_session(committee)
    items = [item_of(meeting, case) for case in cases]
    client.force_login(committee.han)
    address = f"/meetings/{meeting.number}/table/"
    form = {}
    for item in items:
        form |= {f"{name}-{item.pk}": value for name, value in result_form(item, result="").items()}
    wrong, refused = items[1].pk, items[2].pk
    form |= {f"result-{wrong}": "agree", f"agree-{wrong}": "3", f"result-{refused}": "refuse", "rest": "agree"}
    form |= {f"reason-{refused}": "条件尚不具备", f"reason_for_person-{refused}": "任职条件还不具备。"}
    answer = client.post(address, form)
    assert answer.status_code == 422
    assert "3 项已保存" in text(answer)
    assert 'value="3"' in text(answer)
    results = [AgendaItem.objects.get(pk=item.pk).result for item in items]
    assert results == ["agree", "", "refuse", "agree"]
    fine = {f"{name}-{wrong}": value for name, value in result_form(items[1]).items()}
    assert client.post(address, fine)["Location"] == address


def test_saving_the_table_or_the_item_again_keeps_the_count_that_was_entered(committee, client):
    against = {"reason": "条件尚不具备", "reason_for_person": "任职条件还不具备。"}
    meeting = in_session(committee, [case := to_deliberation(committee)])
    item = item_of(meeting, case)
    enter(committee, item, "refuse", Count(2, 5, 1), **against)
    client.force_login(committee.han)
    address = f"/meetings/{meeting.number}/"
    page = text(client.get(f"{address}table/"))
    assert f'name="proposed-{item.pk}" value="2-5-1"' in page
    counted = {"result": "refuse", "agree": "2", "against": "5", "abstain": "1", "proposed": "2-5-1"} | against
    item.refresh_from_db()
    row = {f"{name}-{item.pk}": value for name, value in (counted | {"edition": str(item.edition)}).items()}
    assert client.post(f"{address}table/", row).status_code == 302
    again = counted | {"edition": str(item.edition), "reason": "条件尚不具备，下届再议"}
    assert client.post(f"{address}items/{item.pk}/result/", again).status_code in (200, 302)
    item.refresh_from_db()
    assert (item.agree, item.against, item.abstain) == (2, 5, 1)
    assert words_of(item)["reason"] == "条件尚不具备，下届再议"
    other = counted | {"edition": str(item.edition), "result": "defer", "review_on": "2026-12-21"}
    assert client.post(f"{address}items/{item.pk}/result/", other).status_code in (200, 302)
    item.refresh_from_db()
    assert (item.result, item.agree, item.against, item.abstain) == ("defer", 0, 0, 0)


def test_an_item_with_a_result_stays_on_the_agenda(committee, client):
    first, second = many_at_deliberation(committee, 2)
    meeting = in_session(committee)
    enter(committee, item_of(meeting, first))
    page = got(client, committee.han, f"/meetings/{meeting.number}/")
    offered = [f'value="off-{item_of(meeting, case).pk}"' in page for case in (first, second)]
    assert offered == [False, True]
    answer = client.post(f"/meetings/{meeting.number}/agenda/", {"act": f"off-{item_of(meeting, first).pk}"})
    assert (answer.status_code, meeting.items.count()) == (409, 2)
    assert "已录入结果" in text(answer)


def test_nobody_is_shown_the_item_about_himself(committee, client):
    own, other = many_at_deliberation(committee, 2)
    make.assign(own.subject.account, "organizer", committee.province)
    meeting = in_session(committee)
    told = got(client, own.subject.account, f"/meetings/{meeting.number}/")
    assert own.number not in told
    assert "第2人" in told
    got(client, own.subject.account, f"/meetings/{meeting.number}/summary/docx/", 404)
    item = item_of(meeting, own)
    client.force_login(own.subject.account)
    answer = client.post(f"/meetings/{meeting.number}/items/{item.pk}/result/", result_form(item))
    assert answer.status_code == 404


def test_the_chair_reads_what_stands_in_the_way_before_confirming(committee, client):
    case = to_deliberation(committee)
    meeting = entered(committee, in_session(committee))
    Finding.objects.create(case=case, code="sentenced", level="blocking", found_at=make.NOW)
    told = got(client, committee.zhou, f"/meetings/{meeting.number}/confirm/")
    assert "还不能确认" in told
    answer = client.post(f"/meetings/{meeting.number}/confirm/", {"act": "confirm"})
    assert (answer.status_code, fresh(case).step) == (409, "deliberation")
    client.post(f"/meetings/{meeting.number}/confirm/", {"act": "back", "reason": "第1项"})
    assert Meeting.objects.get().state == "held"


def test_a_withdrawn_case_is_shown_as_fallen_away(committee, client):
    first, _second = many_at_deliberation(committee, 2)
    meeting = in_session(committee)
    withdraw_case(case_pk=first.pk, by=committee.han, at=SESSION, reason="支部撤回提名")
    assert "不再上会" in got(client, committee.han, f"/meetings/{meeting.number}/desk/")


@pytest.mark.parametrize(
    ("kind", "form"), [("summary", "docx"), ("summary", "print"), ("summary", "pdf"), ("minutes", "docx")]
)
def test_the_papers_hold_every_item_and_each_download_is_logged(committee, client, kind, form):
    cases = many_at_deliberation(committee, 2)
    meeting = in_session(committee)
    enter(committee, item_of(meeting, cases[1]), "defer")
    entered(committee, meeting)
    client.force_login(committee.zhou)
    answer = client.get(f"/meetings/{meeting.number}/{kind}/{form}/")
    assert answer.status_code == 200
    if form == "docx":
        document = Document(BytesIO(answer.content))
        words = "\n".join(
            [paragraph.text for paragraph in document.paragraphs]
            + [cell.text for table in document.tables for row in table.rows for cell in row.cells]
        )
        assert "第1人" in words
        assert "2026年12月7日" in words
        assert "缓议" in words
        assert "第18次" in words
    assert Entry.objects.filter(verb="document.downloaded", subject=meeting.number).count() == 1


def test_the_sealed_minutes_come_back_once(committee, client):
    to_deliberation(committee)
    meeting = entered(committee, in_session(committee))
    address = f"/meetings/{meeting.number}/scan/"
    client.force_login(committee.han)
    client.post(address, {"file": scan()})
    assert not MeetingMinutes.objects.exists()  # only after the chair has confirmed
    confirm_meeting(meeting_pk=meeting.pk, by=committee.zhou, at=SESSION)
    client.post(address, {"file": scan()})
    minutes = MeetingMinutes.objects.get()
    client.post(address, {"file": scan()})
    assert MeetingMinutes.objects.get().file_id == minutes.file_id
    assert client.get(address)["Content-Type"] == "image/png"
    client.force_login(committee.wu)
    assert client.get(address).status_code == 404


def scan() -> SimpleUploadedFile:
    out = BytesIO()
    Image.new("RGB", (60, 80), "white").save(out, "PNG")
    return SimpleUploadedFile("纪要.png", out.getvalue(), content_type="image/png")


def test_the_history_tells_the_meeting_its_count_and_its_recusals(committee, client):
    case = to_deliberation(committee)
    meeting = in_session(committee)
    enter(committee, item_of(meeting, case), count=Count(7, 0, 1))
    entered(committee, meeting)
    confirm_meeting(meeting_pk=meeting.pk, by=committee.zhou, at=SESSION + timedelta(minutes=5))
    told = got(client, committee.jian, f"/cases/{case.number}/?group=all&whole=1")
    assert "列入《综合党委委员会会议（2026年第18次）》议程" in told
    assert "应到 9 人，实到 8 人" in told
    assert "同意 7，不同意 0，弃权 1" in told


@pytest.mark.queries
@pytest.mark.parametrize("page", ["", "desk/", "table/", "confirm/"])
def test_a_page_costs_the_same_with_2_and_23_items(committee, client, page):
    client.force_login(committee.han)
    counts = []
    for number, items in enumerate((2, 23), start=1):
        cases = [to_deliberation(committee, f"{number}组第{n}人") for n in range(items)]
        meeting = in_session(committee, cases, number=f"HY{number}")
        client.get(f"/meetings/HY{number}/{page}")
        with CaptureQueriesContext(connection) as asked:
            assert client.get(f"/meetings/{meeting.number}/{page}").status_code == 200
        counts.append(len(asked))
    assert counts[0] == counts[1]


@pytest.mark.parametrize(("role", "reads"), [("committee_member", True), ("liaison", False)])
def test_what_the_check_of_a_form_found_is_for_those_who_read_files(committee, client, role, reads):
    case = to_deliberation(committee, "沈若溪")
    Finding.objects.create(case=case, code="sentenced", level="blocking", found_at=make.NOW)
    meeting = in_session(committee, [case])
    InboxRow.objects.filter(case=case).update(red_findings=1)
    who = make.reviewer("看会议的", role, committee.province)
    item = AgendaItem.objects.get(meeting=meeting)
    desk = got(client, who, f"/meetings/{meeting.number}/desk/?item={item.pk}")
    agenda = got(client, who, f"/meetings/{meeting.number}/")
    assert ('<ul class="findings">' in desk, "1 项提示" in agenda) == (reads, reads)
