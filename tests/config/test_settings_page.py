"""The page of settings names every knob, and no other."""

import re
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]


def test_every_name_read_from_the_environment_is_documented():
    code = "".join((ROOT / "config" / name).read_text() for name in ("settings.py", "__init__.py"))
    commands = (ROOT / "config" / "management" / "commands" / "serve.py").read_text()
    read = set(re.findall(r'\b(?:env(?:\.\w+)?|secret|environ\.get)\(\s*"([A-Z_]+)"', code + commands))
    told = set(re.findall(r"^\| `([A-Z_]+)` \|", (ROOT / "docs" / "settings.md").read_text(), re.MULTILINE))
    assert sorted(told) == sorted(read)
    assert {"FIELD_KEYS", "REDIS_URL", "PORT"} <= read
