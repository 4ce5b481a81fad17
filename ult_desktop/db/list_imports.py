"""The lists that were imported, and the officer's answers about lists that the next import proposes."""

from collections.abc import Mapping

from ult_desktop.core.lists.commands import ListBatch, ListImport
from ult_desktop.db.store.transaction import Transaction


def begin(tx: Transaction, name: str, batch: ListBatch, at: int, officer_id: int | None) -> int:
    """Return the id of the import that a batch of a list belongs to; its first batch begins the import."""
    import_id = tx.value("SELECT id FROM list_import WHERE key = ?", batch.key)
    if import_id is not None:
        return int(import_id)
    return tx.insert(
        "list_import",
        key=batch.key,
        list=name,
        file=batch.file,
        at=at,
        officer_id=officer_id,
        planned=batch.planned,
    )


def count_rows(tx: Transaction, import_id: int, added: int, known: int) -> None:
    """Count the rows that a batch added, and those that were here already."""
    sql = "UPDATE list_import SET added = added + ?, known = known + ? WHERE id = ?"
    tx.run(sql, added, known, import_id)


_IMPORT = (
    "SELECT i.id, i.list, i.file, i.at, coalesce(o.name, '') AS officer, i.planned, i.added, i.known,"
    " i.undone_at FROM list_import i LEFT JOIN officer o ON o.id = i.officer_id"
)


def imports(tx: Transaction, *lists: str, limit: int = 20) -> tuple[ListImport, ...]:
    """List the last imports of these lists, the newest first."""
    marks = ", ".join("?" for _list in lists)
    sql = f"{_IMPORT} WHERE i.list IN ({marks}) ORDER BY i.id DESC LIMIT ?"
    return tx.all(ListImport, sql, *lists, limit)


def find(tx: Transaction, import_id: int) -> ListImport | None:
    return tx.maybe(ListImport, f"{_IMPORT} WHERE i.id = ?", import_id)


def find_key(tx: Transaction, key: str) -> ListImport | None:
    """Find the import whose batches have this key; None while none of them is written."""
    return tx.maybe(ListImport, f"{_IMPORT} WHERE i.key = ?", key)


def end_undo(tx: Transaction, import_id: int, at: int, officer_id: int | None) -> None:
    tx.update("list_import", import_id, undone_at=at, undone_by=officer_id)


def answers_of(tx: Transaction, name: str) -> dict[str, str]:
    """Return the remembered answers about lists of this name."""
    return dict(tx.rows("SELECT question, answer FROM list_answer WHERE list = ? ORDER BY question", name))


def remember(tx: Transaction, name: str, answers: Mapping[str, str]) -> None:
    """Remember answers about lists of this name; a later answer replaces an earlier one."""
    for question, answer in answers.items():
        tx.put("list_answer", "list, question", list=name, question=question, answer=answer)
