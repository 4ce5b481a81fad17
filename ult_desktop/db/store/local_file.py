"""SQLite files on this PC's own disk (journal, drafts): they name people, and connections share them."""

import os
import sqlite3
from contextlib import closing, suppress
from pathlib import Path

from ult_desktop.base.private_files import private_mode
from ult_desktop.db.store.errors import UNREADABLE

BROKEN = (sqlite3.Error, *UNREADABLE)  # bits turned over: SQLite's own words may be no UTF-8 then
JOURNAL_MODE = "truncate"


def open_local(path: Path, schema: str, timeout_s: float) -> sqlite3.Connection:
    """A connection that is synced, overwrites what it deletes, and whose file this account alone reads.

    Never in WAL: up to SQLite 3.51.2 two connections can lose a commit there (the "WAL-reset bug"), and what
    was deleted lies on in the log. A file of an older program is rewritten once, without what it forgot.

    Raises:
        OSError, or one of `BROKEN`: the folder or the file cannot be used.
    """
    path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
    make_private(path)
    connection = sqlite3.connect(path, isolation_level=None, check_same_thread=False, timeout=timeout_s)
    try:
        connection.execute("PRAGMA secure_delete = ON")
        connection.execute("PRAGMA synchronous = FULL")
        if connection.execute("PRAGMA journal_mode").fetchone() == ("wal",):
            connection.execute("VACUUM")
        connection.execute(f"PRAGMA journal_mode = {JOURNAL_MODE}")
        connection.executescript(schema)
    except BROKEN:
        connection.close()
        raise
    return connection


def is_in_wal(path: Path) -> bool:
    """Whether an older program left it so; a file that cannot be read is told by who opens it."""
    try:
        with closing(sqlite3.connect(f"{path.absolute().as_uri()}?mode=ro", uri=True)) as link:
            (mode,) = link.execute("PRAGMA journal_mode").fetchone()
    except BROKEN:
        return False
    return bool(mode == "wal")


def make_private(path: Path) -> None:
    """`path`, made if need be, is read by this account alone, or by the group of the PC's folder.

    By its name: a handle that is closed would drop the locks of a connection of this process.
    """
    try:
        os.close(os.open(path, os.O_CREAT | os.O_EXCL | os.O_RDWR, private_mode()))
    except FileExistsError:
        with suppress(PermissionError):  # another account's: it lets us in already
            path.chmod(private_mode())
