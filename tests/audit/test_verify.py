"""Whatever is done to the log behind our back is found, and the first bad entry is named (PROOF A1)."""

import json
import random
from contextlib import contextmanager

import pytest
from django.conf import settings as django_settings
from django.db import connection

from audit import signing
from audit.chain import entry_hash, moment_text
from audit.checkpoints import file_of, make_checkpoint
from audit.models import Checkpoint, Entry, Head
from audit.verify import verify_log
from tests.audit.written import write_log
from tests.audit_triggers import append_only, changeable_log

pytestmark = pytest.mark.django_db

COLUMNS = [field.column for field in Entry._meta.concrete_fields if field.column]
CHECKPOINT_COLUMNS = [field.column for field in Checkpoint._meta.concrete_fields]


@pytest.fixture
def log(at, settings, tmp_path):
    settings.STATE_DIR = tmp_path
    write_log(at)


@contextmanager
def tampering():
    """Change the log as the owner of the database could, and put everything back."""
    with changeable_log(), connection.cursor() as cursor:
        cursor.execute("SAVEPOINT before")
        yield cursor
        cursor.execute("ROLLBACK TO SAVEPOINT before")


def first_fault() -> str:
    report = verify_log()
    return f"{report.faults[0].stream}#{report.faults[0].seq}" if report.faults else ""


def checkpoint_troubles() -> list[str]:
    return [trouble for trouble in verify_log().troubles if trouble.startswith("checkpoint")]


def other_value(column: str, old: object, rng: random.Random) -> object:
    """Change one character, or one unit, of a stored value."""
    if column == "stream":
        return f"{old}x"
    if column == "seq":
        return 10_000 + rng.randrange(1000)
    if column == "actor_id":
        return None if rng.random() < 0.2 else rng.randrange(10**9, 2 * 10**9)
    if column == "at":
        return old.replace(microsecond=(old.microsecond + rng.randrange(1, 999_999)) % 1_000_000)
    if not old:
        return "x"
    place = rng.randrange(len(old))
    changed = chr(ord(old[place]) ^ 1)
    return old[:place] + changed + old[place + 1 :]


def test_an_untouched_log_holds(log, at):
    make_checkpoint(at=at)
    report = verify_log()
    assert (report.faults, report.troubles, report.entries, report.streams, report.checkpoint) == ((), (), 200, 21, 1)


@pytest.mark.parametrize("column", COLUMNS)
def test_a_changed_value_in_any_column_is_found_and_named(column, log):
    rng = random.Random(column)
    for entry in rng.sample(list(Entry.objects.all()), 12):
        with tampering() as cursor:
            value = other_value(column, getattr(entry, column), rng)
            stored = Entry._meta.get_field(column).get_db_prep_value(value, connection)
            where = f"UPDATE audit_entry SET {column} = %s WHERE stream = %s AND seq = %s"
            cursor.execute(where, [stored, entry.stream, entry.seq])
            named = {f"{fault.stream}#{fault.seq}" for fault in verify_log().faults}
            place = f"{value}#1" if column == "stream" else f"{entry.stream}#{entry.seq}"
            assert place in named, (column, entry, value)
    assert first_fault() == ""


def test_a_removed_entry_is_found(log):
    with tampering() as cursor:
        cursor.execute("DELETE FROM audit_entry WHERE stream = 'case:KP-2026-000003' AND seq = 4")
        assert first_fault() == "case:KP-2026-000003#4"


def test_an_inserted_entry_is_found(log):
    with tampering() as cursor:
        cursor.execute("UPDATE audit_entry SET seq = seq + 100 WHERE stream = 'files' AND seq > 20")
        cursor.execute("UPDATE audit_entry SET seq = seq - 99 WHERE stream = 'files' AND seq > 100")
        cursor.execute(
            "INSERT INTO audit_entry (stream, seq, at, actor_id, actor_name, verb, subject, step, step_title, body,"
            " previous, hash) SELECT stream, 21, at, actor_id, actor_name, verb, subject, step, step_title, body,"
            " previous, hash FROM audit_entry WHERE stream = 'files' AND seq = 20"
        )
        assert first_fault() == "files#21"


def test_swapped_entries_are_found(log):
    with tampering() as cursor:
        for old, new in ((5, 500), (6, 5), (500, 6)):
            cursor.execute("UPDATE audit_entry SET seq = %s WHERE stream = 'files' AND seq = %s", [new, old])
        assert first_fault() == "files#5"


def test_a_rewritten_story_with_right_hashes_is_found_by_the_checkpoint(log, at):
    make_checkpoint(at=at)
    with tampering() as cursor:
        previous = None
        for entry in Entry.objects.filter(stream="case:KP-2026-000002").order_by("seq"):
            row = {name: getattr(entry, name) for name in COLUMNS} | {"at": moment_text(entry.at)}
            row["actor_name"] = "吴敏" if entry.seq == 3 else row["actor_name"]
            row["previous"] = previous or row["previous"]
            previous = entry_hash(row)
            cursor.execute(
                "UPDATE audit_entry SET actor_name = %s, previous = %s, hash = %s WHERE stream = %s AND seq = %s",
                [row["actor_name"], row["previous"], previous, entry.stream, entry.seq],
            )
        assert verify_log().first == "case:KP-2026-000002#8 forked"


def test_a_cut_tail_is_found_by_the_checkpoint(log, at):
    make_checkpoint(at=at)
    with tampering() as cursor:
        cursor.execute("DELETE FROM audit_entry WHERE stream = 'case:KP-2026-000002' AND seq > 6")
        assert verify_log().first == "case:KP-2026-000002#7 cut"
    with tampering() as cursor:
        cursor.execute("DELETE FROM audit_entry WHERE stream = 'case:KP-2026-000002'")
        assert verify_log().first == "case:KP-2026-000002#1 cut"


def test_a_cut_tail_of_a_stream_with_a_head_is_found_without_a_checkpoint(log):
    with tampering() as cursor:
        cursor.execute("DELETE FROM audit_entry WHERE stream = 'files' AND seq > 30")
        assert verify_log().first == "files#31 cut"


def test_a_head_set_back_is_found(log):
    Head.objects.update(seq=30, hash=Entry.objects.get(stream="files", seq=30).hash)
    assert verify_log().first == "files#31 surplus"


@pytest.mark.parametrize("column", CHECKPOINT_COLUMNS)
def test_a_changed_value_in_any_column_of_a_checkpoint_is_found(column, log, at):
    for _ in range(3):
        make_checkpoint(at=at)
    rng = random.Random(column)
    for checkpoint in Checkpoint.objects.all():
        old = getattr(checkpoint, column)
        value = old + 1000 if isinstance(old, int) else other_value("at" if column == "made_at" else column, old, rng)
        stored = Checkpoint._meta.get_field(column).get_db_prep_value(value, connection)
        with tampering() as cursor:
            cursor.execute(f"UPDATE audit_checkpoint SET {column} = %s WHERE number = %s", [stored, checkpoint.number])
            troubles = checkpoint_troubles()
            assert any(trouble.startswith(f"checkpoint {checkpoint.number}:") for trouble in troubles), (
                column,
                troubles,
            )


def test_a_removed_checkpoint_is_found(log, at):
    for _ in range(3):
        make_checkpoint(at=at)
    for number in (1, 2, 3):
        with tampering() as cursor:
            cursor.execute("DELETE FROM audit_checkpoint WHERE number = %s", [number])
            assert checkpoint_troubles() != []


def test_any_changed_character_of_the_checkpoint_file_is_found(log, at):
    make_checkpoint(at=at)
    path = file_of(1)
    clean = path.read_text()
    rng = random.Random(1)
    for place in rng.sample(range(len(clean)), 60):
        if clean[place] == " ":
            continue
        path.write_text(clean[:place] + chr(ord(clean[place]) ^ 1) + clean[place + 1 :])
        assert verify_log().troubles != (), clean[place - 20 : place + 1]
    path.unlink()
    assert verify_log().troubles == ("checkpoint 1: file missing",)
    path.write_text(clean)
    assert verify_log().holds


def test_a_file_kept_elsewhere_finds_what_the_state_folder_no_longer_tells(log, at, tmp_path):
    make_checkpoint(at=at)
    kept = tmp_path / "kept.json"
    kept.write_bytes(file_of(1).read_bytes())
    with tampering() as cursor:
        cursor.execute("DELETE FROM audit_entry WHERE stream = 'case:KP-2026-000002' AND seq > 6")
        cursor.execute("DELETE FROM audit_checkpoint")
        file_of(1).unlink()
        assert (verify_log().faults, checkpoint_troubles()) == ((), [])
        report = verify_log(since=kept)
        assert report.first == "case:KP-2026-000002#7 cut"
        assert "checkpoint 1: row missing" in report.troubles


def test_a_checkpoint_signed_with_another_key_is_found(log, at, tmp_path):
    make_checkpoint(at=at)
    row = json.loads(file_of(1).read_text())
    for path in (tmp_path / "keys").iterdir():
        path.unlink()
    assert signing.public_key()
    assert "checkpoint 1: unknown_key" in verify_log().troubles
    assert row["key_id"] not in signing.public_keys()


def test_an_old_key_keeps_verifying_after_a_new_one_was_made(log, at, tmp_path):
    make_checkpoint(at=at)
    (tmp_path / "keys" / "audit_ed25519").unlink()
    make_checkpoint(at=at)
    assert len(signing.public_keys()) == 2
    assert verify_log().holds


def test_missing_refusals_are_reported(log):
    class Editor:
        connection = connection

    append_only.backwards(None, Editor)
    assert len(verify_log().troubles) == {"sqlite": 6, "postgresql": 4}[connection.vendor]
    append_only.forwards(None, Editor)
    assert verify_log().holds


def test_the_signing_key_is_readable_by_its_owner_only(log):
    signing.public_key()
    assert (django_settings.STATE_DIR / "keys" / "audit_ed25519").stat().st_mode & 0o777 == 0o600
