"""The calls by mouth that this counter noted: what waits, and what could not be taken, until it is read."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QFrame, QWidget

from ult_desktop.core.roles import Permission
from ult_desktop.i18n import _
from ult_desktop.ui.counter.notes.note_words import note_words
from ult_desktop.ui.dialogs import Box
from ult_desktop.ui.layouts import Column
from ult_desktop.ui.widgets.button import Button
from ult_desktop.ui.widgets.label import Label

if TYPE_CHECKING:
    from ult_desktop.core.by_mouth import Noted, Notes
    from ult_desktop.ui.counter.notes.note_keeper import NoteKeeper
    from ult_desktop.ui.counter.work.desk import WorkDesk


class NotesBox(Box):
    """Only who noted a call (or the admin) puts its refusal away; the others see that it is there."""

    def __init__(self, desk: WorkDesk, keeper: NoteKeeper) -> None:
        super().__init__(desk.window, desk.theme, _("Catatan panggilan lisan"), ("notebook-pen", "blue"))
        self._desk, self._keeper = desk, keeper
        self.read: list[Button] = []
        self._lines = QWidget()
        self.words.addWidget(self._lines)
        keeper.changed.connect(self._show)
        self.add_button(_("Tutup"), "primary", lambda: None).setFocus()
        self._show(keeper.notes)

    def _show(self, notes: Notes) -> None:
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

    def _line(self, noted: Noted, why: str, tone: str) -> QFrame:
        frame = QFrame()
        frame.setProperty("kind", "plain")
        column = Column(self.theme, frame, gap=4, margins=(16, 12, 16, 12))
        column.addWidget(Label(note_words(noted.ask, self._desk.now().tzinfo), "strong", wrap=True))
        column.addWidget(Label(why, "small", tone, wrap=True))
        return frame

    def _refused(self, noted: Noted) -> QFrame:
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
