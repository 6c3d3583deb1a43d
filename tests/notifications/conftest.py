"""What the tests of telling lean on."""

from collections.abc import Iterator

import pytest

from organizations.models import Account
from tests import factories as make
from tests.notifications.mailbox import Mailbox, receiving


@pytest.fixture
def lin(db: None) -> Account:
    """Give somebody who reads Chinese."""
    return make.account("林秋", username="lin", email="lin@example.com")


@pytest.fixture
def grace(db: None) -> Account:
    """Give somebody who reads English."""
    return make.account("葛瑞", username="grace", email="grace@example.com", language="en")


@pytest.fixture
def mailbox(settings) -> Iterator[Mailbox]:
    """Run a mail server and send to it."""
    with receiving() as box:
        settings.EMAIL_BACKEND = "django.core.mail.backends.smtp.EmailBackend"
        settings.EMAIL_HOST, settings.EMAIL_PORT = "127.0.0.1", box.port
        settings.EMAIL_HOST_USER = settings.EMAIL_HOST_PASSWORD = ""
        settings.EMAIL_USE_TLS = settings.EMAIL_USE_SSL = False
        yield box
