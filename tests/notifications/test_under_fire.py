"""Reminders while workers are killed, while Redis forgets everything, while the broker dies, while a worker sleeps."""

import os
import random
import signal
import subprocess
import threading
import time
from collections import Counter
from contextlib import ExitStack, contextmanager
from datetime import timedelta

import pytest
import redis
from django.db.models import Count
from django.test import Client
from django.utils import timezone

from approvals.models import InboxRow
from audit.checkpoints import make_checkpoint
from notifications.enums import State
from notifications.models import Notice, Outbox, Preference, Reminder
from notifications.outbox import enqueue
from notifications.rules.routing import Way
from notifications.wishes import local
from organizations.models import Account
from organizations.reminding import ends_within, reminding_day
from tests import factories as make
from tests.broker import ringing_at
from tests.cases import case_at, publish
from tests.cast import build_cast
from tests.notifications.mailbox import receiving
from tests.notifications.processes import kill, until, working
from tests.notifications.receiver import listening
from tests.notifications.wishing import AT_ONCE, confirmed, wants_all_at_once
from tests.servers import free_port, valkey_program, wait_until_ready

pytestmark = pytest.mark.django_db(transaction=True)
WORKER = ("manage.py", "worker")
CELERY = ("-m", "celery", "-A", "config.celery", "worker", "--pool=solo", "--loglevel=WARNING")
LONG_AGO = make.NOW - timedelta(days=400)


def due_soon(count: int) -> list[Account]:
    """Let one seat wait for many people, due in two working days: the worker's own sweep reminds all of them.

    Every other wants a digest, and a copy waits for it already.
    """
    cast = build_cast()
    publish(by=cast.an)
    case = case_at(cast, "county")
    row = InboxRow.objects.filter(case=case).first()
    InboxRow.objects.all().delete()
    Notice.objects.all().delete()
    Outbox.objects.all().delete()
    crowd = Account.objects.bulk_create(
        Account(username=f"he{n}", name="何苗", email=f"he{n}@example.com", password="!", phone=f"139{n:08}")
        for n in range(count)
    )
    Preference.objects.bulk_create(
        Preference(account=one, **AT_ONCE, **confirmed(one)) if number % 2 == 0 else waiting_for_a_digest(one)
        for number, one in enumerate(crowd)
    )
    enqueue("copy_for_information", to=crowd[1::2], key="copy:1", at=timezone.now())
    # The round of the day is done: it would give the rows of people without a role back to those who hold one.
    make_checkpoint(at=timezone.now())
    due_at = ends_within(2, on=reminding_day(timezone.now()))
    InboxRow.objects.bulk_create(
        InboxRow(seat=row.seat, case=case, account=one, opened_at=LONG_AGO, due_at=due_at, case_number=case.number)
        for one in crowd
    )
    return crowd


def waiting_for_a_digest(account) -> Preference:
    """Let somebody want one digest a day, which is half a day away; the telephone is confirmed."""
    hour = local(timezone.now() + timedelta(hours=12)).time().isoformat("seconds")
    columns = {"digest_at": hour, "quiet_from": "00:00", "quiet_until": "00:00", "on_days_off": True}
    return Preference(account=account, changed_at=LONG_AGO, **columns, **confirmed(account))


def let_digests_come() -> None:
    """Move the digests of the crowd to a moment that comes soon; whoever sweeps next takes note of it."""
    soon = local(timezone.now() + timedelta(seconds=3)).time().isoformat("seconds")
    Preference.objects.filter(waiting=Way.DIGEST).update(digest_at=soon)


def is_over() -> bool:
    return not Outbox.objects.exclude(state__in=[State.SENT, State.UNKNOWN, State.BUNDLED]).exists()


def assert_each_reminded_once(box, count: int, kills: int) -> None:
    addresses = sorted(f"he{n}@example.com" for n in range(count))
    assert Reminder.objects.count() == Notice.objects.filter(kind="seat_due").count() == count
    assert set(Counter(Notice.objects.filter(kind="seat_due").values_list("recipient", flat=True)).values()) == {1}
    assert sorted(set(box.receivers())) == addresses
    assert len(set(box.ids())) == count
    assert len(box.ids()) <= count + kills
    digests = Outbox.objects.filter(kind="digest").annotate(n=Count("bundled"))
    assert list(digests.values_list("n", flat=True)) == [2] * (count // 2)
    assert Outbox.objects.filter(channel="email").exclude(kind="digest").values("recipient").distinct().count() == count


@pytest.mark.valkey
@pytest.mark.timeout(7200)
@pytest.mark.parametrize(
    ("kills", "people", "with_celery"),
    [
        (20, 2000, True),
        pytest.param(20, 2000, False, marks=pytest.mark.prove),
        pytest.param(1000, 20_000, True, marks=pytest.mark.prove),
    ],
)
def test_workers_killed_while_reminders_flow_lose_nothing_and_repeat_no_text_message(
    tmp_path, redis_url, settings, kills, people, with_celery, capsys
):
    settings.SWEEP_SECONDS = 1
    run = (*CELERY, "--beat", "--schedule", str(tmp_path / "beat")) if with_celery else WORKER
    crowd, luck, hits = due_soon(people), random.Random(20261125), 0  # noqa: S311
    begin = timezone.now()
    texts = {"SMS_ADAPTER": "notifications.channels.sms.HttpSms", "SMS_SECRET": "gate"}
    texts |= {"REDIS_URL": redis_url} if with_celery else {}
    for number in range(10 * kills):
        at = begin + timedelta(seconds=number * 0.2)
        enqueue(
            "seat_opened", to=crowd[number], key=f"sms:{number}", at=begin, not_before=at, channels=["sms"], urgent=True
        )
    with receiving() as box, listening() as gate:
        for _kill in range(kills):
            with working(*run, state=tmp_path, port=box.port, SMS_URL=gate.address, **texts) as worker:
                last, was = len(box.letters) + luck.randint(1, people // kills // 2), Outbox.objects.count()
                # While the letter is taken and not answered, or at any moment after it.
                pause = luck.choice([0, 0, luck.random() / 20])

                def strike(worker=worker, last=last, pause=pause) -> None:
                    if len(box.letters) >= last:
                        threading.Timer(pause, kill, [worker]).start() if pause else kill(worker)

                box.on_letter = strike
                until(lambda worker=worker: worker.poll() is not None, seconds=120)
                assert Outbox.objects.count() >= was
            if not Outbox.objects.filter(kind="digest").exists():
                let_digests_come()
            hits += Outbox.objects.filter(state=State.LEASED, lease_until__gt=timezone.now()).exists()
        box.on_letter = lambda: None
        with working(*run, state=tmp_path, port=box.port, SMS_URL=gate.address, **texts):
            until(is_over, seconds=600)
    with capsys.disabled():
        print(f"\n{kills} kills, {hits} of them while a lease was held; {len(box.ids())} letters, {people} meant")
    assert hits * 2 >= kills
    assert_each_reminded_once(box, people, kills)
    posted = Counter(body["id"] for body in gate.bodies())
    assert set(posted.values()) == {1}
    states = Counter(Outbox.objects.filter(channel="sms").values_list("state", flat=True))
    assert states["sent"] + states["unknown"] == 10 * kills
    assert states["sent"] <= len(posted) <= 10 * kills


@contextmanager
def broker(port: int, folder):
    """Run a broker that may die."""
    log = folder / f"broker{time.monotonic_ns()}.log"
    server = [valkey_program(), "--port", str(port), "--bind", "127.0.0.1", "--dir", str(folder), "--save", ""]
    with log.open("wb") as output:
        process = subprocess.Popen(server, stdout=output, stderr=output, start_new_session=True)
    try:
        wait_until_ready(process, log)
        yield process
    finally:
        process.kill()
        process.wait(timeout=10)


@pytest.mark.valkey
@pytest.mark.timeout(1200)
@pytest.mark.parametrize(("flushes", "deaths"), [(5, 2), pytest.param(20, 10, marks=pytest.mark.prove)])
def test_a_broker_that_forgets_or_dies_loses_nothing_and_breaks_no_page(tmp_path, settings, flushes, deaths):
    port, told, answers = free_port(), [], []
    url = f"redis://127.0.0.1:{port}/0"
    people = [make.account("何苗", username=f"he{n}", email=f"he{n}@example.com") for n in range(40)]
    for one in people:
        wants_all_at_once(one)
    reader = Client()
    reader.force_login(people[0])

    def tell() -> None:
        for one in people:
            enqueue("seat_opened", to=one, key=f"seat:{len(told)}", at=timezone.now())
        told.extend(people)
        answers.extend(reader.get(path).status_code for path in ("/notices/", "/notices/calendar/", "/privacy/"))

    def all_sent() -> bool:
        return not Outbox.objects.exclude(state=State.SENT).exists()

    with ExitStack() as stack:
        box = stack.enter_context(receiving())
        life = stack.enter_context(ExitStack())
        life.enter_context(broker(port, tmp_path))
        clock = ("--beat", "--schedule", str(tmp_path / "beat"))
        stack.enter_context(working(*CELERY, *clock, state=tmp_path, port=box.port, REDIS_URL=url))
        stack.enter_context(ringing_at(url, settings))
        tell()
        until(all_sent, seconds=60)
        for _flush in range(flushes):
            tell()
            redis.from_url(url).flushall()
            begun = time.monotonic()
            until(all_sent, seconds=30)
            assert time.monotonic() - begun < 10
        for _death in range(deaths):
            life.close()
            tell()
            time.sleep(1)
            life.enter_context(broker(port, tmp_path))
            until(all_sent, seconds=60)
    assert set(answers) == {200}
    assert len(box.ids()) == len(set(box.ids())) == len(told)


@pytest.mark.valkey
@pytest.mark.timeout(600)
def test_two_clocks_and_five_workers_one_of_which_sleeps_past_its_lease_tell_each_once(tmp_path, redis_url):
    due_soon(200)
    with ExitStack() as stack:
        box = stack.enter_context(receiving())
        workers = []
        for number in range(5):
            clock = ("--beat", "--schedule", str(tmp_path / f"beat{number}")) if number < 2 else ()
            name = f"--hostname=w{number}@%h"
            workers.append(
                stack.enter_context(working(*CELERY, name, *clock, state=tmp_path, port=box.port, REDIS_URL=redis_url))
            )
        until(lambda: len(box.letters) >= 5, seconds=120)
        for sleeper in workers[::4]:  # a clock and a worker without one
            os.killpg(sleeper.pid, signal.SIGSTOP)
        let_digests_come()
        until(lambda: Reminder.objects.count() == 200 and is_over(), seconds=120)
        outcomes = list(Outbox.objects.order_by("pk").values_list("version", "sent_at"))
        time.sleep(3)
        for sleeper in workers[::4]:
            os.killpg(sleeper.pid, signal.SIGCONT)
        time.sleep(3)
        assert list(Outbox.objects.order_by("pk").values_list("version", "sent_at")) == outcomes
    assert_each_reminded_once(box, 200, kills=2)
