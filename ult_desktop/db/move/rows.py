"""The rows of an office, table by table, read the same way wherever they lie."""

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

AT_ONCE = 1000  # rows
LONGEST_STEP_MS = 20_000  # longer, and this PC slept or a disk or server hung: a lock may have been lost
SEARCH = "faq_index"
APART = "office_move"  # says where the office lives, and is not copied
Row = tuple[Any, ...]
Step = Callable[[int], None]


class CopiedTable(NamedTuple):
    """A table as both kinds of place have it: `key` are the columns by which its rows are ordered."""

    name: str
    columns: tuple[str, ...]
    key: tuple[str, ...]

    @property
    def first_sql(self) -> str:
        """The statement for the first rows."""
        columns, key = ", ".join(self.columns), ", ".join(self.key)
        return f"SELECT {columns} FROM {self.name} ORDER BY {key} LIMIT {AT_ONCE}"

    @property
    def next_sql(self) -> str:
        """The statement for the rows after a key."""
        key, places = ", ".join(self.key), ", ".join("?" * len(self.key))
        return self.first_sql.replace(" ORDER BY", f" WHERE ({key}) > ({places}) ORDER BY")

    def key_of(self, row: Row) -> Row:
        return tuple(row[self.columns.index(name)] for name in self.key)


@cache
def every_table() -> tuple[CopiedTable, ...]:
    """List the tables to copy: those that the migrations make, and the answers' search index as one table."""
    sql = """
        SELECT t.name, c.name, c.pk FROM pragma_table_list t JOIN pragma_table_info(t.name) c
        WHERE t.schema = 'main' AND t.type = 'table' AND t.name NOT LIKE 'sqlite\\_%' ESCAPE '\\'
        ORDER BY t.name, c.cid
    """
    with closing(sqlite3.connect(":memory:", isolation_level=None)) as link:
        MIGRATIONS.repeat(frozenset(MIGRATIONS.by_name), link)
        rows = link.execute(sql).fetchall()
    return (
        *(_table(name, list(columns)) for name, columns in groupby(rows, itemgetter(0)) if name != APART),
        CopiedTable(SEARCH, ("rowid", "question", "tags", "answer"), ("rowid",)),
    )


def _table(name: str, columns: list[tuple[str, str, int]]) -> CopiedTable:
    key = sorted((place, column) for _table, column, place in columns if place)
    return CopiedTable(
        name, tuple(column for _table, column, _place in columns), tuple(column for _at, column in key)
    )


def count(link: Link) -> int:
    return sum(
        int(link.execute(f"SELECT count(*) FROM {table.name}").fetchone()[0]) for table in every_table()
    )


def read(link: Link, table: CopiedTable) -> Iterator[list[Row]]:
    """Yield all rows of a table, `AT_ONCE` at a time, in the order of its key."""
    rows = link.execute(table.first_sql).fetchall()
    while rows:
        yield rows
        if len(rows) < AT_ONCE:
            return
        rows = link.execute(table.next_sql, table.key_of(rows[-1])).fetchall()


class Digest:
    """The digest of a table's content: the same wherever it lies."""

    def __init__(self) -> None:
        self._hash = hashlib.sha256()
        self.rows = 0

    def add(self, rows: list[Row]) -> None:
        # MessagePack tells a number from a text and a text from bytes; both engines must give the same types
        # too.
        self._hash.update(msgspec.msgpack.encode(rows))
        self.rows += len(rows)

    @property
    def value(self) -> tuple[int, bytes]:
        """The number of rows, and the hash over them."""
        return self.rows, self._hash.digest()


class LogProof:
    """The check of the log's rows; `broken` is the first entry that does not follow from the one before."""

    def __init__(self) -> None:
        self.seq, self.chain = 0, GENESIS
        self.broken: int | None = None

    def add(self, table: CopiedTable, rows: list[Row]) -> None:
        for row in rows:
            named = dict(zip(table.columns, row, strict=True))
            event = Event(**{name: named[name] for name in Event.__struct_fields__})
            follows = event.seq == self.seq + 1 and chain_hash(self.chain, event) == named["chain"]
            if not follows and self.broken is None:
                self.broken = event.seq
            self.seq, self.chain = event.seq, named["chain"]


class MoveWatch:
    """The watch over a move: it reports each step, and refuses to go on after one that took too long."""

    def __init__(self, step: Step) -> None:
        self._step, self._done = step, 0
        self._last = ticks_ms()

    def go_on(self, rows: int = 0) -> None:
        """Raise ShareUnreachable where the last step took so long that a lock may be lost."""
        now = ticks_ms()
        if now - self._last > LONGEST_STEP_MS:
            raise ShareUnreachable(
                _("Pemindahan terhenti terlalu lama di satu langkah."),
                _("Kantor masih di tempat lama; tidak ada yang hilang."),
                _("Jaga komputer ini agar tidak tidur, periksa jaringan, lalu ulangi."),
            )
        self._last = now
        self._done += rows
        self._step(self._done)


def not_whole(what: str) -> UserError:
    return UserError(
        _("Isi kantor tidak sama atau tidak utuh setelah disalin: {what}.").format(what=what),
        _("Kantor masih di tempat lama; tidak ada yang hilang."),
        _("Jalankan `ult-desktop verify` pada tempat lama, perbaiki, lalu ulangi."),
    )
