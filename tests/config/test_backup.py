"""A backup fills an empty place: the same rows, files and audit root; it says no to anything else."""

import json
import tarfile
from pathlib import Path

import pytest
from django.core.management import CommandError, call_command
from django.db import DatabaseError, connections, transaction

from approvals.models import Case
from audit.models import Entry
from audit.verify import verify_log
from config.backup.archive import ArchiveUnfit, PlaceNotEmpty, restore_backup
from organizations.models import Account
from tests import factories as make
from tests.cases import case_at
from tests.cast import Cast
from tests.shared.kept import scan
from workflows.shared import files
from workflows.shared.models import StoredFile

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture
def state(settings, tmp_path):
    """Keep the files of a place where the test can take them away."""
    settings.STATE_DIR = tmp_path / "here"
    settings.STATE_DIR.mkdir()
    (settings.STATE_DIR / "keys").mkdir()
    (settings.STATE_DIR / "keys" / "field_keys").write_text("only for this test")
    return settings


@pytest.fixture
def elsewhere(state, tmp_path, transactional_db):
    """Move to another machine when called: an empty database and an empty state folder."""
    here = connections["default"]
    made = {**here.settings_dict, "NAME": str(tmp_path / "elsewhere.sqlite3"), "CONN_MAX_AGE": 0}
    if here.vendor == "postgresql":
        made["NAME"] = f"{here.settings_dict['NAME']}_elsewhere"  # two workers of one build share the server

    def move() -> None:
        if here.vendor == "postgresql":
            with here.cursor() as cursor:
                cursor.execute(f"CREATE DATABASE {made['NAME']}")
        connections["default"] = type(here)(made, "default")
        state.STATE_DIR = tmp_path / "there"
        state.STATE_DIR.mkdir()

    yield move
    if connections["default"] is not here:
        connections["default"].close()
        connections["default"] = here
        if here.vendor == "postgresql":
            with here.cursor() as cursor:
                cursor.execute(f"DROP DATABASE {made['NAME']}")


@pytest.fixture
def archive(cast: Cast, policy, state, tmp_path) -> Path:
    """Have an archive of a place with a case half done and a file."""
    case_at(cast, "county")
    scan(cast.lin)
    call_command("backup", str(tmp_path / "all.tar.gz"))
    return tmp_path / "all.tar.gz"


def test_what_was_saved_comes_back_whole(archive, elsewhere, state):
    here = {path.relative_to(state.STATE_DIR) for path in state.STATE_DIR.rglob("*") if path.is_file()}
    cases, rows = list(Case.objects.values()), {model: model.objects.count() for model in (Entry, Account, StoredFile)}
    elsewhere()
    call_command("restore", str(archive))
    assert {path.relative_to(state.STATE_DIR) for path in state.STATE_DIR.rglob("*") if path.is_file()} == here
    assert files.open_for(StoredFile.objects.get()) == b"%PDF-1.7"
    assert list(Case.objects.values()) == cases
    assert {model: model.objects.count() for model in rows} == rows
    assert verify_log().holds
    with transaction.atomic(), pytest.raises(DatabaseError):  # what is written once is guarded as before
        Entry.objects.update(actor_name="")
    make.account("新来")  # numbers go on where they ended
    with pytest.raises(PlaceNotEmpty):
        restore_backup(archive)


def test_only_its_owner_reads_it_and_it_is_never_written_over(archive):
    assert archive.stat().st_mode & 0o777 == 0o600
    with pytest.raises(CommandError):
        call_command("backup", str(archive))


def test_a_place_in_use_and_a_changed_archive_are_refused(archive, elsewhere, state, tmp_path):
    with pytest.raises(CommandError):
        call_command("restore", str(archive))
    elsewhere()
    unpacked = tmp_path / "unpacked"
    with tarfile.open(archive) as opened:
        opened.extractall(unpacked, filter="data")
    (unpacked / "keys" / "field_keys").write_text("another key")
    with tarfile.open(tmp_path / "changed.tar.gz", "w:gz") as changed:
        changed.add(unpacked, ".")
    (tmp_path / "text.tar.gz").write_text("no archive")
    for name in ("changed.tar.gz", "text.tar.gz"):
        with pytest.raises(ArchiveUnfit):
            restore_backup(tmp_path / name)
    assert connections["default"].introspection.table_names() == []
    assert not list(state.STATE_DIR.rglob("field_keys"))


def test_the_manifest_names_hashes_counts_and_root(archive):
    with tarfile.open(archive) as opened:
        manifest = json.load(opened.extractfile("manifest.json"))
    assert {"made_at", "engine", "counts", "migrations", "root", "files"} == set(manifest)
    assert any(name.startswith("files/") for name in manifest["files"])


def test_the_keys_may_be_left_out(archive, tmp_path):
    call_command("backup", str(tmp_path / "bare.tar.gz"), "--without-keys")
    with tarfile.open(tmp_path / "bare.tar.gz") as opened:
        assert [name for name in opened.getnames() if name.startswith("keys")] == []
    with tarfile.open(archive) as opened:
        assert "keys/field_keys" in opened.getnames()
