"""The engine for PostgreSQL: an office in a database on a server.

The program speaks to the server as to SQLite: `ServerLink` translates the statements, and raises the errors
of `sqlite3`. An office's path is that of a small file with the server's address.
"""

import logging
import sqlite3
import threading
import time
import zlib
from collections.abc import Callable, Iterable, Sequence
from contextlib import closing
from pathlib import Path
from typing import Any

from typing_extensions import override

from ult_desktop.base import UserError, _
from ult_desktop.core.event import Anchor
from ult_desktop.db.migrations import MIGRATIONS
from ult_desktop.db.store import errors, moved
from ult_desktop.db.store.engine import Answer, DocumentStore, Engine, Link, Reference, Search, WriteStart
from ult_desktop.db.store.postgres import expected, rights
from ult_desktop.db.store.postgres.connection import ONE_WRITER, ServerLink
from ult_desktop.db.store.postgres.document_table import DocumentTable
from ult_desktop.db.store.postgres.schema import OLDER_COPY_TABLE, Database
from ult_desktop.db.store.server_address import address_in

# Two names among those of the migrations. A program that does not know them takes them for migrations of a
# newer program, and refuses the office.
_AWAY = "away"  # the office was moved away
_LIVES = "lives at "  # begins the name that says where the office lives (`_home`)
# The number of migrations, and `moved.AWAY` more if the office was moved away. Each write compares it with
# the number that this program knows (`moved.require_level`): a newer schema or a move stops its writes.
_LEVEL = (
    f"SELECT sum(CASE WHEN name = '{_AWAY}' THEN {moved.AWAY} WHEN starts_with(name, '{_LIVES}') THEN 0"
    " ELSE 1 END) FROM applied_migration"
)
# A row in this table: the database is an older copy of the office (`report_missing_event`).
_IS_DOUBTED = f"EXISTS (SELECT 1 FROM {OLDER_COPY_TABLE})"
_DOUBT = f"INSERT INTO {OLDER_COPY_TABLE} (noticed_by) VALUES (?)"
_UNKNOWN = "?"  # in `_home`, for what the server does not say
# A managed server may let nobody call these functions.
_MAY_CALL = "SELECT has_function_privilege(?, 'EXECUTE') AND NOT pg_is_in_recovery()"
_CONTROL_FUNCTION, _WAL_FUNCTION = "pg_control_system()", "pg_walfile_name(pg_lsn)"
_CLUSTER = "SELECT CAST(system_identifier AS text) FROM pg_control_system()"
_TIMELINE = "SELECT substr(pg_walfile_name(pg_current_wal_lsn()), 1, 8)"
_OIDS = """
SELECT CAST(oid AS text), CAST(CAST(CAST('event' AS regclass) AS oid) AS text) FROM pg_database
WHERE datname = current_database()
"""
_HAS_OFFICE = "SELECT to_regclass('applied_migration') IS NOT NULL"
_IS_EMPTY = "SELECT NOT EXISTS (SELECT 1 FROM pg_class WHERE relnamespace = CAST('public' AS regnamespace))"
_HOLDERS = """
SELECT DISTINCT a.application_name FROM pg_locks l JOIN pg_stat_activity a ON a.pid = l.pid
WHERE l.locktype = 'advisory' AND l.granted AND l.classid = 0 AND CAST(l.objid AS bigint) = ?
    AND l.database = (SELECT oid FROM pg_database WHERE datname = current_database())
    AND l.pid <> pg_backend_pid() AND a.application_name <> ''
"""
_IS_OWNED = "SELECT pg_has_role(relowner, 'USAGE') FROM pg_class WHERE oid = CAST('officer' AS regclass)"
log = logging.getLogger(__name__)
LISTEN_S = 0.2  # the longest wait of a watcher in one piece: it ends late by so much


class ServerEngine(Engine):
    """The engine for PostgreSQL: a database on a server."""

    has_file = False
    # A write holds the lock of all writers from its beginning, and the others give up after 15 s.
    longest_write_s = 10.0

    @override
    def open(self, path: Path) -> Link:
        link = _connected(path)
        try:
            if not link.execute(_HAS_OFFICE).fetchone()[0]:
                raise errors.not_an_office(path.stem)
            applied = self.applied_migrations(link)
            errors.require_release(path.stem, applied)
            if applied - set(MIGRATIONS.by_name):
                raise errors.from_newer_program(path.stem)
        except BaseException:
            link.close()
            raise
        return link

    @override
    def require_at_path(self, link: Link, path: Path) -> None:
        """Do nothing: a server's database is no file that another could be renamed over."""

    @override
    def make(self, path: Path, uid: str, fill: Callable[[Link], None]) -> None:
        try:
            with closing(_connected(path)) as link:
                link.execute("BEGIN IMMEDIATE")
                if not link.execute(_IS_EMPTY).fetchone()[0]:
                    raise _not_empty(path)
                self.migrate(link)
                fill(link)
                link.execute("COMMIT")
        except sqlite3.Error as error:
            raise errors.describe_failure(error, str(path)) from error

    @override
    def is_free(self, path: Path) -> bool:
        try:
            with closing(_connected(path)) as link:
                return bool(link.execute(_IS_EMPTY).fetchone()[0])
        except sqlite3.Error as error:
            raise errors.describe_failure(error, str(path)) from error

    @override
    def migrate(self, link: Link) -> None:
        database = Database(link)
        applied = set[str]()
        if link.execute(_HAS_OFFICE).fetchone()[0]:
            applied = self.applied_migrations(link)
        else:
            database.make_server_parts()
        for name, migration in MIGRATIONS.by_name.items():
            if name not in applied:
                migration(database)
                link.execute("INSERT INTO applied_migration (name) VALUES (?)", (name,))
        if not applied:
            self.note_home(link)
        for role in rights.existing_roles(link):
            for statement in rights.grant_statements(role):
                link.execute(statement)

    @override
    def begin_write(self, link: Link, seconds: float) -> WriteStart:
        level, is_doubted = (
            server_link(link).begin_write(seconds, f"SELECT ({_LEVEL}), {_IS_DOUBTED}").fetchone()
        )
        return WriteStart(int(level), is_doubted)

    @override
    def insert(self, link: Link, table: str, sql: str, values: Sequence[Any]) -> int:
        if table not in server_link(link).numbered:
            link.execute(sql, values)
            return 0
        # PostgreSQL has no `lastrowid`.
        return int(link.execute(f"{sql} RETURNING id", values).fetchone()[0])

    @override
    def hold_long(self, link: Link) -> None:
        # The server ends a session that is idle within a transaction for 10 s (`connection.py`). A replay or
        # a move may be idle for longer, while it reads files.
        link.execute("SET LOCAL idle_in_transaction_session_timeout = '60s'")

    @override
    def insert_many(
        self, link: Link, table: str, columns: Sequence[str], rows: Iterable[Sequence[Any]]
    ) -> None:
        server_link(link).copy_in(f"COPY {table} ({', '.join(columns)}) FROM STDIN", rows)

    @override
    def execute_each(self, link: Link, sql: str, many: Sequence[Sequence[Any]]) -> list[Answer]:
        return server_link(link).ask_each(sql, many)

    @override
    def level(self, link: Link) -> int:
        return int(link.execute(_LEVEL).fetchone()[0])

    @override
    def set_away(self, link: Link, *, away: bool) -> None:
        sql = "INSERT INTO applied_migration (name) VALUES (?)"
        link.execute(sql if away else "DELETE FROM applied_migration WHERE name = ?", (_AWAY,))

    @override
    def applied_migrations(self, link: Link) -> set[str]:
        rows = link.execute("SELECT name FROM applied_migration").fetchall()
        return {name for (name,) in rows if name != _AWAY and not name.startswith(_LIVES)}

    @override
    def missing_schema(self, link: Link) -> tuple[str, ...]:
        return expected.missing(server_link(link), frozenset(self.applied_migrations(link)))

    @override
    def is_home(self, link: Link) -> bool:
        if _is_doubted(link):
            return False
        sql = "SELECT name FROM applied_migration WHERE starts_with(name, ?)"
        present_home = _home(link).split("/")
        for (note,) in link.execute(sql, (_LIVES,)).fetchall():
            noted_home = note.removeprefix(_LIVES).split("/")
            for noted, present in zip(noted_home, present_home, strict=True):
                if noted != present and _UNKNOWN not in (noted, present):
                    return False
        return True

    @override
    def report_missing_event(
        self, link: Link, path: Path, station: str, missing: Anchor, is_missing: Callable[[], bool]
    ) -> None:
        # A data folder that was put back from a backup has the same `_home`: only a station that knows a
        # later event notices it. The log is asked again under the writer's lock, because a restore may have
        # brought the event back since the station missed it. The station reports it again at each
        # reading, so a mark that is there already takes no lock.
        try:
            if _is_doubted(link):
                return
            is_doubted = self.begin_write(link, self.longest_write_s).is_doubted
            try:
                if not is_doubted and is_missing():
                    link.execute(_DOUBT, (station,))
                    link.execute("COMMIT")
            finally:
                if link.in_transaction:  # a commit of nothing would wake all watchers
                    link.execute("ROLLBACK")
        except (sqlite3.Error, UserError) as failure:
            log.warning("no mark in %s that it is an older copy: %s", path.stem, failure)

    @override
    def is_owned(self, link: Link) -> bool:
        return bool(link.execute(_IS_OWNED).fetchone()[0])

    @override
    def note_home(self, link: Link) -> None:
        link.execute(f"DELETE FROM {OLDER_COPY_TABLE}")
        link.execute("DELETE FROM applied_migration WHERE starts_with(name, ?)", (_LIVES,))
        link.execute("INSERT INTO applied_migration (name) VALUES (?)", (f"{_LIVES}{_home(link)}",))

    @override
    def tables(self, link: Link) -> tuple[str, ...]:
        sql = "SELECT tablename FROM pg_tables WHERE schemaname = current_schema() ORDER BY tablename"
        return tuple(name for (name,) in link.execute(sql).fetchall())

    @override
    def key_of(self, link: Link, table: str) -> str:
        return server_link(link).keys.get(table, "")

    @override
    def references(self, link: Link, table: str) -> tuple[Reference, ...]:
        return server_link(link).references.get(table, ())

    @override
    def commit_version(self, link: Link) -> int:
        # The list of the transactions under way changes with each one that ends.
        (snapshot,) = link.execute("SELECT CAST(pg_current_snapshot() AS text)").fetchone()
        # The engine's version is a number, as `PRAGMA data_version` is; a collision would only delay a look
        # until the next commit.
        return zlib.crc32(snapshot.encode())

    @override
    def wait_for_commit(self, link: Link, seconds: float, woken: threading.Event) -> None:
        end = time.monotonic() + seconds
        # libpq cannot be woken from another thread while it waits, so a watcher that is to end listens in
        # short pieces.
        remaining_s = seconds
        while remaining_s > 0 and not woken.is_set():
            if server_link(link).listen_for_commit(min(remaining_s, LISTEN_S)):
                return
            remaining_s = end - time.monotonic()

    @override
    def show_station_name(self, link: Link, station: str) -> None:
        # `SET` takes no parameters, and the station's name is what a person typed:
        # https://www.postgresql.org/docs/current/functions-admin.html
        link.execute("SELECT set_config('application_name', ?, false)", (station,))

    @override
    def list_lock_holders(self, link: Link) -> tuple[str, ...]:
        return tuple(name for (name,) in link.execute(_HOLDERS, (ONE_WRITER,)).fetchall())

    @override
    def place_of(self, link: Link) -> Path:
        return server_link(link).path

    @override
    def documents(self, path: Path) -> DocumentStore:
        try:
            return DocumentTable(_connected(path))
        except sqlite3.Error as error:
            raise errors.describe_failure(error, str(path)) from error

    @override
    def now_ms(self, path: Path, station: str) -> int | None:
        try:
            with closing(_connected(path)) as link:
                sql = "SELECT CAST(extract(epoch FROM clock_timestamp()) * 1000 AS bigint)"
                return int(link.execute(sql).fetchone()[0])
        except (UserError, sqlite3.Error):
            return None

    @override
    def answer_search(self, words: Sequence[str], *, every: bool) -> Search:
        return Search(
            "JOIN faq_index i ON i.rowid = f.id WHERE i.words @@ to_tsquery('simple', ?)",
            (" & " if every else " | ").join(f"{word}:*" for word in words),
        )


def _is_doubted(link: Link) -> bool:
    return bool(link.execute(f"SELECT {_IS_DOUBTED}").fetchone()[0])


def _home(link: Link) -> str:
    """Return "CLUSTER/DATABASE/TIMELINE/TABLE": the numbers of what this connection leads to.

    A restored dump has another table for the log, another server another cluster identifier. Promoting a
    replica and recovering to a point in time begin a timeline.
    """
    cluster = _ask_if_allowed(link, _CONTROL_FUNCTION, _CLUSTER)
    timeline = _ask_if_allowed(link, _WAL_FUNCTION, _TIMELINE)
    database, table = link.execute(_OIDS).fetchone()
    return "/".join((cluster, database, timeline, table))


def _ask_if_allowed(link: Link, function: str, sql: str) -> str:
    may_call = link.execute(_MAY_CALL, (function,)).fetchone()[0]
    return str(link.execute(sql).fetchone()[0]) if may_call else _UNKNOWN


def _not_empty(path: Path) -> UserError:
    return UserError(
        _("Basis data {name} tidak kosong.").format(name=path.stem),
        _("Isinya tidak diubah."),
        _("Buat basis data lain yang kosong; caranya di docs/postgresql.md."),
    )


def server_link(link: Link) -> ServerLink:
    """Return the connection as one to a server; raises TypeError for a connection to a file."""
    if not isinstance(link, ServerLink):
        raise TypeError(link)
    return link


def _connected(path: Path) -> ServerLink:
    try:
        return ServerLink(address_in(path), path)
    except OSError as error:
        raise errors.no_file_yet(str(path)) from error


SERVER = ServerEngine()
