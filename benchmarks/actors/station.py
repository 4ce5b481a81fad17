"""A mode as `ult-desktop` starts it, watched: `station MODE DATABASE SETTINGS`.

Tells "frame" when the first frame with the office's data is on the screen, and after each line on
standard input "frames": how often the running text was painted so far.
"""

import sys
import threading
from collections.abc import Callable
from pathlib import Path

from PySide6.QtCore import QObject, Signal
from PySide6.QtWidgets import QWidget

from benchmarks.actors.paint_eye import PaintEye
from benchmarks.actors.said import tell
from ult_desktop import app
from ult_desktop.config import load_station
from ult_desktop.ui.counter.window import CounterWindow
from ult_desktop.ui.display.window import DisplayWindow
from ult_desktop.ui.kiosk.window import KioskWindow

SIZES = {"kiosk": (1080, 1920), "counter": (1366, 768), "display": (1920, 1080)}


def first_usable(window: QWidget) -> tuple[QWidget, Callable[[], bool]]:
    """What must have been painted for somebody to use the window, and whether it has its data."""
    if isinstance(window, KioskWindow):
        card = window.shell.home.grid.cards[0]
        return card, lambda: card.isVisible() and window.flow.scene.board is not None
    if isinstance(window, DisplayWindow):
        return window.lobby.stage.calls, lambda: not window.lobby.stage.is_waiting
    if isinstance(window, CounterWindow):
        return window.sign_in.button, window.sign_in.button.isEnabled
    raise TypeError(window)


class Ear(QObject):
    """Reads standard input on a thread of its own.

    Signals:
        asked: a line came.
    """

    asked = Signal()

    def __init__(self) -> None:
        super().__init__()
        threading.Thread(target=self._listen, daemon=True).start()

    def _listen(self) -> None:
        for _line in sys.stdin:
            self.asked.emit()


class Witness:
    """Answers for a window."""

    def __init__(self, window: QWidget) -> None:
        self._told, self._frames = False, 0
        face, self._has_data = first_usable(window)
        self._eyes = [PaintEye(face, self._painted)]
        if isinstance(window, DisplayWindow):
            self._eyes.append(PaintEye(window.lobby.marquee, self._count))
        self._ear = Ear()
        self._ear.asked.connect(self._answer)

    def _painted(self) -> None:
        if not self._told and self._has_data():
            self._told = True
            tell("frame")

    def _count(self) -> None:
        self._frames += 1

    def _answer(self) -> None:
        tell("frames", count=self._frames)


def main(mode: str, database: str, settings: str) -> int:
    witnesses: list[Witness] = []
    assemble = app.assemble

    def assemble_watched(launch: app.Launch) -> app.Station:
        station = assemble(launch)
        witnesses.append(Witness(station.window))
        return station

    app.assemble = assemble_watched
    face = app.Mode(mode)
    return app.run(app.Launch(face, Path(database), load_station(Path(settings)), SIZES[mode]))


if __name__ == "__main__":
    sys.exit(main(*sys.argv[1:4]))
