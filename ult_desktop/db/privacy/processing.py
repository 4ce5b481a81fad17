"""The figures of a year's processing, for the office's own records of it (UU 27/2022, Pasal 31 and 34)."""

import msgspec

from ult_desktop.db.store.transaction import Transaction


class ProcessingFigures(msgspec.Struct, frozen=True, kw_only=True):
    """The rows since a moment: visits, openings of personal data, subjects' requests and breaches."""

    visits: int
    openings: int
    requests: int
    breaches: int


_SINCE = {
    "visits": ("visit", "began_at"),
    "openings": ("personal_opening", "at"),
    "requests": ("subject_request", "received_at"),
    "breaches": ("breach", "known_at"),
}


def figures_since(tx: Transaction, at: int) -> ProcessingFigures:
    """Count what was processed since `at` (UTC ms)."""
    counted = {
        name: tx.number(f"SELECT count(*) FROM {table} WHERE {column} >= ?", at)
        for name, (table, column) in _SINCE.items()
    }
    return ProcessingFigures(**counted)
