"""The reading of long tables by ranges of their key, so that nobody waits (docs/store.md, rule 5).

A reader keeps every COMMIT of the others waiting. So each range is a read transaction of its own: a whole
snapshot, in which rows may be compared with rows of other tables, and as large as the share reads in time.
"""

import sqlite3
import threading
import time
from collections.abc import Callable, Iterator
from functools import partial
from typing import Generic, NamedTuple, Protocol, TypeVar

from ult_desktop.db.store import errors
from ult_desktop.db.store.transaction import Transaction, Value

T = TypeVar("T")
# A range is as large as USUAL_S reads. After LONGEST_S it is interrupted, then every AGAIN_S until it ends.
# An interrupted statement ends a little later, on a busy PC much later: so LONGEST_S is half of the 100 ms
# that a reader may take.
LONGEST_S, USUAL_S, AGAIN_S = 0.05, 0.02, 0.01
FIRST_ROWS, FEWEST_ROWS = 500, 8


Query = Callable[[Transaction], T]


class Reader(Protocol):
    """A reader like `Store.read`: each call is a read transaction."""

    def __call__(self, query: Query[T], /) -> T: ...


class KeyRange(NamedTuple):
    """The rows of `table` whose `key` is greater than `after` and at most `upto`; () is no bound."""

    table: str
    key: str
    after: tuple[Value, ...] = ()
    upto: tuple[Value, ...] = ()

    @property
    def condition(self) -> str:
        """The SQL condition after WHERE, with a parameter for each of `values`."""
        sides = ((">", self.after), ("<=", self.upto))
        bounds = [f"({self.key}) {sign} ({', '.join('?' * len(side))})" for sign, side in sides if side]
        return " AND ".join(bounds) or "TRUE"

    @property
    def values(self) -> tuple[Value, ...]:
        return self.after + self.upto


def reader_of(tx: Transaction) -> Reader:
    """Return a reader that does everything within one open transaction.

    It is for a copy that nobody waits for.
    """

    def read(query: Query[T], /) -> T:
        return query(tx)

    return read


def key_of(tx: Transaction, table: str) -> str:
    """Return the columns by which a table is ordered: "rowid", or the primary key of one without a rowid."""
    return tx.on_connection(partial(tx.engine.key_of, table=table))


_ONE_FOR_EACH_VISIT = ("guest", "handover", "phone_call", "representation", "vulnerability")


def row_number_of(table: str) -> str:
    """Return the column that numbers a table's rows; where each visit has one row, that is the visit's."""
    return "visit_id" if table in _ONE_FOR_EACH_VISIT else "id"


def run_in_time(tx: Transaction, look: Query[T]) -> T | None:
    """Return the result of `look`; None when it was not done after `LONGEST_S` and was interrupted."""
    interrupt, ended = tx.on_connection(lambda link: link.interrupt), threading.Event()
    # A thread and not SQLite's progress handler: psycopg has none, and Python would be called for every few
    # thousand steps of each statement.
    watch = threading.Thread(target=_interrupt_late_statements, args=(interrupt, ended), daemon=True)
    watch.start()
    try:
        return look(tx)
    except sqlite3.Error as error:
        if not errors.is_interrupted(error):
            raise
        return None
    finally:
        ended.set()
        watch.join()


def _interrupt_late_statements(interrupt: Callable[[], None], ended: threading.Event) -> None:
    pause = LONGEST_S
    while not ended.wait(pause):
        interrupt()
        pause = AGAIN_S  # again and again: between two statements there is nothing to interrupt


class _RangeResult(NamedTuple, Generic[T]):
    """A range that was read in one transaction, and what `look` made of it."""

    span: KeyRange
    value: T


def walk(read: Reader, table: str, look: Callable[[Transaction, KeyRange], T]) -> Iterator[T]:
    """Yield the result of `look` for each range of the table, in the order of its key.

    Between the transactions the caller works on what was read. A row that is inserted into a range that was
    read already is not met.
    """
    rest, rows = KeyRange(table, ""), FIRST_ROWS
    while True:
        result, spent_s = read(lambda tx: _read_range(tx, rest, rows, look))  # noqa: B023  (called at once)
        if result is None:
            # The range took too long, and everybody waited for it: the next try must surely fit.
            rows = max(FEWEST_ROWS, rows // 4)
            continue
        yield result.value
        if not result.span.upto:
            return
        rest = result.span._replace(after=result.span.upto, upto=())
        # By at most twice at a time: one fast range may have come from the cache, and the next one from the
        # share.
        rows = max(FEWEST_ROWS, round(rows * USUAL_S / max(spent_s, USUAL_S / 2)))


def _read_range(
    tx: Transaction, rest: KeyRange, rows: int, look: Callable[[Transaction, KeyRange], T]
) -> tuple[_RangeResult[T] | None, float]:
    """Read the first `rows` of `rest`; return the result, and the seconds for which others waited.

    The result is None where the range was not read in time.
    """
    began = time.monotonic()

    def read_range(tx: Transaction) -> _RangeResult[T]:
        # The table's key is read together with the first range: most tables are small, and a transaction for
        # the key alone would cost a round trip on a share.
        start = rest if rest.key else rest._replace(key=key_of(tx, rest.table))
        last_key = tx.row(
            f"SELECT {start.key} FROM {start.table} WHERE {start.condition} ORDER BY {start.key}"
            " LIMIT 1 OFFSET ?",
            *start.values,
            rows - 1,
        )
        span = start._replace(upto=tuple(last_key or ()))  # no key: it is the last range
        return _RangeResult(span, look(tx, span))

    # The fewest rows are read however slow the share is: the walk must go on.
    result = read_range(tx) if rows <= FEWEST_ROWS else run_in_time(tx, read_range)
    return result, time.monotonic() - began
