"""The rows of an office, table by table, read the same way from a file and from a server."""

import hashlib
import sqlite3
from collections.abc import Callable, Iterator
from contextlib import closing
from functools import cache
from itertools import groupby
from operator import itemgetter
from typing import Any, NamedTuple

import msgspec

from ult_desktop.base import UserError, _
from ult_desktop.core.event import GENESIS, Event, chain_hash
from ult_desktop.db.migrations import MIGRATIONS
from ult_desktop.db.store.clock import ticks_ms
from ult_desktop.db.store.engine import Link
from ult_desktop.db.store.errors import ShareUnreachable

ROWS_AT_ONCE = 1000  # in memory, and in one step of a move
LONGEST_STEP_MS = 20_000  # longer, and this PC slept or a disk or server hung: a lock may have been lost
SEARCH_INDEX = "faq_index"
MOVE_MARK = "office_move"  # each place has its own mark, so this table is not copied
Row = tuple[Any, ...]


class CopiedTable(NamedTuple):
    """A table that a file and a server both have; its rows are ordered by the columns `key`."""

    name: str
    columns: tuple[str, ...]
    key: tuple[str, ...]

    def rows_after(self, link: Link, last: Row | None) -> list[Row]:
        """Return up to `ROWS_AT_ONCE` rows that follow the row `last`; the first rows where that is None."""
        key = ", ".join(self.key)
        condition, values = "TRUE", tuple[Any, ...]()
        if last is not None:
            condition = f"({key}) > ({', '.join('?' * len(self.key))})"
            values = tuple(last[self.columns.index(column)] for column in self.key)
        sql = f"SELECT {', '.join(self.columns)} FROM {self.name} WHERE {condition} ORDER BY {key}"
        return link.execute(f"{sql} LIMIT {ROWS_AT_ONCE}", values).fetchall()


@cache
def every_table() -> tuple[CopiedTable, ...]:
    """List the tables to copy: those that the migrations make, and the answers' search index as one table."""
    # Asked of an empty office in memory; `pk` is a column's place in the primary key, 0 outside of it. In
    # a file the search index is a virtual table, for which SQLite keeps tables of its own.
    sql = """
        SELECT t.name, c.name, c.pk FROM pragma_table_list t JOIN pragma_table_info(t.name) c
        WHERE t.schema = 'main' AND t.type = 'table' AND t.name NOT LIKE 'sqlite\\_%' ESCAPE '\\'
        ORDER BY t.name, c.cid
    """
    with closing(sqlite3.connect(":memory:", isolation_level=None)) as link:
        MIGRATIONS.repeat(frozenset(MIGRATIONS.by_name), link)
        rows = link.execute(sql).fetchall()
    tables = []
    for name, columns_of_table in groupby(rows, itemgetter(0)):
        if name == MOVE_MARK:
            continue
        columns, key = list[str](), list[tuple[int, str]]()
        for _name, column, place_in_key in columns_of_table:
            columns.append(column)
            if place_in_key:
                key.append((place_in_key, column))
        tables.append(CopiedTable(name, tuple(columns), tuple(column for _place, column in sorted(key))))
    return (*tables, CopiedTable(SEARCH_INDEX, ("rowid", "question", "tags", "answer"), key=("rowid",)))


def count(link: Link) -> int:
    """Count the rows of all tables."""
    counts = [link.execute(f"SELECT count(*) FROM {table.name}").fetchone()[0] for table in every_table()]
    return sum(counts)


def read(link: Link, table: CopiedTable) -> Iterator[list[Row]]:
    """Yield all rows of a table, `ROWS_AT_ONCE` at a time, in the order of its key."""
    rows = table.rows_after(link, None)
    while rows:
        yield rows
        if len(rows) < ROWS_AT_ONCE:
            return
        rows = table.rows_after(link, rows[-1])


class Digest:
    """The digest of a table's content; a file and a server with the same rows have the same digest."""

    def __init__(self) -> None:
        self._hash = hashlib.sha256()
        self.rows = 0

    def add(self, rows: list[Row]) -> None:
        # MessagePack, because with it a number, a text and bytes never look alike.
        self._hash.update(msgspec.msgpack.encode(rows))
        self.rows += len(rows)

    @property
    def value(self) -> tuple[int, bytes]:
        """The number of rows, and the hash over them."""
        return self.rows, self._hash.digest()


class LogProof:
    """The check that the log's rows hang together.

    `seq` and `chain` are those of the last row. `broken` is the number of the first row that does not follow
    from the one before it.
    """

    def __init__(self) -> None:
        self.seq, self.chain = 0, GENESIS
        self.broken: int | None = None

    def add(self, table: CopiedTable, rows: list[Row]) -> None:
        for row in rows:
            values = dict(zip(table.columns, row, strict=True))
            event = Event(**{name: values[name] for name in Event.__struct_fields__})
            follows = event.seq == self.seq + 1 and chain_hash(self.chain, event) == values["chain"]
            if not follows and self.broken is None:
                self.broken = event.seq
            self.seq, self.chain = event.seq, values["chain"]


class MoveWatch:
    """The watch over a move: it counts the rows that are done, and stops a move whose step took too long.

    `report` is called after each step with the number of rows that are done.
    """

    def __init__(self, report: Callable[[int], None]) -> None:
        self._report, self._done_rows = report, 0
        self._last_step_ms = ticks_ms()

    def note_step(self, rows: int = 0) -> None:
        """Note that a step is over, in which so many rows were done.

        Raises:
            ShareUnreachable: it took so long that a lock may be lost.
        """
        now = ticks_ms()
        if now - self._last_step_ms > LONGEST_STEP_MS:
            raise ShareUnreachable(
                _("Pemindahan terhenti terlalu lama di satu langkah."),
                _("Kantor masih di tempat lama; tidak ada yang hilang."),
                _("Jaga komputer ini agar tidak tidur, periksa jaringan, lalu ulangi."),
            )
        self._last_step_ms = now
        self._done_rows += rows
        self._report(self._done_rows)


def copy_differs(what: str) -> UserError:
    """Return the error that the copy differs from the office in `what`, or is damaged there."""
    return UserError(
        _("Isi kantor tidak sama atau tidak utuh setelah disalin: {what}.").format(what=what),
        _("Kantor masih di tempat lama; tidak ada yang hilang."),
        _("Jalankan `ult-desktop verify` pada tempat lama, perbaiki, lalu ulangi."),
    )
