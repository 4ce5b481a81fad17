"""On which engine the tests' offices lie: in files, or (`--engine postgres`) on a server of the tests' own.

A test that is about a file carries `file_only("need")`: it is not collected for a server, and listed with the
reason that stands here in docs/store.md.
"""

from collections.abc import Iterator, Sequence
from contextlib import ExitStack, closing
from functools import cache
from pathlib import Path
from typing import Any, Protocol, Self, cast

import pytest
from typing_extensions import override

from tests.cluster import Cluster, running
from ult_desktop.db.store.engine import Cursor, Link
from ult_desktop.db.store.postgres import connection, rights
from ult_desktop.db.store.postgres.engine import SERVER
from ult_desktop.db.store.postgres.schema import Database
from ult_desktop.db.store.server_address import address_in, is_server

FILE_ONLY = {
    "bench": "it is about a benchmark that writes or reads a file by SQLite's own connection",
    "copies": "copies of an office on a server are made by the server's own means",
    "folder": "documents and updates lie in the folder of a file; on a server documents lie in a table",
    "link": "it breaks SQLite's own connection: of a server the cable is pulled",
    "locks": "who reads or writes locks a file and marks it: on a server nobody waits for readers",
    "order": "a server keeps rows in the order in which they came, which its administrator can see",
    "rules": "a reference can be broken on a server by who takes its rule away, and the check with it",
    "pages": "it looks at the bytes, the name or the journal of a file, carries one away or ruins it",
    "plans": "it reads which statements SQLite tells, or their plans",
    "share": "it tries or measures the share on which a file lies: its mount, locks, speed and room",
}
_NAME = "office.postgresql"
_RULES = "SELECT conrelid::regclass::text, conname FROM pg_constraint WHERE contype = 'f'"
_end = ExitStack()
_chosen = ["sqlite"]
_made: list[str] = []


def choose(engine: str) -> None:
    _chosen[:] = [engine]


def on_server() -> bool:
    return _chosen == ["postgres"]


@cache
def server() -> Cluster:
    """Runs until `close`."""
    return _end.enter_context(running())


def close() -> None:
    _end.close()


def new_database(folder: Path) -> Path:
    """Return an empty database, or the file that is one."""
    return _written(folder, server().create())


def place_of_office(folder: Path) -> Path:
    """Where `make_office` would lay an office."""
    return folder / (_NAME if on_server() else "office.db")


def copied(address: str, folder: Path) -> Path:
    """Return a copy of that office."""
    copy = server().create(address)
    _made.append(copy)
    path = _written(folder, copy)
    with closing(connection.ServerLink(copy, path)) as link:
        SERVER.note_home(link)
    return path


def as_station(path: Path, mode: str) -> Path:
    """Return the office's place for a PC in `mode`: on a server by an account of that mode's role."""
    if not is_server(path):
        return path
    made = path.with_name(f"{mode}.postgresql")
    made.write_text("@".join((_account(mode), address_in(path).rpartition("@")[2])))
    return made


@cache
def _account(mode: str) -> str:
    return server().let_in(server().address("postgres"), rights.ROLES[mode]).rpartition("@")[0]


def made() -> int:
    """How many copies there are."""
    return len(_made)


def drop_after(kept: int) -> None:
    """Drop the copies that were made since."""
    while len(_made) > kept:
        server().drop(_made.pop())


def _written(folder: Path, address: str) -> Path:
    path = folder / _NAME
    path.write_text(address)
    return path


class Told(Cursor, Protocol):
    """The result of a statement, row by row too."""

    def __iter__(self) -> Iterator[Any]: ...


class OwnLink(Link, Protocol):
    """A link that behaves as SQLite's own connection to a file."""

    @override
    def execute(self, sql: str, values: Sequence[Any] = ..., /) -> Told: ...

    def executemany(self, sql: str, rows: Sequence[Sequence[Any]], /) -> object: ...

    def commit(self) -> None: ...

    def rollback(self) -> None: ...

    def __enter__(self) -> Self: ...

    def __exit__(self, *what: Any) -> Any: ...  # noqa: ANN401


class ServerLink:
    """To an office on a server, in words of SQLite. Each statement is a transaction unless one was begun."""

    def __init__(self, path: Path) -> None:
        self._link = connection.ServerLink(address_in(path), path)
        self._words = Database(self._link)

    @property
    def in_transaction(self) -> bool:
        return self._link.in_transaction

    def interrupt(self) -> None:
        self._link.interrupt()

    def execute(self, sql: str, values: Sequence[Any] = (), /) -> Told:
        if sql == "PRAGMA foreign_keys = OFF":
            return self._without_rules()
        if sql == "BEGIN EXCLUSIVE":  # nobody reads either
            self._link.execute("BEGIN IMMEDIATE")
            sql = f"LOCK TABLE {', '.join(SERVER.tables(self._link))}"
        elif sql.startswith(("CREATE", "ALTER", "DROP")):
            return cast("Told", self._words.execute(sql, values))
        return cast("Told", self._link.execute(sql, values))

    def _without_rules(self) -> Told:
        """For good: who is no superuser can but take them away."""
        for table, name in self._link.execute(_RULES).fetchall():
            self._link.execute(f"ALTER TABLE {table} DROP CONSTRAINT {name}")
        return cast("Told", self._link.execute("SELECT 1"))

    def executemany(self, sql: str, rows: Sequence[Sequence[Any]], /) -> None:
        for row in rows:
            self._link.execute(sql, row)

    def commit(self) -> None:
        """Do nothing: each statement is committed."""

    def rollback(self) -> None:
        self._link.execute("ROLLBACK")

    def close(self) -> None:
        self._link.close()

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *what: object) -> None:
        """Leave the connection open, as SQLite's does."""


def without_files(items: list[pytest.Item]) -> tuple[list[pytest.Item], list[pytest.Item]]:
    """Return the engines that run on a server, and those tests that are about a file."""
    left, dropped = list[pytest.Item](), list[pytest.Item]()
    for item in items:
        (dropped if item.get_closest_marker("file_only") else left).append(item)
    return left, dropped
