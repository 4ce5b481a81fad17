"""The personal text that was written before the office had keys: its columns, sealed portion by portion."""

from collections.abc import Callable

import msgspec

from ult_desktop.core.personal import BY_REQUEST, BY_SCHEDULE, pad_reason
from ult_desktop.db.store.key_ranges import row_number_of
from ult_desktop.db.store.transaction import Transaction

PORTION = 300  # rows that are read in one transaction
# The columns of personal text, by table. The table `clear_text` has a row for each of these tables that may
# still have unsealed text, with the last row that was looked at (`looked_to`).
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


def seal_portion(tx: Transaction, close: Callable[[str], str]) -> int:
    """Seal the texts in the next rows of a table with `close`; return how many texts it changed."""
    found = tx.row("SELECT place, looked_to FROM clear_text ORDER BY place LIMIT 1")
    if found is None:
        return 0
    table, looked_to = found
    columns = PERSONAL_COLUMNS[table]
    key = row_number_of(table)
    rows = tx.rows(
        f"SELECT {key}, {', '.join(columns)} FROM {table} WHERE {key} > ? ORDER BY {key} LIMIT {PORTION}",
        looked_to,
    )
    sealed = sum(_seal_row(tx, table, columns, row, close) for row in rows)
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
    close: Callable[[str], str],
) -> int:
    number, *texts = row
    changed = 0
    for name, text in zip(columns, texts, strict=True):
        if text in (BY_SCHEDULE, BY_REQUEST):  # the mark of an erased text; sealed, it would be erased again
            continue
        closed = _closed_list(text, close) if table == "vulnerability" else close(text)
        if closed != text:
            changed += tx.run(
                f"UPDATE {table} SET {name} = ? WHERE {row_number_of(table)} = ?", closed, number
            )
    return changed


def _closed_list(text: str, close: Callable[[str], str]) -> str:
    """Seal each text of a JSON list with `close`."""
    texts = msgspec.json.decode(text, type=tuple[str, ...])
    return msgspec.json.encode(tuple(close(pad_reason(each)) for each in texts)).decode()
