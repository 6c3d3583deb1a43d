"""What a checkpoint states: pure, standard library only; signatures are checked where ``cryptography`` is installed."""

import base64
import hashlib
import json
from collections.abc import Iterable, Mapping

from audit.chain import GENESIS, Head
from audit.merkle import digest_of_heads, root_of_heads

STATED = ("number", "made_at", "entries", "streams", "root", "heads_digest", "previous", "key_id")
KEY_ID_LENGTH = 16


def statement_bytes(row: Mapping[str, object]) -> bytes:
    """Return the bytes that are signed; ``made_at`` as ``chain.moment_text`` spells it."""
    kept = {name: row[name] for name in STATED}
    return json.dumps(kept, ensure_ascii=False, sort_keys=True, separators=(",", ":")).encode()


def statement_hash(row: Mapping[str, object]) -> str:
    """Return the hash by which the next checkpoint names this one; it covers the signature."""
    return hashlib.sha256(statement_bytes(row) + str(row["signature"]).encode()).hexdigest()


def key_id_of(public_key: bytes) -> str:
    """Return the short name of a public key."""
    return hashlib.sha256(public_key).hexdigest()[:KEY_ID_LENGTH]


def signature_holds(row: Mapping[str, object], public_key: bytes) -> bool | None:
    """Say whether a checkpoint was signed by the holder of a key.

    Args:
        row: The checkpoint.
        public_key: 32 bytes of an Ed25519 key.

    Returns:
        None when ``cryptography`` is not installed here.
    """
    try:
        from cryptography.exceptions import InvalidSignature
        from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PublicKey
    except ImportError:
        return None
    try:
        signature = base64.b64decode(str(row["signature"]), validate=True)
        Ed25519PublicKey.from_public_bytes(public_key).verify(signature, statement_bytes(row))
    except (InvalidSignature, ValueError):
        return False
    # base64 leaves spare bits in its last letter; only the one spelling we write is accepted.
    return base64.b64encode(signature).decode() == row["signature"]


def first_broken(rows: Iterable[Mapping[str, object]], public_keys: Mapping[str, bytes]) -> tuple[int, str] | None:
    """Find the first checkpoint that does not hold.

    Args:
        rows: All checkpoints by ascending number.
        public_keys: Known keys by their short name.

    Returns:
        Its expected number and ``missing``, ``unlinked``, ``unknown_key`` or ``unsigned``; None when all hold.
    """
    previous = GENESIS
    for number, row in enumerate(rows, start=1):
        code = _fault(row, number, previous, public_keys)
        if code:
            return number, code
        previous = statement_hash(row)
    return None


def states_its_heads(row: Mapping[str, object], heads: Iterable[Head]) -> bool:
    """Say whether a list of stream ends is the one a checkpoint was made over."""
    ends = list(heads)
    return (row["root"], row["heads_digest"], row["streams"], row["entries"]) == (
        root_of_heads(ends),
        digest_of_heads(ends),
        len(ends),
        sum(end.seq for end in ends),
    )


def _fault(row: Mapping[str, object], number: int, previous: str, keys: Mapping[str, bytes]) -> str | None:
    if row["number"] != number:
        return "missing"
    if row["previous"] != previous:
        return "unlinked"
    key = keys.get(str(row["key_id"]))
    if key is None or key_id_of(key) != row["key_id"]:
        return "unknown_key"
    return "unsigned" if signature_holds(row, key) is False else None
