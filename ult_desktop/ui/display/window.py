"""The lobby TV at work: what the office tells goes to the screen and to the voice."""

import logging
from datetime import datetime, tzinfo
from functools import partial

from PySide6.QtCore import Qt, QTimer, Signal
from PySide6.QtGui import QCloseEvent, QShowEvent
from PySide6.QtWidgets import QMainWindow
from typing_extensions import override

from ult_desktop.config import StationConfig
from ult_desktop.core.boards import Call, LobbyNews
from ult_desktop.devices.voice.announcer import HOLD_S
from ult_desktop.devices.voice.choice import Voice, VoiceChoice, VoiceStatus, load_voice
from ult_desktop.devices.voice.opening import open_announcer
from ult_desktop.errors import UserError
from ult_desktop.i18n import _, use_language
from ult_desktop.operations.office import Office
from ult_desktop.ui.display.announcements import Announcements
from ult_desktop.ui.display.call_feed import CallFeed
from ult_desktop.ui.display.media_folder import MediaFolder
from ult_desktop.ui.display.media_show import MediaShow
from ult_desktop.ui.display.media_watch import MediaWatch
from ult_desktop.ui.display.motion import motion_wanted
from ult_desktop.ui.display.screen import LobbyScreen
from ult_desktop.ui.display.sound import voice_choice
from ult_desktop.ui.link import OfficeLink
from ult_desktop.ui.tasks import Tasks
from ult_desktop.ui.theme import Theme
from ult_desktop.ui.widgets.clock import Now

log = logging.getLogger(__name__)


class DisplayWindow(QMainWindow):
    """Wires office, screen, media and voice; what they do is decided there.

    Args:
        link: the way to the office.
        theme: of the face "display".
        config: this station's settings.
        now: the clock (aware; shown in the office's zone as soon as that is known).
        hold: seconds that a call fills the screen at least.

    Signals:
        voice_changed: a `VoiceStatus`: what is heard in the lobby; also told to the other stations.
    """

    voice_changed = Signal(object)

    def __init__(
        self,
        link: OfficeLink,
        theme: Theme,
        config: StationConfig,
        now: Now,
        hold: float = HOLD_S,
    ) -> None:
        super().__init__()
        use_language(config.language)
        self._link, self._config, self._now, self._hold = link, config, now, hold
        self._zone: tzinfo | None = None
        self._feed = CallFeed()
        self.voice_status: VoiceStatus | None = None
        self.setWindowTitle(_("Layar antrean"))
        self.screen_view = LobbyScreen(
            theme, self._office_time, config.display.running_text, moving=motion_wanted()
        )
        self.setCentralWidget(self.screen_view)
        self.announcements = Announcements(config.display, self)
        self._files = Tasks(partial(MediaFolder, config.display.media_folder), self)
        self.watch = MediaWatch(self._files, parent=self)
        self.show_ = MediaShow(self.screen_view.stage.media.view, self._files, parent=self)
        self._wire()

    def _wire(self) -> None:
        media = self.screen_view.stage.media
        self.watch.came_back.connect(self.show_.playlist.forgive)
        self.watch.found.connect(self.show_.show_folder)
        self.show_.showing.connect(media.show_media)
        self.announcements.began.connect(self._begin_call)
        self.announcements.over.connect(self._end_call)
        self._link.changed.connect(self.look_again)
        self._link.connection_changed.connect(self.screen_view.show_connection)
        self._link.refused.connect(self._show_refusal)
        self.screen_view.show_connection(self._link.connection)
        self.look_again()

    def _office_time(self) -> datetime:
        return self._now().astimezone(self._zone) if self._zone else self._now()
