"""The panel of an import: a list is chosen and read, shown as it was understood, imported, taken back."""

from collections.abc import Callable, Sequence
from functools import partial
from pathlib import Path
from typing import Any, TypeVar

import msgspec
from PySide6.QtCore import QTimer, Signal
from PySide6.QtWidgets import QFrame, QProgressBar, QWidget

from ult_desktop.base import UserError, _, formats
from ult_desktop.core.access.roles import Actor
from ult_desktop.core.lists.commands import ListImport
from ult_desktop.core.lists.understanding import ListAnswers, Understanding
from ult_desktop.core.stamps import to_datetime
from ult_desktop.db import list_imports
from ult_desktop.operations.lists.importing import (
    ImportBasis,
    import_basis,
    mark_known_rows,
    refused_file,
    understand_file,
)
from ult_desktop.operations.lists.list_files import ListFile
from ult_desktop.operations.lists.list_reader import ListReader, reading_cancelled_error
from ult_desktop.operations.lists.undoing import UndoReport
from ult_desktop.operations.office.office import Office
from ult_desktop.ui.counter.lists.understanding_view import Importer, UnderstandingView, take_back
from ult_desktop.ui.counter.pages import PageHost
from ult_desktop.ui.counter.pages.page_host import receiver_exists
from ult_desktop.ui.kit import Column, dialogs, forms, widgets
from ult_desktop.ui.kit.panels import ShownStack
from ult_desktop.ui.office_link.tasks import FileWorker, Request

T = TypeVar("T")
SHOW_AFTER_MS = 400  # most lists are read before anybody would see the box


class ReadingBox(dialogs.Box):
    """The box shown while a list is read. The end of the reading closes it; a person who closes it cancels.

    Args:
        host: access to the office for the signed-in officer.
        path: the list.
        job: reads the list with the given reader, on a thread of its own; holds no widget.
        then: gets the result of `job`.
        failed: gets the error if the list cannot be read or the officer cancelled (`ReadingCancelled`).
        sheet: the sheet to read; "" is the first visible one that is not empty.
    """

    def __init__(
        self,
        host: PageHost,
        path: Path,
        job: Callable[[ListReader], T],
        then: Callable[[T], object],
        failed: Callable[[UserError], object],
        sheet: str = "",
    ) -> None:
        super().__init__(host.window, host.theme, _("Membaca daftar"), ("files", "blue"))
        self.say(_("{name} sedang dibaca. Belum ada yang diimpor.").format(name=path.name))
        self.words.addWidget(QProgressBar(textVisible=False, maximum=0))
        self.stop_button = self.add_button(_("Batal"), "quiet", lambda: None)  # a box's button closes it
        reader = ListReader(path, sheet=sheet)
        # A request passes on one answer: a result that comes after the officer cancelled is dropped.
        self._reply = Request(partial(_hand_over, then), partial(_hand_over, failed))
        # WORKAROUND seen with PySide6 6.12: a method of a plain object is kept weakly, and disconnected on
        # the thread on which the object dies. The reading's thread then has Qt's lock of the connections and
        # waits for the interpreter's; the window, in the box's end, has that one and waits for Qt's. A lambda
        # is kept by the box. How signals reach plain objects:
        # https://code.qt.io/cgit/pyside/pyside-setup.git/tree/sources/pyside6/doc/developer (signalmanager)
        # No report is known. It can go when PySide disconnects without the interpreter's lock.
        self.rejected.connect(lambda: reader.cancel())  # noqa: PLW0108  (not its method, see above)
        self.destroyed.connect(lambda: reader.cancel())  # noqa: PLW0108
        self.rejected.connect(lambda: self._reply.refuse(reading_cancelled_error()))
        self._delay = QTimer(self, singleShot=True, interval=SHOW_AFTER_MS)
        self._delay.timeout.connect(self.open)
        self._delay.start()
        FileWorker(self).run(partial(job, reader), self._on_read, self._on_failed)

    def _on_read(self, value: T) -> None:
        self._remove()
        self._reply.answer(value)

    def _on_failed(self, error: UserError) -> None:
        self._remove()
        self._reply.refuse(error)

    def _remove(self) -> None:
        self._delay.stop()
        self.hide()
        self.deleteLater()


def _hand_over(then: Callable[[T], object], value: T) -> None:
    """Call `then` with the value, unless its page is gone because the officer signed out."""
    if receiver_exists(then):
        then(value)


class ListDraft(msgspec.Struct, frozen=True, kw_only=True):
    """A list that was read, the officer's answers to its questions, and the understanding made with them."""

    importer: Importer
    path: Path
    basis: ImportBasis[Any]
    file: ListFile
    answers: dict[str, str]
    understanding: Understanding[Any]


class ImportPanel(QFrame):
    """The panel of an import: the officer chooses a file, then sees and corrects what was understood of it.

    Args:
        host: access to the office for the signed-in officer.
        sources: where lists come from: key, words and importer.
        list_names: the names of these lists in the record of imports.

    Signals:
        back_requested: the officer wants to leave the import.
    """

    back_requested = Signal()

    def __init__(
        self, host: PageHost, sources: Sequence[tuple[str, str, Importer]], list_names: Sequence[str]
    ) -> None:
        super().__init__()
        self.setProperty("kind", "panel")
        self._host, self._files = host, FileWorker(self)
        self._importers = {key: importer for key, _words, importer in sources}
        self._list_names = list_names
        self.draft: ListDraft | None = None
        theme = host.theme
        file_pattern = _("Daftar (*.csv *.tsv *.txt *.xlsx *.xls *.ods *.json *.zip)")
        self.start = forms.Form(
            theme,
            (
                forms.ChoiceField(
                    theme,
                    "source",
                    _("Asal daftar"),
                    [(key, words) for key, words, _importer in sources],
                    required=True,
                ),
                forms.FileField(theme, "path", _("Berkas daftar"), file_pattern, required=True),
            ),
            _("Lanjut"),
            _("Kembali"),
        )
        self.start.show_values({"source": sources[0][0]})
        self.undo_button = widgets.Button(theme, _("Urungkan sebuah impor …"), "quiet", "undo-2")
        self.view = UnderstandingView(host)
        self.stages = ShownStack()
        self._start_stage = QWidget()
        column = Column(theme, self._start_stage, gap=12)
        column.addWidget(self.start)
        column.addWidget(self.undo_button)
        column.addStretch()
        self.stages.addWidget(self._start_stage)
        self.stages.addWidget(self.view)
        Column(theme, self, margins=(20, 16, 20, 16)).addWidget(self.stages)
        self.setFocusProxy(self.start)
        self._connect_signals()

    def _connect_signals(self) -> None:
        self.start.submitted.connect(self._read_basis)
        self.start.left.connect(self.back_requested)
        self.view.answered.connect(self._answer)
        self.view.sheet_wanted.connect(self._read_sheet)
        self.view.save_wanted.connect(self._save_refused_rows)
        self.view.back_requested.connect(self._leave)
        self.undo_button.clicked.connect(self._offer_undo)
        # A reading under way may never be answered then.
        self._host.lost.connect(self._enable_forms)

    def _offer_undo(self) -> None:
        """Offer the last imports of these lists. The officer confirms before the chosen one is taken back."""
        list_names = self._list_names  # the worker thread must not hold a widget

        def read_imports(office: Office, _actor: Actor) -> tuple[ListImport, ...]:
            return office.read(lambda tx: list_imports.imports(tx, *list_names))

        # Any of the importers takes back what each of them wrote.
        importer = next(iter(self._importers.values()))
        self._host.perform(read_imports, partial(_choose_undo, self._host, importer))

    def _read_basis(self, values: dict[str, Any]) -> None:
        self.start.set_busy(busy=True)
        importer = self._importers[values["source"]]
        read_basis = partial(import_basis, importer=importer)
        self._host.read(read_basis, partial(self._read_list, values["path"], importer, ""))

    def _read_list(self, path: Path, importer: Importer, sheet: str, basis: ImportBasis[Any]) -> None:
        job = partial(_read_draft, path, importer, basis)
        ReadingBox(self._host, path, job, self._mark_known_rows, self._on_unreadable, sheet)

    def _read_sheet(self, sheet: str) -> None:
        if self.draft is not None:
            self._read_list(self.draft.path, self.draft.importer, sheet, self.draft.basis)

    def _answer(self, key: str, answer: str) -> None:
        if self.draft is None:
            return
        answers = ListAnswers(self.draft.answers).with_answer(key, answer).given
        self.view.set_busy(busy=True)
        job = partial(_understand_again, self.draft, answers)
        self._files.run(job, self._mark_known_rows, self._on_unreadable)

    def _mark_known_rows(self, draft: ListDraft) -> None:
        self._host.read(partial(_with_known_rows, draft), self._show)

    def _show(self, draft: ListDraft) -> None:
        self._enable_forms()
        self.draft = draft
        self.view.show_draft(draft.importer, draft.file, draft.understanding)
        self.stages.setCurrentWidget(self.view)

    def _enable_forms(self) -> None:
        self.start.set_busy(busy=False)
        self.view.set_busy(busy=False)

    def _on_unreadable(self, error: UserError) -> None:
        self._enable_forms()
        if self.stages.currentWidget() is self._start_stage:
            self.start.show_refusal(error)
        else:
            self._host.refuse(error)

    def _save_refused_rows(self) -> None:
        if self.draft is not None and not self._files.is_busy:
            job = partial(write_refused, self.draft.path, refused_file(self.draft.understanding.refused))
            self._files.run(job, self._report_saved, self._host.refuse)

    def _report_saved(self, path: Path) -> None:
        self._host.tell(_("Baris yang ditolak tersimpan di {path}").format(path=path))

    def _leave(self) -> None:
        """Leave, and prepare for the next list. The source stays: it is probably the same next time."""
        self.draft = None
        self.start.show_values({"path": None})
        self.stages.setCurrentWidget(self._start_stage)
        self.back_requested.emit()


def _read_draft(path: Path, importer: Importer, basis: ImportBasis[Any], reader: ListReader) -> ListDraft:
    """Read the list and understand it, on a thread for files. Raises UserError when it is no list."""
    file = reader.read()
    understanding = understand_file(file, basis, {})
    return ListDraft(
        importer=importer, path=path, basis=basis, file=file, answers={}, understanding=understanding
    )


def _understand_again(draft: ListDraft, answers: dict[str, str]) -> ListDraft:
    understanding = understand_file(draft.file, draft.basis, answers)
    return msgspec.structs.replace(draft, answers=answers, understanding=understanding)


def _with_known_rows(draft: ListDraft, office: Office) -> ListDraft:
    understanding = mark_known_rows(office, draft.importer, draft.understanding)
    return msgspec.structs.replace(draft, understanding=understanding)


def write_refused(path: Path, rows: bytes) -> Path:
    """Write the refused rows next to the list, on a thread for files.

    Raises:
        UserError: the folder cannot be written.
    """
    target = path.with_name(f"{path.name}.ditolak.csv")
    try:
        target.write_bytes(rows)
    except OSError as error:
        raise UserError(
            _("{path} tidak dapat ditulis.").format(path=target),
            _("Yang sudah diimpor tersimpan."),
            _("Salin daftarnya ke folder yang dapat ditulis, lalu ulangi."),
        ) from error
    return target


def _choose_undo(host: PageHost, importer: Importer, imports: tuple[ListImport, ...]) -> None:
    options = [(import_words(record, host), record) for record in imports if record.undone_at is None]
    if not options:
        host.tell(_("Tidak ada impor yang dapat diurungkan."))
        return
    undo = partial(confirm_undo, host, importer)
    dialogs.choose(host.window, host.theme, _("Urungkan impor yang mana?"), options, undo)


def import_words(record: ListImport, host: PageHost) -> str:
    """Return an import in a line: file, when, by whom, how many rows."""
    moment = to_datetime(record.at, host.now().tzinfo)
    when = f"{formats.format_date(moment.date(), 'short')} {formats.format_clock(moment)}"
    words = _("{file}, {when}, {officer}: {n} baris").format(
        file=record.file, when=when, officer=record.officer or _("otomatis"), n=record.added
    )
    return words if record.is_whole else _("{told} (belum selesai)").format(told=words)


def confirm_undo(host: PageHost, importer: Importer, record: ListImport) -> None:
    """Ask once more, then take the import back and show which rows stay."""
    job = partial(take_back, importer, record.id)
    dialogs.ask(
        host.window,
        host.theme,
        _("Urungkan impor {file}?").format(file=record.file),
        _("Baris yang belum dikerjakan ditarik kembali; yang sudah dikerjakan tetap ada dan disebut."),
        (_("Urungkan"), partial(host.perform, job, partial(_tell_undone, host, record))),
    )


def _tell_undone(host: PageHost, record: ListImport, report: UndoReport) -> None:
    if not report.kept:
        host.tell(_("Impor {file} diurungkan.").format(file=record.file))
        return
    box = dialogs.Box(host.window, host.theme, _("Sebagian tetap ada"), ("undo-2", "orange"))
    box.say(report.words)
    box.add_button(_("Mengerti"), "primary", lambda: None).setFocus()
    box.open()
