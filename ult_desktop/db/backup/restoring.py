"""The replacement of a damaged office file by a rebuilt one (docs/store.md, rule 12).

The rows on readable pages of the damaged file are salvaged into a file that is no office any more: it has no
references, no checks and no chain.
"""

import itertools
import sqlite3
import time
from collections.abc import Callable, Iterator
from contextlib import closing, contextmanager, suppress
from pathlib import Path
from uuid import uuid4

from ult_desktop.base import UserError, _
from ult_desktop.base.process_lock import ProcessLock
from ult_desktop.db.backup import backup
from ult_desktop.db.store import damage_flag, errors, share_files, stations
from ult_desktop.db.store.share_files import PAUSES_S
from ult_desktop.db.store.transaction import Transaction

_ENDINGS = ("", "-journal", "-wal", "-shm")  # of an office file's name, and of SQLite's files next to it


@contextmanager
def exclusive_restore(office_file: Path, station: str) -> Iterator[Callable[[], None]]:
    """Keep other restores away from the office by a lock, and stations from writing to its file by a flag.

    The lock ends with this process, and the flag counts only as long as the lock is held. A share that goes
    away frees both: the function that is yielded raises UserError where the flag has changed or is gone.

    Raises:
        UserError: another process restores the office, or its folder cannot be written.
    """
    lock = damage_flag.restore_lock(office_file)
    try:
        if not _take_lock(lock):
            raise damage_flag.already_restoring(office_file)
        # None where a flag of damage lies already: that one stops the stations too, and stays.
        own_flag = damage_flag.lay_restore_flag(office_file, station)
    except OSError as error:
        lock.remove()
        raise _impossible(office_file, error) from error

    def require_held() -> None:
        is_held = damage_flag.is_flagged(office_file) and (
            own_flag is None or damage_flag.read_flag(office_file) == own_flag
        )
        if not is_held:
            raise _impossible(office_file, _("stasiun lain boleh menulis lagi selama folder itu terputus"))

    try:
        yield require_held
    finally:
        with suppress(OSError):  # the share is gone: with the lock the flag counts no more
            if own_flag is not None and damage_flag.read_flag(office_file) == own_flag:
                damage_flag.flag_path(office_file).unlink()
        lock.remove()


def _take_lock(lock: ProcessLock) -> bool:
    """Take the lock, and try again for a while; return False where another process keeps it."""
    # A station that looks whether a restore still runs has the lock for a moment.
    for pause in PAUSES_S:
        if lock.try_lock():
            return True
        time.sleep(pause)
    return lock.try_lock()


def _impossible(office_file: Path, why: object) -> UserError:
    return UserError(
        _("Berkas kantor tidak dapat dipulihkan di {folder} ({error}).").format(
            folder=office_file.parent, error=why
        ),
        _("Berkas yang lama dan cadangannya tidak diubah."),
        _("Periksa ruang kosong dan hak tulis di folder itu; tutup ult-desktop di semua komputer."),
    )


RESTORED, DRILLED = "pulih", "uji"  # the purposes of a draft, in the name of its folder


@contextmanager
def draft_of(copy: Path, office_file: Path, purpose: str = RESTORED) -> Iterator[Path]:
    """Copy the backup next to the office's path, to be worked on and then moved there, or to be tried.

    The copy is in a folder of its own: a crash leaves the office as it was, and nobody takes a half rebuilt
    file for an office. Drafts for the same `purpose` that a crash left are deleted, so no other process may
    have one: restores are within `exclusive_restore`.

    Raises:
        UserError: the folder cannot be written, or the draft cannot be reached any more.
    """
    folder = office_file.with_name(f".{office_file.name}.{uuid4().hex}.{purpose}")
    draft = folder / office_file.name
    try:
        for old_folder in office_file.parent.glob(f".{office_file.name}.*.{purpose}"):
            _delete_draft_folder(old_folder)
        folder.mkdir()
        with closing(backup.open_to_read(copy)) as link, closing(sqlite3.connect(draft)) as target:
            link.backup(target)
        yield draft
    except (errors.ShareUnreachable, errors.WritesBlocked) as error:
        raise _impossible(office_file, error.what) from error
    except (OSError, sqlite3.Error) as error:
        raise _impossible(office_file, error) from error
    finally:
        with suppress(OSError):  # the share is gone, and the next restore finds it
            _delete_draft_folder(folder)


def _delete_draft_folder(folder: Path) -> None:
    """Delete a draft's folder; after success only the empty journal of the draft is left in it."""
    if folder.is_dir():
        for leftover in folder.iterdir():
            leftover.unlink()
        folder.rmdir()


def exchange(draft: Path, office_file: Path, stamp: str) -> Path | None:
    """Set the old file aside under a new name with a `stamp`, and move `draft` to its path.

    Returns the new name of the old file, None where there was none. The old file takes its journal along,
    under the fitting name: a hot journal is data, and SQLite would roll it back into the new file.

    Raises:
        OSError: a file cannot be renamed (on Windows: a station has it open); all is as it was.
    """
    aside = _free_name(office_file, stamp)
    moved: list[tuple[Path, Path]] = []  # (old name, new name)
    backup.sync_file(draft)
    try:
        for ending in _ENDINGS:
            old = office_file.with_name(f"{office_file.name}{ending}")
            if old.exists():
                moved.append((old, old.rename(aside.with_name(f"{aside.name}{ending}"))))
        share_files.replace_file(draft, office_file)
    except OSError:
        for old, new in reversed(moved):
            # On Windows a station that has the file open keeps it from being renamed: then everything goes
            # back under its name, and the person is asked to close that station.
            new.rename(old)
        raise
    backup.sync_folder(office_file.parent)
    return aside if aside.exists() else None


def _free_name(office_file: Path, stamp: str) -> Path:
    """Return a name that no file has yet: what was set aside in the same second stays too."""
    for nth in itertools.count(1):
        number = "" if nth == 1 else f"-{nth}"
        name = office_file.with_name(f"{office_file.stem}.lama-{stamp}{number}{office_file.suffix}")
        if not any(Path(f"{name}{ending}").exists() for ending in _ENDINGS):
            return name
    raise AssertionError


def stations_at_work(office_file: Path, now: int, me: str) -> tuple[str, ...]:
    """List the stations other than `me` that the office file saw lately; () where it is gone or damaged.

    Raises:
        UserError: the file is busy or out of reach: the station that keeps it so is at work.
    """
    if not office_file.exists():
        return ()
    try:
        with closing(backup.open_to_read(office_file)) as link:
            names = stations.names_at_work(Transaction(link), now)
    except errors.UNREADABLE:
        return ()
    except sqlite3.Error as error:
        # READONLY: a crashed station's journal lies there, and looking must not roll it back. ERROR: the file
        # has no such table, because it is empty or another program's.
        unknown = (sqlite3.SQLITE_READONLY, sqlite3.SQLITE_ERROR)
        if errors.is_damage(error) or errors.primary_code(error) in unknown:
            return ()
        raise errors.describe_failure(error, str(office_file)) from error
    return tuple(sorted(set(names) - {me}))


# The errors of a damaged page: SQLite's own words quote the damaged bytes, which may be no UTF-8.
_DAMAGE_ERRORS = (sqlite3.DatabaseError, *errors.UNREADABLE)
# One bad page ends a walk through a table; from the other end the rows behind it are read. A table without
# rowids is read in the order of its first column, with which its key begins.
_ORDERS = ("rowid ASC", "rowid DESC", "1 ASC", "1 DESC")


def salvage(damaged: Path, target: Path) -> dict[str, int]:
    """Copy every row that can be read into the new file `target`; return the number of rows by table.

    Raises:
        sqlite3.Error: `target` cannot be written.
    """
    counts: dict[str, int] = {}
    with closing(backup.open_to_read(damaged)) as source, closing(sqlite3.connect(target)) as copy:
        # As bytes: the driver would raise over each text that is no UTF-8, and the rest of the table would be
        # lost with it.
        source.text_factory = bytes
        for table in _tables(source):
            counts[table] = _salvage_table(source, copy, table)
        copy.commit()
    return counts


def _tables(link: sqlite3.Connection) -> list[str]:
    query = "SELECT name FROM sqlite_schema WHERE type = 'table' AND name NOT LIKE 'sqlite_%' ORDER BY name"
    try:
        return [name.decode() for (name,) in link.execute(query).fetchall()]
    except _DAMAGE_ERRORS:
        return []


def _salvage_table(source: sqlite3.Connection, copy: sqlite3.Connection, table: str) -> int:
    """Copy the rows that can be read in any of `_ORDERS`, each once; return their number."""
    columns = [row[1].decode() for row in source.execute(f'PRAGMA table_info("{table}")')]
    # Without types, keys and checks: a row that breaks them is to be saved too.
    names = ", ".join(f'"{column}"' for column in columns)
    copy.execute(f'CREATE TABLE "{table}" ({names})')
    rows: set[tuple[object, ...]] = set()
    for order in _ORDERS:
        with suppress(*_DAMAGE_ERRORS):
            for row in source.execute(f'SELECT {names} FROM "{table}" ORDER BY {order}'):
                rows.add(row)
    texts = [
        [value.decode(errors="replace") if isinstance(value, bytes) else value for value in row]
        for row in rows
    ]
    copy.executemany(f'INSERT INTO "{table}" VALUES ({", ".join("?" * len(columns))})', texts)
    return len(rows)
