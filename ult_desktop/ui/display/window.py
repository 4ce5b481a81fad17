"""The lobby TV at work.

News of the office goes to screen and voice, with less motion if that is asked for.
"""

import logging

import msgspec
from PySide6.QtCore import Qt, QTimer, Signal
from PySide6.QtGui import QCloseEvent, QGuiApplication, QResizeEvent, QScreen, QShowEvent
from PySide6.QtWidgets import QMainWindow
from typing_extensions import override

from ult_desktop.base import UserError, _, language, paths, use_language
from ult_desktop.base.config import StationConfig
from ult_desktop.core.connection import Connection
from ult_desktop.core.queue import boards, spoken
from ult_desktop.core.stamps import to_stamp
from ult_desktop.devices.voice.announcer import Announcer
from ult_desktop.devices.voice.choice import VoiceStatus, voice_choice
from ult_desktop.operations.office.office import Office
from ult_desktop.operations.office.own_voice import own_voice_folder
from ult_desktop.ui.display.calls import announcements
from ult_desktop.ui.display.media.media import Media
from ult_desktop.ui.display.screen import LobbyScreen
from ult_desktop.ui.display.words import CallGroup
from ult_desktop.ui.kit import Theme, widgets
from ult_desktop.ui.kit.public_screen import PublicScreen
from ult_desktop.ui.office_link.link import OfficeLink


def is_motion_wanted() -> bool:
    """Return False if the person who set this PC up switched animations off."""
    # WORKAROUND the object that `accessibility` returns is deleted with the Python half of its parent,
    # although Qt owns both: seen with PySide6 6.12, no report is known. It can go when the chain of calls
    # can be written in one line.
    hints = QGuiApplication.styleHints()  # a name keeps it alive: its children die with the wrapper
    return hints.accessibility().motionPreference() is not Qt.MotionPreference.ReducedMotion


log = logging.getLogger(__name__)
REFRESH_MS = 60_000
"""The time between two readings of the board: waits and opening hours change with the clock."""
BOARD_MS = 300
"""The time a board waits for more changes: in a busy hall, reading each one would delay the calls."""
OWN_MS, OTHER_MS = 24_000, 12_000
"""The time for which the screen shows the office's language, and the other one."""


class DisplayWindow(QMainWindow):
    """The window that connects office, screen, media and voice.

    Args:
        link: the way to the office.
        theme: of the face "display".
        config: this station's settings.
        now: the office's clock (aware).
        hold: seconds that a call fills the screen at least.

    Signals:
        voice_changed: the `VoiceStatus`: what is heard in the lobby. The other stations get it too.
    """

    voice_changed = Signal(object)

    def __init__(
        self,
        link: OfficeLink,
        theme: Theme,
        config: StationConfig,
        now: widgets.Now,
        hold: float = spoken.MIN_SHOWN_S,
    ) -> None:
        super().__init__()
        use_language(config.language)
        self._link, self._now, self.feed = link, now, announcements.CallFeed()
        self._config, self._usual_language = config.display, config.language
        self._board: boards.LobbyBoard | None = None
        self._follows_calls = self._has_started = False
        self.voice_status: VoiceStatus | None = None
        self.setWindowTitle(_("Layar antrean"))
        self.lobby = LobbyScreen(theme, now, config.display.running_text, moving=is_motion_wanted())
        self.setCentralWidget(self.lobby)
        self.media = Media(
            self.lobby.stage.media,
            config.display.media_folder,
            paths.films_path(),
            config.display.picture_seconds * 1000,
            parent=self,
        )
        self.voice = announcements.LobbyVoice(
            voice_choice(config.display, own_voice_folder(link.setup.database)), hold, parent=self
        )
        self.announcements = announcements.Announcements(config.display, now, self)
        self._screen = PublicScreen(self, self._cover, config.display.screen)
        self._clock = QTimer(self, interval=REFRESH_MS)
        self._board_due = QTimer(self, singleShot=True, interval=BOARD_MS)
        self._language_turn = QTimer(self, singleShot=True, interval=OWN_MS)
        self._wire()

    def _wire(self) -> None:
        self.voice.ready.connect(self._use_voice)
        self.media.unshown_changed.connect(lambda names: self._link.report(unshown_media=names))
        self.announcements.shown.connect(self._show_calls)
        self.announcements.over.connect(self._end_call)
        self._clock.timeout.connect(self.refresh)
        self._board_due.timeout.connect(self._read_board)
        self._language_turn.timeout.connect(self.switch_language)
        self._link.urgent.follow(self.feed.read, self._on_calls)
        self._link.changed.connect(self.refresh)
        self._link.connection_changed.connect(self._show_connection)
        self._link.refused.connect(self._show_refusal)
        self.lobby.show_connection(self._link.connection)

    def refresh(self) -> None:
        """Read the board again, because something happened in the office or time went by.

        The first board waits for the first reading of the calls: from then on no call is missed.
        """
        if self._board is None and self._follows_calls:
            self._read_board()
        elif self._board is not None and not self._board_due.isActive():
            self._board_due.start()

    def _read_board(self) -> None:
        self._link.read(Office.lobby_board, self._on_board)

    def _on_calls(self, calls: tuple[boards.Call, ...]) -> None:
        self._follows_calls = True
        ours = self._config.counters
        self.announcements.add(call for call in calls if not ours or call.counter in ours)

    def _on_board(self, board: boards.LobbyBoard) -> None:
        self.announcements.set_priority_counters(sum(line.priority for line in board.counters))
        self._board = board.only_counters(self._config.counters)
        if not self._config.next_numbers:
            self._board = msgspec.structs.replace(self._board, next_up=())
        self.lobby.show_board(self._board)

    def switch_language(self) -> None:
        """Switch the screen to its other language, or back; wait while a call is on.

        Calls are shown in the screen's own language.
        """
        if self.lobby.overlay.call is None:
            other = "id" if self._usual_language == "en" else "en"
            self._use_language(other if language() == self._usual_language else self._usual_language)
        else:
            self._language_turn.start()

    def _use_language(self, new_language: str) -> None:
        use_language(new_language)
        if self._config.bilingual:
            self._language_turn.start(OWN_MS if new_language == self._usual_language else OTHER_MS)
        self.lobby.retranslate()
        if self._board is not None:
            self.lobby.show_board(self._board)
        self._read_board()  # the board holds the words of some rows in the language in which it was read

    def show_languages(self) -> None:
        """Switch to this screen's own language, which may be one just loaded from the office's folder."""
        self._use_language(self._usual_language)

    def _show_calls(self, group: CallGroup) -> None:
        was_in_other_language = language() != self._usual_language
        use_language(self._usual_language)
        self.lobby.show_calls(group)  # first: writing the rest of the screen again would delay the call
        self.media.be_quiet(quiet=True)
        if was_in_other_language:
            self._use_language(self._usual_language)

    def _end_call(self) -> None:
        """Uncover the screen after the last call; the next one replaces it at once."""
        if not self.announcements.pending:
            self.lobby.clear_call()
            self.media.be_quiet(quiet=False)

    def _show_connection(self, connection: Connection) -> None:
        self.lobby.show_connection(connection)
        unopened = self._link.unopened
        if connection is Connection.OFFLINE and unopened is not None:
            self.lobby.stage.show_unopened(unopened.public)

    def _show_refusal(self, error: UserError) -> None:
        """Show an error where it is seen only until the first board: the lobby needs no error texts."""
        log.warning("%s", error)
        self.lobby.stage.show_problem(" ".join(filter(None, (error.public, error.safe, error.todo))))

    def try_call(self) -> None:
        """Show and announce the trial call, whose number no visitor has."""
        self.announcements.add((msgspec.structs.replace(announcements.TRIAL, at=to_stamp(self._now())),))

    def _start(self) -> None:
        """Load sound and media after the first frame, which they must not delay."""
        self.voice.load(self.media.files)
        self.media.start()
        # Otherwise the first call of the day would wait until its letters are drawn.
        self.lobby.overlay.warm_up(announcements.TRIAL)
        self._clock.start()
        if self._config.bilingual:
            self._language_turn.start()

    def _use_voice(self, announcer: Announcer) -> None:
        announcer.status_changed.connect(self._report_voice)
        self._report_voice(announcer.status)
        self.announcements.use(announcer)

    def _report_voice(self, status: VoiceStatus) -> None:
        self.voice_status = status
        self._link.report(voice=status.state.value)
        self.voice_changed.emit(status)

    def fill_screen(self) -> None:
        """Cover the whole of the chosen screen, without a pointer, before every other window."""
        self.setCursor(Qt.CursorShape.BlankCursor)
        self.setWindowFlag(Qt.WindowType.WindowStaysOnTopHint)
        self._screen.hold(takes_keys=False)

    def _cover(self, screen: QScreen) -> None:
        # Without a window manager "full screen" alone changes nothing.
        self.setGeometry(screen.geometry())
        self.showFullScreen()

    @override
    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        size, percent = event.size(), self._config.overscan_percent
        across, down = round(size.width() * percent / 100), round(size.height() * percent / 100)
        self.setContentsMargins(across, down, across, down)

    @override
    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        if not self._has_started:
            self._has_started = True
            QTimer.singleShot(0, self, self._start)

    @override
    def closeEvent(self, event: QCloseEvent) -> None:
        self._clock.stop()
        self._board_due.stop()
        self._language_turn.stop()
        self.voice.stop()
        self.announcements.stop()
        self.media.close()
        self.lobby.close()
        super().closeEvent(event)
