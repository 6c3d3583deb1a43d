"""The committee that meets."""

import pytest

from tests.cast import Cast
from tests.meetings import publish_meetings


@pytest.fixture
def committee(cast: Cast) -> Cast:
    """Give the cast with a policy under which a meeting decides."""
    publish_meetings(cast)
    return cast
