"""Boxes that anybody may close and only the holder of the objection key may open.

A box reads ``o1|kid|base64(ephemeral public key|nonce|ciphertext)``: X25519 with a key drawn for this box, HKDF-SHA256,
AES-256-GCM. What is inside is filled up to a full block, so that its length tells nothing. What is written back to
whoever objected is sealed under the code that only they hold.
"""

import base64
import binascii
import hashlib
import json
import os
from functools import lru_cache

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.asymmetric.x25519 import X25519PrivateKey, X25519PublicKey
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from cryptography.hazmat.primitives.kdf.hkdf import HKDF
from django.conf import settings
from django.core.exceptions import ImproperlyConfigured

VERSION = "o1"
BLOCK = 16 * 1024
KEY_BYTES, NONCE_BYTES, COUNT_BYTES = 32, 12, 4


class NoKey(Exception):
    """Tells that the key was not given to this process."""


class BoxBroken(Exception):
    """Tells that a box was altered, moved, or closed for another key."""


def takes_objections() -> bool:
    """Say whether boxes can be closed here: a public key is known."""
    return bool(settings.OBJECTION_KEY or settings.OBJECTION_PUBLIC_KEY)


def opens_objections() -> bool:
    """Say whether boxes can be opened here: the private key is known."""
    return bool(settings.OBJECTION_KEY)


def close(content: dict[str, object], *, context: str) -> str:
    """Close a box.

    Args:
        content: What goes in, as JSON.
        context: Where the box lives; asked for again to open it.

    Raises:
        NoKey: no public key is known here.
    """
    public = _public()
    drawn = X25519PrivateKey.generate()
    sender, nonce = drawn.public_key().public_bytes_raw(), os.urandom(NONCE_BYTES)
    key = _agreed(drawn.exchange(X25519PublicKey.from_public_bytes(public)), sender + public)
    sealed = AESGCM(key).encrypt(nonce, _filled(content), context.encode())
    return f"{VERSION}|{_name(public)}|{base64.b64encode(sender + nonce + sealed).decode()}"


def open_box(box: str, *, context: str) -> dict[str, object]:
    """Open a box.

    Raises:
        NoKey: the private key is not known here.
        BoxBroken: altered, moved, or closed for a key we do not hold.
    """
    held = _private(settings.OBJECTION_KEY)
    version, _, rest = box.partition("|")
    kid, _, encoded = rest.partition("|")
    try:
        raw, private = base64.b64decode(encoded, validate=True), held[kid]
        if version != VERSION:
            raise BoxBroken("not a box")
        sender, nonce = raw[:KEY_BYTES], raw[KEY_BYTES : KEY_BYTES + NONCE_BYTES]
        public = private.public_key().public_bytes_raw()
        key = _agreed(private.exchange(X25519PublicKey.from_public_bytes(sender)), sender + public)
        return _emptied(AESGCM(key).decrypt(nonce, raw[KEY_BYTES + NONCE_BYTES :], context.encode()))
    except (KeyError, ValueError, InvalidTag, binascii.Error) as error:
        raise BoxBroken("the box does not open") from error


def seal_for_code(content: dict[str, object], *, code: str, context: str) -> str:
    """Seal an answer under the code of whoever objected."""
    nonce = os.urandom(NONCE_BYTES)
    return base64.b64encode(nonce + AESGCM(_of_code(code, context)).encrypt(nonce, _filled(content), b"")).decode()


def open_with_code(sealed: str, *, code: str, context: str) -> dict[str, object]:
    """Open such an answer.

    Raises:
        BoxBroken: altered, or another code.
    """
    try:
        raw = base64.b64decode(sealed, validate=True)
        return _emptied(AESGCM(_of_code(code, context)).decrypt(raw[:NONCE_BYTES], raw[NONCE_BYTES:], b""))
    except (ValueError, InvalidTag, binascii.Error) as error:
        raise BoxBroken("the answer does not open") from error


def new_pair() -> tuple[str, str]:
    """Draw a new private key and give it with its public key, both as text for the settings."""
    private = X25519PrivateKey.generate()
    return _text(private.private_bytes_raw()), _text(private.public_key().public_bytes_raw())


def _public() -> bytes:
    if settings.OBJECTION_PUBLIC_KEY:
        return _bytes(settings.OBJECTION_PUBLIC_KEY)
    return next(iter(_private(settings.OBJECTION_KEY).values())).public_key().public_bytes_raw()


@lru_cache(maxsize=4)
def _private(material: str) -> dict[str, X25519PrivateKey]:
    keys = [X25519PrivateKey.from_private_bytes(_bytes(part)) for part in material.split(",") if part.strip()]
    if not keys:
        raise NoKey
    return {_name(key.public_key().public_bytes_raw()): key for key in keys}


def _name(public: bytes) -> str:
    return hashlib.sha256(b"kaoping objection key\0" + public).hexdigest()[:12]


def _agreed(shared: bytes, both: bytes) -> bytes:
    return HKDF(algorithm=hashes.SHA256(), length=KEY_BYTES, salt=both, info=b"kaoping objections").derive(shared)


def _of_code(code: str, context: str) -> bytes:
    salt = context.encode()
    return HKDF(algorithm=hashes.SHA256(), length=KEY_BYTES, salt=salt, info=b"kaoping answers").derive(code.encode())


def _filled(content: dict[str, object]) -> bytes:
    plain = json.dumps(content, ensure_ascii=False, separators=(",", ":")).encode()
    counted = len(plain).to_bytes(COUNT_BYTES, "big") + plain
    return counted + bytes(-len(counted) % BLOCK)


def _emptied(filled: bytes) -> dict[str, object]:
    count = int.from_bytes(filled[:COUNT_BYTES], "big")
    return json.loads(filled[COUNT_BYTES : COUNT_BYTES + count])


def _text(raw: bytes) -> str:
    return base64.urlsafe_b64encode(raw).decode().rstrip("=")


def _bytes(text: str) -> bytes:
    raw = base64.urlsafe_b64decode(text.strip() + "=" * (-len(text.strip()) % 4))
    if len(raw) != KEY_BYTES:
        raise ImproperlyConfigured("an objection key has 32 bytes")
    return raw
