"""The large sizes: times are printed, what is found is asserted (PROOF A1, A3)."""

import sys
import time

import pytest
from django.db import transaction

from audit.log import Draft, append_all
from audit.verify import verify_log

pytestmark = [pytest.mark.django_db, pytest.mark.prove]


def test_a_hundred_thousand_entries_are_verified(at, settings, tmp_path, capsys):
    settings.STATE_DIR = tmp_path
    drafts = [Draft(verb="stage.decided", at=at, actor_id=7, actor_name="林晓", facts={"n": act}) for act in range(20)]
    started = time.perf_counter()
    with transaction.atomic():
        append_all({f"case:KP-2026-{case:06d}": drafts for case in range(5_000)})
    written = time.perf_counter()
    report = verify_log()
    verified = time.perf_counter()
    with capsys.disabled():
        sys.stdout.write(
            f"\n100,000 entries: written in {written - started:.1f} s, verified in {verified - written:.1f} s\n"
        )
    assert (report.entries, report.holds) == (100_000, True)
