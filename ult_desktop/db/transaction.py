"""One transaction on the office file: typed rows in and out. Only `db` writes SQL through it."""

import sqlite3
from functools import lru_cache
from typing import Any, TypeVar

import msgspec

T = TypeVar("T")
Value = str | int | None


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
        fields, documents = _columns(tuple([column[0] for column in cursor.description]))
        rows = [dict(zip(fields, row, strict=True)) for row in cursor.fetchall()]
        for document in (fields[place] for place in documents):
            for row in rows:
                row[document] = msgspec.json.decode(row[document])
        found: list[T] = msgspec.convert(rows, list[kind], strict=False)  # type: ignore[valid-type]
        return tuple(found)

    def maybe(self, kind: type[T], sql: str, *values: Value) -> T | None:
        return next(iter(self.all(kind, sql, *values)), None)

    def one(self, kind: type[T], sql: str, *values: Value) -> T:
        (row,) = self.all(kind, sql, *values)
        return row

    def value(self, sql: str, *values: Value) -> Any:  # noqa: ANN401  (as SQL has it)
        """The first column of the first row, None when there is no row."""
        row = self._connection.execute(sql, values).fetchall()
        return row[0][0] if row else None

    def column(self, sql: str, *values: Value) -> list[Any]:
        return [row[0] for row in self._connection.execute(sql, values).fetchall()]


@lru_cache(maxsize=256)
def _columns(names: tuple[str, ...]) -> tuple[tuple[str, ...], tuple[int, ...]]:
    """The fields that columns fill, and the places of those that hold JSON."""
    documents = tuple(place for place, name in enumerate(names) if name.endswith("_json"))
    return tuple(name.removesuffix("_json") for name in names), documents
