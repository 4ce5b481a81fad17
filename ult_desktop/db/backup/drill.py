"""The comparison of a copy, brought back for a drill, with the office that it is of."""

from typing import Any

import msgspec

from ult_desktop.db.backup import backup
from ult_desktop.db.store import events
from ult_desktop.db.store.key_ranges import KeyRange, Reader, walk
from ult_desktop.db.store.transaction import Transaction
from ult_desktop.db.visits.documents import NO_FILE

_FIXED_COLUMNS = {"ticket": "id, label", "casefile": "id, number", "guest": "visit_id, entered_by"}
"""The columns that never change in a row, of each table that is compared."""


class ComparedRows(msgspec.Struct, frozen=True, kw_only=True):
    """The rows of a table: how many the copy has, and how many of them the office has too.

    `withdrawn` is how many the office may lack: imported requests that were taken back after the copy.
    """

    table: str
    copied: int
    same: int
    withdrawn: int = 0

    @property
    def agrees(self) -> bool:
        return self.copied - self.same <= self.withdrawn


def compare(copy: Reader, live: Reader, last_seq: int) -> tuple[ComparedRows, ...]:
    """Compare the copy, whose log ends with `last_seq`, with the office: numbers, cases and guests."""
    withdrawn = live(lambda tx: _withdrawn_since(tx, last_seq))
    return tuple(_compared(copy, live, table, withdrawn) for table in _FIXED_COLUMNS)


def has_last_event(live: Reader, proved: backup.Copy) -> bool:
    """Return whether the office's log has the copy's last event with the same hash, and so all before it."""
    return live(lambda tx: events.chain_at(tx, proved.last_seq)) == proved.last_hash


def documents_in(copy: Reader) -> int:
    """Count the documents that a copy has a file of."""
    return copy(lambda tx: tx.number("SELECT count(*) FROM document WHERE sha256 <> ?", NO_FILE))


def _compared(copy: Reader, live: Reader, table: str, withdrawn: int) -> ComparedRows:
    copied = same = 0
    for span, rows in walk(copy, table, _rows_of):
        live_rows = live(lambda tx: set(_rows_of(tx, span)[1]))  # noqa: B023  (called at once)
        copied += len(rows)
        same += len(live_rows.intersection(rows))
    # An imported request has a case and a guest, but no ticket.
    return ComparedRows(
        table=table, copied=copied, same=same, withdrawn=0 if table == "ticket" else withdrawn
    )


def _rows_of(tx: Transaction, span: KeyRange) -> tuple[KeyRange, list[tuple[Any, ...]]]:
    columns = _FIXED_COLUMNS[span.table]
    return span, tx.rows(f"SELECT {columns} FROM {span.table} WHERE {span.condition}", *span.values)


def _withdrawn_since(tx: Transaction, seq: int) -> int:
    """Count the imported requests that were taken back; the subject of such an event is their number."""
    return tx.number("SELECT sum(subject) FROM event WHERE seq > ? AND kind = 'online.import_undone'", seq)
