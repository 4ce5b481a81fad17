"""The comparison of a restored copy with its office, for a restore drill."""

from typing import Any

import msgspec

from ult_desktop.db.backup import backup
from ult_desktop.db.store import events
from ult_desktop.db.store.key_ranges import KeyRange, Reader, walk
from ult_desktop.db.store.transaction import Transaction
from ult_desktop.db.visits.documents import NO_FILE

# The tables that are compared, and the columns of each that never change in a row.
_FIXED_COLUMNS = {"ticket": "id, label", "casefile": "id, number", "guest": "visit_id, entered_by"}


class ComparedRows(msgspec.Struct, frozen=True, kw_only=True):
    """The rows of a table: how many the copy has, and how many of them the office has too.

    `withdrawn` is how many the office may lack: rows of imported requests that were taken back since.
    """

    table: str
    copied: int
    same: int
    withdrawn: int = 0

    @property
    def agrees(self) -> bool:
        return self.copied - self.same <= self.withdrawn


def compare(read_copy: Reader, read_live: Reader, last_seq: int) -> tuple[ComparedRows, ...]:
    """Compare a copy, whose log ends with `last_seq`, with the live office: numbers, cases and guests."""
    # The subject of an event of this kind is the number of requests that were taken back.
    withdrawn_sql = "SELECT sum(subject) FROM event WHERE seq > ? AND kind = 'online.import_undone'"
    withdrawn = read_live(lambda tx: tx.number(withdrawn_sql, last_seq))
    return tuple(_compare_table(read_copy, read_live, table, withdrawn) for table in _FIXED_COLUMNS)


def has_last_event(read_live: Reader, proved: backup.Copy) -> bool:
    """Return whether the office's log has the copy's last event with the same hash, and so all before it."""
    return read_live(lambda tx: events.chain_at(tx, proved.last_seq)) == proved.last_hash


def count_documents(read_copy: Reader) -> int:
    """Count the documents that a copy has a file of."""
    return read_copy(lambda tx: tx.number("SELECT count(*) FROM document WHERE sha256 <> ?", NO_FILE))


def _compare_table(read_copy: Reader, read_live: Reader, table: str, withdrawn: int) -> ComparedRows:
    copied = same = 0
    for span, rows in walk(read_copy, table, _span_and_rows):
        live_rows = read_live(lambda tx: set(_span_and_rows(tx, span)[1]))  # noqa: B023  (called at once)
        copied += len(rows)
        same += len(live_rows.intersection(rows))
    # An imported request has a case and a guest, but no ticket.
    return ComparedRows(
        table=table, copied=copied, same=same, withdrawn=0 if table == "ticket" else withdrawn
    )


def _span_and_rows(tx: Transaction, span: KeyRange) -> tuple[KeyRange, list[tuple[Any, ...]]]:
    columns = _FIXED_COLUMNS[span.table]
    return span, tx.rows(f"SELECT {columns} FROM {span.table} WHERE {span.condition}", *span.values)
