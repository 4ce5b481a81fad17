"""The sealing of personal text that was written before the office had keys, portion by portion."""

from collections.abc import Callable

import msgspec

from ult_desktop.core.personal import BY_REQUEST, BY_SCHEDULE, pad_reason
from ult_desktop.db.store.key_ranges import row_number_of
from ult_desktop.db.store.transaction import Transaction

PORTION = 300  # rows that are read in one transaction
# The columns of personal text, by table. The table `clear_text` has a row for each of these tables that may
# still have unsealed text; `looked_to` is the number of the last row whose text was sealed.
PERSONAL_COLUMNS: dict[str, tuple[str, ...]] = {
    "delivery": ("recipient",),
    "guest": ("phone", "email", "letter_number"),
    "identity_check": ("number_tail",),
    "information_request": ("address", "contact"),
    "letter": ("number", "issuer", "subject"),
    "representation": ("principal", "issuer", "number"),
    "subject_request": ("contact",),
    "vulnerability": ("grounds",),
}


def restart_scan(tx: Transaction) -> None:
    """Begin the search for unsealed text again, at the first row of each table."""
    for table in PERSONAL_COLUMNS:
        tx.put("clear_text", "place", place=table, looked_to=0)


def has_unsealed(tx: Transaction) -> bool:
    return tx.value("SELECT place FROM clear_text LIMIT 1") is not None


def seal_portion(tx: Transaction, seal: Callable[[str], str]) -> int:
    """Seal the texts in the next rows of a table; return how many were changed.

    `seal` returns a text sealed, and one that is sealed already as it is.
    """
    next_place = tx.row("SELECT place, looked_to FROM clear_text ORDER BY place LIMIT 1")
    if next_place is None:
        return 0
    table, looked_to = next_place
    columns = PERSONAL_COLUMNS[table]
    key = row_number_of(table)
    rows = tx.rows(
        f"SELECT {key}, {', '.join(columns)} FROM {table} WHERE {key} > ? ORDER BY {key} LIMIT {PORTION}",
        looked_to,
    )
    sealed = sum(_seal_row(tx, table, columns, row, seal) for row in rows)
    if len(rows) < PORTION:
        tx.run("DELETE FROM clear_text WHERE place = ?", table)
    else:
        tx.update("clear_text", {"place": table}, looked_to=rows[-1][0])
    return sealed


def _seal_row(
    tx: Transaction,
    table: str,
    columns: tuple[str, ...],
    row: tuple[int, *tuple[str, ...]],
    seal: Callable[[str], str],
) -> int:
    number, *texts = row
    changed = 0
    for column, text in zip(columns, texts, strict=True):
        if text in (BY_SCHEDULE, BY_REQUEST):  # the mark of an erased text: retention must find it
            continue
        if table == "vulnerability":  # a JSON list, whose items are sealed one by one
            reasons = msgspec.json.decode(text, type=tuple[str, ...])
            sealed = msgspec.json.encode([seal(pad_reason(reason)) for reason in reasons]).decode()
        else:
            sealed = seal(text)
        if sealed != text:
            changed += tx.run(
                f"UPDATE {table} SET {column} = ? WHERE {row_number_of(table)} = ?", sealed, number
            )
    return changed
