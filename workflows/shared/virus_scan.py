"""Asks a ClamAV daemon about a file, where one is configured (``CLAMD_ADDRESS``, ``host:port`` or a socket's path)."""

import socket
import struct

from django.conf import settings

SECONDS = 30
CHUNK_BYTES = 65_536


class ScanFailed(Exception):
    """Tells that the scanner gave no clear answer; the file is then not kept."""


def is_infected(content: bytes) -> bool:
    """Say whether the scanner knows something bad of a file.

    Args:
        content: The whole file.

    Returns:
        False when it is clean or no scanner is configured.

    Raises:
        ScanFailed: a scanner is configured and did not answer clearly.
    """
    if not settings.CLAMD_ADDRESS:
        return False
    try:
        answer = _ask(settings.CLAMD_ADDRESS, content)
    except (OSError, ValueError) as error:
        raise ScanFailed from error
    if answer == b"stream: OK":
        return False
    if answer.endswith(b"FOUND"):
        return True
    raise ScanFailed


def _ask(address: str, content: bytes) -> bytes:
    with _connected(address) as line:
        line.sendall(b"zINSTREAM\0")
        for start in range(0, len(content), CHUNK_BYTES):
            chunk = content[start : start + CHUNK_BYTES]
            line.sendall(struct.pack("!I", len(chunk)) + chunk)
        line.sendall(struct.pack("!I", 0))
        answer = b""
        while not answer.endswith(b"\0") and (part := line.recv(4096)):
            answer += part
        return answer.rstrip(b"\0")


def _connected(address: str) -> socket.socket:
    if address.startswith("/"):
        line = socket.socket(socket.AF_UNIX, socket.SOCK_STREAM)
        line.settimeout(SECONDS)
        line.connect(address)
        return line
    host, _colon, port = address.rpartition(":")
    return socket.create_connection((host, int(port)), timeout=SECONDS)
