"""Real worker processes, killed in the middle of their work; real Celery with a real Valkey."""

import os
import random
import signal
import time
from contextlib import ExitStack
from datetime import timedelta

import pytest
from django.utils import timezone

from notifications import beats, bell
from notifications.enums import State
from notifications.models import Notice, Outbox, WorkerBeat
from notifications.outbox import enqueue
from tests import factories as make
from tests.notifications.mailbox import receiving
from tests.notifications.processes import kill, until, working
from tests.notifications.receiver import listening
from tests.notifications.wishing import wants_all_at_once

pytestmark = pytest.mark.django_db(transaction=True)
WORKER = ("manage.py", "worker")
TELLING = ("-m", "tests.notifications.telling")
CELERY = ("-m", "celery", "-A", "config.celery", "worker", "--concurrency=2", "--loglevel=INFO")


def tell_crowd(count):
    crowd = [
        make.account("何苗", username=f"he{number}", email=f"he{number}@example.com", password=None)
        for number in range(count)
    ]
    for person in crowd:
        wants_all_at_once(person)
    enqueue("seat_opened", to=crowd, key="seat:1", at=timezone.now() - timedelta(seconds=1))
    return sorted(person.email for person in crowd)


def all_sent():
    return not Outbox.objects.exclude(state=State.SENT).exists()


def test_a_worker_in_the_foreground_delivers_and_ends_when_told(tmp_path):
    addresses = tell_crowd(3)
    with receiving() as box, working(*WORKER, state=tmp_path, port=box.port) as worker:
        until(all_sent)
        assert box.receivers() == addresses
        worker.terminate()
        assert worker.wait(timeout=10) == 0


@pytest.mark.parametrize("kills", [3, pytest.param(40, marks=pytest.mark.prove)])
def test_a_killed_worker_loses_nothing_and_repeats_under_the_same_id(tmp_path, kills):
    addresses = tell_crowd(6 * kills)
    luck = random.Random(20261123)  # noqa: S311
    with receiving() as box:
        for _kill in range(kills):
            with working(*WORKER, state=tmp_path, port=box.port) as worker:
                last = len(box.letters) + luck.randint(1, 5)
                # The letter is taken, the answer not yet given, the outcome not written.
                box.on_letter = lambda worker=worker, last=last: kill(worker) if len(box.letters) >= last else None
                until(lambda worker=worker: worker.poll() is not None)
        held = Outbox.objects.filter(state=State.LEASED).count()
        box.on_letter = lambda: None
        with working(*WORKER, state=tmp_path, port=box.port):
            until(all_sent)
    assert held > 0
    assert sorted(set(box.receivers())) == addresses
    assert len(set(box.ids())) == len(addresses)
    assert len(addresses) < len(box.ids()) <= len(addresses) + kills
    assert Notice.objects.count() == len(addresses)


def test_a_worker_that_slept_past_its_lease_changes_nothing_when_it_wakes(tmp_path):
    addresses = tell_crowd(8)
    first, second = tmp_path / "first", tmp_path / "second"
    first.mkdir()
    second.mkdir()
    with receiving() as box, working(*WORKER, state=first, port=box.port) as sleeper:
        box.on_letter = lambda: os.killpg(sleeper.pid, signal.SIGSTOP) if len(box.letters) == 3 else None
        until(lambda: len(box.letters) >= 3)
        with working(*WORKER, state=second, port=box.port):
            until(all_sent)
            outcomes = list(Outbox.objects.order_by("id").values_list("version", "sent_at"))
            os.killpg(sleeper.pid, signal.SIGCONT)
            until(lambda: "another worker took it over" in (first / "worker.log").read_text())
    assert list(Outbox.objects.order_by("id").values_list("version", "sent_at")) == outcomes
    assert sorted(set(box.receivers())) == addresses
    assert (len(set(box.ids())), len(box.ids())) == (8, 9)


def test_a_killed_worker_leaves_one_text_message_in_doubt_and_the_next_sends_the_others(tmp_path):
    crowd = [make.account("何苗", username=f"he{n}", phone=f"1390000000{n}", password=None) for n in range(6)]
    for person in crowd:
        wants_all_at_once(person)
    at = timezone.now() - timedelta(seconds=1)
    enqueue("seat_opened", to=crowd, key="seat:1", at=at, channels=["sms"], urgent=True)
    texts = {"SMS_ADAPTER": "notifications.channels.sms.HttpSms", "SMS_SECRET": "gate"}
    with listening() as gate:
        texts["SMS_URL"] = gate.address
        with working(*WORKER, state=tmp_path, port=9, **texts) as worker:
            gate.on_post = lambda: kill(worker) if len(gate.posts) == 2 else None
            until(lambda: worker.poll() is not None)
        gate.on_post = lambda: None
        states = list(Outbox.objects.order_by("id").values_list("state", flat=True))
        assert states == ["sent", "leased", "new", "new", "new", "new"]
        with working(*WORKER, state=tmp_path, port=9, **texts):
            until(lambda: not Outbox.objects.exclude(state__in=[State.SENT, State.UNKNOWN]).exists())
    assert list(Outbox.objects.filter(state=State.UNKNOWN).values_list("pk", "last_error")) == [
        (Outbox.objects.order_by("id")[1].pk, "sender_vanished")
    ]
    assert len({body["id"] for body in gate.bodies()}) == len(gate.posts) == 6


@pytest.mark.valkey
def test_celery_delivers_when_the_bell_rings(tmp_path, redis_url, lin):
    """No clock runs here, so nothing but the ring after the commit wakes Celery."""
    calm = {"REDIS_URL": redis_url, "SWEEP_SECONDS": "30"}
    with receiving() as box, working(*CELERY, state=tmp_path, port=box.port, **calm):
        with working(*TELLING, "lin", state=tmp_path, port=box.port, **calm) as web:
            assert web.wait(timeout=30) == 0
        until(all_sent)
    assert box.receivers() == ["lin@example.com"]


@pytest.mark.valkey
def test_rings_that_nobody_heard_in_time_keep_no_sweep_waiting(tmp_path, redis_url, settings):
    settings.SWEEP_SECONDS = 1
    assert all(bell.ring_celery() for _ in range(50))
    time.sleep(1.2)
    clock = ("--beat", "--schedule", str(tmp_path / "beat"))
    with receiving() as box, working(*CELERY, *clock, state=tmp_path, port=box.port, REDIS_URL=redis_url):
        until(WorkerBeat.objects.filter(name=beats.SWEPT).exists)
    heard = (tmp_path / "worker.log").read_text()
    assert heard.count("Discarding revoked task: notifications.deliver_due") == 50
    assert "Task notifications.sweep" in heard


@pytest.mark.valkey
def test_two_clocks_and_two_workers_send_each_letter_once_without_any_bell(tmp_path, redis_url):
    addresses = tell_crowd(40)
    with ExitStack() as stack:
        box = stack.enter_context(receiving())
        for number in range(2):
            clock = ("--beat", "--schedule", str(tmp_path / f"beat{number}"), f"--hostname=w{number}@%h")
            stack.enter_context(working(*CELERY, *clock, state=tmp_path, port=box.port, REDIS_URL=redis_url))
        until(all_sent)
    assert box.receivers() == addresses
    assert Notice.objects.count() == 40


def test_a_broker_that_is_away_makes_nobody_wait_and_loses_nothing(tmp_path, lin):
    with working(*TELLING, "lin", state=tmp_path, port=9, REDIS_URL="redis://127.0.0.1:9/0") as web:
        assert web.wait(timeout=30) == 0
    assert Outbox.objects.get().state == State.NEW
