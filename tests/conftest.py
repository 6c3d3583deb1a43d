"""What every test may lean on: the moment, the servers of the run, and which tests this run can do."""

import gc
import os
import shutil
import tempfile
from collections.abc import Iterator
from datetime import datetime
from functools import cache
from zoneinfo import ZoneInfo

import pytest
import redis
from django.conf import settings
from django.core.cache import caches

from organizations.calendar import forget_calendar
from tests.audit_triggers import log_steps_aside_for_flush  # noqa: F401
from tests.broker import ringing_at
from tests.cases import policy  # noqa: F401
from tests.cast import cast  # noqa: F401
from tests.elections import election_policies  # noqa: F401
from tests.told_truth import untrue
from workflows.shared import vetting

CHROMIUM = next(filter(None, map(shutil.which, ("chromium", "chromium-browser", "google-chrome"))), None)
ON_POSTGRES = settings.DATABASES["default"]["ENGINE"] == "django.db.backends.postgresql"
REDIS_URL = os.environ.get("TEST_REDIS_URL", "")
BUILD_MACHINE = os.environ.get("CI", "") not in {"", "0", "false"}
INSPECTED_BEFORE = cache(vetting._inspected)
# What a test may ask for, whether this run has it, and what it is called.
NEEDS = {
    "postgres": ON_POSTGRES,
    "embedded": not ON_POSTGRES,
    "once": not ON_POSTGRES,
    "valkey": bool(REDIS_URL),
    "browser": bool(CHROMIUM),
}
# Wherever these stand, more than one database, or another server, has a say in them.
NEVER_ONCE = {"browser", "postgres", "valkey", "queries"}
# What these look at is no database: files, words, pages, arithmetic, drawings, the house itself, and stories of which
# every part stands on both databases already.
ONCE = (
    "tests/appointment_review/test_candidate_screens.py",
    "tests/appointment_review/test_decision_screens.py",
    "tests/appointment_review/test_election_rules.py",
    "tests/appointment_review/test_findings.py",
    "tests/appointment_review/test_form.py",
    "tests/appointment_review/test_handing_in.py",
    "tests/appointment_review/test_investigation_rules.py",
    "tests/appointment_review/test_materials.py",
    "tests/appointment_review/test_matters.py",
    "tests/appointment_review/test_resume.py",
    "tests/approvals/test_meeting_rules.py",
    "tests/approvals/test_rules.py",
    "tests/audit/test_commands.py",
    "tests/audit/test_export.py",
    "tests/audit/test_sealing.py",
    "tests/config/test_messages.py",
    "tests/config/test_pages.py",
    "tests/config/test_places.py",
    "tests/config/test_screen.py",
    "tests/config/test_serve.py",
    "tests/config/test_settings_page.py",
    "tests/config/test_templates.py",
    "tests/config/test_theme.py",
    "tests/journeys/test_elections.py",
    "tests/journeys/test_eligibility.py",
    "tests/journeys/test_founding.py",
    "tests/journeys/test_investigation.py",
    "tests/journeys/test_long_letter.py",
    "tests/journeys/test_meetings.py",
    "tests/journeys/test_notices.py",
    "tests/journeys/test_replacement.py",
    "tests/journeys/test_whole_election.py",
    "tests/notices/test_pages.py",
    "tests/notices/test_traces.py",
    "tests/notifications/test_channels.py",
    "tests/notifications/test_messages.py",
    "tests/organizations/test_identity.py",
    "tests/organizations/test_invitations.py",
    "tests/organizations/test_invite_command.py",
    "tests/organizations/test_ledger_pages.py",
    "tests/organizations/test_oracle.py",
    "tests/organizations/test_roles_pages.py",
    "tests/organizations/test_sign_in.py",
    "tests/organizations/test_tree_pages.py",
    "tests/papers/",
    "tests/security/asking/test_headers.py",
    "tests/security/test_canaries",
    "tests/shared/test_documents.py",
    "tests/shared/test_files.py",
    "tests/shared/test_spreadsheets.py",
    "tests/shared/test_vetting.py",
    "tests/test_house.py",
    "tests/workflows/test_bpmn.py",
    "tests/workflows/test_history.py",
    "tests/workflows/test_letters.py",
    "tests/workflows/test_matters.py",
    "tests/workflows/test_meeting_pages.py",
    "tests/workflows/test_messages_table.py",
    "tests/workflows/test_told.py",
)
# The longest of them: a build runs them on the real database only.
REAL = (
    "tests/config/test_bench.py",
    "tests/journeys/test_http.py",
    "tests/journeys/test_whole_assignment.py",
    "tests/notifications/test_under_fire.py",
    "tests/year/",
)
# Whole stories, races and crawls: part of every build, too long for the desk loop.
THOROUGH = (
    "tests/security/",
    "tests/journeys/",
    "tests/query_counts/",
    "tests/appointment_review/test_election_rounds.py",
    "tests/appointment_review/test_elections.py",
    "tests/appointment_review/test_investigation.py",
    "tests/approvals/test_audience.py",
    "tests/approvals/test_engine_machine.py",
    "tests/approvals/test_faults.py",
    "tests/approvals/test_http_races.py",
    "tests/approvals/test_letter_races.py",
    "tests/approvals/test_meeting_races.py",
    "tests/approvals/test_meetings_confirmed.py",
    "tests/approvals/test_races.py",
    "tests/batches/",
    "tests/config/test_bench.py",
    "tests/config/test_demo.py",
    "tests/config/test_serve.py",
    "tests/notices/test_pages.py",
    "tests/notices/test_traces.py",
    "tests/notifications/test_under_fire.py",
    "tests/notifications/test_workers.py",
    "tests/organizations/test_oracle.py",
    "tests/papers/test_pages.py",
    "tests/papers/test_scans.py",
    "tests/shared/test_vetting.py",
    "tests/workflows/test_history.py",
    "tests/workflows/test_letters.py",
    "tests/workflows/test_meeting_pages.py",
    "tests/workflows/test_messages_table.py",
    "tests/year/",
)
# Here people are told by what people do, and by nothing else.
REAL_ACTS = ("tests/approvals/", "tests/appointment_review/", "tests/workflows/", "tests/journeys/", "tests/notices/")
left_out: dict[str, int] = {}


def pytest_collection_modifyitems(config: pytest.Config, items: list[pytest.Item]) -> None:
    """Leave out what this run cannot do, and the large sizes unless they are asked for by name."""
    for item in items:
        if item.nodeid.startswith(THOROUGH):
            item.add_marker("thorough")
        if item.nodeid.startswith(ONCE) and not {mark.name for mark in item.iter_markers()} & NEVER_ONCE:
            item.add_marker("once")
        if item.nodeid.startswith(REAL):
            item.add_marker("real")
    wanted = {**NEEDS, "prove": "prove" in config.option.markexpr}
    if BUILD_MACHINE and not CHROMIUM and config.option.markexpr.startswith("browser"):
        raise pytest.UsageError("A build machine needs Chromium for the tests marked browser.")
    for mark, possible in wanted.items():
        out = [] if possible else [item for item in items if item.get_closest_marker(mark)]
        if out:
            left_out[mark] = len(out)
            config.hook.pytest_deselected(items=out)
            items[:] = [item for item in items if item not in out]


def pytest_collection_finish() -> None:
    """Spare the collector of garbage what stays to the end anyway: looking through it costs a tenth of the time."""
    gc.collect()
    gc.freeze()
    gc.set_threshold(100_000, 50, 100)


@pytest.hookimpl(optionalhook=True)
def pytest_testnodedown(node) -> None:
    """Hear from a worker of pytest-xdist what it left out; all of them see the same tests."""
    left_out.update(getattr(node, "workeroutput", {}).get("left_out", {}))


def pytest_terminal_summary(terminalreporter: pytest.TerminalReporter) -> None:
    """Say on what the tests ran and how many were left to other runs."""
    servers = [settings.DATABASES["default"]["ENGINE"].rpartition(".")[2], "valkey" if REDIS_URL else ""]
    terminalreporter.write_line(f"Ran on {' and '.join(filter(None, servers))}.")
    for mark, count in left_out.items():
        terminalreporter.write_line(f"Left out of this run: {count} marked {mark}.")
    if BUILD_MACHINE and terminalreporter.stats.get("skipped"):
        terminalreporter.write_line("A build machine allows no skipped test.", red=True)


def pytest_sessionfinish(session: pytest.Session) -> None:
    """Fail a build that skipped a test, and clear away the state of the run."""
    if hasattr(session.config, "workeroutput"):
        session.config.workeroutput["left_out"] = left_out
        return
    reporter = session.config.pluginmanager.get_plugin("terminalreporter")
    if BUILD_MACHINE and reporter and reporter.stats.get("skipped"):
        session.exitstatus = pytest.ExitCode.TESTS_FAILED
    if str(settings.STATE_DIR).startswith(f"{tempfile.gettempdir()}/kaoping-test-"):
        shutil.rmtree(settings.STATE_DIR, ignore_errors=True)


@pytest.fixture(autouse=True, scope="session")
def urls_are_known() -> None:
    """Import the URLconf once; Viewflow's nodes can only be reversed after that."""
    import config.urls  # noqa: F401


@pytest.fixture(autouse=True, scope="session")
def the_calendar_is_read_once_a_test() -> Iterator[None]:
    """Let no half minute end between two acts whose statements are counted."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr("organizations.calendar.FRESH_SECONDS", 10**9)
        yield


@pytest.fixture(autouse=True)
def nothing_stays_of_a_test() -> Iterator[None]:
    """Clear away what no transaction takes back: rates in the cache, the calendar read, checkpoints of another log."""
    yield
    caches["default"].clear()
    forget_calendar()
    shutil.rmtree(settings.STATE_DIR / "checkpoints", ignore_errors=True)


@pytest.fixture(autouse=True)
def told_whom_the_table_names(request: pytest.FixtureRequest) -> Iterator[None]:
    """Hold everybody who was told something by a real act against the table of messages (tests/told_truth.py)."""
    base = "transactional_db" if "transactional_db" in request.fixturenames else "db"
    asked = request.node.get_closest_marker("real") or not ON_POSTGRES  # of each test, one database is enough
    acts = asked and request.node.nodeid.startswith(REAL_ACTS) and not hasattr(request.module, "enqueue")
    if not acts or base not in request.fixturenames:
        yield
        return
    request.getfixturevalue(base)
    yield
    assert untrue() == []


@pytest.fixture(autouse=True)
def same_bytes_are_looked_into_once(request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch) -> None:
    """Spare a run the process for bytes that another test handed in before; looking into files has its own tests."""
    if not request.node.nodeid.startswith("tests/shared/"):
        monkeypatch.setattr(vetting, "_inspected", INSPECTED_BEFORE)


@pytest.fixture
def at() -> datetime:
    """Give the moment of the story: Monday 23 November 2026, 10:00 in the province."""
    return datetime(2026, 11, 23, 10, 0, tzinfo=ZoneInfo("Asia/Shanghai"))


@pytest.fixture
def redis_url(settings) -> Iterator[str]:
    """Give a clean Redis database of the worker's own and tell settings and Celery; for tests marked valkey."""
    worker = os.environ.get("PYTEST_XDIST_WORKER", "gw0").removeprefix("gw")
    url = f"{REDIS_URL.rpartition('/')[0]}/{worker}"
    redis.from_url(url).flushdb()
    with ringing_at(url, settings):
        yield url


@pytest.fixture(scope="session")
def chromium():
    """Keep one browser running for all tests of a process that are marked browser."""
    from tests.browsers import started

    with started(str(CHROMIUM)) as running:
        yield running


@pytest.fixture
def browser(chromium):
    """Give the browser without anybody in it, and close what a test opened."""
    yield chromium
    for context in chromium.contexts:
        context.close()
