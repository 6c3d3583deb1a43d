"""A generated year through the real actions: nothing is stuck, and log, inboxes and posts agree with each other."""

import pytest

from approvals.models import Case
from tests.year.checks import problems
from tests.year.clock import Size
from tests.year.story import Told, live

SMALL = Size(branches=3, days=130, ask_at=6, meet_at=6, forms=9, trouble=3)
TENTH = Size(branches=30, days=330, ask_at=20, meet_at=12, forms=20)
WHOLE = Size(branches=300, days=420, ask_at=42, meet_at=21, forms=20)


def told(capsys: pytest.CaptureFixture, size: Size, seed: int) -> Told:
    """Live through a year and print its figures."""
    found = live(size, seed)
    with capsys.disabled():
        print("", *found.lines(), sep="\n")
    return found


def test_a_small_year(db, capsys):
    found = told(capsys, SMALL, 2)
    assert list(problems(found.year)) == []


@pytest.mark.prove
@pytest.mark.timeout(7200)
@pytest.mark.parametrize("size", [TENTH, WHOLE], ids=["tenth", "whole"])
def test_a_whole_year(db, capsys, size):
    found = told(capsys, size, 20261125)
    assert list(problems(found.year)) == []
    done = found.year.done
    assert done["elections opened"] == size.branches
    assert done["people named"] >= 3 * (size.branches - done["election withdrawn"])
    if size is WHOLE:
        assert Case.objects.exclude(subject=None).count() >= 900
        assert done["meetings"] >= 40
        assert done["letters"] >= 60
