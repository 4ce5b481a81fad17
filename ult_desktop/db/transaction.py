"""One transaction on the office file: typed rows in and out. Only `db` writes SQL through it."""

import sqlite3
from collections.abc import Callable
from typing import Any, TypeVar

import msgspec

T = TypeVar("T")
Value = str | int | bytes | None


class Transaction:
    """The connection while a transaction is open.

    Every read fetches all its rows at once: an open SELECT blocks every committer (store rule 5).
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
        rows = [dict(zip(fields, row, strict=True)) for row in cursor.fetchall()]
        for document in (fields[place] for place in documents):
            for row in rows:
                row[document] = msgspec.json.decode(row[document])
        # One by one: `list[kind]` would be taken apart again at every call, a struct's plan is kept.
        return tuple([msgspec.convert(row, kind, strict=False) for row in rows])

    def maybe(self, kind: type[T], sql: str, *values: Value) -> T | None:
        return next(iter(self.all(kind, sql, *values)), None)

    def one(self, kind: type[T], sql: str, *values: Value) -> T:
        (row,) = self.all(kind, sql, *values)
        return row

    def value(self, sql: str, *values: Value) -> Any:  # noqa: ANN401  (as SQL has it)
        """The first column of the first row, None when there is no row."""
        row = self.row(sql, *values)
        return None if row is None else row[0]

    def row(self, sql: str, *values: Value) -> Any:  # noqa: ANN401  (as SQL has it)
        """The first row as a plain tuple, None when there is none."""
        return next(iter(self.rows(sql, *values)), None)

    def on_connection(self, look: Callable[[sqlite3.Connection], T]) -> T:
        """What only the connection itself can tell: its schema."""
        return look(self._connection)

    def rows(self, sql: str, *values: Value) -> list[Any]:
        """Every row as a plain tuple."""
        return self._connection.execute(sql, values).fetchall()

    def column(self, sql: str, *values: Value) -> list[Any]:
        return [row[0] for row in self.rows(sql, *values)]


_Plan = tuple[tuple[str, ...], tuple[int, ...]]
_plans: dict[str, _Plan] = {}  # by statement; the statements of this program are constants, and few


def _plan(sql: str, cursor: sqlite3.Cursor) -> _Plan:
    """The fields that a statement's columns fill, and the places of those that hold JSON."""
    names = [column[0] for column in cursor.description]
    documents = tuple(place for place, name in enumerate(names) if name.endswith("_json"))
    _plans[sql] = tuple(name.removesuffix("_json") for name in names), documents
    return _plans[sql]
