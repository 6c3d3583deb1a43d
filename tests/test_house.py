"""The house as a stranger finds it: nothing of one machine in it, everything named that it stands on."""

import hashlib
import os
import re
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

HOUSE = Path(__file__).resolve().parent.parent
NOT_OURS = {".git", ".venv", "var", "vendor", "__pycache__", "node_modules", "dist"}
BINARY = {".mo", ".pyc", ".png", ".jpg", ".gif", ".ico", ".woff2", ".ttf", ".otf", ".xlsx", ".docx", ".pdf", ".zip"}
# In pieces, so that this file may pass its own test.
OF_ONE_MACHINE = re.compile(
    "|".join(("index" + r"-url", "py" + r"pi\.", "pythonhosted" + r"\.", "/wo" + "rk/", "/tmp/" + "w/"))
)


def house_files() -> Iterator[Path]:
    for folder, folders, files in os.walk(HOUSE):
        folders[:] = [name for name in folders if name not in NOT_OURS and not name.endswith("_cache")]
        folders[:] = [name for name in folders if name != ".hypothesis"]
        yield from (Path(folder) / name for name in files)


def text_files() -> list[Path]:
    return [path for path in house_files() if path.suffix not in BINARY and path.is_file()]


def pinned(lock: str) -> dict[str, str]:
    text = (HOUSE / "requirements" / lock).read_text()
    return dict(re.findall(r"^([a-z0-9._-]+)(?:\[[^]]*\])?==(\S+)", text, re.MULTILINE))


def test_no_file_names_a_package_index_or_a_path_of_one_machine():
    found = [
        f"{path.relative_to(HOUSE)}: {match.group()}"
        for path in text_files()
        if (match := OF_ONE_MACHINE.search(path.read_text(encoding="utf-8")))
    ]
    assert found == []


def test_every_text_file_ends_with_one_newline():
    texts = {path.relative_to(HOUSE): path.read_bytes() for path in text_files()}
    assert [str(path) for path, text in texts.items() if text and not text.endswith(b"\n")] == []
    assert [str(path) for path, text in texts.items() if text.endswith(b"\n\n")] == []


@pytest.mark.parametrize("lock", ["runtime.txt", "dev.txt"])
def test_a_lock_pins_every_package_with_a_hash_and_names_no_address(lock):
    text = (HOUSE / "requirements" / lock).read_text()
    assert re.findall(r"https?:|file:|^-", text, re.MULTILINE) == []
    entries = [entry for entry in re.split(r"\n(?=\S)", text.strip()) if entry]
    assert [entry for entry in entries if "==" not in entry or "--hash=sha256:" not in entry] == []


def test_the_development_lock_holds_the_runtime_lock():
    development = pinned("dev.txt")
    assert {name: development.get(name) for name in pinned("runtime.txt")} == pinned("runtime.txt")


def test_every_locked_package_is_named_with_its_license():
    installed = (HOUSE / "THIRD_PARTY.md").read_text().partition("## Installed")[2]
    named = re.findall(r"^\| (?!package |---)(\S+) \| \S", installed, re.MULTILINE)
    assert sorted(pinned("dev.txt")) == sorted(named)


@pytest.mark.parametrize("sums", sorted(HOUSE.glob("static/*/SHA256SUMS")), ids=lambda path: path.parent.name)
def test_vendored_files_are_those_that_were_looked_at(sums):
    listed = dict(reversed(line.split()) for line in sums.read_text().splitlines())
    assert listed == {name: hashlib.sha256((sums.parent / name).read_bytes()).hexdigest() for name in listed}
    words = {".LICENSE", ".txt", ".md", ""}
    assert {path.name for path in sums.parent.iterdir() if path.suffix not in words} == set(listed)


def test_production_settings_pass_djangos_own_deployment_check(tmp_path):
    production = {"SITE_ADDRESS": "https://kaoping.example", "ALLOWED_HOSTS": "kaoping.example"}
    environment = {**os.environ, **production, "STATE_DIR": str(tmp_path), "DJANGO_SETTINGS_MODULE": "config.settings"}
    for name in ("SECRET_KEY", "FIELD_KEYS", "BLIND_INDEX_KEY", "DATABASE_URL", "REDIS_URL"):
        environment.pop(name, None)
    command = [sys.executable, "-W", "ignore", "manage.py", "check", "--deploy", "--fail-level", "WARNING"]
    answer = subprocess.run(command, cwd=HOUSE, env=environment, capture_output=True, text=True, check=False)
    assert answer.returncode == 0, answer.stderr
