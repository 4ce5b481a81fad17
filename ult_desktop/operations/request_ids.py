"""The ids of requests: UUIDs of version 7, in the order in which this program made them."""

import os
import threading
import time
from uuid import UUID

_PARTS_PER_MS = 1 << 12
_lock = threading.Lock()
_last = 0


def new_id() -> str:
    """Return an id that no other station makes, and that sorts after each one this program made before.

    The twelve bits after the millisecond are a fraction of it, as RFC 9562 allows (method 3). If the clock
    stands still or is set back, the last moment is counted on instead.
    """
    global _last  # noqa: PLW0603  (the moment of the program's last id)
    with _lock:
        _last = max(_last + 1, time.time_ns() * _PARTS_PER_MS // 1_000_000)
        milliseconds, part = divmod(_last, _PARTS_PER_MS)
    chance = int.from_bytes(os.urandom(8)) >> 2
    # 7 is the version, 2 the variant.
    return str(UUID(int=milliseconds << 80 | 7 << 76 | part << 64 | 2 << 62 | chance))
