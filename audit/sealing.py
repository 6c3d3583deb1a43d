"""Seals personal values: AES-256-GCM under the keyring or under a person's own key.

A sealed text reads ``v1|kid|base64(nonce|ciphertext)``. The context (usually ``table.column``) is authenticated, so a
value moved to another place does not open. Nothing here fails open: what does not open raises ``SealBroken``.
"""

import base64
import binascii
import hashlib
import hmac
import os
import unicodedata
from functools import lru_cache

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from cryptography.hazmat.primitives.kdf.hkdf import HKDF
from django.conf import settings
from django.core.exceptions import ImproperlyConfigured

VERSION = "v1"
MAGIC = b"KPv1"
KEY_BYTES = 32
NONCE_BYTES = 12
KID_LENGTH = 12
LARGEST_BYTES = 64 * 1024 * 1024


class SealBroken(Exception):
    """Tells that a sealed value was altered, moved, or sealed under a key we do not hold."""


def seal(plain: str, *, key: bytes | None = None, context: str) -> str:
    """Seal a text.

    Args:
        plain: What to hide; the empty text is sealed as well.
        key: 32 bytes of a person's own key, else the current key of the keyring.
        context: Where the value lives, such as ``organizations_person.phone``; asked for again to open.

    Returns:
        The sealed text, different on every call.
    """
    kid, secret = _writing_key(key)
    return f"{VERSION}|{kid}|{base64.b64encode(_encrypt(plain.encode(), secret, context)).decode()}"


def unseal(text: str, *, key: bytes | None = None, context: str) -> str:
    """Open a sealed text.

    Args:
        text: What ``seal`` returned.
        key: The person's key it was sealed under, if it was.
        context: The same context as at sealing.

    Returns:
        The plain text.

    Raises:
        SealBroken: the text, the context or the key is not the one of the sealing.
    """
    kid, box = _parse(text)
    return _decrypt(box, _reading_key(kid, key), context).decode()


def seal_bytes(plain: bytes, *, key: bytes | None = None, context: str) -> bytes:
    """Seal the bytes of a file held in memory; arguments as in ``seal``."""
    if len(plain) > LARGEST_BYTES:
        raise ValueError("too large to seal in memory")
    kid, secret = _writing_key(key)
    return MAGIC + kid.encode() + _encrypt(plain, secret, context)


def unseal_bytes(sealed: bytes, *, key: bytes | None = None, context: str) -> bytes:
    """Open the bytes of a sealed file.

    Raises:
        SealBroken: the bytes, the context or the key is not the one of the sealing.
    """
    head = len(MAGIC) + KID_LENGTH
    if not sealed.startswith(MAGIC) or len(sealed) < head:
        raise SealBroken("not a sealed file")
    kid = sealed[len(MAGIC) : head].decode("ascii", "replace")
    return _decrypt(sealed[head:], _reading_key(kid, key), context)


def new_wrapped_key(context: str) -> str:
    """Draw a new key and return it sealed under the keyring, to be stored beside its owner.

    Args:
        context: Whose key it is, such as ``organizations_person.key``.
    """
    return seal(base64.b64encode(os.urandom(KEY_BYTES)).decode(), context=context)


def open_key(wrapped: str, context: str) -> bytes:
    """Return the 32 bytes of a wrapped key.

    Raises:
        SealBroken: the key was altered, belongs elsewhere, or was destroyed (empty text).
    """
    return base64.b64decode(unseal(wrapped, context=context))


def blind_index(value: str, purpose: str) -> str:
    """Return a keyed fingerprint by which equal values are found without storing them.

    Args:
        value: The value; width of characters, outer spaces and case make no difference.
        purpose: What is looked up, such as ``identity_number``; fingerprints of two purposes never meet.

    Returns:
        64 hexadecimal characters.
    """
    normal = unicodedata.normalize("NFKC", value).strip().upper()
    return hmac.new(settings.BLIND_INDEX_KEY.encode(), f"{purpose}\0{normal}".encode(), hashlib.sha256).hexdigest()


def key_name(key: bytes) -> str:
    """Return the short public name of a key."""
    return hashlib.sha256(b"kaoping key name\0" + key).hexdigest()[:KID_LENGTH]


@lru_cache(maxsize=8)
def _keyring(material: str) -> dict[str, bytes]:
    keys = [_derive(part.strip()) for part in material.split(",") if part.strip()]
    if not keys:
        raise ImproperlyConfigured("FIELD_KEYS holds no key")
    return {key_name(key): key for key in keys}


def _derive(part: str) -> bytes:
    try:
        raw = base64.urlsafe_b64decode(part + "=" * (-len(part) % 4))
    except binascii.Error as error:
        raise ImproperlyConfigured("FIELD_KEYS is not urlsafe base64") from error
    if len(raw) < KEY_BYTES:
        raise ImproperlyConfigured("a key of FIELD_KEYS needs 32 bytes or more")
    return HKDF(algorithm=hashes.SHA256(), length=KEY_BYTES, salt=None, info=b"kaoping field keys").derive(raw)


def _writing_key(key: bytes | None) -> tuple[str, bytes]:
    if key is None:
        return next(iter(_keyring(settings.FIELD_KEYS).items()))
    return key_name(key), key


def _reading_key(kid: str, key: bytes | None) -> bytes:
    known = _keyring(settings.FIELD_KEYS) if key is None else {key_name(key): key}
    if kid not in known:
        raise SealBroken("sealed under another key")
    return known[kid]


def _parse(text: str) -> tuple[str, bytes]:
    version, _, rest = text.partition("|")
    kid, _, encoded = rest.partition("|")
    try:
        box = base64.b64decode(encoded, validate=True)
    except (binascii.Error, ValueError) as error:
        raise SealBroken("not a sealed text") from error
    # base64 leaves spare bits in its last letter; only the one spelling we write is accepted.
    if version != VERSION or base64.b64encode(box).decode() != encoded:
        raise SealBroken("not a sealed text")
    return kid, box


def _encrypt(plain: bytes, key: bytes, context: str) -> bytes:
    nonce = os.urandom(NONCE_BYTES)
    return nonce + AESGCM(key).encrypt(nonce, plain, context.encode())


def _decrypt(box: bytes, key: bytes, context: str) -> bytes:
    try:
        return AESGCM(key).decrypt(box[:NONCE_BYTES], box[NONCE_BYTES:], context.encode())
    except (InvalidTag, ValueError) as error:
        raise SealBroken("the seal does not open") from error
