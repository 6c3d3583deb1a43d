"""The tables of a database out to a folder and in again, by what Python brings: no program beside it is needed."""

import sqlite3
from contextlib import closing
from pathlib import Path

from django.apps import apps
from django.core.management import call_command
from django.core.management.color import no_style
from django.db import connection, transaction
from django.db.migrations.recorder import MigrationRecorder

from audit.chain import Head
from audit.checkpoints import ENDS
from audit.merkle import root_of_heads

SQLITE_FILE = "kaoping.sqlite3"
MIGRATIONS = MigrationRecorder.Migration._meta.db_table


def write_tables(folder: Path) -> dict[str, object]:
    """Write all tables as they stand at one moment.

    Args:
        folder: An existing, empty folder.

    Returns:
        What ``measure`` found at that moment.
    """
    if connection.vendor == "sqlite":
        connection.ensure_connection()
        with closing(sqlite3.connect(folder / SQLITE_FILE)) as copy:
            connection.connection.backup(copy)
            copy.execute("PRAGMA journal_mode=DELETE")  # one file, nothing beside it
            return measure(copy.cursor(), _names())
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute("SET TRANSACTION ISOLATION LEVEL REPEATABLE READ")
        for name in _names():
            with (
                (folder / f"{name}.copy").open("wb") as file,
                cursor.copy(_copy(name, "TO STDOUT")) as rows,
            ):
                for some in rows:
                    file.write(some)
        return measure(cursor, _names())


def read_tables(folder: Path) -> dict[str, object]:
    """Fill an empty database from a folder.

    Args:
        folder: As ``write_tables`` left it.

    Returns:
        What ``measure`` finds afterwards.
    """
    if connection.vendor == "sqlite":
        connection.ensure_connection()
        with closing(sqlite3.connect(folder / SQLITE_FILE)) as copy:
            copy.backup(connection.connection)
    else:
        call_command("migrate", verbosity=0, interactive=False)
        with transaction.atomic():
            _fill(folder)
    with connection.cursor() as cursor:
        return measure(cursor, _names())


def measure(cursor, names: list[str]) -> dict[str, object]:
    """Count the rows of each table and compute the root over the ends of all audit streams."""
    counts = {}
    for name in names:
        cursor.execute(f'SELECT COUNT(*) FROM "{name}"')  # noqa: S608 - a table of ours
        counts[name] = cursor.fetchone()[0]
    cursor.execute(f'SELECT app, name FROM "{MIGRATIONS}" ORDER BY app, name')  # noqa: S608 - a table of ours
    migrations = [f"{app}.{name}" for app, name in cursor.fetchall()]
    cursor.execute(ENDS)
    heads = sorted((Head(*row) for row in cursor.fetchall()), key=lambda head: head.stream)
    return {"counts": counts, "migrations": migrations, "root": root_of_heads(heads)}


def _fill(folder: Path) -> None:
    names = [name for name in _names() if name != MIGRATIONS]
    listed = ", ".join(f'"{name}"' for name in names)
    with connection.cursor() as cursor:
        for name in names:  # what guards published rows would guard them against coming back
            cursor.execute(f'ALTER TABLE "{name}" DISABLE TRIGGER USER')
        cursor.execute(f"TRUNCATE {listed}")
        for name in names:
            with (
                (folder / f"{name}.copy").open("rb") as file,
                cursor.copy(_copy(name, "FROM STDIN")) as rows,
            ):
                while some := file.read(1 << 20):
                    rows.write(some)
        cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")
        for name in names:
            cursor.execute(f'ALTER TABLE "{name}" ENABLE TRIGGER USER')
        for statement in connection.ops.sequence_reset_sql(no_style(), _models()):
            cursor.execute(statement)


def _copy(table: str, way: str) -> str:
    with connection.cursor() as cursor:
        columns = connection.introspection.get_table_description(cursor, table)
    listed = ", ".join(f'"{column.name}"' for column in sorted(columns, key=lambda column: column.name))
    return f'COPY "{table}" ({listed}) {way}'


def _names() -> list[str]:
    return sorted(connection.introspection.table_names())


def _models() -> list[type]:
    return apps.get_models(include_auto_created=True)
