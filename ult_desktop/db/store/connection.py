"""Open the office file by the rules of the share. This is the one place that sets pragmas."""

import sqlite3
from contextlib import closing
from functools import lru_cache
from pathlib import Path

from ult_desktop.base import _
from ult_desktop.db.migrations import APPLICATION_ID, MIGRATIONS
from ult_desktop.db.schema.archives import DROPPED
from ult_desktop.db.store import errors, share_files

# TRUNCATE + FULL lost 0 of 12 acknowledged commits at the server's power cut, DELETE 12 of 12 (the
# unlinked journal comes back hot); WAL hangs the second PC on SMB. The mode belongs to the connection,
# not to the file, so it is set on every open and read back (docs/store.md, rule 1).
JOURNAL_MODE = "truncate"
SYNCHRONOUS_FULL = 2
# Short on purpose: SQLite's own busy handler starves one writer for seconds, so `Store` retries itself
# (docs/store.md, rule 6).
BUSY_TIMEOUT_MS = 25
CACHE_KIB = 2048  # a station has three connections


def open_file(path: Path) -> sqlite3.Connection:
    """A connection to an existing file. Never creates one: a vanished share must not become an empty office.

    Raises:
        sqlite3.Error: the file cannot be opened or is not a database.
        UserError: it is some other program's database, from a newer program, or has archives of closed years.
    """
    if not is_present(path):
        raise errors.file_missing(str(path))
    connection = sqlite3.connect(
        share_files.database_uri(path, "rw"),
        uri=True,
        isolation_level=None,
        check_same_thread=False,
        timeout=0,
    )
    try:
        connection.execute(f"PRAGMA busy_timeout = {BUSY_TIMEOUT_MS}")
        # The first reading rolls a dead station's transaction back, before any journal mode can be set. Who
        # has the file alone empties the journal; others delete it, which Windows refuses while a station has
        # it open (docs/store.md, rule 1).
        connection.execute("PRAGMA locking_mode = EXCLUSIVE")
        check_identity(connection, path)  # first: setting the journal mode would change a stranger's WAL file
        connection.execute("PRAGMA locking_mode = NORMAL")
        set_pragmas(connection)
        # SQLite gives the lock of the other mode back with the next reading alone: till then nobody commits.
        connection.execute("SELECT 1 FROM sqlite_schema LIMIT 1").fetchone()
    except BaseException:
        connection.close()
        raise
    return connection


def is_present(path: Path) -> bool:
    # stat, not open(): on POSIX closing any handle drops SQLite's locks on the file (docs/store.md, rule 11)
    try:
        return path.is_file()
    except OSError:
        return False


def set_pragmas(connection: sqlite3.Connection) -> None:
    connection.execute(f"PRAGMA busy_timeout = {BUSY_TIMEOUT_MS}")
    connection.execute(f"PRAGMA synchronous = {SYNCHRONOUS_FULL}")
    connection.execute("PRAGMA foreign_keys = ON")
    connection.execute(f"PRAGMA cache_size = -{CACHE_KIB}")
    connection.execute("PRAGMA cache_spill = OFF")  # docs/store.md, rule 5
    connection.execute("PRAGMA temp_store = MEMORY")
    connection.execute("PRAGMA secure_delete = ON")  # what is forgotten does not lie on in the file
    (mode,) = connection.execute(f"PRAGMA journal_mode = {JOURNAL_MODE}").fetchone()
    (synchronous,) = connection.execute("PRAGMA synchronous").fetchone()
    if mode != JOURNAL_MODE or synchronous != SYNCHRONOUS_FULL:
        raise sqlite3.OperationalError(f"journal mode is {mode}, synchronous {synchronous}")


def check_identity(connection: sqlite3.Connection, path: Path) -> None:
    (application,) = connection.execute("PRAGMA application_id").fetchone()
    if application != APPLICATION_ID:
        if _is_empty(connection):
            raise errors.file_damaged(str(path), _("kosong"))
        raise errors.not_an_office(str(path))
    if applied_migrations(connection) - known_migrations():
        raise errors.from_newer_program(str(path))
    if has_archives(connection):
        raise errors.has_archives(str(path))


def require_known_level(connection: sqlite3.Connection, path: Path) -> None:
    """Raises WritesBlocked where a newer program changed the schema since (docs/store.md, rule 18).

    The level stands in the file's first page, which every transaction reads anyway.
    """
    (level,) = connection.execute("PRAGMA user_version").fetchone()
    if level > MIGRATIONS.level:
        raise errors.from_newer_program(str(path))


def has_archives(connection: sqlite3.Connection) -> bool:
    """Whether a closed year ever left this file; since `one_file` it has not even the tables for that."""
    names = ", ".join(f"'{name}'" for name in DROPPED)
    there = connection.execute(f"SELECT name FROM sqlite_schema WHERE name IN ({names})").fetchall()
    return any(connection.execute(f"SELECT 1 FROM {name} LIMIT 1").fetchone() for (name,) in there)


def _is_empty(connection: sqlite3.Connection) -> bool:
    """A file of zero bytes is what a crash leaves of an office: no other program's, and restored as one."""
    return not connection.execute("PRAGMA page_count").fetchone()[0]


def known_migrations() -> set[str]:
    return set(MIGRATIONS.by_name)


def applied_migrations(connection: sqlite3.Connection) -> set[str]:
    rows = connection.execute(
        "SELECT name FROM _sqlite_migrations WHERE migration_set = ?", (MIGRATIONS.name,)
    )
    return {name for (name,) in rows.fetchall()}


def has_its_schema(connection: sqlite3.Connection) -> bool:
    """Whether every table, check and index of the migrations it has had is there, to the letter."""
    try:
        return not missing_schema(connection)
    except (sqlite3.Error, UnicodeDecodeError):
        return False


def missing_schema(connection: sqlite3.Connection) -> tuple[str, ...]:
    """What of it is not there, or not to the letter, by the beginnings of its sentences."""
    wanted = _schema_after(frozenset(applied_migrations(connection)))
    return tuple(sorted(" ".join(sql.split()[1:3]) for sql in wanted - _schema_of(connection)))


@lru_cache(maxsize=4)
def _schema_after(applied: frozenset[str]) -> frozenset[str]:
    with closing(sqlite3.connect(":memory:", isolation_level=None)) as link:
        MIGRATIONS.repeat(applied, link)
        return _schema_of(link)


def _schema_of(connection: sqlite3.Connection) -> frozenset[str]:
    rows = connection.execute("SELECT sql FROM sqlite_master WHERE sql IS NOT NULL")
    return frozenset(sql for (sql,) in rows.fetchall())
