"""Sends probes and says in one word what came of each."""

import re
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from urllib.parse import urlsplit

from django.core.cache import cache
from django.db import connection, transaction
from django.http import HttpResponse
from django.urls import URLPattern, get_resolver, reverse

from tests.security.targets import FORMS, TARGETS
from tests.security.world import HERE, THERE, World
from workflows.notices import limits

METHODS = ("GET", "POST", "PUT", "PATCH", "DELETE")
LOGIN = "/accounts/login/"
HTMX = {"HTTP_HX_REQUEST": "true"}
# What a request may write although it changed nothing for anybody.
OF_NO_EFFECT = ("django_session", "usersessions_usersession", "account_emailaddress")
WRITES = re.compile(r'\s*(?:INSERT(?: OR IGNORE)? INTO|UPDATE|DELETE FROM)\s+"?(\w+)', re.IGNORECASE)


@dataclass(frozen=True)
class Probe:
    """One request.

    Attributes:
        name: Name of the address.
        method: Method of HTTP.
        side: Whose object: ``here`` or ``there``.
    """

    name: str
    method: str
    side: str


def names(resolver=None, spaces: tuple[str, ...] = (), above: int = 0) -> Iterator[tuple[str, bool]]:
    """List every address of the house by name, and whether it names an object."""
    for entry in (resolver or get_resolver()).url_patterns:
        groups = above + entry.pattern.regex.groups
        if isinstance(entry, URLPattern):
            yield ":".join((*spaces, entry.name or str(entry.pattern))), bool(groups)
        else:
            yield from names(entry, (*spaces, entry.namespace) if entry.namespace else spaces, groups)


def probes_of(name: str, names_something: bool) -> list[Probe]:
    """List the probes of an address; where neither address nor form name an object, one side is enough."""
    both = {method: names_something or (method == "POST" and name in FORMS) for method in METHODS}
    return [Probe(name, method, side) for method in METHODS for side in ((HERE, THERE) if both[method] else (HERE,))]


def address(world: World, probe: Probe) -> str:
    """Give the path of a probe."""
    return reverse(probe.name, kwargs=TARGETS.get(probe.name, lambda side: None)(world.side(probe.side)))


def ask(world: World, who: str, probe: Probe, **headers: str) -> str:
    """Send a probe and take back whatever it did.

    Args:
        world: Where.
        who: Who asks.
        probe: What.
        headers: Further headers.

    Returns:
        ``ok``, ``redirect``, ``login``, ``hidden``, ``refused``, ``method``; for a form ``done`` when something was
        written, else ``told``.
    """
    client, written = world.clients[who], []
    cookies = client.cookies.copy()
    cache.clear()  # attempts are counted there, objections in the memory of the process
    limits.forget()

    def watch(execute, sql, params, many, context):
        table = WRITES.match(sql)
        if table and table[1] not in OF_NO_EFFECT:
            written.append(table[1])
        return execute(sql, params, many, context)

    form = FORMS.get(probe.name, lambda side: {})(world.side(probe.side)) if probe.method == "POST" else None
    with taken_back(), connection.execute_wrapper(watch):
        response = client.generic(probe.method, address(world, probe), **headers) if form is None else client.post(
            address(world, probe), form, **headers
        )  # fmt: skip
        answered = outcome(probe.method, response, bool(written))
        if response.streaming:
            list(response)
    client.cookies = cookies
    return answered


@contextmanager
def taken_back() -> Iterator[None]:
    """Undo in the end whatever happens inside."""
    with transaction.atomic():
        yield
        transaction.set_rollback(True)


def outcome(method: str, response: HttpResponse, written: bool) -> str:
    """Say in one word what came of a request."""
    refusals = {403: "refused", 404: "hidden", 405: "method"}
    if response.status_code in refusals:
        return refusals[response.status_code]
    if method == "POST" and written and response.status_code < 400:
        return "done"
    goes_to = response.headers.get("Location") or response.headers.get("HX-Redirect", "")
    if urlsplit(goes_to).path == LOGIN:
        return "login"
    if method == "POST":
        return "told"
    return "redirect" if goes_to else "ok" if response.status_code < 300 else "told"
