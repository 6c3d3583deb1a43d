"""The worlds of the probes: made inside a transaction that is never committed."""

import logging
from collections.abc import Iterator

import pytest

from tests.security.world import World, standing


@pytest.fixture(scope="module")
def world(django_db_setup, django_db_blocker, urls_are_known) -> Iterator[World]:
    """Give a world that a module may write into."""
    with django_db_blocker.unblock(), standing() as made:
        yield made


@pytest.fixture
def quiet(monkeypatch: pytest.MonkeyPatch) -> None:
    """Leave out the thousands of warnings about refusals that were asked for, in this test and no other."""
    monkeypatch.setattr(logging.getLogger("django.request"), "disabled", True)
