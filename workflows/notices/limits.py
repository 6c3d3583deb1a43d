"""How often one address may send: counted in the memory of this process under a salt drawn at its start.

Nothing of it is ever written: neither database nor cache nor log learns who asked.
"""

import hashlib
import os
from collections import Counter
from threading import Lock

MOST_IN_A_WINDOW = 10
WINDOW_SECONDS = 600
_salt = os.urandom(32)
_lock = Lock()
_counted: Counter[bytes] = Counter()
_window = 0


def too_often(address: str, *, second: float) -> bool:
    """Count one sending, and say whether it is one too many.

    Args:
        address: Network address it came from.
        second: The moment as seconds; a new window forgets all addresses.
    """
    global _window
    with _lock:
        if int(second) // WINDOW_SECONDS != _window:
            _window = int(second) // WINDOW_SECONDS
            _counted.clear()
        name = hashlib.blake2b(address.encode(), key=_salt, digest_size=16).digest()
        _counted[name] += 1
        return _counted[name] > MOST_IN_A_WINDOW


def forget() -> None:
    """Forget all addresses."""
    _counted.clear()
