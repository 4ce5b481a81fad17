"""The taking back of an import: batch by batch, except for rows that must stay."""

from collections.abc import Callable

import msgspec

from ult_desktop.base import _, counted
from ult_desktop.core.command import Command
from ult_desktop.core.lists.commands import KeptRow, ListImport
from ult_desktop.db import list_imports
from ult_desktop.db.store.transaction import Transaction
from ult_desktop.operations.operation import refuse

UNDO_BATCH = 200  # rows in one transaction (docs/store.md, rule 5)


def require_import(tx: Transaction, import_id: int, *lists: str) -> ListImport:
    """Return an import of these lists. Raises UserError when there is none, or it was taken back before."""
    list_import = list_imports.find(tx, import_id)
    if list_import is None or list_import.list not in lists:
        raise refuse(_("Impor itu tidak ada."))
    if list_import.undone_at is not None:
        raise refuse(_("Impor {file} sudah diurungkan.").format(file=list_import.file))
    return list_import


class UndoReport(msgspec.Struct, frozen=True, kw_only=True):
    """The report of an import that was taken back: how many rows went, and which stay."""

    gone: int
    kept: tuple[KeptRow, ...] = ()

    @property
    def words(self) -> str:
        gone = counted("{n} baris ditarik kembali.", self.gone)
        if not self.kept:
            return gone
        names = ", ".join(f"{row.row} ({row.why})" for row in self.kept)
        return f"{gone} {_('Tetap ada: {names}.').format(names=names)}"


def undo_whole(
    import_id: int, undo: Callable[[int], Command[int]], perform: Callable[[Command[int]], int]
) -> int:
    """Take an import back, batch by batch; return how many rows went.

    Raises:
        UserError: there is no such import, or it was taken back before.
    """
    total, removed = 0, UNDO_BATCH
    while removed == UNDO_BATCH:  # a batch with fewer rows is the last
        removed = perform(undo(import_id))
        total += removed
    return total
