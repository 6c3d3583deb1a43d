"""What is said, and what must never be said."""

import ast
import re

import pytest
from django.conf import settings
from django.utils.translation import override

from notifications.channels.email import one_line
from notifications.messages import KINDS, words_of
from notifications.reasons import reason_of

ROOMS = ("config", "workflows", "approvals", "organizations", "notifications", "audit")


@pytest.mark.parametrize("kind", sorted(kind for kind in KINDS if not KINDS[kind].opened))
def test_every_kind_says_what_happened_and_what_to_do_in_both_languages(kind):
    facts = {"n": 2, "late": 1, "open": 3, "due": 1}
    chinese, english = (words_of(kind, facts, language=language) for language in ("zh-hans", "en"))
    for sentence in (chinese.subject, chinese.body, chinese.todo):
        assert re.search("[一-鿿]", sentence), sentence
        assert "！" not in sentence
    for sentence in (english.subject, english.body, english.todo):
        assert sentence.isascii()
    assert english.todo.endswith(".")
    assert chinese.todo.endswith("。")


@pytest.mark.parametrize("code", ["smtp_550", "http_400", "no_address", "no_provider", "sender_vanished", "OSError"])
def test_every_failure_has_a_sentence(code):
    assert reason_of(code).endswith(("。", "."))


@pytest.mark.parametrize(
    ("code", "channel", "state", "attempts", "words"),
    [
        ("smtp_550", "email", "failed", 1, "核对邮箱地址"),
        ("smtp_535", "email", "failed", 16, "邮件设置"),  # our own password, tried to the last
        ("http_404", "robot", "failed", 1, "机器人"),
        ("http_404", "sms", "failed", 1, "短信"),
        ("http_503", "sms", "unknown", 1, "可能已经送达"),
    ],
)
def test_a_failure_is_laid_at_the_right_door(code, channel, state, attempts, words):
    with override("zh-hans"):
        assert words in reason_of(code, channel=channel, state=state, attempts=attempts)


@pytest.mark.parametrize(
    ("text", "safe"),
    [
        ("林秋", "林秋"),
        ("林秋\r\nBcc: all@example.com", "林秋 Bcc: all@example.com"),
        ("林\x00秋", "林 秋"),
        ("林秋\u2028Bcc: x", "林秋 Bcc: x"),
    ],
)
def test_a_header_holds_one_line(text, safe):
    assert one_line(text) == safe


def test_no_deadline_is_entrusted_to_celery():
    """Countdowns and arrival times of tasks are lost with the broker; due moments are rows."""
    found = []
    for room in ROOMS:
        for path in (settings.BASE_DIR / room).rglob("*.py"):
            for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
                if isinstance(node, ast.keyword) and node.arg in {"eta", "countdown"}:
                    found.append(f"{path}:{node.value.lineno}")
    assert found == []
