"""Group robots of WeCom, DingTalk and Feishu: they carry counts and class notices, never a person or a case.

Their addresses and secrets come from the environment (``ROBOTS``) and are never logged. A refusal comes inside an
HTTP 200; each robot may speak so often a minute and is blocked when it speaks more.
"""

import base64
import hashlib
import hmac
import json
from collections.abc import Callable, Collection, Mapping
from dataclasses import dataclass
from datetime import datetime
from urllib.parse import quote_plus

from django.conf import settings
from django.utils import timezone

from notifications.buckets import take
from notifications.channels import Parcel
from notifications.channels.errors import PassingFailure, PermanentFailure
from notifications.channels.http import USUAL_WAIT_SECONDS, post


@dataclass(frozen=True)
class Robot:
    """One robot of one group.

    Attributes:
        name: What the outbox calls it.
        kind: ``wecom``, ``dingtalk`` or ``feishu``.
        address: The webhook's address; at WeCom it holds the key.
        secret: Signs each message; WeCom has none.
        organization: Code of the organization whose counts it tells; empty for the whole tree.
    """

    name: str
    kind: str
    address: str
    secret: str = ""
    organization: str = ""


@dataclass(frozen=True)
class Make:
    """How the robots of one maker are spoken to.

    Attributes:
        request: Builds address and body from the robot, the text and the moment.
        code: Where the answer says how it went; 0 is well.
        passing: Codes that pass, with the seconds to wait.
        a_minute, at_once: How often it may speak, and how many messages may come together.
        longest: Bytes of text at most.
    """

    request: Callable[[Robot, str, datetime], tuple[str, dict[str, object]]]
    code: str
    passing: Mapping[int, int]
    a_minute: int
    at_once: int
    longest: int


def dingtalk_signature(secret: str, milliseconds: int) -> str:
    """Sign for DingTalk; the result stands in the address. Source: DingTalk, custom robots, signing."""
    digest = hmac.new(secret.encode(), f"{milliseconds}\n{secret}".encode(), hashlib.sha256).digest()
    return quote_plus(base64.b64encode(digest))


def feishu_signature(secret: str, seconds: int) -> str:
    """Sign for Feishu; the string to sign is the key and the message is empty. Source: Feishu, custom bots, signing."""
    digest = hmac.new(f"{seconds}\n{secret}".encode(), b"", hashlib.sha256).digest()
    return base64.b64encode(digest).decode()


def _wecom(robot: Robot, text: str, _at: datetime) -> tuple[str, dict[str, object]]:
    return robot.address, {"msgtype": "text", "text": {"content": text}}


def _dingtalk(robot: Robot, text: str, at: datetime) -> tuple[str, dict[str, object]]:
    milliseconds = int(at.timestamp() * 1000)
    signature = f"&timestamp={milliseconds}&sign={dingtalk_signature(robot.secret, milliseconds)}"
    return robot.address + signature, {"msgtype": "text", "text": {"content": text}}


def _feishu(robot: Robot, text: str, at: datetime) -> tuple[str, dict[str, object]]:
    seconds = int(at.timestamp())
    signed = {"timestamp": str(seconds), "sign": feishu_signature(robot.secret, seconds)}
    return robot.address, {**signed, "msg_type": "text", "content": {"text": text}}


BLOCKED_SECONDS = 600
MAKES = {
    "wecom": Make(_wecom, "errcode", {45009: USUAL_WAIT_SECONDS, -1: 30}, a_minute=20, at_once=5, longest=2048),
    "dingtalk": Make(_dingtalk, "errcode", {130101: BLOCKED_SECONDS, -1: 30}, a_minute=20, at_once=5, longest=20_000),
    "feishu": Make(_feishu, "code", {11232: USUAL_WAIT_SECONDS}, a_minute=100, at_once=5, longest=18_000),
}


def robots() -> dict[str, Robot]:
    """Give the robots that are set up, by name."""
    return {facts["name"]: Robot(**facts) for facts in settings.ROBOTS}


def cut(text: str, longest: int) -> str:
    """Cut a text to so many bytes of UTF-8, at a whole sign."""
    return text.encode()[:longest].decode(errors="ignore")


class RobotCarrier:
    """Speaks through the robots, each message at most once."""

    def __init__(self, known: Collection[Robot] | None = None) -> None:
        self.robots = robots() if known is None else {robot.name: robot for robot in known}

    def send(self, parcel: Parcel) -> str:
        """Say one thing in one group, as ``Carrier`` says."""
        robot = self.robots.get(parcel.address)
        if robot is None or robot.kind not in MAKES:
            raise PermanentFailure("no_robot")
        make, at = MAKES[robot.kind], timezone.now()
        wait = take(f"robot:{robot.name}", a_minute=make.a_minute, at_once=make.at_once, at=at)
        if wait:
            raise PassingFailure("robot_busy", wait_seconds=wait)
        text = f"{parcel.words.subject}\n{parcel.words.text}\n{parcel.link}"
        address, body = make.request(robot, cut(text, make.longest), at)
        answer = post(address, json.dumps(body, ensure_ascii=False).encode())
        code = answer.facts.get(make.code)
        if code == 0:
            return str(answer.facts.get("msgid", ""))[:200]
        if code in make.passing:
            raise PassingFailure(f"robot_{code}", wait_seconds=make.passing[code])
        raise PermanentFailure(f"robot_{code}"[:60])

    def close(self) -> None:
        """Nothing is kept open."""
