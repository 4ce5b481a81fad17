"""Telling a barcode scanner from fingers: it types a whole code in a blink and ends with Enter."""

from PySide6.QtCore import QElapsedTimer, Qt
from PySide6.QtGui import QKeyEvent

BURST_MS = 80  # between two characters; the slowest wireless scanners take half of it, fingers twice
LONGEST = 200  # characters; more is no code of an office, and must not fill the memory
SHORTEST = 4  # characters; the shortest code is a number like A012


class Scanner:
    """Hears every key of a page; knows no widget."""

    def __init__(self) -> None:
        self._heard = ""
        self._since = QElapsedTimer()

    @property
    def going_on(self) -> bool:
        """More than one key in a blink: no finger."""
        return len(self._heard) > 1 and self._fresh()

    def heard(self, event: QKeyEvent) -> str:
        """The code that this key ends, "" otherwise."""
        if not self._fresh():
            self._heard = ""
        self._since.start()
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            code, self._heard = self._heard, ""
            return code if len(code) >= SHORTEST else ""
        if event.text().isprintable():
            self._heard = (self._heard + event.text())[:LONGEST]
        return ""

    def forget(self) -> None:
        """What was heard was no code."""
        self._heard = ""

    def _fresh(self) -> bool:
        return self._since.isValid() and self._since.elapsed() <= BURST_MS
