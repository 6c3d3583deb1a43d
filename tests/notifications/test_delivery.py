"""Leases, fencing and letters as a real mail server sees them."""

from datetime import timedelta

import pytest
from django.utils import timezone

from notifications import messages
from notifications.channels.email import EmailCarrier
from notifications.channels.errors import OutcomeUnknown, PassingFailure
from notifications.delivery import claim, deliver_due, finish, parcel_of, send_one
from notifications.enums import State
from notifications.models import Outbox, Preference
from notifications.outbox import enqueue
from tests import factories as make
from tests.notifications.wishing import confirmed, wants_all_at_once

pytestmark = pytest.mark.django_db
PAST_THE_LEASE = timedelta(seconds=61)


def facts_of(*names):
    return list(Outbox.objects.order_by("id").values_list(*names))


def test_a_letter_arrives_in_words_that_name_only_its_reader(lin, at, mailbox):
    enqueue("seat_opened", to=lin, key="seat:1", at=at, link="/inbox/", thread="考〔2026〕1号")
    assert deliver_due(at=at).as_dict() == {"sent": 1, "retry": 0, "failed": 0, "unknown": 0, "lost": 0}
    (letter,) = mailbox.letters
    text = letter.get_body(("plain",)).get_content()
    html = letter.get_body(("html",)).get_content()
    assert letter["Subject"] == "您有 1 件待办"
    assert letter["To"].addresses[0].display_name == "林秋"
    assert letter["To"].addresses[0].addr_spec == "lin@example.com"
    assert letter["Auto-Submitted"] == "auto-generated"
    assert letter["List-Id"] == "<notices.localhost>"
    assert letter["Date"].datetime == at
    for body in (text, html):
        assert "林秋：" in body
        assert "有一件事项已转到您这里，请您提出意见。" in body
        assert "请登录，在“我的待办”中办理。" in body
        assert "http://localhost:8000/inbox/" in body
        assert "考〔2026〕1号" not in body
    row = Outbox.objects.get()
    assert (row.state, row.attempts, row.sent_at >= at, row.facts) == (State.SENT, 1, True, {})
    assert row.provider_id == letter["Message-ID"]


def test_nothing_is_sent_before_its_time_and_nothing_twice(lin, at, mailbox):
    enqueue("seat_opened", to=lin, key="seat:1", at=at, not_before=at + timedelta(hours=1))
    assert deliver_due(at=at).sent == 0
    assert deliver_due(at=at + timedelta(hours=1)).sent == 1
    assert deliver_due(at=at + timedelta(hours=2)).sent == 0
    assert len(mailbox.letters) == 1


def test_a_sealed_fact_is_opened_for_the_letter_only_and_gone_once_it_is_sent(lin, at, mailbox, monkeypatch):
    monkeypatch.setattr(messages, "KINDS", {})
    messages.register(
        "code",
        subject="A code",
        body="It is {code}.",
        todo="Use it.",
        opened=lambda facts: {"code": facts["sealed"][::-1]},
    )
    enqueue("code", to=lin, key="code:1", at=at, facts={"sealed": "XTR9"}, channels=["email"])
    assert facts_of("facts") == [({"sealed": "XTR9"},)]
    deliver_due(at=at)
    assert "It is 9RTX." in mailbox.letters[0].get_body(("plain",)).get_content()
    assert facts_of("facts") == [({},)]


def test_a_name_with_line_breaks_adds_no_header(at, mailbox):
    sly = make.account("林秋\r\nBcc: all@example.com", username="sly", email="sly@example.com")
    enqueue("seat_opened", to=sly, key="seat:1", at=at, urgent=True)
    assert deliver_due(at=at).sent == 1
    (letter,) = mailbox.letters
    assert letter["Bcc"] is None
    assert mailbox.receivers() == ["sly@example.com"]


def test_a_refused_address_is_an_incident_and_the_others_arrive(lin, grace, at, mailbox):
    mailbox.answers["lin@example.com"] = "550 no such mailbox"
    enqueue("seat_opened", to=[lin, grace], key="seat:1", at=at)
    assert deliver_due(at=at).as_dict() == {"sent": 1, "retry": 0, "failed": 1, "unknown": 0, "lost": 0}
    assert facts_of("recipient", "state", "last_error") == [
        (lin.pk, "failed", "smtp_550"),
        (grace.pk, "sent", ""),
    ]
    assert mailbox.receivers() == ["grace@example.com"]


def test_a_full_mailbox_is_tried_again_later(lin, at, mailbox):
    mailbox.answers["lin@example.com"] = "452 mailbox full"
    enqueue("seat_opened", to=lin, key="seat:1", at=at)
    assert deliver_due(at=at).retry == 1
    assert facts_of("state", "last_error", "attempts") == [("retry", "smtp_452", 1)]
    pause = Outbox.objects.get().not_before - at
    assert timedelta(seconds=15) <= pause < timedelta(seconds=32)
    mailbox.answers.clear()
    assert deliver_due(at=at + timedelta(seconds=14)).sent == 0
    assert deliver_due(at=at + timedelta(seconds=32)).sent == 1


def test_a_server_that_is_away_is_tried_again_and_given_up_after_sixteen_attempts(lin, at, settings):
    settings.EMAIL_BACKEND = "django.core.mail.backends.smtp.EmailBackend"
    settings.EMAIL_HOST, settings.EMAIL_PORT = "127.0.0.1", 9
    enqueue("seat_opened", to=lin, key="seat:1", at=at)
    assert deliver_due(at=at).retry == 1
    assert facts_of("state", "last_error") == [("retry", "ConnectionRefusedError")]
    Outbox.objects.update(attempts=15, not_before=at)
    assert deliver_due(at=at).failed == 1


def test_who_was_deactivated_meanwhile_gets_nothing(lin, at, mailbox):
    enqueue("seat_opened", to=lin, key="seat:1", at=at)
    type(lin).objects.update(is_active=False, deactivated_at=at)
    assert deliver_due(at=at).failed == 1
    assert facts_of("last_error") == [("recipient_inactive",)]
    assert mailbox.letters == []


def test_nobody_takes_a_letter_whose_lease_lasts(lin, at):
    enqueue("seat_opened", to=lin, key="seat:1", at=at)
    assert [row.version for row in claim(at=at, limit=10)] == [1]
    assert claim(at=at + timedelta(seconds=59), limit=10) == []
    assert [row.version for row in claim(at=at + PAST_THE_LEASE, limit=10)] == [2]


def test_a_worker_that_wakes_up_late_writes_nothing(lin, at):
    enqueue("seat_opened", to=lin, key="seat:1", at=at)
    (late,) = claim(at=at, limit=10)
    (fresh,) = claim(at=at + PAST_THE_LEASE, limit=10)
    assert finish(late, State.FAILED, last_error="late") == "lost"
    assert facts_of("state", "last_error", "version") == [("leased", "", 2)]
    assert finish(fresh, State.SENT, sent_at=at) == "sent"
    assert finish(late, State.RETRY) == "lost"
    assert facts_of("state", "version") == [("sent", 2)]


def test_a_letter_sent_again_after_a_lost_outcome_bears_the_same_id_and_date(lin, at, mailbox):
    enqueue("seat_opened", to=lin, key="seat:1", at=at)
    (lost,) = claim(at=at, limit=10)
    EmailCarrier().send(parcel_of(lost))
    assert deliver_due(at=at + PAST_THE_LEASE).sent == 1
    assert len(mailbox.letters) == 2
    assert len(set(mailbox.ids())) == 1
    assert len({letter["Date"] for letter in mailbox.letters}) == 1


def test_a_text_message_whose_sender_vanished_is_not_sent_twice(at):
    han = make.account("韩启明", username="han", phone="13900000001")
    wants_all_at_once(han)
    enqueue("seat_opened", to=han, key="seat:1", at=at, channels=["sms"], urgent=True)
    claim(at=at, limit=10)
    assert deliver_due(at=at + PAST_THE_LEASE).as_dict() == {
        "sent": 0, "retry": 0, "failed": 0, "unknown": 1, "lost": 0,
    }  # fmt: skip
    assert facts_of("state", "last_error", "attempts") == [("unknown", "sender_vanished", 1)]


def test_without_a_provider_text_messages_are_incidents(at):
    han = make.account("韩启明", username="han", phone="13900000001")
    wants_all_at_once(han)
    enqueue("seat_opened", to=han, key="seat:1", at=at, channels=["sms"], urgent=True)
    assert deliver_due(at=at).failed == 1
    assert facts_of("state", "last_error") == [("failed", "no_provider")]


@pytest.mark.parametrize(("channel", "hour"), [("sms", 8), ("email", 21)])
def test_a_text_message_is_not_tried_again_at_night(at, channel, hour):
    class Busy:
        def send(self, _parcel):
            raise PassingFailure("sms_8", wait_seconds=120)

    han = make.account("韩启明", username="han", phone="13900000001", email="han@example.com")
    Preference.objects.create(account=han, changed_at=at, **confirmed(han))
    evening = at.replace(hour=20, minute=59)
    enqueue("seat_opened", to=han, key="seat:1", at=evening, channels=[channel], urgent=True)
    row = next(row for row in claim(at=evening, limit=10) if row.channel == channel)
    assert send_one(row, Busy(), at=evening) == "retry"
    row.refresh_from_db()
    assert timezone.localtime(row.not_before).hour == hour


def test_an_answer_that_never_came_is_shown_and_not_repeated(at):
    class Silent:
        def send(self, _parcel):
            raise OutcomeUnknown("no_answer")

    han = make.account("韩启明", username="han", phone="13900000001")
    wants_all_at_once(han)
    enqueue("seat_opened", to=han, key="seat:1", at=at, channels=["sms"], urgent=True)
    (row,) = claim(at=at, limit=10)
    assert send_one(row, Silent(), at=at) == "unknown"
    assert deliver_due(at=at + timedelta(days=1)).as_dict()["sent"] == 0
    assert facts_of("state", "last_error") == [("unknown", "no_answer")]


def test_a_kind_that_no_longer_exists_stops_nobody(lin, grace, at, mailbox):
    enqueue("seat_opened", to=[lin, grace], key="seat:1", at=at)
    Outbox.objects.filter(recipient=lin).update(kind="of_another_version")
    assert deliver_due(at=at).as_dict() == {"sent": 1, "retry": 0, "failed": 1, "unknown": 0, "lost": 0}
    assert mailbox.receivers() == ["grace@example.com"]


def test_facts_whose_key_is_gone_stop_nobody(lin, grace, at, mailbox):
    enqueue("seat_opened", to=grace, key="seat:1", at=at)
    facts = {"sealed_code": "s1|0000|AAAA", "days": 7}
    enqueue("invitation", to=lin, key="invitation:1", at=at, facts=facts, channels=["email"])
    assert deliver_due(at=at).as_dict() == {"sent": 1, "retry": 0, "failed": 1, "unknown": 0, "lost": 0}
    assert mailbox.receivers() == ["grace@example.com"]
    assert Outbox.objects.get(recipient=lin).last_error == "FactsGone"
