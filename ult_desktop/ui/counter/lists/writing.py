"""The writing of a list: batch by batch with its progress, cancelled whole, taken back later."""

from collections.abc import Sequence
from functools import partial
from typing import Any

from PySide6.QtCore import QObject, Signal
from typing_extensions import override

from ult_desktop.base import UserError, _, formats
from ult_desktop.core.access.roles import Actor
from ult_desktop.core.lists.commands import ListImport
from ult_desktop.core.stamps import to_datetime
from ult_desktop.db import list_imports
from ult_desktop.operations.lists.importing import ListImporter, ListWriting, undo_import
from ult_desktop.operations.lists.undoing import UndoReport
from ult_desktop.operations.office.office import Office
from ult_desktop.ui.counter.pages import PageHost
from ult_desktop.ui.kit import dialogs, forms

Importer = ListImporter[Any]


class ResumeForm(forms.FlatForm):
    """The form that shows when the office refused a batch: why, and the button that tries it again."""

    @override
    def show_refusal(self, error: UserError) -> None:
        super().show_refusal(error)
        self.show()


class ImportRun(QObject):
    """The run that writes a list, one batch after the other. After a refusal it resumes with the same batch.

    The office never writes a batch twice. `cancel` takes back the batches that are already written.

    Signals:
        progressed: (rows written, rows in all).
        ended: every batch is written (how many rows were new).
        cancelled: what was written is taken back (`UndoReport`).
    """

    progressed = Signal(int, int)
    ended = Signal(int)
    cancelled = Signal(object)

    def __init__(self, host: PageHost, parent: QObject) -> None:
        super().__init__(parent)
        self._host = host
        # The form asks nothing, but a form needs a field: this one is hidden.
        unused_field = forms.TickField(host.theme, "again", _("Lanjutkan"))
        self.form = ResumeForm(host.theme, (unused_field,), _("Lanjutkan"))
        unused_field.set_shown(False)
        self.form.hide()
        self.form.submitted.connect(lambda _values: self._next())
        self._writing: ListWriting[Any] | None = None
        self._is_cancelled = False

    def start(self, writing: ListWriting[Any]) -> None:
        self._writing = writing
        self._is_cancelled = False
        self._next()

    def cancel(self) -> None:
        """Stop after the batch under way, and take back what is written."""
        self._is_cancelled = True
        is_stopped_by_refusal = not self.form.isHidden()
        if is_stopped_by_refusal:  # else `_next` comes when the batch under way is written
            self._next()

    def _next(self) -> None:
        writing = self._writing
        if writing is None:
            return
        self.progressed.emit(writing.done, writing.planned)
        self.form.hide()
        if self._is_cancelled:
            job = partial(_undo_by_key, writing.importer, writing.key)
            self._host.perform(job, self.cancelled.emit, form=self.form)
        elif writing.is_whole:
            self.ended.emit(writing.added)
        else:
            self._host.perform(writing.next_command(), partial(self._on_written, writing), form=self.form)

    def _on_written(self, writing: ListWriting[Any], added: int) -> None:
        writing.note_written(added)
        self._next()


def _undo_by_key(importer: Importer, key: str, office: Office, actor: Actor) -> UndoReport:
    written = office.read(lambda tx: list_imports.find_key(tx, key))
    return UndoReport(gone=0) if written is None else _undo(importer, written.id, office, actor)


def _undo(importer: Importer, import_id: int, office: Office, actor: Actor) -> UndoReport:
    return undo_import(office, importer, import_id, lambda command: office.perform(command, actor))


def choose_undo(host: PageHost, importer: Importer, list_names: Sequence[str]) -> None:
    """Offer the last imports of these lists. The chosen one is taken back once the officer confirms it."""
    host.perform(partial(read_imports, list_names), partial(_offer_undo, host, importer))


def read_imports(
    list_names: Sequence[str], office: Office, _actor: Actor | None = None
) -> tuple[ListImport, ...]:
    """Read the last imports of these lists, on the worker thread."""
    return office.read(lambda tx: list_imports.imports(tx, *list_names))


def _offer_undo(host: PageHost, importer: Importer, imports: tuple[ListImport, ...]) -> None:
    options = [(import_words(done, host), done) for done in imports if done.undone_at is None]
    if not options:
        host.tell(_("Tidak ada impor yang dapat diurungkan."))
        return
    undo = partial(confirm_undo, host, importer)
    dialogs.choose(host.window, host.theme, _("Urungkan impor yang mana?"), options, undo)


def import_words(done: ListImport, host: PageHost) -> str:
    """Return an import in a line: file, when, by whom, how many rows."""
    moment = to_datetime(done.at, host.now().tzinfo)
    when = f"{formats.format_date(moment.date(), 'short')} {formats.format_clock(moment)}"
    words = _("{file}, {when}, {officer}: {n} baris").format(
        file=done.file, when=when, officer=done.officer or _("otomatis"), n=done.added
    )
    return words if done.is_whole else _("{told} (belum selesai)").format(told=words)


def confirm_undo(host: PageHost, importer: Importer, chosen: ListImport) -> None:
    """Ask once more, then take the import back and show which rows stay."""
    job = partial(_undo, importer, chosen.id)
    dialogs.ask(
        host.window,
        host.theme,
        _("Urungkan impor {file}?").format(file=chosen.file),
        _("Baris yang belum dikerjakan ditarik kembali; yang sudah dikerjakan tetap ada dan disebut."),
        (_("Urungkan"), partial(host.perform, job, partial(_tell_undone, host, chosen))),
    )


def _tell_undone(host: PageHost, chosen: ListImport, report: UndoReport) -> None:
    if not report.kept:
        host.tell(_("Impor {file} diurungkan.").format(file=chosen.file))
        return
    box = dialogs.Box(host.window, host.theme, _("Sebagian tetap ada"), ("undo-2", "orange"))
    box.say(report.words)
    box.add_button(_("Mengerti"), "primary", lambda: None).setFocus()
    box.open()
