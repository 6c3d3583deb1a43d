"""What comes in, or is done, while the daily round writes the store anew."""

import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager

import pytest
from django.db import connection

from tests.cast import build_cast
from tests.factories import NOW
from tests.notices.notices import objected, on_notice
from workflows.notices.actions import journal
from workflows.notices.actions.settling import accept
from workflows.notices.actions.upkeep import once_a_day
from workflows.notices.models import Objection

pytestmark = [pytest.mark.postgres, pytest.mark.django_db(transaction=True)]
WAITING = "SELECT count(*) FROM pg_locks WHERE NOT granted"
LONGEST_WAIT_SECONDS = 20


@contextmanager
def meanwhile(monkeypatch, act: Callable[[], object], *, until: Callable[[threading.Thread], bool]) -> Iterator[list]:
    """Let another connection act after the rows were read and before they are taken out; gives what went wrong."""
    failed: list[BaseException] = []

    def elsewhere() -> None:
        try:
            act()
        except BaseException as error:
            failed.append(error)
        finally:
            connection.close()

    thread = threading.Thread(target=elsewhere)

    class Order:
        def shuffle(self, rows: list) -> None:
            thread.start()
            end = time.monotonic() + LONGEST_WAIT_SECONDS
            while not until(thread):
                assert time.monotonic() < end, "the other one did not come so far"
                time.sleep(0.01)
            rows.reverse()

    monkeypatch.setattr("workflows.notices.actions.upkeep.secrets.SystemRandom", Order)
    yield failed
    thread.join()


def is_over(thread: threading.Thread) -> bool:
    return not thread.is_alive()


def waits(thread: threading.Thread) -> bool:
    with connection.cursor() as cursor:
        cursor.execute(WAITING)
        return cursor.fetchone()[0] == 1


def test_an_objection_that_comes_in_during_the_daily_round_stays(monkeypatch):
    case = on_notice(build_cast())
    early, _code = objected(case)
    late = []
    with meanwhile(monkeypatch, lambda: late.append(objected(case)[0]), until=is_over) as failed:
        assert once_a_day(NOW) == 1
    assert failed == []
    assert set(Objection.objects.values_list("pk", flat=True)) == {early.pk, late[0].pk}
    assert journal.verify().holds


def test_an_officer_who_acts_during_the_daily_round_waits_and_finds_the_objection(monkeypatch):
    cast = build_cast()
    objection, _code = objected(on_notice(cast))
    with meanwhile(monkeypatch, lambda: accept(pk=objection.pk, by=cast.shi, at=NOW), until=waits) as failed:
        assert once_a_day(NOW) == 1
    assert failed == []
    objection.refresh_from_db()
    assert objection.standing == "accepted"
    assert journal.verify().holds
