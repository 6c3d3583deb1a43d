"""The committee that meets and the office that asks departments."""

import pytest

from tests import factories as make
from tests.cast import Cast
from tests.letters import departments, in_force, officer_of
from tests.meetings import publish_meetings


@pytest.fixture
def committee(cast: Cast) -> Cast:
    """Give the cast with a policy under which a meeting decides."""
    publish_meetings(cast)
    return cast


@pytest.fixture
def office(cast: Cast) -> Cast:
    """Give the cast with a policy that asks the police of the province."""
    in_force(cast)
    (cast.police,) = departments("南岭省公安厅")
    cast.deng = officer_of(cast.police)
    cast.chair = make.reviewer("程书记", "committee_secretary", cast.province)
    cast.clerk = make.reviewer("贺云舟", "organizer", cast.province)
    return cast
