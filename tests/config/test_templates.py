"""What no template may hold, because the content security policy would refuse it."""

import re
from pathlib import Path

import pytest
from django.conf import settings
from django.template.loader import get_template

FOLDER = Path(settings.BASE_DIR) / "templates"
# These are turned into files and letters, not sent to a browser as pages.
NOT_PAGES = ("email/", "workflows/documents/")
NAMES = sorted(
    name
    for name in (path.relative_to(FOLDER).as_posix() for path in FOLDER.rglob("*.html"))
    if not name.startswith(NOT_PAGES)
)
FORBIDDEN = {
    "a style element": r"<style\b",
    "a style attribute": r"\sstyle\s*=",
    "an event attribute": r"\son[a-z]+\s*=\s*[\"']",
    "htmx script attributes": r"\shx-on",
    "a script address": r"javascript:",
    "an inline script": r"<script\b(?![^>]*\b(src=|type=\"application/json\"))",
    "something from elsewhere": r"(src|<link[^>]*href)=\"(https?:)?//",
}


@pytest.mark.parametrize("name", NAMES)
def test_a_template_holds_nothing_that_the_browser_would_refuse(name):
    text = (FOLDER / name).read_text()
    assert [what for what, pattern in FORBIDDEN.items() if re.search(pattern, text)] == []


@pytest.mark.parametrize("name", NAMES)
def test_a_template_can_be_read(name):
    get_template(name)


@pytest.mark.parametrize("name", [name for name in NAMES if name.startswith("components/")])
def test_a_component_says_at_its_head_what_it_takes(name):
    assert (FOLDER / name).read_text().startswith("{# ")


def test_the_scan_would_see_each_kind():
    samples = {
        "a style element": "<style>p{}</style>",
        "a style attribute": '<p style="color:red">',
        "an event attribute": '<p onclick="x()">',
        "htmx script attributes": '<p hx-on:click="x">',
        "a script address": '<a href="javascript:x">',
        "an inline script": "<script>x()</script>",
        "something from elsewhere": '<script src="https://example.org/x.js">',
    }
    seen = {what: bool(re.search(FORBIDDEN[what], text)) for what, text in samples.items()}
    assert seen == dict.fromkeys(FORBIDDEN, True)
