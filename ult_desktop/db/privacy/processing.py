"""The figures of a year's processing, for the office's own records of it (UU 27/2022, Pasal 31 and 34)."""

import msgspec

from ult_desktop.db.store.transaction import Transaction


class ProcessingFigures(msgspec.Struct, frozen=True, kw_only=True):
    """The rows since a moment: visits, openings of personal data, subjects' requests and breaches."""

    visits: int
    openings: int
    requests: int
    breaches: int


_TABLES = {  # the table of each figure, and its column with the time (UTC ms)
    "visits": ("visit", "began_at"),
    "openings": ("personal_opening", "at"),
    "requests": ("subject_request", "received_at"),
    "breaches": ("breach", "known_at"),
}


def figures_since(tx: Transaction, at: int) -> ProcessingFigures:
    """Count what was processed since `at` (UTC ms)."""
    counts = {
        name: tx.number(f"SELECT count(*) FROM {table} WHERE {column} >= ?", at)
        for name, (table, column) in _TABLES.items()
    }
    return ProcessingFigures(**counts)
