"""The share's clock: what the file server says a file was just written, against this PC's own."""

import os
import time
from pathlib import Path

WORTH_CORRECTING_MS = 250  # below this it is the round trip and the file system's own grain


def measure_offset_ms(folder: Path, station: str, former: int = 0) -> int:
    """Milliseconds to add to this PC's clock to get the share's; `former` when it cannot be told.

    The modification time is given by the server, not by this PC, and every station asks the same one.
    """
    mark = folder / f".ult-clock-{_plain(station)}-{os.getpid()}"
    try:
        before = time.time()
        mark.write_bytes(b"")
        after = time.time()
        share = mark.stat().st_mtime
        mark.unlink()
    except OSError:
        return former
    offset = round((share - (before + after) / 2) * 1000)
    return offset if abs(offset) >= WORTH_CORRECTING_MS else 0


class ShareClock:
    """UTC milliseconds by the share's clock. One per process; set once the share was reached."""

    def __init__(self, offset_ms: int = 0) -> None:
        self.offset_ms = offset_ms

    def __call__(self) -> int:
        return time.time_ns() // 1_000_000 + self.offset_ms


def _plain(name: str) -> str:
    return "".join(letter if letter.isalnum() else "-" for letter in name)
