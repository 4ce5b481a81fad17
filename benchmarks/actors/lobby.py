"""A real display window that reports when a call is on the screen: `lobby DATABASE SETTINGS`."""

import sys
from pathlib import Path

from PySide6.QtCore import QTimer
from PySide6.QtWidgets import QApplication

from benchmarks.actors.paint_eye import PaintEye
from benchmarks.actors.said import tell
from ult_desktop.base.config import load_station
from ult_desktop.base.paths import journal_path
from ult_desktop.ui.display.window import DisplayWindow
from ult_desktop.ui.kit.theme import Theme, prepare
from ult_desktop.ui.office_link.link import OfficeLink
from ult_desktop.ui.office_link.station_setup import StationSetup

SIZE = (1920, 1080)
LOOK_MS = 20
MIN_SHOWN_S = 0.4  # the next one need not wait for six seconds


class CallEye:
    """An eye that reports the first frame in which a call can be seen, and its end."""

    def __init__(self, window: DisplayWindow) -> None:
        self._overlay = window.lobby.overlay
        self._seen = 0
        self._eye = PaintEye(self._overlay, self._painted)
        window.announcements.over.connect(lambda: tell("over"))

    def _painted(self) -> None:
        call = self._overlay.call
        if call is not None and call.seq > self._seen:
            tell("seen", label=call.label)
            self._seen = call.seq


def _tell_when_ready(window: DisplayWindow) -> None:
    """Report "ready" when the display has read the office.

    A call before the first reading is old to a display, and not announced.
    """
    look = QTimer(window, interval=LOOK_MS)

    def ready() -> None:
        if window.voice_status is not None and not window.lobby.stage.is_waiting:
            look.stop()
            tell("ready")

    look.timeout.connect(ready)
    look.start()


def main(database: str, settings: str) -> int:
    app = QApplication(sys.argv[:1])
    prepare(app)
    config = load_station(Path(settings))
    place = StationSetup(Path(database), journal_path(config.name), config.name, "display", config.sync)
    link = OfficeLink(place)
    window = DisplayWindow(link, Theme.for_window("display", *SIZE), config, link.now, MIN_SHOWN_S)
    eye = CallEye(window)
    _tell_when_ready(window)
    window.resize(*SIZE)
    window.show()
    try:
        return app.exec()
    finally:
        del eye
        link.close()


if __name__ == "__main__":
    sys.exit(main(*sys.argv[1:3]))
