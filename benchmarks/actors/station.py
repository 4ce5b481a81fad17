"""A mode as `ult-desktop` starts it, watched: `station MODE DATABASE SETTINGS`.

It reports "frame" when the first frame with the office's data is on the screen. After each line on standard
input it reports "frames": how often the running text was painted so far.
"""

from ult_desktop.app import assemble as app  # isort: skip  (first, as in the program itself)

import sys
import threading
from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING, cast

from PySide6.QtCore import QObject, Signal
from PySide6.QtWidgets import QWidget

from benchmarks.actors.paint_eye import PaintEye
from benchmarks.actors.said import tell
from ult_desktop.base.config import load_station

if TYPE_CHECKING:  # one mode's window alone is imported, by the program
    from ult_desktop.ui.counter.window import CounterWindow
    from ult_desktop.ui.display.window import DisplayWindow
    from ult_desktop.ui.kiosk.window import KioskWindow

SIZES = {"kiosk": (1080, 1920), "counter": (1366, 768), "display": (1920, 1080)}


def first_usable(mode: app.Mode, window: QWidget) -> tuple[QWidget, Callable[[], bool]]:
    """Return the widget that must be painted before the window can be used, and whether it has its data."""
    if mode is app.Mode.KIOSK:
        kiosk = cast("KioskWindow", window)
        card = kiosk.shell.home.grid.cards[0]
        return card, lambda: card.isVisible() and kiosk.flow.scene.board is not None
    if mode is app.Mode.DISPLAY:
        stage = cast("DisplayWindow", window).lobby.stage
        return stage.calls, lambda: not stage.is_waiting
    button = cast("CounterWindow", window).sign_in.button
    return button, button.isEnabled


class InputReader(QObject):
    """A reader of standard input on a thread of its own.

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
    """A witness that answers for a window."""

    def __init__(self, mode: app.Mode, window: QWidget) -> None:
        self._told, self._frames = False, 0
        face, self._has_data = first_usable(mode, window)
        self._eyes = [PaintEye(face, self._painted)]
        if mode is app.Mode.DISPLAY:
            self._eyes.append(PaintEye(cast("DisplayWindow", window).lobby.marquee, self._count))
        self._ear = InputReader()
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

    def assemble_watched(launch: app.Launch) -> app.StationWindow:
        station = assemble(launch)
        witnesses.append(Witness(launch.mode, station.window))
        return station

    app.assemble = assemble_watched
    face = app.Mode(mode)
    launch = app.Launch(face, Path(database), load_station(Path(settings)), SIZES[mode])
    return app.run(lambda: launch)


if __name__ == "__main__":
    sys.exit(main(*sys.argv[1:4]))
