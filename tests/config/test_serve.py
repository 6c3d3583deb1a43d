"""One command serves the system from nothing: no server beside it, no step before it."""

import os
import signal
import subprocess
import sys
import time
import urllib.error
import urllib.request
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.servers import free_port

HOUSE = Path(__file__).resolve().parent.parent.parent
START_WITHIN_SECONDS = 120


def answers(address: str) -> bool:
    try:
        return urllib.request.urlopen(address, timeout=5).status == 200
    except (urllib.error.URLError, ConnectionError, TimeoutError):
        return False


@pytest.fixture
def served(tmp_path: Path) -> Iterator[tuple[str, subprocess.Popen[bytes]]]:
    port = free_port()
    environment = {**os.environ, "STATE_DIR": str(tmp_path), "DJANGO_SETTINGS_MODULE": "config.settings"}
    for name in ("DATABASE_URL", "REDIS_URL"):
        environment.pop(name, None)
    command = [sys.executable, "-W", "ignore", "manage.py", "serve", "--port", str(port)]
    process = subprocess.Popen(command, cwd=HOUSE, env=environment, stdout=subprocess.DEVNULL)
    address = f"http://127.0.0.1:{port}/accounts/login/"
    deadline = time.monotonic() + START_WITHIN_SECONDS
    while process.poll() is None and not answers(address) and time.monotonic() < deadline:
        time.sleep(0.2)
    yield address, process
    if process.poll() is None:
        process.kill()


def test_serve_starts_from_an_empty_folder_and_stops_when_told(served, tmp_path):
    address, process = served
    with urllib.request.urlopen(address, timeout=20) as page:
        html = page.read().decode()
    assert '<html lang="zh-hans"' in html
    assert (tmp_path / "kaoping.sqlite3").exists()
    process.send_signal(signal.SIGTERM)
    assert process.wait(timeout=40) == 0
