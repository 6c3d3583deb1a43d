"""The database keeps what the log says, whatever way somebody comes (PROOF A2)."""

import pytest
from django.db import DatabaseError, connection, transaction

from audit.checkpoints import make_checkpoint
from audit.models import Checkpoint, Entry
from audit.verify import missing_refusals
from tests.audit.written import write_log

pytestmark = pytest.mark.django_db

RAW = [
    "UPDATE audit_entry SET verb = 'other'",
    "UPDATE audit_entry SET hash = hash WHERE stream = 'files'",
    "DELETE FROM audit_entry",
    "DELETE FROM audit_entry WHERE stream = 'files' AND seq = 5",
    "UPDATE audit_checkpoint SET root = ''",
    "DELETE FROM audit_checkpoint",
]
REPLACING = {
    "sqlite": [
        "INSERT OR REPLACE INTO audit_entry SELECT * FROM audit_entry WHERE stream = 'files' AND seq = 1",
        "REPLACE INTO audit_checkpoint SELECT * FROM audit_checkpoint",
        "UPDATE OR REPLACE audit_entry SET seq = 1 WHERE stream = 'files' AND seq = 2",
        "INSERT OR REPLACE INTO audit_entry (rowid, stream, seq, at, actor_name, verb, subject, step, step_title, body,"
        " previous, hash) SELECT rowid, 'other', 1, at, '', verb, '', '', '', body, previous, hash"
        " FROM audit_entry LIMIT 1",
    ],
    "postgresql": [
        "TRUNCATE audit_entry",
        "TRUNCATE audit_checkpoint CASCADE",
        "INSERT INTO audit_entry SELECT * FROM audit_entry WHERE stream = 'files' AND seq = 1"
        " ON CONFLICT (stream, seq) DO UPDATE SET verb = 'other'",
    ],
}


@pytest.fixture
def log(at):
    write_log(at, cases=2, acts=3, reads=6)
    make_checkpoint(at=at)
    return list(Entry.objects.order_by("stream", "seq").values_list())


def unchanged(log) -> bool:
    return list(Entry.objects.order_by("stream", "seq").values_list()) == log and Checkpoint.objects.count() == 1


@pytest.mark.parametrize("number", range(len(RAW)))
def test_raw_statements_are_refused(number, log):
    with pytest.raises(DatabaseError, match="append-only"), transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(RAW[number])
    assert unchanged(log)


def test_statements_that_replace_are_refused(log):
    for statement in REPLACING[connection.vendor]:
        with pytest.raises(DatabaseError, match="append-only"), transaction.atomic(), connection.cursor() as cursor:
            cursor.execute(statement)
    assert unchanged(log)


def test_a_row_that_is_saved_again_is_refused(log):
    entry = Entry.objects.first()
    entry.verb = "other"
    with pytest.raises(DatabaseError), transaction.atomic():
        entry.save()
    with pytest.raises(DatabaseError), transaction.atomic():
        entry.delete()
    assert unchanged(log)


def test_bulk_ways_are_refused(log):
    entry = Entry.objects.first()
    entry.verb = "other"
    ways = [
        lambda: Entry.objects.filter(stream="files").update(verb="other"),
        lambda: Entry.objects.filter(stream="files").delete(),
        lambda: Entry.objects.all()._raw_delete("default"),
        lambda: Entry.objects.bulk_update([entry], ["verb"]),
        lambda: Entry.objects.bulk_create(
            [entry], update_conflicts=True, update_fields=["verb"], unique_fields=["stream", "seq"]
        ),
        lambda: Checkpoint.objects.update(root=""),
        lambda: Checkpoint.objects.all().delete(),
    ]
    for way in ways:
        with pytest.raises(DatabaseError), transaction.atomic():
            way()
    assert unchanged(log)


def test_the_refusals_are_in_place():
    assert missing_refusals() == []
