"""A real kiosk window and the finger of a visitor: `visitor DATABASE SETTINGS COUNT`.

It presses the first service as soon as the kiosk listens, and again each time it is home. It reports "touch"
just before the finger, "number" when the number is on the screen, "paper" when the visitor is asked to take
it.
"""

import sys
from collections.abc import Callable
from pathlib import Path

from PySide6.QtCore import QObject, Qt, QTimer
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication

from benchmarks.actors.paint_eye import PaintEye
from benchmarks.actors.said import tell
from ult_desktop.app.assemble import Launch, Mode, assemble
from ult_desktop.base.config import load_station
from ult_desktop.ui.kiosk.number.paper import PaperNews, PaperStep
from ult_desktop.ui.kiosk.visit import Screen
from ult_desktop.ui.kiosk.window import KioskWindow
from ult_desktop.ui.kit.theme import prepare

SIZE = (1080, 1920)
THINKS_MS = 600  # longer than the kiosk is deaf after a page has changed under the finger


class Visitor(QObject):
    """A visitor who takes `count` numbers, each when the former paper has come and the kiosk is home."""

    def __init__(self, window: KioskWindow, count: int) -> None:
        super().__init__(window)
        self._window, self._left, self._waits_for_number = window, count, False
        self._card = window.shell.home.grid.cards[0]
        self._think = QTimer(self, singleShot=True, interval=THINKS_MS)
        self._think.timeout.connect(self._touch)
        self._home = PaintEye(self._card, self._see_home)
        self._number = PaintEye(window.shell.taken.slip, self._see_number)
        window.paper.news.connect(self._take_paper)
        window.flow.changed.connect(self._answer)

    def _see_home(self) -> None:
        if self._left and not self._waits_for_number and self._window.shell.page is self._window.shell.home:
            self._think.start()

    def _touch(self) -> None:
        self._left -= 1
        self._waits_for_number = True
        tell("touch")
        QTest.mouseClick(self._card, Qt.MouseButton.LeftButton)

    def _answer(self) -> None:
        """Answer at once for whom the number is, so that the question costs the measured time little."""
        if self._window.flow.scene.visit.screen is Screen.WHOSE:
            QTimer.singleShot(0, self, lambda: self._window.flow.answer_whose(group=True))

    def _see_number(self) -> None:
        if self._waits_for_number and self._window.shell.taken.isVisible():
            self._waits_for_number = False
            tell("number")

    def _take_paper(self, news: PaperNews) -> None:
        tell("paper", printed=news.step is PaperStep.TAKE)
        QTimer.singleShot(THINKS_MS, self, self._window.shell.taken.done.emit)


def at_a_kiosk(database: str, settings: str, come: Callable[[KioskWindow], QObject]) -> int:
    """Run a kiosk and the visitor who comes to it as soon as it shows.

    Returns the status of the event loop.
    """
    app = QApplication(sys.argv[:1])
    prepare(app)
    station = assemble(Launch(Mode.KIOSK, Path(database), load_station(Path(settings)), SIZE))
    if not isinstance(station.window, KioskWindow):
        raise TypeError(station.window)
    visitor = come(station.window)
    station.window.resize(*SIZE)
    station.window.show()
    try:
        return app.exec()
    finally:
        visitor.deleteLater()
        station.close()


def main(database: str, settings: str, count: str) -> int:
    return at_a_kiosk(database, settings, lambda window: Visitor(window, int(count)))


if __name__ == "__main__":
    sys.exit(main(*sys.argv[1:4]))
