"""The lobby TV at work: what the office tells goes to screen and voice, with less motion where asked."""

import logging
from functools import partial

from PySide6.QtCore import Qt, QTimer, Signal
from PySide6.QtGui import QCloseEvent, QGuiApplication, QShowEvent
from PySide6.QtWidgets import QMainWindow
from typing_extensions import override

from ult_desktop.base import UserError, _, paths, use_language
from ult_desktop.base.config import StationConfig
from ult_desktop.core.queue import boards, spoken
from ult_desktop.devices.voice.announcer import Announcer
from ult_desktop.devices.voice.choice import VoiceStatus, voice_choice
from ult_desktop.operations.office.own_voice import own_voice_folder
from ult_desktop.ui.display.calls import announcements, lobby_voice
from ult_desktop.ui.display.media.media import Media
from ult_desktop.ui.display.screen import LobbyScreen
from ult_desktop.ui.kit import Theme, widgets
from ult_desktop.ui.office_link.link import OfficeLink


def motion_wanted() -> bool:
    """False where the person who set this PC up switched animations off."""
    hints = QGuiApplication.styleHints()  # a name keeps it alive: its children die with the wrapper
    return hints.accessibility().motionPreference() is not Qt.MotionPreference.ReducedMotion


log = logging.getLogger(__name__)
REFRESH_MS = 60_000
"""Waits and opening hours change with the clock, without anybody doing anything."""


class DisplayWindow(QMainWindow):
    """Wires office, screen, media and voice; what they do is decided there.

    Args:
        link: the way to the office.
        theme: of the face "display".
        config: this station's settings.
        now: the office's clock (aware).
        hold: seconds that a call fills the screen at least.

    Signals:
        voice_changed: a `VoiceStatus`: what is heard in the lobby. The other stations are told too.
    """

    voice_changed = Signal(object)

    def __init__(
        self,
        link: OfficeLink,
        theme: Theme,
        config: StationConfig,
        now: widgets.Now,
        hold: float = spoken.HOLD_S,
    ) -> None:
        super().__init__()
        use_language(config.language)
        self._link = link
        self._feed = announcements.CallFeed()
        self._started = False
        self.voice_status: VoiceStatus | None = None
        self.setWindowTitle(_("Layar antrean"))
        self.lobby = LobbyScreen(theme, now, config.display.running_text, moving=motion_wanted())
        self.setCentralWidget(self.lobby)
        self.media = Media(
            self.lobby.stage.media,
            config.display.media_folder,
            paths.films_path(),
            config.display.picture_seconds * 1000,
            parent=self,
        )
        self.voice = lobby_voice.LobbyVoice(
            voice_choice(config.display, own_voice_folder(link.place.database)), hold, parent=self
        )
        self.announcements = announcements.Announcements(config.display, self)
        self._clock = QTimer(self, interval=REFRESH_MS)
        self._wire()
        self.look_again()

    def _wire(self) -> None:
        self.voice.ready.connect(self._use_voice)
        self.announcements.began.connect(self._begin_call)
        self.announcements.over.connect(self._end_call)
        self._clock.timeout.connect(self.look_again)
        self._link.changed.connect(self.look_again)
        self._link.connection_changed.connect(self.lobby.show_connection)
        self._link.refused.connect(self._show_refusal)
        self.lobby.show_connection(self._link.connection)

    def look_again(self) -> None:
        """Something happened in the office: read the board and the calls since the last reading."""
        after = self._feed.seq
        self._link.read(lambda office: office.lobby_update(after), partial(self._take_news, after))

    def _take_news(self, after: int | None, news: boards.LobbyUpdate) -> None:
        self.announcements.know_priority_counters(sum(line.priority for line in news.board.counters))
        self.lobby.show_board(news.board)
        self.announcements.add(self._feed.take(after, news.calls, news.last_seq))

    def _begin_call(self, call: boards.Call) -> None:
        self.media.be_quiet(quiet=True)
        self.lobby.show_call(call)

    def _end_call(self) -> None:
        self.lobby.clear_call()
        if not self.announcements.pending:
            self.media.be_quiet(quiet=False)

    def _show_refusal(self, error: UserError) -> None:
        """The lobby is no place for error texts, except while there is nothing else to show."""
        log.warning("%s", error)
        self.lobby.stage.show_problem(str(error))

    def try_call(self) -> None:
        """A call of nobody's number, to hear and to see."""
        self.announcements.add((announcements.TRIAL,))

    def _start(self) -> None:
        """After the first frame: loading sound and media must not delay it."""
        self.voice.load(self.media.files)
        self.media.start()
        self._clock.start()

    def _use_voice(self, announcer: Announcer) -> None:
        announcer.status_changed.connect(self._tell_voice)
        self._tell_voice(announcer.status)
        self.announcements.use(announcer)

    def _tell_voice(self, status: VoiceStatus) -> None:
        self.voice_status = status
        self._link.report(voice=status.state.value)
        self.voice_changed.emit(status)

    def fill_screen(self) -> None:
        """The whole of the screen it stands on, without a pointer."""
        self.setCursor(Qt.CursorShape.BlankCursor)
        # Without a window manager "full screen" alone changes nothing.
        self.setGeometry(self.screen().geometry())
        self.showFullScreen()

    @override
    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        if not self._started:
            self._started = True
            QTimer.singleShot(0, self, self._start)

    @override
    def closeEvent(self, event: QCloseEvent) -> None:
        self._clock.stop()
        self.voice.stop()
        self.announcements.stop()
        self.media.close()
        self.lobby.close()
        super().closeEvent(event)
