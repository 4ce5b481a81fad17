"""The daily report (buku laporan) of security and reception."""

from ult_desktop.core.desk_book import DeskEntry, EntrySort
from ult_desktop.db.transaction import Transaction

_SELECT = (
    "SELECT e.id, e.day, e.at, e.sort, e.text, coalesce(o.name, '') AS officer FROM desk_entry e"
    " LEFT JOIN officer o ON o.id = e.officer_id"
)


def write(tx: Transaction, day: str, at: int, sort: EntrySort, text: str, officer_id: int | None) -> int:
    return tx.insert(
        "INSERT INTO desk_entry (day, at, sort, text, officer_id) VALUES (?, ?, ?, ?, ?)",
        *(day, at, sort, text, officer_id),
    )


def get(tx: Transaction, entry_id: int) -> DeskEntry:
    return tx.one(DeskEntry, f"{_SELECT} WHERE e.id = ?", entry_id)


def between(tx: Transaction, first_day: str, last_day: str) -> tuple[DeskEntry, ...]:
    """Oldest first, as a book is read."""
    return tx.all(
        DeskEntry, f"{_SELECT} WHERE e.day BETWEEN ? AND ? ORDER BY e.day, e.at", first_day, last_day
    )
