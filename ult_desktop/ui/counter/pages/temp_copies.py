"""Clear copies of documents, for this PC's reader: they name people, and Windows keeps what is temporary."""

import time
from contextlib import suppress
from pathlib import Path
from shutil import rmtree
from tempfile import gettempdir, mkdtemp

_PREFIX = "ult-dokumen-"
KEPT_S = 3600.0  # another counter of this PC may just have opened one


def new_folder() -> Path:
    return Path(mkdtemp(prefix=_PREFIX))


def forget_old() -> None:
    """Take away what was opened before this hour; one that a reader still holds goes the next time."""
    for folder in Path(gettempdir()).glob(f"{_PREFIX}*"):
        with suppress(OSError):  # another counter of this PC may have begun to take it away
            if folder.lstat().st_mtime < time.time() - KEPT_S:
                rmtree(folder)
