"""The key a page draws for its form, so that the same click twice does one thing."""

import re

KEY = re.compile(r'name="key" value="([^"]+)"')


def key_on(page: str) -> str:
    """Read the key that was drawn with a page; empty when the page offers no answer."""
    found = KEY.search(page)
    return found[1] if found else ""
