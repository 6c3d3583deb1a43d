"""What every test may lean on: the moment, the databases of the run, and which tests this run can do."""

from datetime import datetime
from zoneinfo import ZoneInfo

import pytest


@pytest.fixture(autouse=True, scope="session")
def urls_are_known() -> None:
    """Import the URLconf once; Viewflow's nodes can only be reversed after that."""
    import config.urls  # noqa: F401


@pytest.fixture
def at() -> datetime:
    """Give the moment of the story: Monday 23 November 2026, 10:00 in the province."""
    return datetime(2026, 11, 23, 10, 0, tzinfo=ZoneInfo("Asia/Shanghai"))
