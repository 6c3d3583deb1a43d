"""Proof of notice: who reads it, what it says of each way, what it takes along; and sending again."""

from datetime import timedelta
from io import BytesIO

import openpyxl
import pytest

from approvals.actions.letter_replies import Reply, answer_letter
from audit.models import Entry
from notifications.delivery import claim, finish
from notifications.models import Notice, Outbox, Reminder
from notifications.outbox import enqueue
from notifications.sweep import sweep
from tests.cases import case_at
from tests.factories import NOW
from tests.letters import asked_cases, departments, in_force, officer_of, sent
from tests.meetings import entered, in_session, many_at_deliberation, publish_meetings
from workflows.telling import actions
from workflows.telling.errors import NotYours, WhyAgain
from workflows.telling.queries import told_in_order, told_lines

pytestmark = pytest.mark.django_db


@pytest.fixture
def case(cast, policy, time_machine_at):
    return case_at(cast, "completeness")


@pytest.fixture
def time_machine_at():
    import time_machine

    with time_machine.travel(NOW + timedelta(hours=2), tick=False):
        yield


def get(client, who, address):
    client.force_login(who)
    return client.get(address)


def letter_to(account, case, **columns) -> Outbox:
    """Tell somebody something singly about a case, and say how its letter fared."""
    enqueue("right_of_reply", to=account, key="reply:1", at=NOW, thread=case.number)
    letter = Outbox.objects.get(recipient=account, kind="right_of_reply")
    Outbox.objects.filter(pk=letter.pk).update(**columns)
    return Outbox.objects.get(pk=letter.pk)


@pytest.mark.parametrize(
    ("who", "status"),
    [("lin", 200), ("han", 200), ("zhou", 200), ("jian", 200), ("chen", 404), ("shen", 404), ("wu", 404), ("mei", 404),
     ("he", 404), ("xu", 404), ("an", 404)],
)  # fmt: skip
@pytest.mark.parametrize("page", ["", "print/"])
def test_the_office_in_charge_and_the_auditor_read_it(cast, case, client, who, status, page):
    assert get(client, getattr(cast, who), f"/cases/{case.number}/told/{page}").status_code == status


def test_it_says_what_was_said_to_whom_and_how_far_each_way_got(cast, case, client):
    letter_to(cast.lin, case, state="sent", sent_at=NOW, provider_id="<id-77@provider.example>")
    Notice.objects.filter(recipient=cast.lin, key="reply:1").update(read_at=NOW + timedelta(minutes=5))
    page = get(client, cast.jian, f"/cases/{case.number}/told/").content.decode()
    for words in ("林秋", "您可以说明情况", "&lt;id-77@provider.example&gt;", "已发送", "已读"):
        assert words in page


def test_what_was_due_before_the_go_live_day_of_a_superior_is_not_reminded_of(cast, case, client):
    said = "不提醒：期限早于该组织的启用日期。"
    page = f"/cases/{case.number}/told/ahead/"
    assert said not in get(client, cast.jian, page).content.decode()
    type(cast.county).objects.filter(pk=cast.county.pk).update(go_live_on="2027-06-01")
    assert said in get(client, cast.jian, page).content.decode()


def test_a_failure_stands_there_in_words(cast, case, client):
    letter_to(cast.lin, case, state="failed", last_error="smtp_550")
    page = get(client, cast.jian, f"/cases/{case.number}/told/").content.decode()
    assert "邮件服务器拒收（550）" in page
    assert "smtp_550" not in page


def test_a_reminder_names_its_due_moment_and_a_digest_answers_for_its_letters(cast, case):
    stage = case.stages.get(outcome="")
    sweep(at=stage.due_at - timedelta(hours=8))
    sweep(at=stage.due_at + timedelta(days=1, hours=12))
    reminder = Reminder.objects.filter(recipient=cast.lin, kind="seat_due_today").get()
    assert reminder.due_at in {line.due_at for line in told_in_order(case) if line.name == "林秋"}
    bundled = Outbox.objects.filter(digest__isnull=False, recipient=cast.lin)
    digest = bundled.first().digest
    Outbox.objects.filter(pk=digest.pk).update(state="sent", sent_at=NOW, provider_id="digest-1")
    ways = [way for line in told_in_order(case) for way in line.ways if way.digest]
    assert {(way.provider_id, way.at) for way in ways} >= {("digest-1", NOW)}


def test_what_its_letters_told_the_department_stands_there_until_it_answered_and_names_nobody_else(cast, client):
    in_force(cast)
    officer = officer_of(*departments("南岭省公安厅"))
    mine, other = asked_cases(cast, 2)
    (letter,) = sent(cast, [mine, other])
    client.force_login(cast.jian)
    pages = [client.get(f"/cases/{mine.number}/told/{page}").content.decode() for page in ("", "print/")]
    assert [("有 1 份征求意见函待回" in page, other.subject_name in page) for page in pages] == [(True, False)] * 2
    left_out = Reply({}, [letter.items.get(case=other).pk])
    answer_letter(letter_pk=letter.pk, reply=left_out, by=officer, at=NOW, key="k")
    sweep(at=letter.due_at - timedelta(hours=8))
    kinds = [[line.title for line in told_in_order(case)] for case in (mine, other)]
    assert [titles.count("有 1 份征求意见函今日应回") for titles in kinds] == [0, 1]
    assert client.get(f"/cases/{mine.number}/told/").status_code == 200
    assert get(client, mine.subject.account, f"/cases/{mine.number}/told/").status_code == 404


def test_what_lies_ahead_says_how_departments_are_reminded(cast, client):
    in_force(cast)
    departments("南岭省公安厅")
    client.force_login(cast.jian)
    words = ["南岭省公安厅", "提前 2 个工作日提醒", "到期当天提醒", "逾期后每 3 个工作日提醒", "逾期后同时告知发函人"]
    for number in (asked_cases(cast, 1)[0].number, case_at(cast, "completeness").number):
        page = client.get(f"/cases/{number}/told/ahead/").content.decode()
        assert [each for each in words if each not in page] == []


def test_what_its_meeting_asked_of_the_chair_stands_there_and_in_no_case_off_the_agenda(cast):
    publish_meetings(cast)
    on_it, off_it = many_at_deliberation(cast, 2)
    entered(cast, in_session(cast, [on_it]))
    asked = [[line.name for line in told_in_order(case) if "会议结果待" in line.title] for case in (on_it, off_it)]
    assert asked == [[cast.zhou.name, cast.qian.name], []]


@pytest.mark.queries
def test_a_long_list_comes_in_parts_and_costs_as_much_as_a_short_one(cast, case, django_assert_num_queries):
    counts = []
    for number in range(70):
        enqueue("challenge_decided", to=[cast.lin, cast.han], key=f"more:{number}", at=NOW, thread=case.number)
    seen, after = 0, 0
    while True:
        with django_assert_num_queries(3):  # none of these reminds; a page with reminders asks once more
            lines, after = told_lines(case, after=after, size=30)
        seen += len(lines)
        counts.append(len(lines))
        if not after:
            break
    assert seen == Notice.objects.filter(thread=case.number).count() >= 140
    assert set(counts[:-1]) == {30}


@pytest.mark.parametrize("after", ["x", "-1", "٣", "9" * 19])
def test_a_place_that_is_none_is_refused(cast, case, client, after):
    assert get(client, cast.jian, f"/cases/{case.number}/told/?after={after}").status_code == 400


def test_the_workbook_is_recorded_first_and_nothing_in_it_runs(cast, case, client):
    cast.lin.name = "=1+1"
    cast.lin.save()
    client.force_login(cast.jian)
    response = client.post(f"/cases/{case.number}/told/export/")
    book = openpyxl.load_workbook(BytesIO(response.content))
    rows = list(book.active.values)
    assert {row[1] for row in rows[1:]} >= {"'=1+1"}
    assert len(rows) - 1 == sum(len(line.ways) for line in told_in_order(case))
    entry = Entry.objects.get(verb="told.exported")
    assert (entry.subject, entry.facts["rows"], entry.actor_id) == (case.number, len(rows) - 1, cast.jian.pk)
    assert "告知凭证" in get(client, cast.jian, f"/cases/{case.number}/?group=looks").content.decode()


def test_who_may_not_read_it_takes_nothing_along(cast, case, client):
    client.force_login(cast.wu)
    assert client.post(f"/cases/{case.number}/told/export/").status_code == 404
    assert not Entry.objects.filter(verb="told.exported").exists()


def again(letter, by, *, why="", version=None):
    version = letter.version if version is None else version
    return actions.send_again(delivery_id=letter.pk, version=version, why=why, by=by, at=NOW)


def test_what_failed_is_sent_again_with_a_record_in_the_case(cast, case, client):
    letter = letter_to(cast.lin, case, state="failed", last_error="smtp_550", attempts=3)
    assert again(letter, cast.xu, why="mended")
    letter.refresh_from_db()
    assert (letter.state, letter.attempts, letter.resent_by) == ("retry", 0, cast.xu)
    entry = Entry.objects.get(verb="message.sent_again")
    assert (entry.subject, entry.actor_id) == (case.number, cast.xu.pk)
    assert entry.facts == {
        "kind": "right_of_reply", "channel": "email", "state": "failed", "error": "smtp_550",
        "recipient": cast.lin.pk, "why": "mended",
    }  # fmt: skip
    page = get(client, cast.jian, f"/cases/{case.number}/?group=messages").content.decode()
    assert "重新发送" in page
    assert "地址或设置已改正" in page


def test_what_perhaps_arrived_needs_a_reason(cast, case):
    letter = letter_to(cast.lin, case, state="unknown", last_error="no_answer")
    with pytest.raises(WhyAgain):
        again(letter, cast.xu)
    letter.refresh_from_db()
    assert letter.state == "unknown"
    assert not Entry.objects.filter(verb="message.sent_again").exists()
    assert again(letter, cast.xu, why="nothing_came")


def test_only_who_looks_after_deliveries_sends_again(cast, case):
    letter = letter_to(cast.lin, case, state="failed", last_error="smtp_550")
    for nobody in (cast.zhou, cast.jian, cast.an):
        with pytest.raises(NotYours):
            again(letter, nobody, why="mended")
    assert not Entry.objects.filter(verb="message.sent_again").exists()


def test_a_second_click_and_an_old_page_send_nothing(cast, case):
    letter = letter_to(cast.lin, case, state="failed", last_error="smtp_550")
    assert again(letter, cast.xu)
    assert not again(letter, cast.xu)
    at = NOW + timedelta(minutes=1)
    [held] = [each for each in claim(at=at, limit=9) if each.pk == letter.pk]
    finish(held, "failed", last_error="smtp_550")
    assert not again(letter, cast.xu)
    assert Entry.objects.filter(verb="message.sent_again").count() == 1


def test_a_digest_sent_again_stands_in_each_of_its_cases(cast, case):
    enqueue("challenge_decided", to=cast.lin, key="other", at=NOW, thread="考〔2026〕999号")
    sweep(at=NOW + timedelta(days=2))
    digest = Outbox.objects.get(kind="digest", recipient=cast.lin)
    Outbox.objects.filter(pk=digest.pk).update(state="failed", last_error="smtp_550", sent_at=None)
    digest.refresh_from_db()
    assert again(digest, cast.xu)
    subjects = set(Entry.objects.filter(verb="message.sent_again").values_list("subject", flat=True))
    assert subjects == {case.number, "考〔2026〕999号"}


def test_the_page_warns_of_what_may_arrive_twice_and_asks_to_confirm(cast, case, client):
    letter = letter_to(cast.lin, case, state="unknown", last_error="no_answer")
    address = f"/deliveries/{letter.pk}/send/"
    assert get(client, cast.zhou, address).status_code == 403
    page = get(client, cast.xu, address).content.decode()
    assert "可能会送达两次" in page
    assert case.number not in page
    asked = {"version": letter.version, "why": "nothing_came"}
    assert "请确认" in client.post(address, asked).content.decode()
    assert "正在重新发送。" in client.post(address, asked | {"twice": "on"}, follow=True).content.decode()
    assert "没有要重发的" in client.post(address, asked | {"twice": "on"}, follow=True).content.decode()
