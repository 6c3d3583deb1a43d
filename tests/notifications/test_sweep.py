"""One pass over what is due."""

import json
from datetime import timedelta

import pytest
from django.core.management import call_command

from notifications import beats, sweep
from notifications.models import Outbox
from notifications.outbox import enqueue
from notifications.queries import background_trouble
from notifications.tasks import sweep as sweep_task
from notifications.worker import take_lock

pytestmark = pytest.mark.django_db


@pytest.fixture
def sweepers(monkeypatch):
    """Give a registry of the test's own."""
    own = {}
    monkeypatch.setattr(sweep, "SWEEPERS", own)
    return own


def test_one_that_fails_does_not_stop_the_others_and_tells_no_value(lin, at, sweepers, mailbox, caplog):
    def stumbles(_at):
        raise RuntimeError("林秋 440000199001011234")

    sweep.register("stumbles", stumbles)
    sweep.register("closes", lambda moment: 2 if moment == at else 0)
    enqueue("seat_opened", to=lin, key="seat:1", at=at)
    assert sweep.sweep(at=at) == {
        "stumbles": -1, "closes": 2, "digests": 0, "sent": 1, "retry": 0, "failed": 0, "unknown": 0, "lost": 0,
    }  # fmt: skip
    assert [record.getMessage() for record in caplog.records if record.name == "notifications.sweep"] == [
        "sweeper stumbles failed: RuntimeError"
    ]


def test_the_command_prints_counts_and_a_second_pass_does_nothing_new(lin, at, sweepers, mailbox, capsys):
    enqueue("seat_opened", to=lin, key="seat:1", at=at)
    call_command("sweep", "--json")
    assert json.loads(capsys.readouterr().out)["sent"] == 1
    call_command("sweep")
    assert capsys.readouterr().out.splitlines() == [
        "digests: 0", "sent: 0", "retry: 0", "failed: 0", "unknown: 0", "lost: 0",
    ]  # fmt: skip
    assert len(mailbox.letters) == 1
    assert Outbox.objects.count() == 1


def test_two_clocks_that_ring_sweep_once(at, sweepers):
    rung = []
    sweep.register("counts", lambda moment: rung.append(moment) or 1)
    sweep_task()
    sweep_task()
    assert len(rung) == 1


def test_a_turn_comes_again_and_survives_a_clock_that_was_set_back(at):
    assert beats.take_turn("sweep", at=at, seconds=15)
    assert not beats.take_turn("sweep", at=at + timedelta(seconds=14), seconds=15)
    assert beats.take_turn("sweep", at=at + timedelta(seconds=15), seconds=15)
    assert beats.take_turn("sweep", at=at - timedelta(hours=1), seconds=15)


def test_a_worker_is_silent_after_two_minutes(at):
    assert background_trouble(at=at) == "silent"
    beats.beat(beats.WORKER, at=at)
    beats.beat(beats.SWEPT, at=at)
    assert background_trouble(at=at + timedelta(seconds=120)) == ""
    assert background_trouble(at=at + timedelta(seconds=121)) == "silent"


def test_a_sweep_that_never_comes_to_its_end_is_late_though_workers_live(at, sweepers):
    sweep.sweep(at=at)
    beats.beat(beats.WORKER, at=at + timedelta(seconds=300))
    assert background_trouble(at=at + timedelta(seconds=301)) == "late"
    sweep.sweep(at=at + timedelta(seconds=302))
    assert background_trouble(at=at + timedelta(seconds=303)) == ""


def test_one_process_of_a_machine_works(tmp_path, settings):
    settings.STATE_DIR = tmp_path
    held = take_lock()
    assert held is not None
    assert take_lock() is None
    held.close()
    again = take_lock()
    assert again is not None
    again.close()
