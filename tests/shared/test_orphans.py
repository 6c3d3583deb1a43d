"""What a rolled-back request leaves in the vault is swept away after a day, and nothing else is."""

import os
import uuid
from datetime import timedelta
from pathlib import Path

import pytest
from django.db import transaction

from audit.models import Entry
from tests import factories as make
from tests.shared.kept import scan
from workflows.shared.orphans import remove_orphans


@pytest.fixture(autouse=True)
def vault(settings, tmp_path):
    settings.STATE_DIR = tmp_path
    return tmp_path / "files"


class Interrupted(Exception):
    """The request ends badly after the file was kept."""


def kept(by, *, roll_back: bool = False) -> None:
    with transaction.atomic():
        scan(by)
        if roll_back:
            raise Interrupted


def placed(vault: Path) -> list[Path]:
    return [path for path in vault.glob("*/*") if path.is_file()]


def age(paths: list[Path], moment) -> None:
    for path in paths:
        os.utime(path, (moment.timestamp(), moment.timestamp()))


def test_an_orphan_older_than_a_day_goes_with_an_entry(cast, vault, django_capture_on_commit_callbacks):
    kept(cast.lin)
    known = placed(vault)
    with pytest.raises(Interrupted):
        kept(cast.lin, roll_back=True)
    orphan = next(path for path in placed(vault) if path not in known)
    age(placed(vault), make.NOW)
    with django_capture_on_commit_callbacks(execute=True):
        assert remove_orphans(at=make.NOW + timedelta(hours=23)) == 0
        assert remove_orphans(at=make.NOW + timedelta(hours=25)) == 1
    assert placed(vault) == known
    entry = Entry.objects.get(verb="file.orphans_removed")
    assert entry.facts == {"count": 1, "files": [orphan.name]}
    assert remove_orphans(at=make.NOW + timedelta(hours=26)) == 0


def test_what_is_not_ours_is_left_alone(cast, vault):
    (vault / "ab").mkdir(parents=True)
    for name in ("readme.txt", uuid.uuid4().hex, f"{uuid.uuid4()}.part"):
        (vault / "ab" / name).write_bytes(b"x")
    age(placed(vault), make.NOW - timedelta(days=9))
    assert remove_orphans(at=make.NOW) == 0
    assert len(placed(vault)) == 3
