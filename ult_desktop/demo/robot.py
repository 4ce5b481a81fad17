"""A robot that uses a window as a person would: looks, clicks, types, and takes pictures."""

import logging
from collections.abc import Callable, Iterator
from pathlib import Path

from PySide6.QtCore import QObject, Qt, QTimer, Signal
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QAbstractButton, QLineEdit, QWidget

log = logging.getLogger(__name__)
LOOK_MS = 60
SETTLE_MS = 700  # the kiosk ignores touches for a moment after each change of page
TIMEOUT_MS = 45_000

Condition = Callable[[], bool]
Script = Iterator[Condition]


class Robot(QObject):
    """Follows a script: a generator that acts and yields the fact to wait for before it goes on.

    Signals:
        finished: the script is over (True), or a fact did not come in time (False).
    """

    finished = Signal(bool)

    def __init__(self, window: QWidget, pictures: Path) -> None:
        super().__init__(window)
        self.window = window
        self._pictures = pictures
        self._script: Script = iter(())
        self._fact: Condition = lambda: True
        self._waited = 0
        self._timer = QTimer(self, interval=LOOK_MS)
        self._timer.timeout.connect(self._look)

    def follow(self, script: Script) -> None:
        self._script = script
        self._timer.start()

    def click(self, words: str) -> None:
        """Click the button whose text or spoken name begins with `words`."""
        button = self.button(words)
        if button is None:
            raise LookupError(words)
        QTest.mouseClick(button, Qt.MouseButton.LeftButton)

    def touch(self, words: str) -> Script:
        """Wait for the button, let a new page come to rest, then click as a visitor would."""
        yield self.sees(words)
        yield pause(SETTLE_MS)
        self.click(words)

    def button(self, words: str) -> QAbstractButton | None:
        found = self.window.window().findChildren(QAbstractButton)
        said = (b for b in found if b.text().startswith(words) or b.accessibleName().startswith(words))
        return next((b for b in said if b.isVisible() and b.isEnabled()), None)

    def sees(self, words: str) -> Condition:
        return lambda: self.button(words) is not None

    def press(self, key: Qt.Key) -> None:
        QTest.keyClick(self.window, key)

    def type_into(self, field: QLineEdit, text: str) -> None:
        QTest.keyClicks(field, text)

    def picture(self, name: str) -> None:
        self.window.grab().save(str(self._pictures / f"{name}.png"))

    def _look(self) -> None:
        if not self._fact():
            self._waited += LOOK_MS
            if self._waited > TIMEOUT_MS:
                log.error("waited in vain at %s", getattr(self._script, "gi_frame", None))
                self.picture(f"{self.objectName()}-macet")
                self._end(fine=False)
            return
        self._waited = 0
        try:
            self._fact = next(self._script)
        except StopIteration:
            self._end(fine=True)

    def _end(self, *, fine: bool) -> None:
        self._timer.stop()
        self.finished.emit(fine)


def pause(milliseconds: int) -> Condition:
    """A fact that comes after a while: for a picture of something that moves."""
    left = [milliseconds]

    def over() -> bool:
        left[0] -= LOOK_MS
        return left[0] <= 0

    return over
