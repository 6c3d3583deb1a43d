"""What was claimed and not begun is given back; what must not go out twice is held one at a time."""

import socket
from datetime import timedelta

import pytest

from notifications import delivery
from notifications.channels.errors import PassingFailure
from notifications.delivery import deliver_due
from notifications.enums import AT_LEAST_ONCE, AT_MOST_ONCE, Channel, State
from notifications.leases import claim, finish, hand_back
from notifications.models import Outbox
from notifications.outbox import enqueue
from tests import factories as make
from tests.notifications.wishing import wants_all_at_once

pytestmark = pytest.mark.django_db
NEVER_TRIED = ("", 0)


class Clock:
    """A clock that only goes on when somebody sends, for so many seconds; the others take their turn by it."""

    def __init__(self) -> None:
        self.seconds = 0.0

    def monotonic(self) -> float:
        return self.seconds


@pytest.fixture
def clock(monkeypatch):
    """Let the rounds go by a clock of the test."""
    found = Clock()
    monkeypatch.setattr(delivery, "time", found)
    return found


@pytest.fixture
def carried(monkeypatch, clock):
    """Let a channel be carried by something that takes so long and then does as it is told; gives what was begun."""
    begun: dict[str, list[str]] = {channel: [] for channel in delivery.CARRIERS}

    def carry(channel: str, *, seconds: float, error: BaseException | None = None, only_after: int = 0) -> None:
        class Slow:
            def send(self, parcel):
                begun[channel].append(parcel.key)
                clock.seconds += seconds
                if error is not None and len(begun[channel]) > only_after:
                    raise error
                return "p-1"

            def close(self):
                """Nothing is kept open."""

        monkeypatch.setitem(delivery.CARRIERS, channel, Slow)

    carry.begun = begun
    return carry


def crowd(count, at, *channels, first=0):
    people = [
        make.account("何苗", username=f"he{n}", email=f"he{n}@example.com", phone=f"1390000{n:04}", password=None)
        for n in range(first, first + count)
    ]
    for one in people:
        wants_all_at_once(one)
    for channel in channels:
        enqueue("seat_opened", to=people, key=f"{channel}:1", at=at, channels=[channel], urgent=channel == Channel.SMS)
    Outbox.objects.exclude(channel__in=channels).delete()
    return people


def states(channel):
    return list(Outbox.objects.filter(channel=channel).order_by("id").values_list("state", "last_error", "attempts"))


def test_texts_to_a_gateway_that_cannot_be_reached_are_each_tried_and_none_is_in_doubt(at, carried):
    carried(Channel.SMS, seconds=10, error=PassingFailure("no_connection"))
    crowd(20, at, Channel.SMS)
    for rounds in range(8):
        deliver_due(at=at + timedelta(minutes=3 * rounds))
        assert not Outbox.objects.filter(state__in=[State.LEASED, State.UNKNOWN]).exists()
    assert len(set(carried.begun[Channel.SMS])) == 20
    for (state, error, attempts), row in zip(states(Channel.SMS), Outbox.objects.order_by("id"), strict=True):
        assert (state, error) == ("retry", "no_connection")
        assert attempts == carried.begun[Channel.SMS].count(row.key)


def test_a_gateway_that_takes_all_and_never_answers_gets_each_text_once(at, settings, monkeypatch):
    monkeypatch.setattr("notifications.channels.http.TIMEOUT_SECONDS", 0.1)
    settings.SMS_ADAPTER, settings.SMS_SECRET = "notifications.channels.sms.HttpSms", "gate"
    settings.LEASE_SECONDS = 0.4  # old enough after three of them
    crowd(8, at, Channel.SMS)
    with socket.create_server(("127.0.0.1", 0), backlog=16) as silent:
        settings.SMS_URL = f"http://127.0.0.1:{silent.getsockname()[1]}/"
        for minutes in range(3):
            deliver_due(at=at + timedelta(minutes=minutes))
    assert states(Channel.SMS) == [("unknown", "no_answer", 1)] * 8


def test_slow_mail_burns_no_attempt_of_the_letters_behind_and_strands_no_text(at, carried):
    carried(Channel.EMAIL, seconds=15, error=PassingFailure("TimeoutError"))
    carried(Channel.SMS, seconds=1)
    crowd(20, at, Channel.EMAIL, Channel.SMS)
    done = deliver_due(at=at)
    assert (done.retry, done.sent, done.unknown, done.lost) == (3, 20, 0, 0)
    assert states(Channel.SMS) == [("sent", "", 1)] * 20
    assert states(Channel.EMAIL) == [("retry", "TimeoutError", 1)] * 3 + [("retry", *NEVER_TRIED)] * 17
    assert deliver_due(at=at + timedelta(seconds=66)).retry == 3
    assert len(set(carried.begun[Channel.EMAIL][:6])) == 6  # those behind come first


def test_slow_texts_keep_no_letter_waiting_longer_than_a_turn(at, carried):
    carried(Channel.SMS, seconds=10)
    carried(Channel.EMAIL, seconds=0)
    crowd(30, at, Channel.EMAIL, Channel.SMS)
    deliver_due(at=at, limit=50)
    last = Outbox.objects.filter(channel=Channel.EMAIL).latest("sent_at").sent_at
    assert last - at == timedelta(seconds=50)


@pytest.mark.parametrize("channel", [Channel.EMAIL, Channel.SMS])
def test_a_worker_that_ends_in_the_middle_gives_back_what_it_had_not_begun(at, carried, channel):
    carried(channel, seconds=1, error=KeyboardInterrupt(), only_after=1)
    crowd(5, at, channel)
    with pytest.raises(KeyboardInterrupt):
        deliver_due(at=at)
    waiting = "retry" if channel == Channel.EMAIL else "new"
    assert states(channel) == [("sent", "", 1), ("leased", "", 0), *[(waiting, *NEVER_TRIED)] * 3]
    carried(channel, seconds=1)
    deliver_due(at=at + timedelta(seconds=63))
    over = "sent" if channel == Channel.EMAIL else "unknown"
    assert [state for state, _error, _attempts in states(channel)] == ["sent", over, "sent", "sent", "sent"]
    assert carried.begun[channel].count(Outbox.objects.order_by("id")[1].key) == (2 if over == "sent" else 1)


def test_a_worker_that_was_told_to_stop_begins_nothing_more(at, carried, clock):
    carried(Channel.EMAIL, seconds=1)
    carried(Channel.SMS, seconds=1)
    crowd(5, at, Channel.EMAIL, Channel.SMS)
    done = deliver_due(at=at, stopped=lambda: clock.seconds >= 2)
    assert (done.sent, done.lost) == (2, 0)
    assert states(Channel.EMAIL)[2:] == [("retry", *NEVER_TRIED)] * 3
    assert states(Channel.SMS) == [("new", *NEVER_TRIED)] * 5
    assert deliver_due(at=at).sent == 8


def test_a_carrier_that_cannot_be_set_up_leaves_no_text_in_doubt(at, settings):
    settings.SMS_ADAPTER = "notifications.channels.sms.NoSuchAdapter"
    crowd(3, at, Channel.SMS)
    with pytest.raises(ImportError):
        deliver_due(at=at)
    assert not Outbox.objects.filter(state=State.LEASED).exists()


def test_nothing_is_given_back_that_somebody_else_holds_or_whose_lease_is_over(at):
    crowd(2, at, Channel.EMAIL)
    late = claim(at=at, limit=2)
    assert hand_back(late, at=at + timedelta(seconds=60)) == 0
    (fresh, other) = claim(at=at + timedelta(seconds=61), limit=2)
    assert hand_back(late, at=at + timedelta(seconds=62)) == 0
    assert finish(fresh, State.SENT, sent_at=at) == "sent"
    assert hand_back([fresh, other], at=at + timedelta(seconds=62)) == 1
    assert finish(other, State.SENT, sent_at=at) == "lost"
    assert [state for state, _error, _attempts in states(Channel.EMAIL)] == ["sent", "retry"]
    assert hand_back([], at=at) == 0


def test_what_must_not_go_out_twice_is_never_taken_from_somebody_who_vanished(at):
    crowd(1, at, Channel.SMS)
    assert claim(at=at, limit=1, channels=AT_LEAST_ONCE) == []
    assert len(claim(at=at, limit=1, channels=AT_MOST_ONCE)) == 1
    assert claim(at=at + timedelta(seconds=61), limit=1, channels=AT_MOST_ONCE) == []
    assert claim(at=at + timedelta(seconds=61), limit=1) == []
