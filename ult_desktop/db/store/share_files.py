"""The share's files: one takes its final name last, and tells what time its server keeps."""

import os
import time
from pathlib import Path
from urllib.parse import quote

# Windows renames nothing that another program has open: scanners and indexers look into each new file.
HELD_ERRORS = (5, 32, 33)  # access denied, sharing violation, lock violation
PAUSES_S = (0.05, 0.1, 0.2, 0.4, 0.8)


def replace_file(half: Path, target: Path) -> None:
    """Give `half` the name `target`, over what lies there; one that is held for a moment is waited for.

    Raises:
        OSError: it cannot be renamed.
    """
    for pause in PAUSES_S:
        try:
            half.replace(target)
        except PermissionError as error:
            if getattr(error, "winerror", None) not in HELD_ERRORS:  # other systems know no such thing
                raise
            time.sleep(pause)
        else:
            return
    half.replace(target)


def database_uri(path: Path, mode: str) -> str:
    """What SQLite opens; `mode` is "ro", "rw", or "rwc" to make the file."""
    return f"file:{quote(os.fsencode(path))}?mode={mode}"


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
