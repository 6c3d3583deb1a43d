"""The commands of the log."""

import json

import pytest
from django.core.management import CommandError, call_command
from django.db import connection

from audit.checkpoints import file_of
from tests.audit.written import write_log
from tests.audit_triggers import changeable_log

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def log(at, settings, tmp_path):
    settings.STATE_DIR = tmp_path
    write_log(at, cases=2, acts=3, reads=5)


def test_a_checkpoint_is_made_and_the_log_verified_since(capsys, tmp_path):
    call_command("checkpoint")
    assert str(file_of(1)) in capsys.readouterr().out
    call_command("verify_audit", since=file_of(1))
    assert capsys.readouterr().out == "The log holds: 11 entries in 3 streams.\n"


def test_the_answer_in_json_names_the_first_fault(capsys):
    with changeable_log(), connection.cursor() as cursor:
        cursor.execute("UPDATE audit_entry SET verb = 'other' WHERE stream = 'files' AND seq = 2")
    with pytest.raises(SystemExit) as ended:
        call_command("verify_audit", json=True)
    answer = json.loads(capsys.readouterr().out)
    assert (ended.value.code, answer["holds"]) == (1, False)
    assert answer["faults"] == [{"stream": "files", "seq": 2, "code": "altered"}]


def test_a_file_that_is_no_checkpoint_is_refused(tmp_path):
    other = tmp_path / "other.json"
    other.write_text("[]")
    with pytest.raises(CommandError):
        call_command("verify_audit", since=other)


def test_an_export_never_overwrites_a_file(tmp_path):
    call_command("export_audit", str(tmp_path / "log.zip"))
    with pytest.raises(FileExistsError):
        call_command("export_audit", str(tmp_path / "log.zip"))
