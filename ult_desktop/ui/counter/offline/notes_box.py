"""The calls by mouth that this counter noted: what waits, and what could not be taken, until it is read."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QFrame, QWidget

from ult_desktop.base.i18n import _
from ult_desktop.core.access.roles import Permission
from ult_desktop.ui.counter.offline.note_words import note_words
from ult_desktop.ui.kit.dialogs import Box
from ult_desktop.ui.kit.layouts import Column
from ult_desktop.ui.kit.widgets.button import Button
from ult_desktop.ui.kit.widgets.label import Label

if TYPE_CHECKING:
    from ult_desktop.core.offline.manual_calls import CallNote, CallNotes
    from ult_desktop.ui.counter.offline.note_keeper import NoteKeeper
    from ult_desktop.ui.counter.pages.page_host import PageHost


class NotesBox(Box):
    """Only who noted a call (or the admin) puts its refusal away; the others see that it is there."""

    def __init__(self, desk: PageHost, keeper: NoteKeeper) -> None:
        super().__init__(desk.window, desk.theme, _("Catatan panggilan lisan"), ("notebook-pen", "blue"))
        self._desk, self._keeper = desk, keeper
        self.read: list[Button] = []
        self._lines = QWidget()
        self.words.addWidget(self._lines)
        keeper.changed.connect(self._show)
        self.add_button(_("Tutup"), "primary", lambda: None).setFocus()
        self._show(keeper.notes)

    def _show(self, notes: CallNotes) -> None:
        """Each time anew: there are few."""
        self.read.clear()
        fresh = QWidget()
        column = Column(self.theme, fresh, gap=12)
        for noted in notes.refused:
            column.addWidget(self._refused(noted))
        for noted in notes.waiting:
            column.addWidget(self._line(noted, _("Menunggu: belum masuk ke antrean."), "soft"))
        if not (notes.refused or notes.waiting):
            column.addWidget(Label(_("Tidak ada catatan yang tertinggal."), tone="soft"))
        self.words.replaceWidget(self._lines, fresh)
        self._lines.hide()
        self._lines.deleteLater()
        self._lines = fresh
        self.adjustSize()

    def _line(self, noted: CallNote, why: str, tone: str) -> QFrame:
        frame = QFrame()
        frame.setProperty("kind", "plain")
        column = Column(self.theme, frame, gap=4, margins=(16, 12, 16, 12))
        column.addWidget(Label(note_words(noted.ask, self._desk.now().tzinfo), "strong", wrap=True))
        column.addWidget(Label(why, "small", tone, wrap=True))
        return frame

    def _refused(self, noted: CallNote) -> QFrame:
        frame = self._line(noted, noted.why, "danger")
        column = frame.layout()
        assert column is not None  # noqa: S101
        actor = self._desk.actor
        if noted.officer_id == actor.officer_id or actor.may(Permission.MANAGE_OFFICE):
            button = Button(self.theme, _("Sudah saya baca"), "quiet", "check")
            button.clicked.connect(partial(self._keeper.put_away, noted))
            self.read.append(button)
            column.addWidget(button)
            column.setAlignment(button, Qt.AlignmentFlag.AlignLeft)
        else:
            column.addWidget(Label(_("Dicatat petugas lain; ia yang membacanya."), "small", "soft"))
        return frame
