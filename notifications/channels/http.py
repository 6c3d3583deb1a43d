"""One POST of JSON over HTTP, which tells apart what did not leave from what perhaps arrived; follows no redirect."""

import json
from collections.abc import Mapping
from dataclasses import dataclass
from http.client import HTTPConnection, HTTPException, HTTPResponse, HTTPSConnection
from urllib.parse import urlsplit

from notifications.channels.errors import OutcomeUnknown, PassingFailure, PermanentFailure

TIMEOUT_SECONDS = 10
LONGEST_ANSWER = 64 * 1024
TOO_MANY_REQUESTS = 429
USUAL_WAIT_SECONDS = 60


@dataclass(frozen=True)
class Answer:
    """What came back with status 200.

    Attributes:
        facts: The JSON object of the body; empty when it was none.
    """

    facts: Mapping[str, object]


def post(address: str, body: bytes, headers: Mapping[str, str] | None = None) -> Answer:
    """Send one request.

    Args:
        address: Full address, its query included.
        body: JSON, UTF-8.
        headers: Beside the type of the content.

    Returns:
        The answer.

    Raises:
        PassingFailure: nothing was handed over: no connection, or 429 with how long to wait.
        PermanentFailure: refused for good, or sent elsewhere (3xx).
        OutcomeUnknown: it was handed over, and no answer came or a 5xx.
    """
    target = urlsplit(address)
    maker = HTTPSConnection if target.scheme == "https" else HTTPConnection
    connection = maker(target.hostname or "", target.port, timeout=TIMEOUT_SECONDS)
    try:
        connection.connect()
    except OSError as error:
        connection.close()
        raise PassingFailure("no_connection") from error
    try:
        path = f"{target.path or '/'}?{target.query}" if target.query else target.path or "/"
        connection.request("POST", path, body, {"Content-Type": "application/json; charset=utf-8", **(headers or {})})
        response = connection.getresponse()
        content = response.read(LONGEST_ANSWER)
    except (OSError, HTTPException) as error:
        raise OutcomeUnknown("no_answer") from error
    finally:
        connection.close()
    return _answer(response, content)


def _answer(response: HTTPResponse, content: bytes) -> Answer:
    if response.status == TOO_MANY_REQUESTS:
        wait = response.getheader("Retry-After", "")
        raise PassingFailure("http_429", wait_seconds=int(wait) if wait.isdecimal() else USUAL_WAIT_SECONDS)
    if response.status >= 500:
        raise OutcomeUnknown(f"http_{response.status}")
    if response.status >= 300:
        raise PermanentFailure(f"http_{response.status}")
    try:
        facts = json.loads(content)
    except ValueError:
        facts = {}
    return Answer(facts if isinstance(facts, dict) else {})
