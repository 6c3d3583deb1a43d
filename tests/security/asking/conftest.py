"""One world for all who only ask: whatever a test did to it is taken back before the next one asks."""

from collections.abc import Iterator

import pytest

from tests.security.world import World, standing

HERE = "tests/security/asking/"


@pytest.hookimpl(trylast=True)
def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Let these tests come first and one after the other, so that a process makes their world once."""
    items.sort(key=lambda item: not item.nodeid.startswith(HERE))


@pytest.fixture(scope="package")
def world(django_db_setup, django_db_blocker, urls_are_known) -> Iterator[World]:
    """Give the world that stands as long as somebody asks."""
    with django_db_blocker.unblock(), standing() as made:
        yield made


@pytest.fixture(autouse=True)
def everybody_stays_signed_in(request: pytest.FixtureRequest) -> Iterator[None]:
    """Give everybody the cookies back that they had before the test."""
    if "world" not in request.fixturenames:
        yield
        return
    clients = request.getfixturevalue("world").clients.values()
    before = [client.cookies.copy() for client in clients]
    yield
    for client, cookies in zip(clients, before, strict=True):
        client.cookies = cookies
