"""The page "How I am told": what it keeps, what it refuses, what it says."""

import re
from datetime import timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from audit.models import Entry
from audit.verbs import name_of
from notifications.delivery import deliver_due
from notifications.models import Notice, Outbox, Preference
from notifications.outbox import enqueue
from organizations.actions.telling import TooOften, WrongCode, change_telling, confirm_phone, send_phone_code
from organizations.models import Account
from tests import factories as make

pytestmark = pytest.mark.django_db
ADDRESS = "/telling/"
CHOICE = {
    "waiting": "singly", "own": "digest", "below": "never", "information": "digest", "system": "digest",
    "digest_at": "12:00", "quiet": "22:00-07:00", "on_days_off": "on", "language": "zh-hans",
}  # fmt: skip


@pytest.fixture
def texts(settings, monkeypatch):
    """Set up a provider of text messages that keeps what it is given."""
    sent = []

    class Gate:
        def send(self, number, text, *, key):
            sent.append((number, text))
            return key

    monkeypatch.setattr("notifications.channels.sms.HttpSms", Gate)
    settings.SMS_ADAPTER = "notifications.channels.sms.HttpSms"
    return sent


@pytest.fixture
def lu(db) -> Account:
    return make.account("陆远", username="lu", email="lu@example.com", phone="13900000007")


def signed_in(client, account):
    client.force_login(account)
    return client


def test_the_page_shows_the_defaults_and_what_happens_to_a_message_of_now(client, lu):
    page = signed_in(client, lu).get(ADDRESS).content.decode()
    for words in ("您希望怎样收到通知？", "待您办理的", "系统内立即告知", "的汇总", "一律单独发送", "关系您的权利"):
        assert words in page
    assert page.count('<option value="digest" selected>') == 5
    assert '<option value="08:30" selected>' in page
    assert not Preference.objects.exists()


def test_what_is_chosen_is_kept_with_an_entry_and_holds_from_the_next_message_on(client, lu, at):
    response = signed_in(client, lu).post(ADDRESS, CHOICE, follow=True)
    assert "已保存，从下一条消息起生效。" in response.content.decode()
    row = Preference.objects.get(account=lu)
    assert (row.waiting, row.below, row.digest_at, row.quiet_from, row.quiet_until, row.on_days_off) == (
        "singly", "never", "12:00", "22:00", "07:00", True,
    )  # fmt: skip
    assert row.urgent_by_sms
    entry = Entry.objects.get(stream="telling")
    assert (entry.verb, entry.actor_id, entry.subject) == ("telling.changed", lu.pk, f"account:{lu.pk}")
    assert entry.facts["changed"] == {
        "waiting": ["digest", "singly"],
        "below": ["digest", "never"],
        "digest_at": ["08:30", "12:00"],
        "quiet_from": ["21:00", "22:00"],
        "quiet_until": ["08:00", "07:00"],
        "on_days_off": [False, True],
    }
    enqueue("seat_opened", to=lu, key="a", at=at)
    enqueue("late_below", to=lu, key="b", at=at)
    assert list(Outbox.objects.values_list("kind", "state")) == [("seat_opened", "new")]
    assert Notice.objects.count() == 2


def test_the_entry_has_a_name_in_both_languages(lu):
    assert name_of("telling.changed") == "更改通知方式"
    assert name_of("telling.phone_confirmed") == "确认手机号"


def test_saving_what_stands_there_already_leaves_no_entry(client, lu):
    for _time in range(2):
        signed_in(client, lu).post(ADDRESS, CHOICE)
    assert Entry.objects.filter(stream="telling").count() == 1


def test_the_language_changes_for_letters_and_for_this_device(client, lu, at):
    response = signed_in(client, lu).post(ADDRESS, {**CHOICE, "language": "en"}, follow=True)
    assert "How do you want to be told?" in response.content.decode()
    lu.refresh_from_db()
    assert lu.language == "en"
    enqueue("seat_opened", to=lu, key="a", at=at)
    assert Notice.objects.get().title == "1 matter waits for you"


@pytest.mark.parametrize(
    ("wrong", "words"),
    [
        ({"digest_at": "07:30", "quiet": "21:00-08:00"}, "07:30 仍在免打扰时段内"),
        ({"digest_at": "17:00", "quiet": "18:00-08:00"}, ""),
        ({"waiting": "by_pigeon"}, "by_pigeon"),
        ({"digest_at": "25:99"}, "25:99"),
        ({"quiet": "all day"}, "all day"),
        ({"language": "tlh"}, "tlh"),
        ({"own": ""}, "这个字段是必填项"),
    ],
)
def test_what_cannot_be_is_refused_kindly_and_nothing_is_kept(client, lu, wrong, words):
    response = signed_in(client, lu).post(ADDRESS, {**CHOICE, **wrong})
    if not words:
        assert response.status_code == 302
        return
    assert response.status_code == 200
    assert words in response.content.decode()
    assert "data-error-summary" in response.content.decode()
    assert not Preference.objects.exists()
    assert not Entry.objects.filter(stream="telling").exists()


def test_without_an_address_the_page_says_so(client):
    silent = make.account("高远", username="gao", email="")
    page = signed_in(client, silent).get(ADDRESS).content.decode()
    assert "您的账号没有邮箱" in page
    assert re.search(r"现在的消息：系统内立即告知。", page)


def test_what_is_switched_off_is_said_in_its_line(client, lu):
    signed_in(client, lu).post(ADDRESS, {**CHOICE, "system": "never"})
    assert re.search("系统内立即告知.不发邮件", client.get(ADDRESS).content.decode())


def test_text_messages_are_not_spoken_of_where_there_are_none(client, lu):
    assert "短信" not in signed_in(client, lu).get(ADDRESS).content.decode()
    response = client.post(reverse("organizations:phone_code"), follow=True)
    assert "本系统没有开通短信" in response.content.decode()


def test_a_telephone_is_confirmed_by_the_code_that_came_to_it(client, lu, at, texts):
    page = signed_in(client, lu).get(ADDRESS).content.decode()
    assert "向我的手机发送验证码" in page
    enqueue("seat_opened", to=lu, key="early", at=at, urgent=True)
    assert "验证码正在发往您的手机" in client.post("/telling/code/", follow=True).content.decode()
    row = Outbox.objects.get(kind="phone_code")
    deliver_due(at=row.not_before + timedelta(seconds=1))
    ((number, text),) = texts
    code = re.search(r"\d{6}", text).group()
    assert number == "13900000007"
    assert code not in str(row.facts)
    assert "验证码不正确" in client.post("/telling/phone/", {"code": "000000x"}).content.decode()
    assert (
        "手机号已确认"
        in client.post("/telling/phone/", {"code": f"{code[:3]} {code[3:]}"}, follow=True).content.decode()
    )
    enqueue("seat_opened", to=lu, key="later", at=at, urgent=True)
    assert list(Outbox.objects.filter(kind="seat_opened").order_by("pk").values_list("channel", flat=True)) == [
        "email", "email", "sms",
    ]  # fmt: skip
    assert [entry.verb for entry in Entry.objects.filter(stream="telling")] == ["telling.phone_confirmed"]
    # Another number has to be confirmed anew.
    Account.objects.filter(pk=lu.pk).update(phone="13900000008")
    lu.refresh_from_db()
    enqueue("seat_opened", to=lu, key="other", at=at, urgent=True)
    assert Outbox.objects.filter(channel="sms", kind="seat_opened").count() == 1


def test_a_code_is_of_use_for_ten_minutes_and_cannot_be_guessed(lu, at, texts):
    code_hash = send_phone_code(account=lu, at=at)
    row = Outbox.objects.get()
    deliver_due(at=at)
    code = re.search(r"\d{6}", texts[0][1]).group()
    late = at + timedelta(minutes=10, seconds=1)
    with pytest.raises(WrongCode):
        confirm_phone(account=lu, code=code, code_hash=code_hash, sent_at=at, at=late)
    for number in range(4):
        with pytest.raises(WrongCode):
            confirm_phone(account=lu, code=f"x{number}", code_hash=code_hash, sent_at=at, at=late)
    with pytest.raises(TooOften):
        confirm_phone(account=lu, code=code, code_hash=code_hash, sent_at=at, at=late)
    assert row.channel == "sms"
    assert not Preference.objects.exists()


def test_codes_are_sent_three_times_at_most_in_a_row(lu, at, texts):
    for number in range(3):
        send_phone_code(account=lu, at=at + timedelta(seconds=number))
    with pytest.raises(TooOften):
        send_phone_code(account=lu, at=at + timedelta(seconds=4))


def test_the_own_wishes_are_nobody_elses(lu, at):
    other = make.account("别人", username="other", email="other@example.com")
    change_telling(account=lu, wishes={"waiting": "never"}, language="zh-hans", at=at)
    assert list(Preference.objects.values_list("account", "waiting")) == [(lu.pk, "never")]
    enqueue("seat_opened", to=other, key="a", at=at)
    assert Outbox.objects.get().recipient == other


def test_the_page_takes_few_queries(client, lu):
    signed_in(client, lu).get(ADDRESS)
    with CaptureQueriesContext(connection) as before:
        client.get(ADDRESS)
    client.post(ADDRESS, CHOICE)
    client.get(ADDRESS)
    with CaptureQueriesContext(connection) as after:
        client.get(ADDRESS)
    assert len(before) == len(after)
