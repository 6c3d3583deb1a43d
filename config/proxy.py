"""Behind a proxy: the address of the visitor is the one the proxy saw."""

import ipaddress
from collections.abc import Callable
from contextlib import suppress

from django.http import HttpRequest, HttpResponse


class VisitorAddress:
    """Take the address of the visitor from the last entry of ``X-Forwarded-For``, which the trusted proxy added itself.

    In use with ``TRUST_PROXY`` only. Whatever a visitor sends stands before that entry and is not believed; an entry
    that is no address changes nothing. Sign-in, invitations, open pages and the log all read ``REMOTE_ADDR``.
    """

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        """Answer with the visitor's address in place of the proxy's."""
        seen = request.headers.get("X-Forwarded-For", "").rpartition(",")[2].strip()
        with suppress(ValueError):
            request.META["REMOTE_ADDR"] = str(ipaddress.ip_address(seen))
        return self.get_response(request)
