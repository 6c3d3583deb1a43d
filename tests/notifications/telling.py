"""A web process in small: tells somebody something, and ends with 1 when that took longer than a second."""

import sys
import time

import django

django.setup()

from django.db import transaction  # noqa: E402
from django.utils import timezone  # noqa: E402

from notifications.outbox import enqueue  # noqa: E402
from organizations.models import Account  # noqa: E402

PATIENCE_SECONDS = 1
THE_RING_TAKES_SECONDS = 3

if __name__ == "__main__":
    people = list(Account.objects.filter(username__in=sys.argv[1:]))
    begun = time.monotonic()
    with transaction.atomic():
        enqueue("seat_opened", to=people, key="seat:1", at=timezone.now())
    slow = time.monotonic() - begun > PATIENCE_SECONDS
    time.sleep(THE_RING_TAKES_SECONDS)
    sys.exit(int(slow))
