"""Personal text from before the office had keys: where it may stand; sealed portion by portion.

Whom an answer of an older program went to stands in `delivery.recipient`, sealed; nothing else needs to
say it.
"""

import re
from collections.abc import Callable

import msgspec

from ult_desktop.core.personal import BY_REQUEST, BY_SCHEDULE, pad_reason
from ult_desktop.db.store.key_ranges import row_number_of
from ult_desktop.db.store.transaction import Transaction

_BETWEEN = " · "
_NUMBERED = re.compile(r"(Disampaikan dalam telepon|Delivered in phone call) [+(]?\d[\d\s().\-/]{4,}.*")


def without_number(proof: str) -> str:
    """Return the proof of a telephone call, without the number that ended it."""
    found = _NUMBERED.fullmatch(proof)
    return proof if found is None else found[1]


def rewrite_delivery(tx: Transaction, entry_id: int, text: str) -> str:
    """Return a timeline's text of a delivery in the form of today: the way and the proof.

    Any other entry's `text` is given back as it is.
    """
    way, *rest = text.split(_BETWEEN)
    found = rest and tx.row(
        "SELECT d.proof FROM case_entry e JOIN delivery d ON d.case_id = e.case_id AND d.at = e.at"
        " WHERE e.id = ? AND e.kind = 'delivered'",
        entry_id,
    )
    if not found:
        return text
    (proof,) = found
    if proof in (BY_SCHEDULE, BY_REQUEST):  # erased there: of three parts the middle one was the recipient
        proof = _BETWEEN.join(rest[1:] or rest)
    return _BETWEEN.join(filter(None, (way, without_number(proof))))


PORTION = 300
# Tables with a row number → their columns of personal text.
PERSONAL_COLUMNS: dict[str, tuple[str, ...]] = {
    "case_entry": ("text",),
    "delivery": ("recipient", "proof"),
    "guest": ("phone", "email", "letter_number"),
    "identity_check": ("number_tail",),
    "information_request": ("address", "contact"),
    "letter": ("number", "issuer", "subject"),
    "representation": ("principal", "issuer", "number"),
    "subject_request": ("contact",),
    "vulnerability": ("grounds",),
}


def restart_scan(tx: Transaction) -> None:
    """Look through every place from its beginning."""
    for table in PERSONAL_COLUMNS:
        tx.put("clear_text", "place", place=table, looked_to=0)


def has_unsealed(tx: Transaction) -> bool:
    return tx.value("SELECT place FROM clear_text LIMIT 1") is not None


def seal_portion(tx: Transaction, close: Callable[[str], str]) -> int:
    """Look at the next rows of the next place; returns how many texts `close` changed there."""
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
        if text in (BY_SCHEDULE, BY_REQUEST):  # nothing is behind it, and sealed it would be due again
            continue
        closed = _rid(tx, f"{table}.{name}", number, text, close)
        if closed != text:
            changed += tx.run(
                f"UPDATE {table} SET {name} = ? WHERE {row_number_of(table)} = ?", closed, number
            )
    return changed


def _rid(tx: Transaction, place: str, number: int, text: str, close: Callable[[str], str]) -> str:
    """`text` without what can be read of a person: sealed, or left out where nothing is sealed."""
    if place == "case_entry.text":
        return rewrite_delivery(tx, number, text)
    if place == "delivery.proof":
        return without_number(text)
    return _closed_list(text, close) if place == "vulnerability.grounds" else close(text)


def _closed_list(text: str, close: Callable[[str], str]) -> str:
    """Close each text of a JSON list."""
    texts = msgspec.json.decode(text, type=tuple[str, ...])
    return msgspec.json.encode(tuple(close(pad_reason(each)) for each in texts)).decode()
