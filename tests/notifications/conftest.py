"""What the tests of telling lean on."""

from collections.abc import Iterator

import pytest

from organizations.models import Account
from tests import factories as make
from tests.notifications.mailbox import Mailbox, receiving
from tests.notifications.wishing import wants_all_at_once


def made_eager(account: Account) -> Account:
    """Let somebody want each letter singly; how letters are held and bundled has tests of its own."""
    wants_all_at_once(account)
    return account


@pytest.fixture
def lin(db: None) -> Account:
    """Give somebody who reads Chinese, and wants each letter singly at any hour."""
    return made_eager(make.account("林秋", username="lin", email="lin@example.com"))


@pytest.fixture
def grace(db: None) -> Account:
    """Give somebody who reads English, and wants each letter singly at any hour."""
    return made_eager(make.account("葛瑞", username="grace", email="grace@example.com", language="en"))


@pytest.fixture
def mailbox(settings) -> Iterator[Mailbox]:
    """Run a mail server and send to it."""
    with receiving() as box:
        settings.EMAIL_BACKEND = "django.core.mail.backends.smtp.EmailBackend"
        settings.EMAIL_HOST, settings.EMAIL_PORT = "127.0.0.1", box.port
        settings.EMAIL_HOST_USER = settings.EMAIL_HOST_PASSWORD = ""
        settings.EMAIL_USE_TLS = settings.EMAIL_USE_SSL = False
        yield box
