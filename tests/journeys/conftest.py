"""What the long journeys share: the moment they begin at."""

from collections.abc import Iterator

import pytest
import time_machine

from tests import factories as make
from workflows.notices import limits


@pytest.fixture
def now() -> Iterator[time_machine.Traveller]:
    """Stand at the moment of the story, with nothing handed in too often yet; give the clock, to be moved on."""
    limits.forget()
    with time_machine.travel(make.NOW, tick=False) as moment:
        yield moment
