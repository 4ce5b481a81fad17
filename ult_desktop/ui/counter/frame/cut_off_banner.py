"""The banner while the shared file is gone: what the officer still sees, and what was noted meanwhile."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Signal

from ult_desktop.base import _, formats
from ult_desktop.core.connection import Connection
from ult_desktop.core.offline import CallNotes
from ult_desktop.ui.counter.offline.notes import refused_words, waiting_words
from ult_desktop.ui.kit import Theme, set_style_properties, widgets

if TYPE_CHECKING:
    from datetime import datetime


class CutOffBanner(widgets.Banner):
    """The banner that shows while cut off, and while notes wait or were refused. Otherwise it hides.

    Signals:
        note_requested: the officer wants to note a call by mouth.
        list_requested: the officer wants to see the notes.
    """

    note_requested = Signal()
    list_requested = Signal()

    def __init__(self, theme: Theme, now: widgets.Now) -> None:
        self._now = now
        self._since: datetime | None = None
        self._was_online = False
        self.connection, self._notes = Connection.ONLINE, CallNotes()
        self._may_note = False
        self.note = widgets.Button(theme, icon_name="volume-x")
        self.list = widgets.Button(theme, icon_name="notebook-pen")
        words = widgets.Label("", wrap=True, news=True)
        super().__init__(theme, ("cloud-off", "orange"), "danger", words, self.list, self.note)
        self.note.clicked.connect(self.note_requested)
        self.list.clicked.connect(self.list_requested)

    @property
    def is_cut(self) -> bool:
        """True while the share is gone; a window that starts and is still connecting is not cut off."""
        gone = self.connection is Connection.OFFLINE
        return gone or (self.connection is Connection.RECONNECTING and self._was_online)

    def show_connection(self, connection: Connection) -> None:
        """Show the connection. The banner names the time of the cut, which stays while the cut lasts."""
        self.connection = connection
        self._was_online = self._was_online or connection is Connection.ONLINE
        if not self.is_cut:
            self._since = None
        elif self._since is None:
            self._since = self._now()
        self._show()

    def show_notes(self, notes: CallNotes, *, may_note: bool) -> None:
        """Show the notes. `may_note`: an officer sits at this counter, and it is not locked."""
        self._notes, self._may_note = notes, may_note
        self._show()

    def _show(self) -> None:
        for button, text in ((self.note, _("Catat panggilan manual (F5)")), (self.list, _("Lihat catatan"))):
            button.setText(text)
            button.rescale()
        self.tile.show_icon(*(("cloud-off", "orange") if self.is_cut else ("notebook-pen", "blue")))
        self.note.setVisible(self.is_cut and self._may_note)
        has_notes = bool(self._notes.waiting or self._notes.refused)
        self.list.setVisible(has_notes and self._may_note)
        words = (self._cut_words(), waiting_words(self._notes), refused_words(self._notes))
        self.words.setText(" ".join(filter(None, words)))
        tone = "danger" if self.is_cut else "priority" if self._notes.refused else "info"
        self.show_tone(tone)
        # The words' colour depends on the banner's.
        set_style_properties(self.words, tone="primary" if tone == "info" else tone)
        self.setVisible(self.is_cut or has_notes)

    def _cut_words(self) -> str:
        if self._since is None:
            return ""
        if not self._was_online:
            return _("Belum tersambung ke data kantor.")
        if self.connection is Connection.RECONNECTING:
            words = _("Data kantor tidak menjawab sejak pukul {time}; menyambung kembali…")
        else:
            words = _(
                "Terputus dari data kantor. Yang terlihat adalah keadaan pukul {time}; nomor yang "
                "sudah diambil tetap berlaku. Tindakan terbuka lagi begitu tersambung."
            )
        return words.format(time=formats.format_time(self._since))
