"""The daily report (buku laporan) of security and reception."""

from ult_desktop.core.visits.desk_book import DailyReportEntry, ReportEntryKind
from ult_desktop.db.store.transaction import Transaction

_SELECT = (
    "SELECT e.id, e.day, e.at, e.sort, e.text, coalesce(o.name, '') AS officer FROM desk_entry e"
    " LEFT JOIN officer o ON o.id = e.officer_id"
)


def write(
    tx: Transaction, day: str, at: int, sort: ReportEntryKind, text: str, officer_id: int | None
) -> int:
    return tx.insert(
        "INSERT INTO desk_entry (day, at, sort, text, officer_id) VALUES (?, ?, ?, ?, ?)",
        *(day, at, sort, text, officer_id),
    )


def get(tx: Transaction, entry_id: int) -> DailyReportEntry:
    return tx.one(DailyReportEntry, f"{_SELECT} WHERE e.id = ?", entry_id)


def between(tx: Transaction, first_day: str, last_day: str) -> tuple[DailyReportEntry, ...]:
    """Oldest first, as a book is read."""
    return tx.all(
        DailyReportEntry, f"{_SELECT} WHERE e.day BETWEEN ? AND ? ORDER BY e.day, e.at", first_day, last_day
    )
