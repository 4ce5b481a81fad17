"""The engine for SQLite, and the opening of an office file by the rules of the share.

Pragmas are set only here.
"""

import contextlib
import os
import sqlite3
import stat
import threading
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import closing
from functools import lru_cache, partial
from itertools import groupby
from pathlib import Path
from typing import Any, NamedTuple

from typing_extensions import override

from ult_desktop.base import _
from ult_desktop.core.event import Anchor
from ult_desktop.db.migrations import APPLICATION_ID, MIGRATIONS
from ult_desktop.db.store import damage_flag, errors, moved, share_files
from ult_desktop.db.store.clock import share_ms
from ult_desktop.db.store.document_folder import DocumentFolder
from ult_desktop.db.store.engine import Answer, DocumentStore, Engine, Link, Reference, Search, WriteStart
from ult_desktop.db.store.server_address import is_server

# TRUNCATE + FULL lost 0 of 12 acknowledged commits at the server's power cut, DELETE 12 of 12 (the
# unlinked journal comes back hot); WAL hangs the second PC on SMB. The mode belongs to the connection,
# not to the file, so it is set on every open and read back (docs/store.md, rule 1).
JOURNAL_MODE = "truncate"
SYNCHRONOUS_FULL = 2
# WORKAROUND short on purpose. SQLite's own busy handler asks again after fixed pauses that grow, so one that
# has waited longest asks most rarely: of 2 to 4 writers one starved for 9.5 s. `Store` retries itself, at
# random (docs/store.md, rule 6). https://www.sqlite.org/c3ref/busy_timeout.html describes the handler; no
# report of its unfairness is known. It can go when that handler is fair.
BUSY_TIMEOUT_MS = 25
HANDLES_OWN_LOCKS = os.name == "nt"
"""Whether a lock belongs to the handle that took it.

On POSIX it belongs to the process, and closing any handle of the file drops all of them (`is_present`).
"""
CACHE_KIB = 2048  # for each of a station's three connections


def open_file(path: Path) -> sqlite3.Connection:
    """Open an existing file. None is ever created: a vanished share must not become an empty office.

    Raises:
        sqlite3.Error: the file cannot be opened or is not a database.
        UserError: it is some other program's database, of a newer program, or of a trial build.
    """
    if is_server(path):
        raise errors.needs_a_file()
    file = file_at(path)
    connection = sqlite3.connect(
        share_files.database_uri(path, "rw"),
        uri=True,
        # The driver would open transactions by itself, and deferred ones:
        # https://docs.python.org/3/library/sqlite3.html#sqlite3-transaction-control-isolation-level
        isolation_level=None,
        check_same_thread=False,
        timeout=0,
        factory=OfficeConnection,
    )
    connection.file = file
    try:
        connection.execute(f"PRAGMA busy_timeout = {BUSY_TIMEOUT_MS}")
        # The first reading rolls a dead station's transaction back, before any journal mode can be set. A
        # connection with the exclusive lock empties the journal. Others delete it, which Windows refuses
        # while a station has it open (docs/store.md, rule 1).
        connection.execute("PRAGMA locking_mode = EXCLUSIVE")
        check_identity(connection, path)  # first: setting the journal mode would change a foreign WAL file
        connection.execute("PRAGMA locking_mode = NORMAL")
        set_pragmas(connection)
        # SQLite releases the exclusive mode's lock only with the next reading: until then nobody commits.
        connection.execute("SELECT 1 FROM sqlite_schema LIMIT 1").fetchone()
        require_at_path(connection, path)  # no other file took its place during the opening
    except BaseException:
        connection.close()
        raise
    return connection


class FileIdentity(NamedTuple):
    """The volume and the number of a file on it, by which a path's file is known from another one."""

    volume: int
    number: int


class OfficeConnection(sqlite3.Connection):
    """A connection to an office file, which knows the file that it opened."""

    file = FileIdentity(0, 0)


def file_at(path: Path) -> FileIdentity:
    """Return the identity of the file to which the path leads.

    Raises:
        ShareUnreachable: it leads to no file, whatever an open handle still reads.
    """
    try:
        status = path.stat()
    except OSError as error:
        raise errors.file_missing(str(path)) from error
    if not stat.S_ISREG(status.st_mode):
        raise errors.file_missing(str(path))
    return FileIdentity(status.st_dev, status.st_ino)


def require_at_path(link: Link, path: Path) -> None:
    """Require that the path still leads to the file that `link` has open.

    Raises:
        FileExchanged: another file was renamed over it: what is written here would be lost with the old one.
        ShareUnreachable: it leads to no file.
    """
    if isinstance(link, OfficeConnection) and file_at(path) != link.file:
        raise errors.file_exchanged(str(path))


def _read_commit_count(handle: int) -> bytes:
    """Read the file change counter of a header (https://www.sqlite.org/fileformat2.html#file_change_counter)."""
    os.lseek(handle, 24, os.SEEK_SET)
    return os.read(handle, 4)


def is_present(path: Path) -> bool:
    # WORKAROUND stat, not open(): on POSIX closing any handle drops SQLite's locks on the file
    # (docs/store.md, rule 11; "Posix advisory locks canceled by a separate thread doing close()" in
    # https://www.sqlite.org/howtocorrupt.html). It can go when SQLite takes locks that belong to a handle.
    try:
        return path.is_file()
    except OSError:
        return False


def set_pragmas(connection: sqlite3.Connection) -> None:
    connection.execute(f"PRAGMA busy_timeout = {BUSY_TIMEOUT_MS}")
    connection.execute(f"PRAGMA synchronous = {SYNCHRONOUS_FULL}")
    # SQLite leaves references unchecked unless each connection asks for it:
    # https://www.sqlite.org/foreignkeys.html
    connection.execute("PRAGMA foreign_keys = ON")
    connection.execute(f"PRAGMA cache_size = -{CACHE_KIB}")
    # A spilled page takes the exclusive lock in the middle of a transaction and writes to the file before
    # COMMIT, while the others still read: https://www.sqlite.org/pragma.html#pragma_cache_spill
    connection.execute("PRAGMA cache_spill = OFF")  # docs/store.md, rule 5
    # Sorted rows may name people; a temporary file would leave them on the disk of this PC.
    connection.execute("PRAGMA temp_store = MEMORY")
    connection.execute("PRAGMA secure_delete = ON")  # deleted text does not remain in the file
    # The pragma is no error where the mode cannot be set: it reports the mode that is in force, and a file in
    # WAL stays in WAL while another connection has it open.
    # https://www.sqlite.org/pragma.html#pragma_journal_mode
    (mode,) = connection.execute(f"PRAGMA journal_mode = {JOURNAL_MODE}").fetchone()
    (synchronous,) = connection.execute("PRAGMA synchronous").fetchone()
    if mode != JOURNAL_MODE or synchronous != SYNCHRONOUS_FULL:
        raise sqlite3.OperationalError(f"journal mode is {mode}, synchronous {synchronous}")


def check_identity(connection: sqlite3.Connection, path: Path) -> None:
    """Require that the file is an office's, and that this program knows its schema. Raises UserError."""
    (application,) = connection.execute("PRAGMA application_id").fetchone()
    if application != APPLICATION_ID:
        # For SQLite a file of no bytes is a valid, empty database: only the page count distinguishes it from
        # another program's database. A crash can leave an office file empty, so it counts as damaged.
        if not connection.execute("PRAGMA page_count").fetchone()[0]:
            raise errors.file_damaged(str(path), _("kosong"))
        raise errors.not_an_office(str(path))
    applied = applied_migrations(connection)
    errors.require_release(str(path), applied)
    if applied - known_migrations():
        raise errors.from_newer_program(str(path))


def known_migrations() -> set[str]:
    return set(MIGRATIONS.by_name)


def file_link(link: Link) -> sqlite3.Connection:
    """Return the connection as one to a file.

    Raises:
        UserError: the office is on a server.
    """
    if isinstance(link, sqlite3.Connection):
        return link
    raise errors.needs_a_file()


def applied_migrations(connection: Link) -> set[str]:
    rows = connection.execute(
        "SELECT name FROM _sqlite_migrations WHERE migration_set = ?", (MIGRATIONS.name,)
    )
    return {name for (name,) in rows.fetchall()}


def has_its_schema(connection: Link) -> bool:
    """Return whether every table, check and index of the migrations it has had is there, to the letter."""
    try:
        return not missing_schema(connection)
    except (sqlite3.Error, UnicodeDecodeError):
        return False


def missing_schema(connection: Link) -> tuple[str, ...]:
    """List the parts of the schema that are missing, or not to the letter.

    Each is named by the beginning of its statement.
    """
    expected = _schema_after(frozenset(applied_migrations(connection)))
    return tuple(sorted(" ".join(sql.split()[1:3]) for sql in expected - _schema_of(connection)))


@lru_cache(maxsize=4)
def _schema_after(applied: frozenset[str]) -> frozenset[str]:
    with closing(sqlite3.connect(":memory:", isolation_level=None)) as link:
        MIGRATIONS.repeat(applied, link)
        return _schema_of(link)


def _schema_of(connection: Link) -> frozenset[str]:
    rows = connection.execute("SELECT sql FROM sqlite_master WHERE sql IS NOT NULL")
    return frozenset(sql for (sql,) in rows.fetchall())


def delete_with_journal(path: Path) -> None:
    """Delete a half-made or scratch file if it is there, and the journal that TRUNCATE leaves behind."""
    for leftover in (path, path.with_name(f"{path.name}-journal")):
        with contextlib.suppress(OSError):
            leftover.unlink()


def _move_without_overwriting(draft: Path, path: Path) -> None:
    """Move a draft to its path, unless a file is there.

    A hard link refuses an existing name in one step. On a file system without links the path is checked
    first.
    """
    try:
        # Not `rename`: on POSIX that replaces an existing office without a word, and two PCs may set one up
        # at once.
        os.link(draft, path)
    except FileExistsError:
        raise
    except OSError:
        # FAT has no hard links. Between this look and the rename another PC may come first; there is no
        # better way there, and setting up happens once in an office's life.
        if path.exists():
            raise FileExistsError(path) from None
        draft.rename(path)


class FileEngine(Engine):
    """The engine for SQLite: one file, on a share as a rule."""

    has_file = True
    # A PC that slept longer may have lost its lock, and what it read is old. An act takes up to 100 round
    # trips: 2 s on a link of 20 ms. The server keeps the lock of a silent PC for 25 s.
    longest_write_s = 10.0

    @override
    def open(self, path: Path) -> Link:
        return open_file(path)

    @override
    def require_at_path(self, link: Link, path: Path) -> None:
        require_at_path(link, path)

    @override
    def make(self, path: Path, uid: str, fill: Callable[[Link], None]) -> None:
        """Build the file next to its path and move it there when complete: a crash leaves no half office."""
        draft = path.with_name(f".{path.name}.{uid}.new")
        try:
            with closing(sqlite3.connect(draft, isolation_level=None)) as link:
                set_pragmas(link)
                self.migrate(link)
                link.execute("BEGIN IMMEDIATE")
                fill(link)
                link.execute("COMMIT")
            _move_without_overwriting(draft, path)
        finally:
            delete_with_journal(draft)

    @override
    def is_free(self, path: Path) -> bool:
        return not path.exists()

    @override
    def migrate(self, link: Link) -> None:
        MIGRATIONS.apply(file_link(link))

    @override
    def begin_write(self, link: Link, seconds: float) -> WriteStart:
        link.execute("BEGIN IMMEDIATE")
        # The store itself looks for the flag beside the file.
        return WriteStart(self.level(link), is_doubted=False)

    @override
    def insert(self, link: Link, table: str, sql: str, values: Sequence[Any]) -> int:
        return file_link(link).execute(sql, values).lastrowid or 0

    @override
    def hold_long(self, link: Link) -> None:
        """Do nothing: a file's lock lasts as long as its connection."""

    @override
    def insert_many(
        self, link: Link, table: str, columns: Sequence[str], rows: Iterable[Sequence[Any]]
    ) -> None:
        places = ", ".join("?" * len(columns))
        file_link(link).executemany(f"INSERT INTO {table} ({', '.join(columns)}) VALUES ({places})", rows)

    @override
    def execute_each(self, link: Link, sql: str, many: Sequence[Sequence[Any]]) -> list[Answer]:
        cursors = (link.execute(sql, values) for values in many)
        return [Answer(cursor.description, cursor.fetchall()) for cursor in cursors]

    @override
    def level(self, link: Link) -> int:
        # It is in the file's first page, which every transaction reads anyway.
        return int(link.execute("PRAGMA user_version").fetchone()[0])

    @override
    def set_away(self, link: Link, *, away: bool) -> None:
        level = MIGRATIONS.level + moved.AWAY if away else MIGRATIONS.level
        link.execute(f"PRAGMA user_version = {level}")

    @override
    def sync_earlier(self, link: Link) -> None:
        # The COMMIT of a transaction that changed no page touches no file.
        link.execute(f"PRAGMA user_version = {self.level(link)}")

    @override
    def applied_migrations(self, link: Link) -> set[str]:
        return applied_migrations(link)

    @override
    def missing_schema(self, link: Link) -> tuple[str, ...]:
        return missing_schema(link)

    @override
    def report_missing_event(
        self, link: Link, path: Path, station: str, missing: Anchor, is_missing: Callable[[], bool]
    ) -> None:
        # Beside the file, where a snapshot of the whole folder cannot have it.
        damage_flag.lay_flag(path, station, "", known=True, missing=missing)

    @override
    def tables(self, link: Link) -> tuple[str, ...]:
        rows = link.execute("SELECT name FROM sqlite_master WHERE type = 'table' ORDER BY name").fetchall()
        return tuple(str(name) for (name,) in rows)

    @override
    def key_of(self, link: Link, table: str) -> str:
        sql = "SELECT 1 FROM pragma_table_list(?) WHERE schema = 'main' AND wr"
        is_without_rowid = link.execute(sql, (table,)).fetchone() is not None
        if not is_without_rowid:
            return "rowid"
        columns = "SELECT name FROM pragma_table_info(?) WHERE pk > 0 ORDER BY pk"
        return ", ".join(name for (name,) in link.execute(columns, (table,)).fetchall())

    @override
    def references(self, link: Link, table: str) -> tuple[Reference, ...]:
        sql = 'SELECT id, "table", "from", "to" FROM pragma_foreign_key_list(?) ORDER BY id, seq'
        references = []
        rows = link.execute(sql, (table,)).fetchall()
        for (_id, referred_table), column_rows in groupby(rows, key=lambda row: row[:2]):
            columns, referred_columns = zip(*(row[2:] for row in column_rows), strict=True)
            references.append(Reference(referred_table, columns, referred_columns))
        return tuple(references)

    @override
    def commit_version(self, link: Link) -> int:
        return int(link.execute("PRAGMA data_version").fetchone()[0])

    @override
    @contextlib.contextmanager
    def one_read_lock(self, link: Link) -> Iterator[None]:
        link.execute("BEGIN")
        try:
            yield
        finally:
            if link.in_transaction:
                link.execute("ROLLBACK")

    @override
    @contextlib.contextmanager
    def commit_counter(self, path: Path) -> Iterator[Callable[[], bytes | None]]:
        if not HANDLES_OWN_LOCKS:
            with super().commit_counter(path) as count:
                yield count
            return
        handle = share_files.open_to_read(path)
        try:
            yield partial(_read_commit_count, handle)
        finally:
            os.close(handle)

    @override
    def wait_for_commit(self, link: Link, seconds: float, woken: threading.Event) -> None:
        woken.wait(seconds)

    @override
    def show_station_name(self, link: Link, station: str) -> None:
        pass  # a station that holds a file lays a mark next to it

    @override
    def list_lock_holders(self, link: Link) -> tuple[str, ...]:
        return ()

    @override
    def place_of(self, link: Link) -> Path:
        return Path(link.execute("SELECT file FROM pragma_database_list WHERE name = 'main'").fetchone()[0])

    @override
    def documents(self, path: Path) -> DocumentStore:
        return DocumentFolder(path)

    @override
    def now_ms(self, path: Path, station: str) -> int | None:
        return share_ms(path.parent, station)

    @override
    def answer_search(self, words: Sequence[str], *, every: bool) -> Search:
        # Each word is quoted, so that no typed word is an operator of FTS5; `*` asks for a beginning.
        return Search(
            "JOIN faq_index i ON i.rowid = f.id WHERE faq_index MATCH ?",
            (" " if every else " OR ").join(f'"{word}"*' for word in words),
        )


FILE = FileEngine()
