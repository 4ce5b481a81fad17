"""SQLite files on this PC's own disk (journal, drafts): they name people, and connections share them."""

import os
import sqlite3
from contextlib import suppress
from pathlib import Path

from ult_desktop.base.private_files import private_mode
from ult_desktop.db.store.errors import UNREADABLE

# The errors of a broken file: where bits turned over, SQLite's own words may be no UTF-8.
BROKEN = (sqlite3.Error, *UNREADABLE)
JOURNAL_MODE = "truncate"


def open_local(path: Path, schema: str, timeout_s: float) -> sqlite3.Connection:
    """Open a connection that is synced and overwrites what it deletes; this account alone reads its file.

    Raises:
        OSError, or one of `BROKEN`: the folder or the file cannot be used.
    """
    path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
    make_private(path)
    connection = sqlite3.connect(path, isolation_level=None, check_same_thread=False, timeout=timeout_s)
    try:
        connection.execute("PRAGMA secure_delete = ON")
        connection.execute("PRAGMA synchronous = FULL")
        # WORKAROUND never WAL: https://www.sqlite.org/wal.html ("WAL-reset bug", SQLite 3.7.0 to 3.51.2). WAL
        # may be weighed again when no shipped Python has an SQLite below 3.51.3; deleted text stays in the
        # log even then.
        connection.execute(f"PRAGMA journal_mode = {JOURNAL_MODE}")
        connection.executescript(schema)
    except BROKEN:
        connection.close()
        raise
    return connection


def make_private(path: Path) -> None:
    """Let this account alone, or the group of the PC's folder, read `path`, which is made if need be."""
    try:
        # The rights are those of the first moment: `chmod` after `open` would leave a gap in which others can
        # open it.
        os.close(os.open(path, os.O_CREAT | os.O_EXCL | os.O_RDWR, private_mode()))
    except FileExistsError:
        with suppress(PermissionError):  # another account's file: its mode lets this one in already
            # By the path: closing a handle would drop the locks of a connection of this process.
            path.chmod(private_mode())
