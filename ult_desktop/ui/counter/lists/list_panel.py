"""The panel in which a list is chosen, shown as it was understood, corrected and imported."""

from collections.abc import Callable, Mapping, Sequence
from functools import partial
from pathlib import Path
from typing import Any, TypeVar

import msgspec
from PySide6.QtCore import QTimer, Signal
from PySide6.QtWidgets import QFrame, QProgressBar, QWidget

from ult_desktop.base import UserError, _
from ult_desktop.core.lists.understanding import ListAnswers, Understanding
from ult_desktop.operations.lists.importing import (
    ImportBasis,
    import_basis,
    mark_known_rows,
    refused_file,
    understand_file,
)
from ult_desktop.operations.lists.list_files import ListFile
from ult_desktop.operations.lists.list_reader import ListReader, reading_cancelled
from ult_desktop.operations.office.office import Office
from ult_desktop.ui.counter.lists.understanding_view import UnderstandingView
from ult_desktop.ui.counter.lists.writing import Importer, choose_undo
from ult_desktop.ui.counter.pages import PageHost
from ult_desktop.ui.counter.pages.page_host import is_there
from ult_desktop.ui.kit import Column, dialogs, forms, widgets
from ult_desktop.ui.kit.panels import ShownStack
from ult_desktop.ui.office_link.tasks import FileWorker, Request

T = TypeVar("T")
SHOW_AFTER_MS = 400  # most lists are read before anybody would see the box


class ReadingBox(dialogs.Box):
    """The box that closes with the end of the reading. Closing it before ends the reading.

    Args:
        host: the officer's.
        path: the list.
        job: reads the list with the given reader, on a thread of its own; holds no widget.
        then: gets what the job made of it.
        failed: gets the words when there is nothing, `ReadingCancelled` among them.
        sheet: the sheet to read; "" is the first in sight that holds something.
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
        self.stop = self.add_button(_("Batal"), "quiet", lambda: None)
        reader = ListReader(path, sheet=sheet)
        self._reply = Request(partial(_hand_over, then), partial(_hand_over, failed))
        self.rejected.connect(reader.cancel)
        self.rejected.connect(lambda: self._reply.refuse(reading_cancelled()))
        self.destroyed.connect(reader.cancel)
        self._delay = QTimer(self, singleShot=True, interval=SHOW_AFTER_MS)
        self._delay.timeout.connect(self.open)
        self._delay.start()
        FileWorker(self).run(partial(job, reader), self._read, self._not_read)

    def _read(self, value: T) -> None:
        self._end()
        self._reply.answer(value)

    def _not_read(self, error: UserError) -> None:
        self._end()
        self._reply.refuse(error)

    def _end(self) -> None:
        self._delay.stop()
        self.hide()
        self.deleteLater()


def _hand_over(then: Callable[[T], object], value: T) -> None:
    """Call `then` with the value, unless its page is gone because the officer signed out."""
    if is_there(then):
        then(value)


class ListDraft(msgspec.Struct, frozen=True, kw_only=True):
    """A list that was read, the answers to its questions so far, and what was understood by them."""

    importer: Any
    path: Path
    basis: ImportBasis[Any]
    file: ListFile
    said: dict[str, str]
    understanding: Understanding[Any]


class ImportPanel(QFrame):
    """The panel of an import: the file, then what was understood of it. It is read on a thread of its own.

    Args:
        host: the officer's.
        ways: where lists come from: key, words and importer.
        names: the names of these lists in the record of imports.

    Signals:
        left: back to the page.
    """

    left = Signal()

    def __init__(
        self, host: PageHost, ways: Sequence[tuple[str, str, Importer]], names: Sequence[str]
    ) -> None:
        super().__init__()
        self.setProperty("kind", "panel")
        self._host, self._files = host, FileWorker(self)
        self._importers = {key: importer for key, _words, importer in ways}
        self._first = ways[0][0]
        self._lists = names
        self.draft: ListDraft | None = None
        theme = host.theme
        kinds = _("Daftar (*.csv *.tsv *.txt *.xlsx *.xls *.ods *.json *.zip)")
        self.start = forms.Form(
            theme,
            (
                forms.ChoiceField(
                    theme,
                    "source",
                    _("Asal daftar"),
                    [(key, words) for key, words, _importer in ways],
                    required=True,
                ),
                forms.FileField(theme, "path", _("Berkas daftar"), kinds, required=True),
            ),
            _("Lanjut"),
            _("Kembali"),
        )
        self.start.show_values({"source": self._first})
        self.undo = widgets.Button(theme, _("Urungkan sebuah impor …"), "quiet", "undo-2")
        self.view = UnderstandingView(host)
        self.stages = ShownStack()
        first = QWidget()
        column = Column(theme, first, gap=12)
        column.addWidget(self.start)
        column.addWidget(self.undo)
        column.addStretch()
        self.stages.addWidget(first)
        self.stages.addWidget(self.view)
        Column(theme, self, margins=(20, 16, 20, 16)).addWidget(self.stages)
        self.setFocusProxy(self.start)
        self._wire()

    def _wire(self) -> None:
        self.start.submitted.connect(self._begin)
        self.start.left.connect(self.left)
        self.view.answered.connect(self._answer)
        self.view.sheet_wanted.connect(self._read_sheet)
        self.view.save_wanted.connect(self._save)
        self.view.left.connect(self._leave)
        self.undo.clicked.connect(self._offer_undo)
        self._host.lost.connect(self._free)

    def _offer_undo(self) -> None:
        """Offer the last imports of all these desks; each takes back what any of them wrote."""
        choose_undo(self._host, self._importers[self._first], self._lists)

    def _begin(self, values: dict[str, Any]) -> None:
        self.start.set_busy(busy=True)
        importer = self._importers[values["source"]]
        self._host.read(partial(_basis, importer), partial(self._load, values["path"], importer, ""))

    def _load(self, path: Path, importer: Importer, sheet: str, basis: ImportBasis[Any]) -> None:
        job = partial(_load, path, importer, basis)
        ReadingBox(self._host, path, job, self._compare, self._not_read, sheet)

    def _read_sheet(self, sheet: str) -> None:
        if self.draft is not None:
            self._load(self.draft.path, self.draft.importer, sheet, self.draft.basis)

    def _answer(self, key: str, answer: str) -> None:
        if self.draft is None:
            return
        said = ListAnswers(self.draft.said).with_answer(key, answer).said
        self.view.set_busy(busy=True)
        self._files.run(partial(_understood_again, self.draft, said), self._compare, self._not_read)

    def _compare(self, draft: ListDraft) -> None:
        self._host.read(partial(_with_known_rows, draft), self._show)

    def _show(self, draft: ListDraft) -> None:
        self._free()
        self.draft = draft
        self.view.show_draft(draft.importer, draft.file, draft.understanding)
        self.stages.setCurrentWidget(self.view)

    def _free(self) -> None:
        """Open the forms again: the reading that they asked for may never be answered."""
        self.start.set_busy(busy=False)
        self.view.set_busy(busy=False)

    def _not_read(self, error: UserError) -> None:
        self._free()
        if self.stages.currentIndex() == 0:
            self.start.show_refusal(error)
        else:
            self._host.refuse(error)

    def _save(self) -> None:
        if self.draft is not None and not self._files.is_busy:
            job = partial(write_refused, self.draft.path, refused_file(self.draft.understanding.refused))
            self._files.run(job, self._saved, self._host.refuse)

    def _saved(self, path: Path) -> None:
        self._host.tell(_("Baris yang ditolak tersimpan di {path}").format(path=path))

    def _leave(self) -> None:
        """Leave, and prepare for the next list. The source stays: it is probably the same next time."""
        self.draft = None
        self.start.show_values({"path": None})
        self.stages.setCurrentIndex(0)
        self.left.emit()


def _basis(importer: Importer, office: Office) -> ImportBasis[Any]:
    return import_basis(office, importer)


def _load(path: Path, importer: Importer, basis: ImportBasis[Any], reader: ListReader) -> ListDraft:
    """Read the list and understand it, on a thread for files. Raises UserError when it is no list."""
    file = reader.read()
    found = understand_file(file, basis, {})
    return ListDraft(importer=importer, path=path, basis=basis, file=file, said={}, understanding=found)


def _understood_again(draft: ListDraft, said: Mapping[str, str]) -> ListDraft:
    found = understand_file(draft.file, draft.basis, said)
    return msgspec.structs.replace(draft, said=dict(said), understanding=found)


def _with_known_rows(draft: ListDraft, office: Office) -> ListDraft:
    found = mark_known_rows(office, draft.importer, draft.understanding)
    return msgspec.structs.replace(draft, understanding=found)


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
