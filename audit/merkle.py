"""Merkle tree over the heads of all streams: pure, standard library only."""

import hashlib
from collections.abc import Iterable, Sequence

from audit.chain import Head

EMPTY = hashlib.sha256(b"").hexdigest()


def root_of(leaves: Sequence[bytes]) -> str:
    """Return the root of a list, in hexadecimal.

    Args:
        leaves: The leaves in order.

    Source: RFC 6962, section 2.1; an odd node at the end of a level goes up as it is, which gives the same tree.
    """
    if not leaves:
        return EMPTY
    level = [hashlib.sha256(b"\x00" + leaf).digest() for leaf in leaves]
    while len(level) > 1:
        pairs = [hashlib.sha256(b"\x01" + level[i] + level[i + 1]).digest() for i in range(0, len(level) - 1, 2)]
        level = pairs + level[len(pairs) * 2 :]
    return level[0].hex()


def leaf_of(head: Head) -> bytes:
    """Return the bytes of a stream's end as a leaf."""
    return f"{head.stream}\n{head.seq}\n{head.hash}".encode()


def root_of_heads(heads: Iterable[Head]) -> str:
    """Return the root over the ends of all streams, whatever their order."""
    return root_of([leaf_of(head) for head in sorted(heads, key=lambda head: head.stream)])


def digest_of_heads(heads: Iterable[Head]) -> str:
    """Return the SHA-256 over the same leaves written one after another, for a check without the tree."""
    leaves = [leaf_of(head) for head in sorted(heads, key=lambda head: head.stream)]
    return hashlib.sha256(b"\n\n".join(leaves)).hexdigest()
