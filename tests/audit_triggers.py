"""Lets the flush between two transactional tests empty the log, which refuses that everywhere else."""

from collections.abc import Iterator
from contextlib import contextmanager
from importlib import import_module
from types import SimpleNamespace

import pytest
from django.db import connection, transaction

append_only = import_module("audit.migrations.0002_append_only")


@contextmanager
def changeable_log() -> Iterator[None]:
    """Take the refusals away, as somebody would who owns the database, and put them back."""
    editor = SimpleNamespace(connection=connection)
    with transaction.atomic():
        append_only.backwards(None, editor)
        yield
        append_only.forwards(None, editor)


@pytest.fixture(autouse=True, scope="session")
def log_steps_aside_for_flush() -> Iterator[None]:
    """Wrap the flush of the test database; nothing of this exists outside the tests."""
    operations = type(connection.ops)
    flush = operations.execute_sql_flush

    def flush_all(self: object, sql_list: list[str]) -> None:
        with changeable_log():
            flush(self, sql_list)

    operations.execute_sql_flush = flush_all
    yield
    operations.execute_sql_flush = flush
