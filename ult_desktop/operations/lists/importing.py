"""The import of a list, in steps that each caller runs on its own thread: read, understand, write, report."""

from collections.abc import Callable, Iterable, Mapping, Sequence
from typing import Generic, Protocol, TypeVar

import msgspec
import nacl.utils

from ult_desktop.base import _
from ult_desktop.base.spreadsheet import csv_file
from ult_desktop.core.command import Command
from ult_desktop.core.lists.commands import KeptRow, ListBatch
from ult_desktop.core.lists.understanding import (
    AcceptedRow,
    ListAnswers,
    ListKind,
    RowRefusal,
    Understanding,
    refusal_lines,
    understand,
)
from ult_desktop.db import list_imports
from ult_desktop.db.store.transaction import Transaction
from ult_desktop.operations.lists.list_files import ListFile
from ult_desktop.operations.lists.undoing import UndoReport, undo_whole
from ult_desktop.operations.office.office import Office

Row = TypeVar("Row")


class ListDesk(Protocol[Row]):
    """The desk of one kind of list: what the office knows for it, and the commands that write its rows."""

    def kind(self, tx: Transaction, now: int) -> ListKind[Row]: ...

    def known(self, office: Office, rows: Sequence[AcceptedRow[Row]]) -> dict[int, str]:
        """Return which rows the office has already: the number in the list, and what each equals."""

    def commands(self, rows: Sequence[Row], batch: ListBatch) -> tuple[Command[int], ...]: ...

    def words(self, row: Row) -> tuple[str, str]:
        """Return two lines about a row: what is shown first, and the rest."""

    def undo(self, import_id: int) -> Command[int]: ...

    def kept(self, tx: Transaction, import_id: int) -> tuple[KeptRow, ...]:
        """Return the rows of an import that stay when it is taken back."""


class Ground(msgspec.Struct, Generic[Row], frozen=True):
    """The ground of an import: its kind of list at this office now, and the answers that are remembered."""

    kind: ListKind[Row]
    remembered: dict[str, str]


def ground_of(office: Office, desk: ListDesk[Row]) -> Ground[Row]:
    """Read the ground, on the thread of the office file."""

    def read(tx: Transaction) -> Ground[Row]:
        kind = desk.kind(tx, office.clock())
        return Ground(kind, list_imports.answers_of(tx, kind.name))

    return office.read(read)


def understand_file(file: ListFile, ground: Ground[Row], said: Mapping[str, str]) -> Understanding[Row]:
    """Understand a list with the answers given so far; a long one takes too long for the windows' thread."""
    found = understand(file.lines, ground.kind, ListAnswers(dict(said), ground.remembered))
    hidden = [sheet.name for sheet in file.sheets if sheet.hidden and sheet.name != file.sheet]
    unread = [sheet.name for sheet in file.sheets if not sheet.hidden and sheet.name != file.sheet]
    notes = list(file.notes)
    for words, names in (
        (_("Lembar tersembunyi tidak dibaca: {names}."), hidden),
        (_("Lembar lain tidak dibaca: {names}."), unread),
    ):
        if names:
            notes.append(words.format(names=", ".join(names)))
    return msgspec.structs.replace(
        found,
        file=file.name,
        file_hash=file.hash,
        sheet=file.sheet,
        notes=tuple(notes),
        refused=(*file.refused, *found.refused),
    )


def mark_known_rows(
    office: Office, desk: ListDesk[Row], understanding: Understanding[Row]
) -> Understanding[Row]:
    """Return the understanding with the rows that the office has, on the thread of the office file."""
    return msgspec.structs.replace(understanding, known=desk.known(office, understanding.rows))


def import_commands(
    desk: ListDesk[Row], understanding: Understanding[Row]
) -> tuple[str, tuple[Command[int], ...]]:
    """Return the key of the import, and one command for each batch.

    Carried out again after a break they do nothing twice.

    Raises:
        UserError: a question is open.
    """
    understanding.require_answers()
    rows = [each.row for each in understanding.new]
    remember = {} if understanding.is_routine else understanding.to_remember()
    # One key for all batches, by which the whole list can be taken back.
    batch = ListBatch(
        key=nacl.utils.random(16).hex(), file=understanding.file, planned=len(rows), remember=remember
    )
    return batch.key, desk.commands(rows, batch)


class ImportReport(msgspec.Struct, frozen=True, kw_only=True):
    """The report of an import: rows added, known before, refused, and left out."""

    file: str
    added: int
    known: int
    refused: tuple[RowRefusal, ...]
    left_out: int

    @property
    def words(self) -> str:
        return _("{added} baris masuk, {known} sudah ada, {refused} ditolak, {left} dilewati").format(
            added=self.added, known=self.known, refused=len(self.refused), left=self.left_out
        )


def import_report(understanding: Understanding[Row], added: Iterable[int]) -> ImportReport:
    done = sum(added)
    return ImportReport(
        file=understanding.file,
        added=done,
        known=len(understanding.rows) - done,
        refused=understanding.refused,
        left_out=len(understanding.left_out),
    )


def run_import(
    desk: ListDesk[Row], understanding: Understanding[Row], perform: Callable[[Command[int]], int]
) -> ImportReport:
    """Write every batch in turn, for a caller that may wait. Raises UserError while a question is open."""
    _key, commands = import_commands(desk, understanding)
    return import_report(understanding, [perform(command) for command in commands])


def undo_import(
    office: Office, desk: ListDesk[Row], import_id: int, perform: Callable[[Command[int]], int]
) -> UndoReport:
    """Take an import back, as far as nobody has worked on its rows since, for a caller that may wait.

    Raises:
        UserError: there is no such import, or it was taken back before.
    """
    gone = undo_whole(import_id, desk.undo, perform)
    return UndoReport(gone=gone, kept=office.read(lambda tx: desk.kept(tx, import_id)))


def refused_file(refused: Sequence[RowRefusal]) -> bytes:
    """Return the refused rows as a list that the office's spreadsheet opens."""
    return csv_file(refusal_lines(refused))
