"""The day of these stories, and nobody counted from an earlier test."""

import pytest
import time_machine
from django.test import Client

from tests.factories import NOW
from workflows.notices import limits


@pytest.fixture(autouse=True)
def nobody_counted():
    """Forget who sent something in an earlier test."""
    limits.forget()


@pytest.fixture
def now():
    """Stand on the day of the story; what it gives can be moved on."""
    with time_machine.travel(NOW, tick=False) as traveller:
        yield traveller


@pytest.fixture
def sign_in():
    """Give a client for an account."""

    def signed_in(account, **defaults: str) -> Client:
        client = Client(**defaults)
        client.force_login(account)
        return client

    return signed_in
