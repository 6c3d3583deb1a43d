"""Lets the flush between two transactional tests empty what refuses that everywhere else: log, decisions, policies."""

from collections.abc import Iterator
from contextlib import contextmanager
from importlib import import_module
from types import SimpleNamespace

import pytest
from django.db import connection, transaction

append_only = import_module("audit.migrations.0002_append_only")
published_rows = import_module("approvals.migrations.0002_published_rows")
signatures = import_module("workflows.migrations.0003_investigation")
counts = import_module("workflows.migrations.0008_counts_stay")


@contextmanager
def changeable_log() -> Iterator[None]:
    """Take the refusals away, as somebody would who owns the database, and put them back."""
    editor = SimpleNamespace(connection=connection)
    with transaction.atomic():
        append_only.backwards(None, editor)
        yield
        append_only.forwards(None, editor)


@contextmanager
def changeable_decisions() -> Iterator[None]:
    """Do the same for what was decided and published."""
    editor = SimpleNamespace(connection=connection)
    with transaction.atomic():
        published_rows.backwards(None, editor)
        signatures.backwards(None, editor)
        counts.backwards(None, editor)
        yield
        counts.forwards(None, editor)
        signatures.forwards(None, editor)
        published_rows.forwards(None, editor)


@pytest.fixture(autouse=True, scope="session")
def log_steps_aside_for_flush() -> Iterator[None]:
    """Wrap the flush of the test database; nothing of this exists outside the tests."""
    operations = type(connection.ops)
    flush = operations.execute_sql_flush

    def flush_all(self: object, sql_list: list[str]) -> None:
        with changeable_log(), changeable_decisions():
            flush(self, sql_list)

    operations.execute_sql_flush = flush_all
    yield
    operations.execute_sql_flush = flush
