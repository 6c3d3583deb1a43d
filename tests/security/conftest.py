"""The world of the probes: made once a module, inside a transaction that is never committed."""

import logging
from collections.abc import Iterator

import pytest
import time_machine
from django.db import transaction

from tests.security.world import LATER, World, build


@pytest.fixture(scope="module")
def world(django_db_setup, django_db_blocker, urls_are_known) -> Iterator[World]:
    """Give the world at eleven o'clock of its day, and forget it with the module."""
    with django_db_blocker.unblock(), time_machine.travel(LATER, tick=False), transaction.atomic():
        yield build()
        transaction.set_rollback(True)


@pytest.fixture
def quiet(monkeypatch: pytest.MonkeyPatch) -> None:
    """Leave out the thousands of warnings about refusals that were asked for, in this test and no other."""
    monkeypatch.setattr(logging.getLogger("django.request"), "disabled", True)
