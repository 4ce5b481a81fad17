"""The share's files: how one takes its final name, and how SQLite is told of it."""

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


def write_whole(path: Path, content: bytes) -> bool:
    """All of `content` or nothing; False where just that lies there already.

    Raises:
        OSError: it cannot be written.
    """
    if path.is_file() and path.stat().st_size == len(content) and path.read_bytes() == content:
        return False
    half = path.with_name(f"{path.name}.part")
    with half.open("wb") as file:
        file.write(content)
        file.flush()
        os.fsync(file.fileno())
    replace_file(half, path)
    return True


def database_uri(path: Path, mode: str) -> str:
    """What SQLite opens; `mode` is "ro", "rw", or "rwc" to make the file."""
    return f"file:{quote(os.fsencode(path))}?mode={mode}"


SMALL = 65_536  # bytes


def read_small(path: Path) -> bytes:
    """The beginning of a file that is small when a station wrote it: others write into that folder too."""
    with path.open("rb") as file:
        return file.read(SMALL)


def file_name_part(name: str) -> str:
    """A name as part of a file name."""
    return "".join(letter if letter.isalnum() else "-" for letter in name)
