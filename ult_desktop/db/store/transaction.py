"""A transaction on the office file: typed rows in and out. Only `db` writes SQL through it."""

import re
from collections.abc import Callable, Iterable, Sequence
from functools import cache
from itertools import chain
from typing import Any, Generic, NamedTuple, TypeVar

import msgspec
from msgspec.structs import astuple

from ult_desktop.db.store.engine import Answer, Engine, Link
from ult_desktop.db.store.engines import engine_of

T = TypeVar("T")
Row = TypeVar("Row", bound=msgspec.Struct)
Value = str | int | bytes | None
Stored = Value | tuple[object, ...] | dict[str, int] | msgspec.Struct
"""The value of a column when a row is written; a tuple, a dict or a struct is written as JSON."""
_VALUES_AT_ONCE = 500  # in one statement; SQLite allows 32,766: https://www.sqlite.org/limits.html
_STORED_AS_IS = (str, int, bytes, type(None))


class Transaction:
    """The connection while a transaction is open.

    Every read fetches all its rows at once: an open SELECT blocks every committer (docs/store.md, rule 5).

    Rows are written by the names of their columns: the fields of structs, keywords, or both. Tables and
    columns are this program's own words, never what somebody typed.

    `reader` is the officer for whom rows are read: rows about that officer (`about_id`) are left out. 0 is a
    reader who is not known, for whom rows about any officer are left out. With None, as in every write, all
    rows are read.
    """

    def __init__(self, connection: Link) -> None:
        self._connection = connection
        self.reader: int | None = None

    @property
    def engine(self) -> Engine:
        return engine_of(self._connection)

    def run(self, sql: str, *values: Value) -> int:
        """Write, and return how many rows changed; a conditional claim succeeded when it is not 0."""
        return self._connection.execute(sql, values).rowcount

    def insert(self, table: str, /, *rows: msgspec.Struct, **columns: Stored) -> int:
        """Insert one row; return its id."""
        names, values = _columns(rows, columns)
        return self.engine.insert(self._connection, table, _insert(table, names), values)

    def add(self, table: str, /, *rows: msgspec.Struct, **columns: Stored) -> bool:
        """Insert one row; return False when the table has one with its key already, which then stays."""
        names, values = _columns(rows, columns)
        return self.run(f"{_insert(table, names)} ON CONFLICT DO NOTHING", *values) > 0

    def put(self, table: str, key: str, /, *rows: msgspec.Struct, **columns: Stored) -> None:
        """Insert one row, or write these values into the one that has its `key` ("name", "task, station")."""
        names, values = _columns(rows, columns)
        self.run(_put(table, key, names), *values)

    def update(
        self, table: str, which: int | dict[str, Value], /, *rows: msgspec.Struct, **columns: Stored
    ) -> int:
        """Write columns of the row of that id, or of those where every column of `which` has its value."""
        where = {"id": which} if isinstance(which, int) else which
        names, values = _columns(rows, columns)
        return self.run(_update(table, names, tuple(where)), *values, *where.values())

    def all(self, kind: type[T], sql: str, *values: Value) -> tuple[T, ...]:
        """Return all rows as `kind`, a frozen struct with the columns' names; JSON columns end in `_json`."""
        cursor = self._connection.execute(sql, values)
        return self._hide_from_reader(_convert(kind, sql, cursor.description, cursor.fetchall()))

    def _hide_from_reader(self, rows: tuple[T, ...]) -> tuple[T, ...]:
        """Leave out the rows that are about the `reader`."""
        if self.reader is None or not rows or not hasattr(rows[0], "about_id"):
            return rows
        shown = []
        for row in rows:
            about_id = getattr(row, "about_id", None)
            if about_id is None or self.reader not in (0, about_id):
                shown.append(row)
        return tuple(shown)

    def all_for_each(self, kind: type[T], sql: str, many: Sequence[Sequence[Value]]) -> list[tuple[T, ...]]:
        """Do `all` with each of these values, in their order; on a server in one round trip."""
        return [self._hide_from_reader(_convert(kind, sql, *answer)) for answer in self._ask_each(sql, many)]

    def run_each(self, sql: str, many: Sequence[Sequence[Value]]) -> None:
        """Do `run` with each of these values, in their order; on a server in one round trip."""
        self._ask_each(sql, many)

    def add_each(self, table: str, rows: Sequence[msgspec.Struct]) -> list[bool]:
        """Do `add` for each of these rows, all of one kind; on a server in one round trip."""
        if not rows:
            return []
        columns = [_columns((row,), {}) for row in rows]
        names = columns[0][0]
        sql = f"{_insert(table, names)} ON CONFLICT DO NOTHING RETURNING 1"
        return [bool(answer.rows) for answer in self._ask_each(sql, [values for _names, values in columns])]

    def insert_many(self, table: str, columns: Sequence[str], rows: Sequence[Sequence[Value]]) -> None:
        """Insert rows that are not there yet; on a server in one round trip."""
        if rows:  # a server would begin to write even for no rows
            self.engine.insert_many(self._connection, table, columns, rows)

    def insert_each(self, table: str, /, *parts: Sequence[msgspec.Struct]) -> range:
        """Insert rows, all of one kind, and return their ids; the structs of `parts` are put side by side."""
        rows = [_stored(chain.from_iterable(map(astuple, row))) for row in zip(*parts, strict=True)]
        if not rows:
            return range(0)
        names = chain.from_iterable(part[0].__struct_fields__ for part in parts)
        # Both engines number rows like this, and nobody else can write meanwhile.
        first = 1 + self.number(f"SELECT max(id) FROM {table}")
        ids = range(first, first + len(rows))
        self.insert_many(table, ("id", *names), [(id_, *row) for id_, row in zip(ids, rows, strict=True)])
        return ids

    def _ask_each(self, sql: str, many: Sequence[Sequence[Value]]) -> list[Answer]:
        return self.engine.execute_each(self._connection, sql, many) if many else []

    def maybe(self, kind: type[T], sql: str, *values: Value) -> T | None:
        return next(iter(self.all(kind, sql, *values)), None)

    def one(self, kind: type[T], sql: str, *values: Value) -> T:
        (row,) = self.all(kind, sql, *values)
        return row

    def value(self, sql: str, *values: Value) -> Any:  # noqa: ANN401  (as SQL has it)
        """Return the first column of the first row, None when there is no row."""
        rows = self._connection.execute(sql, values).fetchall()
        return rows[0][0] if rows else None

    def number(self, sql: str, *values: Value) -> int:
        """Return the number that a SELECT gives; 0 for NULL or no row."""
        return int(self.value(sql, *values) or 0)

    def row(self, sql: str, *values: Value) -> Any:  # noqa: ANN401  (as SQL has it)
        """Return the first row as a plain tuple, None when there is none."""
        rows = self._connection.execute(sql, values).fetchall()
        return rows[0] if rows else None

    def rows_among(self, sql: str, values: Sequence[Value], *others: Value) -> list[Any]:
        """Return the rows of `sql`, which ends with a condition `IN (?)`, for any number of `values`.

        `others` are the values of the parameters before it.
        """
        rows = []
        for start in range(0, len(values), _VALUES_AT_ONCE):
            part = values[start : start + _VALUES_AT_ONCE]
            marks = ", ".join("?" * len(part))
            rows += self.rows(sql.replace("IN (?)", f"IN ({marks})"), *others, *part)
        return rows

    def on_connection(self, look: Callable[[Link], T]) -> T:
        """Return the result of `look` on the connection itself."""
        return look(self._connection)

    def rows(self, sql: str, *values: Value) -> list[Any]:
        """Return all rows as plain tuples."""
        return self._connection.execute(sql, values).fetchall()

    def column(self, sql: str, *values: Value) -> list[Any]:
        return [row[0] for row in self.rows(sql, *values)]


class Rows(Generic[Row]):
    """A reader of rows as the struct `kind` from `source` ("case_entry e LEFT JOIN …"); `sql` is its SELECT.

    The struct's fields are columns of the first table, but for those that `other` has ("o.name AS officer").
    `rest` is what follows the SELECT: "WHERE e.case_id = ? ORDER BY e.at".
    """

    def __init__(self, kind: type[Row], source: str, other: str = "", *, key: str = "id") -> None:
        self.kind = kind
        alias = source.split()[:2][-1]  # of the first table ("case_entry e"), or its name without one
        self._where_key = f"WHERE {alias}.{key} = ?"
        others = {name.removesuffix("_json") for name in re.findall(r" AS (\w+)(?:,|$)", other)}
        columns = [f"{alias}.{field}" for field in kind.__struct_fields__ if field not in others]
        if other:
            columns.append(other)
        self.sql = f"SELECT {', '.join(columns)} FROM {source}"

    def get(self, tx: Transaction, key: int) -> Row:
        """Return the row of a `key` that is known to be there."""
        return self.one(tx, self._where_key, key)

    def find(self, tx: Transaction, key: int) -> Row | None:
        return self.maybe(tx, self._where_key, key)

    def find_each(self, tx: Transaction, keys: Iterable[int]) -> list[Row]:
        """Return the rows that have one of these keys, in the order of the keys."""
        return [
            row for rows in self.all_for_each(tx, self._where_key, [(key,) for key in keys]) for row in rows
        ]

    def all(self, tx: Transaction, rest: str, *values: Value) -> tuple[Row, ...]:
        return tx.all(self.kind, f"{self.sql} {rest}", *values)

    def all_for_each(
        self, tx: Transaction, rest: str, many: Sequence[Sequence[Value]]
    ) -> list[tuple[Row, ...]]:
        """Do `all` with each of these values, in their order."""
        return tx.all_for_each(self.kind, f"{self.sql} {rest}", many)

    def maybe(self, tx: Transaction, rest: str, *values: Value) -> Row | None:
        return tx.maybe(self.kind, f"{self.sql} {rest}", *values)

    def one(self, tx: Transaction, rest: str, *values: Value) -> Row:
        return tx.one(self.kind, f"{self.sql} {rest}", *values)


def _columns(
    rows: tuple[msgspec.Struct, ...], columns: dict[str, Stored]
) -> tuple[tuple[str, ...], tuple[Value, ...]]:
    """Return the names of all columns, and the value of each as it is stored."""
    names, values = tuple(columns), tuple(columns.values())
    for row in rows:
        names, values = row.__struct_fields__ + names, astuple(row) + values
    if "id" in names:
        place = names.index("id")
        if values[place] is None:  # left out, so that the row gets the next number
            names, values = names[:place] + names[place + 1 :], values[:place] + values[place + 1 :]
    return names, _stored(values)


def _stored(values: Iterable[Stored]) -> tuple[Value, ...]:
    return tuple(
        [
            value if isinstance(value, _STORED_AS_IS) else msgspec.json.encode(value).decode()
            for value in values
        ]
    )


@cache  # the tables and columns of this program are constants, and few
def _insert(table: str, names: tuple[str, ...]) -> str:
    return f"INSERT INTO {table} ({', '.join(names)}) VALUES ({', '.join('?' * len(names))})"


@cache
def _put(table: str, key: str, names: tuple[str, ...]) -> str:
    changes = (f"{name} = excluded.{name}" for name in names if name not in key.split(", "))
    return f"{_insert(table, names)} ON CONFLICT ({key}) DO UPDATE SET {', '.join(changes)}"


@cache
def _update(table: str, names: tuple[str, ...], where: tuple[str, ...]) -> str:
    changes = ", ".join(f"{name} = ?" for name in names)
    condition = " AND ".join(f"{name} = ?" for name in where)
    return f"UPDATE {table} SET {changes} WHERE {condition}"


class _FilledFields(NamedTuple):
    """The fields of a struct that a statement's columns fill, and those of them that hold JSON."""

    names: tuple[str, ...]
    json_names: tuple[str, ...]


_filled_fields: dict[
    str, _FilledFields
] = {}  # by statement; this program's statements are constants, and few


def _convert(kind: type[T], sql: str, description: Any, rows: Iterable[Any]) -> tuple[T, ...]:  # noqa: ANN401
    """Return the rows of a statement as structs."""
    fields = _filled_fields.get(sql)
    if fields is None:
        columns = [column[0] for column in description]
        json_names = tuple(name.removesuffix("_json") for name in columns if name.endswith("_json"))
        fields = _FilledFields(tuple(name.removesuffix("_json") for name in columns), json_names)
        _filled_fields[sql] = fields
    named_rows = [dict(zip(fields.names, row, strict=True)) for row in rows]
    for name in fields.json_names:
        for row in named_rows:
            row[name] = msgspec.json.decode(row[name])
    # One by one: msgspec would analyse `list[kind]` again at every call, while it keeps a struct's plan.
    return tuple([msgspec.convert(row, kind, strict=False) for row in named_rows])
