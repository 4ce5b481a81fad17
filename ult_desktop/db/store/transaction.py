"""One transaction on the office file: typed rows in and out. Only `db` writes SQL through it."""

import sqlite3
from collections.abc import Callable
from typing import Any, TypeVar

import msgspec

T = TypeVar("T")
Value = str | int | bytes | None


class Transaction:
    """The connection while a transaction is open.

    Every read fetches all its rows at once: an open SELECT blocks every committer (docs/store.md, rule 5).
    """

    def __init__(self, connection: sqlite3.Connection) -> None:
        self._connection = connection

    def run(self, sql: str, *values: Value) -> int:
        """Write; returns how many rows changed, which is how a conditional claim is told."""
        return self._connection.execute(sql, values).rowcount

    def insert(self, sql: str, *values: Value) -> int:
        """Insert one row; returns its id."""
        row = self._connection.execute(sql, values).lastrowid
        return row or 0

    def all(self, kind: type[T], sql: str, *values: Value) -> tuple[T, ...]:
        """Every row as `kind`, a frozen struct with the columns' names; JSON columns end in `_json`."""
        cursor = self._connection.execute(sql, values)
        fields, documents = _plans.get(sql) or _plan(sql, cursor)
        found = []
        for row in cursor.fetchall():
            named = dict(zip(fields, row, strict=True))
            for document in documents:
                named[document] = msgspec.json.decode(named[document])
            # One by one: `list[kind]` would be taken apart again at every call, a struct's plan is kept.
            found.append(msgspec.convert(named, kind, strict=False))
        return tuple(found)

    def maybe(self, kind: type[T], sql: str, *values: Value) -> T | None:
        return next(iter(self.all(kind, sql, *values)), None)

    def one(self, kind: type[T], sql: str, *values: Value) -> T:
        (row,) = self.all(kind, sql, *values)
        return row

    def value(self, sql: str, *values: Value) -> Any:  # noqa: ANN401  (as SQL has it)
        """The first column of the first row, None when there is no row."""
        rows = self._connection.execute(sql, values).fetchall()
        return rows[0][0] if rows else None

    def row(self, sql: str, *values: Value) -> Any:  # noqa: ANN401  (as SQL has it)
        """The first row as a plain tuple, None when there is none."""
        rows = self._connection.execute(sql, values).fetchall()
        return rows[0] if rows else None

    def on_connection(self, look: Callable[[sqlite3.Connection], T]) -> T:
        """What only the connection itself can tell: its schema."""
        return look(self._connection)

    def rows(self, sql: str, *values: Value) -> list[Any]:
        """Every row as a plain tuple."""
        return self._connection.execute(sql, values).fetchall()

    def column(self, sql: str, *values: Value) -> list[Any]:
        return [row[0] for row in self.rows(sql, *values)]


_Plan = tuple[tuple[str, ...], tuple[str, ...]]
_plans: dict[str, _Plan] = {}  # by statement; the statements of this program are constants, and few


def _plan(sql: str, cursor: sqlite3.Cursor) -> _Plan:
    """The fields that a statement's columns fill, and those of them that hold JSON."""
    names = [column[0] for column in cursor.description]
    documents = tuple(name.removesuffix("_json") for name in names if name.endswith("_json"))
    _plans[sql] = tuple(name.removesuffix("_json") for name in names), documents
    return _plans[sql]
