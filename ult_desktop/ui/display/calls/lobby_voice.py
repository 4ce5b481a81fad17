"""The voice as the station's settings want it, loaded without keeping the calls waiting."""

from array import array
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, QTimer, Signal

from ult_desktop.core.queue.spoken import HOLD_S
from ult_desktop.devices.voice.choice import Voice, VoiceChoice, VoiceState, VoiceStatus, load_voice
from ult_desktop.devices.voice.player import open_announcer
from ult_desktop.ui.display.media.media_folder import MediaFolder
from ult_desktop.ui.office_link.tasks import Tasks

if TYPE_CHECKING:
    from ult_desktop.devices.voice.announcer import Announcer


TIMEOUT_MS = 8_000


class LobbyVoice(QObject):
    """An office may keep its voice pack on a share, and a share can hang: then calls are only shown.

    Signals:
        ready: the `Announcer` to use, once.
    """

    ready = Signal(object)

    def __init__(
        self,
        choice: VoiceChoice,
        hold: float = HOLD_S,
        timeout_ms: int = TIMEOUT_MS,
        parent: QObject | None = None,
    ) -> None:
        super().__init__(parent)
        self._choice, self._hold = choice, hold
        self._timeout = QTimer(self, singleShot=True, interval=timeout_ms)
        self._timeout.timeout.connect(self._do_without)
        self._opened = False

    def load(self, files: Tasks[MediaFolder]) -> None:
        """Read the pack's clips on the thread of `files`."""
        self._timeout.start()
        choice = self._choice  # the thread of `files` must not hold this object
        files.run(lambda _folder: load_voice(choice), self._open, lambda _error: self._do_without())

    def stop(self) -> None:
        self._timeout.stop()

    def _do_without(self) -> None:
        status = VoiceStatus(VoiceState.NO_PACK, str(self._choice.pack))
        self._open(Voice(self._choice, array("h"), (), status))

    def _open(self, voice: Voice) -> None:
        self._timeout.stop()
        if not self._opened:
            self._opened = True
            announcer: Announcer = open_announcer(voice, self._hold, self)
            self.ready.emit(announcer)
