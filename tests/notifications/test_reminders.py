"""When to try again."""

import pytest

from notifications.reminders import is_worth_another, pause_seconds


@pytest.mark.parametrize(
    ("attempts", "shortest", "longest"), [(1, 15, 30), (2, 30, 60), (3, 60, 120), (7, 960, 1920), (8, 1800, 3600)]
)
def test_the_pause_doubles_up_to_an_hour_and_spreads(attempts, shortest, longest):
    assert pause_seconds(attempts, luck=0) == shortest
    assert pause_seconds(attempts, luck=0.5) == (shortest + longest) / 2
    assert pause_seconds(attempts, luck=0.999) < longest


def test_after_many_attempts_the_pause_stays_an_hour():
    assert pause_seconds(500, luck=0) == 1800


def test_it_gives_up_after_sixteen():
    assert [is_worth_another(attempts) for attempts in (1, 15, 16, 17)] == [True, True, False, False]
