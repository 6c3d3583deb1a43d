"""Telling, closures and the calendar: who gets what at their addresses, written by hand; read ``matrix.py`` first."""

from tests.security.rows import ROOT_SYSTEM_READS, STRANGERS

ROOT_SYSTEM_WRITES = {"POST": {"login": STRANGERS, "done": "system_administrator", "else": "refused"}}

ROWS = {
    "organizations:closures": {**ROOT_SYSTEM_READS, **ROOT_SYSTEM_WRITES},
    "organizations:closure_open": ROOT_SYSTEM_WRITES,
    "notifications:feed": {"GET": {"login": STRANGERS, "else": "ok"}, "POST": {"login": STRANGERS, "else": "done"}},
    "notifications:end_feed": {"POST": {"login": STRANGERS, "else": "done"}},
    "organizations:telling": {"GET": {"login": STRANGERS, "else": "ok"}, "POST": {"login": STRANGERS, "else": "done"}},
    # Nobody of the world has a provider of text messages, nor a code: both are told so, and nothing is written.
    "organizations:phone_code": {"POST": {"login": STRANGERS, "else": "told"}},
    "organizations:confirm_phone": {"POST": {"login": STRANGERS, "else": "told"}},
    "notifications:calendar": {"GET": {"else": "ok"}},
}
