"""The frame around every page of the counter: banner, pages, status bar, short messages."""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import TYPE_CHECKING

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QFrame, QSizePolicy, QWidget
from typing_extensions import override

from ult_desktop.base import _, formats
from ult_desktop.core.connection import Connection
from ult_desktop.core.offline import CallNotes
from ult_desktop.core.queue.boards import CounterBoard, StationStatus
from ult_desktop.devices.printer.status import PrinterState
from ult_desktop.devices.voice.choice import VoiceState
from ult_desktop.ui.counter.offline.notes import refused_words, waiting_words
from ult_desktop.ui.kit import Column, Row, Theme, dialogs, panels, set_style_properties, widgets
from ult_desktop.ui.kit.reading_order import move_keyboard
from ult_desktop.ui.kit.widgets.pill import connection_look
from ult_desktop.ui.kit.widgets.toast import Toast

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
        self.note_button = widgets.Button(theme, icon_name="volume-x")
        self.list_button = widgets.Button(theme, icon_name="notebook-pen")
        words = widgets.Label("", wrap=True, news=True)
        super().__init__(theme, ("cloud-off", "orange"), "danger", words, self.list_button, self.note_button)
        self.note_button.clicked.connect(self.note_requested)
        self.list_button.clicked.connect(self.list_requested)

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
        # The banner outlives a change of the language, so its buttons get their words here.
        for button, text in (
            (self.note_button, _("Catat panggilan manual (F5)")),
            (self.list_button, _("Lihat catatan")),
        ):
            button.setText(text)
            button.rescale()
        self.tile.show_icon(*(("cloud-off", "orange") if self.is_cut else ("notebook-pen", "blue")))
        self.note_button.setVisible(self.is_cut and self._may_note)
        has_notes = bool(self._notes.waiting or self._notes.refused)
        self.list_button.setVisible(has_notes and self._may_note)
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


@dataclass(frozen=True)
class DeviceWords:
    """The words about a kind of device; `text` is "" when there is nothing to say."""

    text: str = ""
    is_ready: bool = True


def printer_words(stations: Iterable[StationStatus]) -> DeviceWords:
    """Return the words about the kiosks' printers. A printer that cannot print is named with its station."""
    reporting = [
        station for station in stations if station.mode == "kiosk" and station.printer not in ("", "none")
    ]
    troubled = [station for station in reporting if station.printer not in _PRINTING]
    if troubled:
        state = _printer_states().get(troubled[0].printer, troubled[0].printer)
        text = _("printer {station}: {state}").format(station=troubled[0].name, state=state)
        return DeviceWords(text, is_ready=False)
    if any(station.printer == PrinterState.PAPER_LOW for station in reporting):
        return DeviceWords(_("printer: kertas hampir habis"))
    return DeviceWords(_("printer siap")) if reporting else DeviceWords()


def voice_words(stations: Iterable[StationStatus]) -> DeviceWords:
    """Return the words about the voice in the lobby. They say what is wrong when visitors hear too little."""
    reporting = [station for station in stations if station.mode == "display" and station.voice]
    troubled = [station for station in reporting if station.voice != VoiceState.READY]
    if not troubled:
        return DeviceWords(_("suara siap")) if reporting else DeviceWords()
    return DeviceWords(_voice_states().get(troubled[0].voice, troubled[0].voice), is_ready=False)


_PRINTING = {state.value for state in PrinterState if state.can_print}  # states of a printer that prints


def _printer_states() -> dict[str, str]:
    return {
        PrinterState.PAPER_OUT: _("kertas habis"),
        PrinterState.COVER_OPEN: _("tutup terbuka"),
        PrinterState.OFFLINE: _("mati atau macet"),
        PrinterState.NO_ANSWER: _("tidak menjawab"),
        PrinterState.PAUSED: _("dijeda di Windows"),
        PrinterState.MISSING: _("tidak ditemukan"),
    }


def _voice_states() -> dict[str, str]:
    silent = _("layar TV diam: tidak ada perangkat suara")
    return {
        VoiceState.SILENT: silent,
        VoiceState.NO_MULTIMEDIA: silent,
        VoiceState.NO_CHIME: _("layar TV: berkas bunyi hilang"),
        VoiceState.NO_PACK: _("layar TV: paket suara hilang"),
        VoiceState.INCOMPLETE_PACK: _("layar TV: paket suara tidak lengkap"),
        VoiceState.NO_SYSTEM_VOICE: _("layar TV: suara sistem tidak ada"),
        VoiceState.STUCK: _("layar TV: suara macet"),
    }


class StatusBar(QFrame):
    """The status bar that says what works. Each state has its words and icon, not only its colour."""

    def __init__(self, theme: Theme, now: widgets.Now) -> None:
        super().__init__()
        self.setProperty("kind", "bar")
        self.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Fixed)
        self.link = widgets.Pill(theme)
        self.printer, self.voice = widgets.Pill(theme), widgets.Pill(theme)
        self.health = widgets.Pill(theme)
        self.clock = widgets.Clock(theme, now, "small", date=None, tone="")
        row = Row(theme, self, gap=8, margins=(16, 8, 16, 8))
        for pill in (self.link, self.printer, self.voice, self.health):
            row.addWidget(pill)
        row.addStretch()
        row.addWidget(self.clock)
        self.show_link(Connection.ONLINE)
        self.show_devices(DeviceWords(), DeviceWords())
        self.health.show_status("", "danger", "heart-pulse")

    def show_link(self, link: Connection) -> None:
        self.link.show_status(*connection_look(link))

    def show_devices(self, printer: DeviceWords, voice: DeviceWords) -> None:
        """Show the state of the kiosks' printers and of the lobby's voice; without words a pill hides."""
        tone, icon_name = ("ok", "printer") if printer.is_ready else ("danger", "printer-x")
        self.printer.show_status(printer.text, tone, icon_name)
        self.voice.show_status(voice.text, "ok" if voice.is_ready else "warn", "info")


class CounterFrame(QWidget):
    """The whole content of the window. Sign-in, lock and workspace each put their page in and remove it."""

    def __init__(self, theme: Theme, now: widgets.Now) -> None:
        super().__init__()
        self.setProperty("kind", "page")
        self.banner = CutOffBanner(theme, now)
        self.pages = panels.ShownStack()
        self.status = StatusBar(theme, now)
        self.toast = Toast(theme, self, self.status)
        self.news = dialogs.ConnectionNotices(self)
        column = Column(theme, self)
        column.addWidget(self.pages, 1)
        column.addWidget(self.banner)
        column.addWidget(self.status)

    @override
    def focusNextPrevChild(self, next: bool) -> bool:
        return move_keyboard(self, forward=next)

    def show_page(self, page: QWidget) -> bool:
        """Bring `page` to the front; return True if it was not in the frame before."""
        is_new = self.pages.indexOf(page) < 0
        if is_new:
            self.pages.addWidget(page)
        self.pages.setCurrentWidget(page)
        return is_new

    def remove_page(self, page: QWidget) -> None:
        self.pages.removeWidget(page)
        page.deleteLater()

    def show_connection(self, connection: Connection) -> None:
        """Show the connection, also in the boxes over this window, which may cover banner and status bar."""
        self.status.show_link(connection)
        self.banner.show_connection(connection)
        words = _("Terputus dari data kantor; yang diketik tidak hilang.")
        self.news.tell(words if self.banner.is_cut else "")

    def show_devices(self, board: CounterBoard) -> None:
        self.status.show_devices(printer_words(board.stations), voice_words(board.stations))
