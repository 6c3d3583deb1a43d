"""Behind a trusted proxy everybody counts by the address the proxy saw."""

import pytest
from django.http import HttpResponse
from django.test import RequestFactory

from config.proxy import VisitorAddress


@pytest.mark.parametrize(
    ("forwarded", "seen"),
    [
        ("203.0.113.7", "203.0.113.7"),
        ("198.51.100.1, 203.0.113.7", "203.0.113.7"),  # the first one is what the visitor claims
        ("2001:db8::7", "2001:db8::7"),
        ("", "127.0.0.1"),
        ("unknown", "127.0.0.1"),
    ],
)
def test_the_last_entry_is_the_visitor(forwarded, seen):
    request = RequestFactory().get("/", headers={"X-Forwarded-For": forwarded} if forwarded else {})
    VisitorAddress(lambda asked: HttpResponse(asked.META["REMOTE_ADDR"]))(request)
    assert request.META["REMOTE_ADDR"] == seen
