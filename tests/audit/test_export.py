"""The export convinces without us: unpacked, verified by plain Python, and found out when touched."""

import base64
import io
import json
import subprocess
import sys
import zipfile

import pytest

from audit import signing
from audit.actions import export_log, verify_and_record
from audit.checkpoints import make_checkpoint
from audit.models import Entry
from tests.audit.written import LIN, write_log

pytestmark = pytest.mark.django_db


@pytest.fixture
def unpacked(at, settings, tmp_path):
    settings.STATE_DIR = tmp_path / "state"
    write_log(at, cases=3, acts=4, reads=10)
    make_checkpoint(at=at)
    target = io.BytesIO()
    export_log(target, by=LIN, at=at)
    with zipfile.ZipFile(target) as archive:
        archive.extractall(tmp_path / "export")
    return tmp_path / "export"


def run(folder, *arguments) -> tuple[int, str]:
    # -I: no site folder of ours, no environment; -S would also hide cryptography.
    command = [sys.executable, "-E", "-s", "verify.py", *arguments]
    done = subprocess.run(command, cwd=folder, capture_output=True, text=True, check=False, timeout=60)
    return done.returncode, done.stdout + done.stderr


def change(path, number, **columns) -> None:
    lines = path.read_text(encoding="utf-8").splitlines()
    lines[number] = json.dumps({**json.loads(lines[number]), **columns}, ensure_ascii=False)
    path.write_text("\n".join(lines) + "\n", encoding="utf-8")


def test_an_untouched_export_holds_with_the_key_that_was_handed_out(unpacked):
    key = base64.b64encode(signing.public_key()).decode()
    assert run(unpacked, "--public-key", key) == (0, "The log holds: 23 entries in 5 streams.\n")


def test_without_the_library_for_signatures_it_says_so_and_checks_the_rest(unpacked):
    command = [
        sys.executable,
        "-I",
        "-S",
        "-c",
        "import sys; sys.path.insert(0, '.'); import runpy; "
        "sys.argv = ['verify.py']; runpy.run_path('verify.py', run_name='__main__')",
    ]
    done = subprocess.run(command, cwd=unpacked, capture_output=True, text=True, check=False, timeout=60)
    assert (done.returncode, done.stdout.splitlines()) == (
        0,
        [
            "Signatures were not checked: install the package cryptography to check them.",
            "The log holds: 23 entries in 5 streams.",
        ],
    )


@pytest.mark.parametrize(
    "columns", [{"actor_name": "吴敏"}, {"actor_id": 8}, {"extra": 1}, {"at": "2026-11-23T02:00:00Z"}]
)
def test_a_changed_line_is_named(columns, unpacked):
    change(unpacked / "entries.jsonl", 2, **columns)
    assert run(unpacked) == (1, "The log does not hold:\n  case:KP-2026-000000#3 altered\n")


def test_a_removed_tail_is_named(unpacked):
    path = unpacked / "entries.jsonl"
    lines = [line for line in path.read_text().splitlines() if '"files"' not in line or json.loads(line)["seq"] < 9]
    path.write_text("\n".join(lines) + "\n")
    assert run(unpacked) == (1, "The log does not hold:\n  files#9 cut\n")


def test_a_checkpoint_of_another_key_is_refused(unpacked):
    code, words = run(unpacked, "--public-key", base64.b64encode(b"k" * 32).decode())
    assert code == 1
    assert "checkpoint 1: unknown_key" in words


def test_export_and_verification_are_entries_themselves(unpacked, at):
    verify_and_record(by=LIN, at=at)
    kept = Entry.objects.filter(stream__in=["audit", "exports"]).order_by("stream")
    assert list(kept.values_list("stream", "verb", "actor_name")) == [
        ("audit", "audit.verified", "林晓"),
        ("exports", "audit.exported", "林晓"),
    ]
