"""A generated year through the real actions: nothing is stuck, and log, inboxes and posts agree with each other."""

import pytest

from tests.year.checks import problems
from tests.year.clock import Size
from tests.year.story import Told, live

SMALL = Size(branches=6, days=240, ask_at=9, meet_at=9, forms=12)
WHOLE = Size(branches=300, days=420, ask_at=42, meet_at=21, forms=20)


def told(capsys: pytest.CaptureFixture, size: Size, seed: int) -> Told:
    """Live through a year and print its figures."""
    found = live(size, seed)
    with capsys.disabled():
        print("", *found.lines(), sep="\n")
    return found


def test_a_small_year(db, capsys):
    found = told(capsys, SMALL, 1)
    assert list(problems(found.year)) == []


@pytest.mark.prove
def test_a_whole_year(db, capsys):
    found = told(capsys, WHOLE, 20261125)
    assert list(problems(found.year)) == []
