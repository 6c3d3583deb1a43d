"""Robots and text messages as a real HTTP server sees them; buckets; what may be said before a group."""

import hashlib
import hmac
from datetime import datetime, timedelta
from urllib.parse import parse_qs, urlsplit
from zoneinfo import ZoneInfo

import pytest

from approvals.actions.groups import tell_groups
from notifications.buckets import take
from notifications.channels.robots import cut, dingtalk_signature, feishu_signature
from notifications.delivery import claim, deliver_due
from notifications.models import Outbox
from notifications.outbox import enqueue, say_in_group
from tests import factories as make
from tests.cases import case_at
from tests.notifications.receiver import listening
from tests.notifications.wishing import wants_all_at_once

pytestmark = pytest.mark.django_db
SAID = "今日待办\n待办 3 件，其中今日到期 1 件。请登录查看本人事项。\nhttp://localhost:8000/inbox/"


@pytest.fixture
def receiver():
    with listening() as box:
        yield box


@pytest.fixture
def group(settings, receiver):
    """Set up one robot of a maker."""

    def made(kind: str, **facts: str) -> str:
        settings.ROBOTS = [{"name": "office", "kind": kind, "address": receiver.address, "secret": "SECtest", **facts}]
        return "office"

    return made


def say(at, key="counts:1"):
    say_in_group("counts_of_day", robot="office", key=key, at=at, facts={"open": 3, "due": 1}, link="/inbox/")


def facts_of(*names):
    return list(Outbox.objects.order_by("id").values_list(*names))


def test_the_signatures_are_those_of_the_makers():
    """Vectors: docs/notifications.md, robots."""
    assert dingtalk_signature("SECtest", 1599360473000) == "9uMBwWNha8Pcr4QQCL9YQitwL0E0g2JIxycWz23gAkE%3D"
    assert feishu_signature("SECtest", 1599360473) == "bMjxHlJJlXMW0yjKHZsmMvrFnAOfMlmWpRUsH3qMAek="


def test_dingtalk_hears_the_text_signed_in_the_address(group, receiver, at):
    group("dingtalk")
    say(at)
    assert deliver_due(at=at).sent == 1
    (path, _headers, _body), (body,) = receiver.posts[0], receiver.bodies()
    query = parse_qs(urlsplit(path).query)
    raw = urlsplit(path).query.split("sign=")[1]
    assert query["access_token"] == ["abc"]
    assert raw == dingtalk_signature("SECtest", int(query["timestamp"][0]))
    assert body == {"msgtype": "text", "text": {"content": SAID}}


def test_feishu_hears_the_text_signed_in_the_body(group, receiver, at):
    group("feishu")
    say(at)
    assert deliver_due(at=at).sent == 1
    (body,) = receiver.bodies()
    assert body["sign"] == feishu_signature("SECtest", int(body["timestamp"]))
    assert (body["msg_type"], body["content"]) == ("text", {"text": SAID})


def test_wecom_hears_the_text_and_its_key_is_in_the_address(group, receiver, at):
    group("wecom")
    say(at)
    assert deliver_due(at=at).sent == 1
    assert receiver.posts[0][0] == "/robot?access_token=abc"
    assert receiver.bodies() == [{"msgtype": "text", "text": {"content": SAID}}]


@pytest.mark.parametrize(
    ("kind", "answer", "state", "error", "wait"),
    [
        ("dingtalk", (200, {"errcode": 130101}, {}), "retry", "robot_130101", 600),
        ("dingtalk", (200, {"errcode": 310000}, {}), "failed", "robot_310000", None),
        ("wecom", (200, {"errcode": 45009}, {}), "retry", "robot_45009", 60),
        ("wecom", (200, {"errcode": 93000}, {}), "failed", "robot_93000", None),
        ("feishu", (200, {"code": 11232}, {}), "retry", "robot_11232", 60),
        ("feishu", (200, {"code": 19021}, {}), "failed", "robot_19021", None),
        ("feishu", (200, {}, {}), "failed", "robot_None", None),
        ("feishu", (429, {}, {"Retry-After": "300"}), "retry", "http_429", 300),
        ("feishu", (302, {}, {"Location": "http://127.0.0.1:9/"}), "failed", "http_302", None),
        ("feishu", (404, {}, {}), "failed", "http_404", None),
        ("feishu", (502, {}, {}), "unknown", "http_502", None),
        ("feishu", None, "unknown", "no_answer", None),
    ],
)
def test_a_refusal_backs_off_or_is_an_incident_and_nothing_is_said_twice(
    group, receiver, at, kind, answer, state, error, wait
):
    group(kind)
    receiver.answers = [answer]
    say(at)
    deliver_due(at=at)
    assert facts_of("state", "last_error") == [(state, error)]
    if wait:
        pause = Outbox.objects.get().not_before - at
        assert timedelta(seconds=wait) <= pause < timedelta(seconds=wait + 1)
    else:
        deliver_due(at=at + timedelta(days=1))
        assert len(receiver.posts) == 1


def test_a_robot_that_nobody_answers_for_is_tried_again(group, settings, at):
    settings.ROBOTS = [{"name": "office", "kind": "wecom", "address": "http://127.0.0.1:9/"}]
    say(at)
    assert deliver_due(at=at).retry == 1
    settings.ROBOTS = []
    assert deliver_due(at=at + timedelta(hours=1)).failed == 1
    assert facts_of("last_error") == [("no_robot",)]


def test_a_robot_whose_sender_vanished_is_shown_and_not_repeated(group, receiver, at):
    group("wecom")
    say(at)
    claim(at=at, limit=1)
    assert deliver_due(at=at + timedelta(seconds=61)).unknown == 1
    assert receiver.posts == []


def test_a_robot_speaks_only_so_often(group, receiver, at):
    group("dingtalk")
    for number in range(8):
        say(at, key=f"counts:{number}")
    done = deliver_due(at=at)
    assert (done.sent, done.retry, len(receiver.posts)) == (5, 3, 5)
    assert set(Outbox.objects.filter(state="retry").values_list("last_error", flat=True)) == {"robot_busy"}


def test_a_bucket_fills_while_time_goes_by_and_not_when_a_clock_is_set_back(at):
    facts = {"a_minute": 20, "at_once": 2}
    assert [take("b", **facts, at=at) for _time in range(3)] == [0, 0, 3]
    assert take("b", **facts, at=at - timedelta(hours=1)) == 3
    assert take("b", **facts, at=at + timedelta(seconds=3)) == 0
    assert take("b", **facts, at=at + timedelta(seconds=4)) == pytest.approx(2)


def test_a_group_hears_counts_only(group, at):
    with pytest.raises(ValueError, match="not for a group"):
        say_in_group("seat_overdue", robot="office", key="x", at=at)
    with pytest.raises(ValueError, match="not for a group"):
        say_in_group("counts_of_day", robot="office", key="x", at=at, facts={"open": "林秋", "due": 1})


def test_a_text_is_cut_at_a_whole_sign():
    assert cut("考评" * 1000, 2048).encode() == ("考评" * 1000).encode()[:2046]


def test_each_working_day_the_group_hears_how_much_waits_once(group, receiver, cast, policy):
    group("wecom", organization=cast.county.code)
    case_at(cast, "county")
    here = ZoneInfo("Asia/Shanghai")
    assert tell_groups(datetime(2026, 11, 30, 9, 0, tzinfo=here)) == 0
    assert tell_groups(datetime(2026, 11, 29, 10, tzinfo=here)) == 0  # a Sunday
    assert [tell_groups(datetime(2026, 11, 30, hour, tzinfo=here)) for hour in (10, 11)] == [1, 0]
    assert Outbox.objects.get(channel="robot").facts == {"open": 1, "due": 1}
    group("wecom", organization=cast.city.code, name="city")
    assert tell_groups(datetime(2026, 11, 30, 12, tzinfo=here)) == 0


def test_a_gateway_gets_a_signed_text_message_and_answers_with_its_name(settings, receiver, at):
    settings.SMS_ADAPTER = "notifications.channels.sms.HttpSms"
    settings.SMS_URL, settings.SMS_SECRET = receiver.address, "gate"
    settings.SMS_PASSING_CODES = ["7"]
    receiver.answers = [(200, {"code": 7}, {}), (200, {"code": 0, "id": "p-9"}, {}), (200, {"code": 8}, {})]
    han = make.account("韩启明", username="han", phone="13900000001")
    wants_all_at_once(han)
    enqueue("seat_opened", to=han, key="seat:1", at=at, channels=["sms"], urgent=True)
    assert deliver_due(at=at).retry == 1
    assert deliver_due(at=at + timedelta(minutes=5)).sent == 1
    _path, headers, raw = receiver.posts[1]
    first, second = receiver.bodies()
    assert headers["X-Signature"] == hmac.new(b"gate", raw, hashlib.sha256).hexdigest()
    assert (second["to"], second["text"]) == ("13900000001", "您有 1 件待办 http://localhost:8000")
    assert first["id"] == second["id"]
    assert facts_of("provider_id") == [("p-9",)]
    enqueue("seat_opened", to=han, key="seat:2", at=at, channels=["sms"], urgent=True)
    assert deliver_due(at=at + timedelta(minutes=6)).failed == 1
    assert facts_of("last_error")[1] == ("sms_8",)
