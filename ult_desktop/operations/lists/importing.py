"""The import of a list, in steps that each caller runs on its own thread: read, understand, write, report."""

import time
from collections.abc import Callable, Mapping, Sequence
from typing import Generic, Protocol, TypeVar

import msgspec
import nacl.utils

from ult_desktop.base import _
from ult_desktop.base.spreadsheet import csv_file
from ult_desktop.core.command import Command
from ult_desktop.core.lists.commands import LEAST_ROWS, KeptRow, ListBatch, batch_after, rows_within
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


class ListImporter(Protocol[Row]):
    """The importer of one kind of list: how its rows are understood, compared, written and taken back."""

    def kind(self, tx: Transaction, now: int) -> ListKind[Row]: ...

    def known_rows(self, office: Office, rows: Sequence[AcceptedRow[Row]]) -> dict[int, str]:
        """Return the rows that the office has already: by their number in the list, what each equals."""

    def write_command(self, rows: Sequence[Row], batch: ListBatch) -> Command[int]:
        """Return the command that writes a batch; its answer is how many rows were new."""

    def count_letters(self, row: Row) -> int:
        """Return about how many letters a row has: those of its longest text."""

    def words(self, row: Row) -> tuple[str, str]:
        """Return a row in two lines: its head, and the rest."""

    def undo_command(self, import_id: int) -> Command[int]:
        """Return the command that takes a batch of an import back; its answer is how many rows went."""

    def kept_rows(self, tx: Transaction, import_id: int) -> tuple[KeptRow, ...]:
        """Return the rows of an import that stay when it is taken back."""


class ImportBasis(msgspec.Struct, Generic[Row], frozen=True):
    """The basis of an import: its kind of list at this office now, and the officers' earlier answers."""

    kind: ListKind[Row]
    remembered: dict[str, str]


def import_basis(office: Office, importer: ListImporter[Row]) -> ImportBasis[Row]:
    """Read the basis of an import. This belongs on the thread of the office file."""

    def read(tx: Transaction) -> ImportBasis[Row]:
        kind = importer.kind(tx, office.clock())
        return ImportBasis(kind, list_imports.answers_of(tx, kind.name))

    return office.read(read)


def understand_file(
    file: ListFile, basis: ImportBasis[Row], answers: Mapping[str, str]
) -> Understanding[Row]:
    """Understand a list with the answers given so far. A long list takes too long for the windows' thread."""
    understanding = understand(file.lines, basis.kind, ListAnswers(dict(answers), basis.remembered))
    unread = [sheet for sheet in file.sheets if sheet.name != file.sheet]
    hidden = ", ".join(sheet.name for sheet in unread if sheet.hidden)
    others = ", ".join(sheet.name for sheet in unread if not sheet.hidden)
    notes = list(file.notes)
    if hidden:
        notes.append(_("Lembar tersembunyi tidak dibaca: {names}.").format(names=hidden))
    if others:
        notes.append(_("Lembar lain tidak dibaca: {names}.").format(names=others))
    return msgspec.structs.replace(
        understanding,
        file=file.name,
        file_hash=file.hash,
        sheet=file.sheet,
        notes=tuple(notes),
        refused=(*file.refused, *understanding.refused),
    )


def mark_known_rows(
    office: Office, importer: ListImporter[Row], understanding: Understanding[Row]
) -> Understanding[Row]:
    """Mark the rows that the office has already. This belongs on the thread of the office file."""
    return msgspec.structs.replace(understanding, known=importer.known_rows(office, understanding.rows))


class ListWriting(Generic[Row]):
    """The writing of a list, batch by batch. When it is resumed after a break, no row is written twice.

    All batches have one `key`, by which the whole list can be taken back. Of the `planned` rows, `done` have
    been sent. Of these `added` were new; others somebody had added meanwhile. `ticks` returns seconds.

    Raises:
        UserError: a question about the list is not answered yet.
    """

    def __init__(
        self,
        importer: ListImporter[Row],
        understanding: Understanding[Row],
        ticks: Callable[[], float] = time.perf_counter,
    ) -> None:
        understanding.require_answers()
        self.importer = importer
        self.key = nacl.utils.random(16).hex()
        self.done = self.added = 0
        self._understanding = understanding
        self._rows = [accepted.row for accepted in understanding.new_rows]
        self.planned = len(self._rows)
        self._most_rows = LEAST_ROWS  # of the next batch
        self._batch_rows = 0  # of the batch that `next_command` returned
        self._ticks, self._began = ticks, 0.0

    @property
    def is_whole(self) -> bool:
        return self.done == self.planned

    def next_command(self) -> Command[int]:
        """Return the command of the next batch, or again of a refused one. Its time is taken from now on."""
        rows = self._rows[self.done : self.done + self._most_rows]
        self._batch_rows = rows_within(self._most_rows, map(self.importer.count_letters, rows))
        # The first batch also stores the officer's answers about the list, for later lists.
        must_remember = not (self.done or self._understanding.needs_no_person)
        remember = self._understanding.answers_to_remember() if must_remember else {}
        file = self._understanding.file
        batch = ListBatch(key=self.key, file=file, planned=self.planned, remember=remember)
        self._began = self._ticks()
        return self.importer.write_command(rows[: self._batch_rows], batch)

    def note_written(self, added: int) -> None:
        """Note that the batch is written, with so many new rows. The time that it took sizes the next one."""
        self.done += self._batch_rows
        self.added += added
        self._most_rows = batch_after(self._batch_rows, 1000 * (self._ticks() - self._began))


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


def import_report(understanding: Understanding[Row], added: int) -> ImportReport:
    return ImportReport(
        file=understanding.file,
        added=added,
        known=len(understanding.rows) - added,
        refused=understanding.refused,
        left_out=len(understanding.left_out),
    )


def run_import(
    importer: ListImporter[Row], understanding: Understanding[Row], perform: Callable[[Command[int]], int]
) -> ImportReport:
    """Write a whole list, for a caller that may wait. Raises UserError if a question is not answered yet."""
    writing = ListWriting(importer, understanding)
    while not writing.is_whole:
        writing.note_written(perform(writing.next_command()))
    return import_report(understanding, writing.added)


def undo_import(
    office: Office, importer: ListImporter[Row], import_id: int, perform: Callable[[Command[int]], int]
) -> UndoReport:
    """Take back the rows of an import on which nobody has worked since, for a caller that may wait.

    Raises:
        UserError: there is no such import, or it was taken back before.
    """
    gone = undo_whole(import_id, importer.undo_command, perform)
    return UndoReport(gone=gone, kept=office.read(lambda tx: importer.kept_rows(tx, import_id)))


def refused_file(refused: Sequence[RowRefusal]) -> bytes:
    """Return the refused rows as a list that the office's spreadsheet opens."""
    return csv_file(refusal_lines(refused))
