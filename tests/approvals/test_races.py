"""Two people at once: exactly one decides, the other reads who was faster; a double click counts once."""

import threading
from dataclasses import dataclass, field

import pytest
from django.db import connection

from approvals.actions.decisions import Answer, decide
from approvals.errors import SeatTaken
from approvals.models import Decision, Seat, Stage
from audit.models import Entry
from organizations.models import Account
from tests import factories as make
from tests.cases import INTENT, publish
from tests.cast import build_cast
from workflows.appointment_review.actions.opening import open_removal

PAIRS = 100
pytestmark = pytest.mark.django_db(transaction=True)


@dataclass
class Race:
    """What came of one race.

    Attributes:
        won, beaten: How many decided, and how many read who was faster.
        saw_open: How many had read the seat as open before anybody wrote.
        broken: Whatever else came.
    """

    won: int = 0
    beaten: int = 0
    saw_open: int = 0
    broken: list[str] = field(default_factory=list)


def run(seat_pk: int, clicks: list[tuple[Account, str, str]]) -> Race:
    """Let several clicks fall at the same moment, each by a thread with its own connection."""
    race, gate, lock = Race(), threading.Barrier(len(clicks)), threading.Lock()

    def click(by: Account, verb: str, key: str) -> None:
        try:
            read = Seat.objects.get(pk=seat_pk).state
            gate.wait()
            answer = Answer(verb, reason="考虑成熟", reason_for_person="另有安排。")
            decide(seat_pk=seat_pk, answer=answer, by=by, at=make.NOW, key=key)
            with lock:
                race.won += 1
                race.saw_open += read == "open"
        except SeatTaken:
            with lock:
                race.beaten += 1
                race.saw_open += read == "open"
        except Exception as error:  # whatever it is, it is what the test looks for
            with lock:
                race.broken.append(repr(error))
        finally:
            connection.close()

    threads = [threading.Thread(target=click, args=each) for each in clicks]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    return race


def seats_to_decide(count: int) -> tuple[list[int], Account, Account]:
    """Open removals that wait at the authority for either of two approvers."""
    cast = build_cast()
    publish(by=cast.an)
    seats = []
    for number in range(count):
        branch = make.organization(f"南岭省第{number}茶会党支部", under=cast.province)
        holder = make.person(f"甲{number}")
        make.account(f"甲{number}", person=holder)
        post = make.post(holder, branch)
        case = open_removal(post=post, reason=INTENT.reason, by=cast.zhou, at=make.NOW)
        hearing = Seat.objects.get(stage__case=case, state="open")
        decide(seat_pk=hearing.pk, answer=Answer("hand_in"), by=holder.account, at=make.NOW, key=f"heard-{number}")
        seats.append(Seat.objects.get(stage__case=case, state="open").pk)
    return seats, cast.zhou, cast.qian


def race_pairs(pairs: int) -> None:
    seats, zhou, qian = seats_to_decide(pairs)
    both_saw_it_open = 0
    for number, seat in enumerate(seats):
        race = run(seat, [(zhou, "agree", f"z-{number}"), (qian, "refuse" if number % 2 else "agree", f"q-{number}")])
        assert (race.won, race.beaten, race.broken) == (1, 1, [])
        both_saw_it_open += race.saw_open == 2
        stage = Stage.objects.get(seats=seat)
        spoken = Entry.objects.filter(stream=f"case:{stage.case.number}", step=stage.step, verb__startswith="seat.")
        assert (Decision.objects.filter(seat=seat).count(), spoken.count()) == (1, 1)
    print(f"\n{pairs} pairs on {connection.vendor}: both had read the seat open in {both_saw_it_open}")
    assert both_saw_it_open >= pairs * 4 / 5


def race_double_clicks(pairs: int) -> None:
    seats, zhou, _ = seats_to_decide(pairs)
    for number, seat in enumerate(seats):
        race = run(seat, [(zhou, "agree", f"same-{number}")] * 2)
        assert (race.won, race.beaten, race.broken) == (2, 0, [])
        stage = Stage.objects.get(seats=seat)
        closed = Entry.objects.filter(stream=f"case:{stage.case.number}", step=stage.step, verb="stage.closed")
        assert (Decision.objects.filter(seat=seat).count(), closed.count()) == (1, 1)
    print(f"\n{pairs} double clicks on {connection.vendor}: one effect each")


def test_two_reviewers_at_once_one_decides_and_the_other_reads_who_was_faster():
    race_pairs(PAIRS)


def test_a_double_click_has_one_effect():
    race_double_clicks(PAIRS)


@pytest.mark.prove
def test_two_reviewers_at_once_many_times():
    race_pairs(5 * PAIRS)


@pytest.mark.prove
def test_many_double_clicks_have_one_effect_each():
    race_double_clicks(5 * PAIRS)
