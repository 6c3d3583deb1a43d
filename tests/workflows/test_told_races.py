"""Two administrators send the same message again at once: one does, the other reads that there is nothing to send."""

import threading

import pytest
from django.db import connection

from audit.models import Entry
from notifications.models import Outbox
from notifications.outbox import enqueue
from organizations.enums import Role
from tests import factories as make
from tests.cast import build_cast
from tests.factories import NOW
from workflows.telling.actions import send_again

ROUNDS = 10
pytestmark = pytest.mark.django_db(transaction=True)


def test_of_two_administrators_one_sends_again():
    cast = build_cast()
    other = make.account("徐来", username="xu2", email="xu2@example.com")
    make.roles([(other, Role.SYSTEM_ADMINISTRATOR, cast.province)])
    enqueue("right_of_reply", to=cast.lin, key="reply", at=NOW, thread="考〔2026〕1号")
    letter, gate, came, broken = Outbox.objects.get(), threading.Barrier(2), [], []

    def click(by) -> None:
        try:
            gate.wait()
            came.append(send_again(delivery_id=letter.pk, version=letter.version, why="denied", by=by, at=NOW))
        except Exception as error:  # whatever it is, it is what the test looks for
            broken.append(repr(error))
        finally:
            connection.close()

    for number in range(1, ROUNDS + 1):
        Outbox.objects.update(state="unknown", last_error="no_answer")
        threads = [threading.Thread(target=click, args=[by]) for by in (cast.xu, other)]
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join()
        assert broken == []
        assert sorted(came[-2:]) == [False, True]
        assert Entry.objects.filter(verb="message.sent_again").count() == number
