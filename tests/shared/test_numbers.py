import threading

import pytest
from django.db import connection, transaction

from workflows.shared.models import Numbering
from workflows.shared.numbers import next_number

THREADS, EACH = 4, 10


@pytest.mark.django_db
def test_numbers_follow_each_other_by_letterhead_kind_and_year():
    given = [next_number(*row) for row in [
        ("approval", "南社党", 2026), ("approval", "南社党", 2026), ("approval", "云社党", 2026),
        ("approval", "南社党", 2027), ("notice", "南社党", 2026), ("approval", "南社党", 2026),
    ]]  # fmt: skip
    assert given == [
        "南社党〔2026〕1号",
        "南社党〔2026〕2号",
        "云社党〔2026〕1号",
        "南社党〔2027〕1号",
        "南社党〔2026〕1号",
        "南社党〔2026〕3号",
    ]


@pytest.mark.django_db
def test_a_rolled_back_number_is_given_again():
    next_number("approval", "南社党", 2026)
    with transaction.atomic():
        assert next_number("approval", "南社党", 2026) == "南社党〔2026〕2号"
        transaction.set_rollback(True)
    assert next_number("approval", "南社党", 2026) == "南社党〔2026〕2号"


@pytest.mark.django_db(transaction=True)
def test_many_at_once_get_every_number_once():
    given, together = [], threading.Barrier(THREADS)

    def ask():
        together.wait()
        try:
            for _turn in range(EACH):
                with transaction.atomic():
                    given.append(next_number("approval", "南社党", 2026))
        finally:
            connection.close()

    threads = [threading.Thread(target=ask) for _ in range(THREADS)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert sorted(given) == sorted(f"南社党〔2026〕{number}号" for number in range(1, THREADS * EACH + 1))
    assert Numbering.objects.get().last == THREADS * EACH
