"""The proof of a folder's locks before it is trusted with an office (docs/store.md, rule 3).

Two processes work on a scratch file. While one holds BEGIN IMMEDIATE the other must get BUSY, and each must
see the other's row at once. A share that fails this loses or doubles tickets without any error.
"""

import contextlib
import sqlite3
import subprocess
import time
from collections.abc import Iterator
from pathlib import Path
from statistics import median
from uuid import uuid4

from ult_desktop.base import UserError, _
from ult_desktop.base.own_program import own_command
from ult_desktop.db.store.connection import delete_with_journal, set_pragmas

OTHER_PROCESS_S = 30.0  # the longest wait for the other process
LEFT_BEHIND_S = 3600  # a scratch file of this age belongs to a killed program
_SCRATCH = (".ult-lock-*.db*", f".*.db.{'?' * 8}-*-*-*-*.new*")  # a proof's, and a new office's draft
_WRITE = "INSERT INTO proof VALUES (1)"
_COUNT = "SELECT count(*) FROM proof"


def prove_locks(folder: Path, python: tuple[str, ...] = ()) -> None:
    """Raise UserError when the folder cannot be written or its locks do not hold."""
    # Another process and not a thread: on POSIX SQLite itself keeps the connections of one process apart, and
    # the share would never be asked.
    command = (*(python or own_command()), "lock-probe")
    with _scratch(folder) as (path, connection):
        connection.execute("BEGIN IMMEDIATE")
        connection.execute(_WRITE)
        answer_while_held = _ask_other(command, path)
        connection.execute("COMMIT")
        # A second process: its cache is empty, so it sees what is on the share.
        answer_after = _ask_other(command, path)
        rows = connection.execute(_COUNT).fetchone()[0]
    if (answer_while_held, answer_after, rows) != ("busy", "wrote after 1", 2):
        raise UserError(
            _("Kunci berkas di {folder} tidak dapat dipercaya ({got}).").format(
                folder=folder, got=f"{answer_while_held}; {answer_after}; {rows}"
            ),
            _("Tidak ada berkas kantor yang dibuka untuk ditulis."),
            _("Jalankan `ult-desktop doctor` dan ubah setelan folder bersama seperti petunjuknya."),
        )


def probe(path: Path) -> str:
    """Try to write, as the other process of a proof does; return "busy", "wrote after N" or an error's words.

    The folder may be gone by now.
    """
    try:
        with contextlib.closing(sqlite3.connect(path, isolation_level=None, timeout=0)) as connection:
            set_pragmas(connection)
            connection.execute("BEGIN IMMEDIATE")
            rows_before = connection.execute(_COUNT).fetchone()[0]
            connection.execute(_WRITE)
            connection.execute("COMMIT")
    except sqlite3.OperationalError as error:
        return "busy" if error.sqlite_errorcode & 0xFF == sqlite3.SQLITE_BUSY else str(error)
    return f"wrote after {rows_before}"


@contextlib.contextmanager
def _scratch(folder: Path) -> Iterator[tuple[Path, sqlite3.Connection]]:
    """Make a scratch file with an empty table `proof`; yield its path and a connection to it."""
    path = folder / f".ult-lock-{uuid4().hex}.db"
    try:
        connection = sqlite3.connect(path, isolation_level=None, timeout=0)
    except sqlite3.Error as error:
        raise _not_writable(folder, error) from error
    try:
        set_pragmas(connection)
        connection.execute("CREATE TABLE proof (n INTEGER)")
        _delete_left_behind(folder, path)
        yield path, connection
    except sqlite3.Error as error:
        raise _not_writable(folder, error) from error
    finally:
        connection.close()
        delete_with_journal(path)


def _delete_left_behind(folder: Path, new_file: Path) -> None:
    """Delete the scratch files of killed programs: those that are an hour older than `new_file`."""
    with contextlib.suppress(OSError):
        oldest = new_file.stat().st_mtime - LEFT_BEHIND_S
        for pattern in _SCRATCH:
            for path in folder.glob(pattern):
                if path.stat().st_mtime < oldest:
                    path.unlink()


def _not_writable(folder: Path, error: sqlite3.Error) -> UserError:
    return UserError(
        _("Folder {folder} tidak dapat ditulisi ({error}).").format(folder=folder, error=error),
        todo=_("Periksa alamatnya dan hak tulis pada folder itu."),
    )


def _ask_other(command: tuple[str, ...], path: Path) -> str:
    """Let another process carry out `probe` on the file; return what it printed last."""
    try:
        answer = subprocess.run(  # noqa: S603
            [*command, str(path)],
            capture_output=True,
            encoding="utf-8",  # the program writes it on every system
            errors="replace",
            timeout=OTHER_PROCESS_S,
            check=False,
        )
    except subprocess.TimeoutExpired:
        return _("tidak ada jawaban")
    lines = (answer.stdout or answer.stderr).strip().splitlines()
    return lines[-1] if lines else ""


def commit_round_trip_ms(folder: Path, tries: int = 9) -> float:
    """Return the median time of a small commit in this folder, in milliseconds.

    Raises:
        UserError: the folder cannot be written.
    """
    durations_ms = []
    with _scratch(folder) as (_path, connection):
        for _n in range(tries):
            began = time.perf_counter()
            connection.execute("BEGIN IMMEDIATE")
            connection.execute(_WRITE)
            connection.execute("COMMIT")
            durations_ms.append((time.perf_counter() - began) * 1000)
    return median(durations_ms)
