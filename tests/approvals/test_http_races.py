"""Two browsers at once on one seat: one decides, the other reads who was faster; a double click counts once."""

import threading

import pytest
import time_machine
from django.db import connection
from django.test import Client

from approvals.models import Decision, Stage
from audit.models import Entry
from organizations.models import Account
from tests.approvals.test_races import seats_to_decide
from tests.factories import NOW
from tests.keys import key_on

PAIRS = 12
pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture(autouse=True)
def now():
    with time_machine.travel(NOW, tick=False):
        yield


def browser(account: Account) -> Client:
    """Sign somebody in; what the server cannot handle comes back as an answer, as it would in life."""
    made = Client(raise_request_exception=False)
    made.force_login(account)
    return made


def press(clicks: list[tuple[Client, int, dict[str, str]]]) -> list:
    """Send several answers at the same moment, each by a thread with its own connection."""
    gate, answers = threading.Barrier(len(clicks)), [None] * len(clicks)

    def send(place: int) -> None:
        client, seat, fields = clicks[place]
        try:
            gate.wait()
            answers[place] = client.post(f"/seats/{seat}/decide", fields)
        finally:
            connection.close()

    threads = [threading.Thread(target=send, args=[place]) for place in range(len(clicks))]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    return answers


def spoken_on(seat: int) -> tuple[int, int]:
    """Count the decisions on a seat, and the entries of the log that tell of one."""
    stage = Stage.objects.get(seats=seat)
    told = Entry.objects.filter(stream=f"case:{stage.case.number}", step=stage.step, verb__startswith="seat.")
    return Decision.objects.filter(seat=seat).count(), told.count()


def race_pairs(pairs: int) -> None:
    seats, zhou, qian = seats_to_decide(pairs)
    one, other, both_saw_it_open = browser(zhou), browser(qian), 0
    refusal = {"verb": "refuse", "reason_inside": "考虑成熟", "reason_for_person": "另有安排。"}
    for number, seat in enumerate(seats):
        keys = [key_on(client.get(f"/seats/{seat}/").content.decode()) for client in (one, other)]
        both_saw_it_open += all(keys)
        words = refusal if number % 2 else {"verb": "agree"}
        answers = press([(one, seat, {"verb": "agree", "key": keys[0]}), (other, seat, {**words, "key": keys[1]})])
        won, beaten = sorted(answers, key=lambda answer: answer.status_code)
        assert (won.status_code, beaten.status_code) == (302, 409)
        decision = Decision.objects.get(seat=seat)
        assert f"{decision.by_name}" in beaten.content.decode()
        assert spoken_on(seat) == (1, 1)
    print(f"\n{pairs} pairs by HTTP on {connection.vendor}: both had the seat open before them in {both_saw_it_open}")
    assert both_saw_it_open == pairs


def race_double_clicks(pairs: int) -> None:
    seats, zhou, _ = seats_to_decide(pairs)
    client, same = browser(zhou), browser(zhou)
    same.cookies = client.cookies
    for seat in seats:
        fields = {"verb": "agree", "key": key_on(client.get(f"/seats/{seat}/").content.decode())}
        answers = press([(client, seat, fields), (same, seat, fields)])
        assert [answer.status_code for answer in answers] == [302, 302]
        again = client.post(f"/seats/{seat}/decide", fields)  # the button of the page one came back to
        assert again.status_code == 302
        assert spoken_on(seat) == (1, 1)
    print(f"\n{pairs} double clicks by HTTP on {connection.vendor}: one effect each")


def test_two_browsers_at_once_one_decides_and_the_other_reads_who_was_faster():
    race_pairs(PAIRS)


def test_a_double_click_in_the_browser_has_one_effect():
    race_double_clicks(PAIRS)


@pytest.mark.prove
def test_two_browsers_at_once_many_times():
    race_pairs(4 * PAIRS)


@pytest.mark.prove
def test_many_double_clicks_in_the_browser_have_one_effect_each():
    race_double_clicks(4 * PAIRS)
