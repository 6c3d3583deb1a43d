"""What every page carries, and what every form demands: policy, no copies, the source, the token, no way out."""

import re
from urllib.parse import urljoin, urlsplit

import pytest
from django.test import Client
from django.urls import reverse

from tests.security.matrix import MATRIX
from tests.security.probing import LOGIN, Probe, address, names, taken_back
from tests.security.targets import FORMS

pytestmark = pytest.mark.django_db
INLINE_SCRIPT = re.compile(r"<script(?![^>]*\bsrc=)(?![^>]*type=\"application/json\")[^>]*>", re.IGNORECASE)
INLINE_STYLE = re.compile(r"<style\b|<[^>]+\sstyle=", re.IGNORECASE)
INLINE_HANDLER = re.compile(r"<[^>]+\son[a-z]+\s*=", re.IGNORECASE)
# Pages of their own: files, documents to print (their style is part of the paper), plain words for machines.
NO_PAGES = {
    "healthz",
    "readyz",
    "workflows:file",
    "workflows:document_file",
    "workflows:case_notice",
    "workflows:check",
}
READERS = ("candidate", "organizer", "approver", "system_administrator", "security_administrator", "auditor")
ELSEWHERE = (
    "https://evil.example",
    "http://evil.example",
    "//evil.example",
    "///evil.example",
    "////evil.example",
    "https:evil.example",
    "https:/evil.example",
    "/\\evil.example",
    "\\\\evil.example",
    "\\/evil.example",
    "/%09/evil.example",
    "/\\t/evil.example",
    "//evil.example/%2e%2e",
    "https://localhost@evil.example",
    "https://testserver@evil.example",
    "https://testserver.evil.example",
    "https://evil.example/testserver",
    "https://evil.example#testserver",
    "https://evil.example?testserver",
    "//testserver@evil.example",
    "javascript:alert(1)",
    "JaVaScRiPt:alert(1)",
    "data:text/html,x",
    "vbscript:x",
    "file:///etc/passwd",
    "ftp://evil.example",
    "http:evil.example",
    "http:///evil.example",
    "https:///evil.example",
    "//google%E3%80%82com",
    "//evil%00.example",
    "%2f%2fevil.example",
    "//0x7f000001",
    "//2130706433",
    "//[::1]",
    "https://[::1]",
    "//evil.example:80",
    "//evil.example\\@testserver",
    "https://testserver:80@evil.example",
)


def probe(name: str, method: str = "GET") -> Probe:
    return Probe(name, method, "here")


def pages(world, who: str):
    """Give every page somebody may read."""
    for name, _ in names():
        if "GET" not in MATRIX[name] or name in NO_PAGES:
            continue
        with taken_back():
            answer = world.clients[who].get(address(world, probe(name)))
            if answer.headers.get("Content-Type", "").startswith("text/html") and answer.status_code < 300:
                yield name, answer


def faults(name: str, answer) -> list[str]:
    """List what is wrong with one page."""
    policy, text = answer.headers.get("Content-Security-Policy", ""), answer.content.decode()
    demanded = {
        "policy": "default-src 'none'" in policy and "object-src 'none'" in policy and "base-uri 'none'" in policy,
        "frames": "frame-ancestors 'none'" in policy and answer.headers.get("X-Frame-Options") == "DENY",
        "no unsafe source": "unsafe-inline" not in policy and "unsafe-eval" not in policy and "*" not in policy,
        "nosniff": answer.headers.get("X-Content-Type-Options") == "nosniff",
        "referrer": answer.headers.get("Referrer-Policy") == "same-origin",
        "no inline script": not [tag for tag in INLINE_SCRIPT.findall(text) if "nonce=" not in tag],
        "no inline style": not INLINE_STYLE.search(text),
        "no inline handler": not INLINE_HANDLER.search(text),
        "source": 'href="/source/"' in text,
        "language": "<html lang=" in text,
    }
    return [f"{name}: {what}" for what, held in demanded.items() if not held]


@pytest.mark.parametrize("who", READERS)
def test_every_page_is_closed_to_strange_code_and_names_its_source(world, who):
    found, seen = [], 0
    for name, answer in pages(world, who):
        seen += 1
        found += faults(name, answer)
        if "no-store" not in answer.headers.get("Cache-Control", ""):
            found.append(f"{name}: may be kept by a cache")
    assert found == []
    assert seen > 15


def test_the_pages_before_the_door_are_closed_as_well(world):
    seen = dict(pages(world, "anonymous"))
    assert [fault for name, answer in seen.items() for fault in faults(name, answer)] == []
    assert {"account_login", "privacy", "source", "organizations:activate"} <= set(seen)


def test_the_control_page_with_inline_code_would_be_found():
    page = '<p style="color:red" onclick="x()">a</p><script>alert(1)</script>'
    assert [bool(each.search(page)) for each in (INLINE_STYLE, INLINE_HANDLER, INLINE_SCRIPT)] == [True] * 3


@pytest.mark.parametrize("who", ["organizer", "candidate", "anonymous"])
def test_every_form_demands_its_token(world, who):
    strict = Client(enforce_csrf_checks=True)
    strict.cookies = world.clients[who].cookies.copy()
    taken = []
    for name, _ in names():
        if "POST" not in MATRIX[name]:
            continue
        form = FORMS.get(name, lambda side: {})(world.here)
        with taken_back():
            answer = strict.post(address(world, probe(name, "POST")), form)
        if answer.status_code not in (403, 405):
            taken.append(f"{name}: {answer.status_code}")
    assert taken == []


@pytest.mark.parametrize("place", ELSEWHERE)
def test_nobody_is_sent_elsewhere(world, place):
    goes_to = []
    with taken_back():
        inside = world.clients["candidate"]
        goes_to.append(inside.get(LOGIN, {"next": place}).headers.get("Location", ""))
        goes_to.append(inside.post(reverse("language"), {"language": "en", "next": place}).headers.get("Location", ""))
        entering = Client().post(
            f"{LOGIN}?next=x", {"login": "lin", "password": "bridge-over-nine-bends", "next": place}
        )
        goes_to.append(entering.headers.get("Location", ""))
    assert {urlsplit(urljoin("http://testserver/x/", there.replace("\\", "/"))).netloc for there in goes_to} == {
        "testserver"
    }
    assert goes_to[2] != ""
