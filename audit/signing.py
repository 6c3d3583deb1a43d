"""The key that signs checkpoints: one file in the state folder, made on first use.

To change the key, move the private file away; public keys stay beside it, so that old checkpoints keep verifying.
"""

import base64
import os
from pathlib import Path

from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from cryptography.hazmat.primitives.serialization import (
    Encoding,
    NoEncryption,
    PrivateFormat,
    PublicFormat,
    load_pem_private_key,
)
from django.conf import settings

from audit.statements import key_id_of

FILE_NAME = "audit_ed25519"


def sign(statement: bytes) -> str:
    """Return the signature of a statement in base64."""
    return base64.b64encode(_private_key().sign(statement)).decode()


def public_key() -> bytes:
    """Return the 32 bytes of the public key in use; the pair is made when there is none."""
    return _private_key().public_key().public_bytes(Encoding.Raw, PublicFormat.Raw)


def public_keys() -> dict[str, bytes]:
    """Return every public key that was ever in use here, by its short name."""
    current = public_key()
    kept = [base64.b64decode(path.read_text()) for path in _folder().glob(f"{FILE_NAME}.*.pub")]
    return {key_id_of(key): key for key in (current, *kept)}


def _folder() -> Path:
    return Path(settings.STATE_DIR) / "keys"


def _private_key() -> Ed25519PrivateKey:
    path = _folder() / FILE_NAME
    if not path.exists():
        _make(path)
    key = load_pem_private_key(path.read_bytes(), password=None)
    if not isinstance(key, Ed25519PrivateKey):
        raise TypeError("the key that signs checkpoints is not an Ed25519 key")
    return key


def _make(path: Path) -> None:
    path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
    key = Ed25519PrivateKey.generate()
    draft = path.with_name(f"{FILE_NAME}.{os.getpid()}.draft")
    draft.touch(mode=0o600)
    draft.write_bytes(key.private_bytes(Encoding.PEM, PrivateFormat.PKCS8, NoEncryption()))
    try:
        os.link(draft, path)  # two first users: the link is made once, the slower one reads the other's key
    except FileExistsError:
        return
    finally:
        draft.unlink()
    raw = key.public_key().public_bytes(Encoding.Raw, PublicFormat.Raw)
    path.with_name(f"{FILE_NAME}.{key_id_of(raw)}.pub").write_text(base64.b64encode(raw).decode() + "\n")
