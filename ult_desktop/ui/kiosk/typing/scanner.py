"""The detection of a barcode scanner: it types a whole code in an instant and ends with Enter."""

from PySide6.QtCore import QElapsedTimer, QObject, Qt, QTimer, Signal
from PySide6.QtGui import QKeyEvent

BURST_MS = 80  # between two characters; the slowest wireless scanners take half of it, fingers twice
ALONE_MS = BURST_MS  # after a digit without another key, a finger pressed it
LONGEST = 200  # characters; more is no code of an office, and must not fill the memory
SHORTEST = 4  # characters; the shortest code is a number like A012


class Scanner:
    """The listener to every key of a page; it knows no widget."""

    def __init__(self) -> None:
        self._typed = ""
        self._since = QElapsedTimer()

    @property
    def is_scanning(self) -> bool:
        """Return whether more than one key came in an instant, faster than a finger."""
        return len(self._typed) > 1 and self._is_fast()

    def take_key(self, event: QKeyEvent) -> str:
        """Return the code that this key ends, "" otherwise."""
        # A pause between two keys is a finger's, and what came before it is no part of a code.
        if not self._is_fast():
            self._typed = ""
        self._since.start()
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            code, self._typed = self._typed, ""
            return code if len(code) >= SHORTEST else ""
        if event.text().isprintable():
            self._typed = (self._typed + event.text())[:LONGEST]
        return ""

    def forget(self) -> None:
        """Clear what was typed: it was no code."""
        self._typed = ""

    def _is_fast(self) -> bool:
        return self._since.isValid() and self._since.elapsed() <= BURST_MS


class HomeKeys(QObject):
    """The keys of the home page.

    A digit counts only when nothing follows it at once: a scanned code must not take a number.

    Signals:
        scanned: a whole code.
        digit: one digit by a finger.
    """

    scanned = Signal(str)
    digit = Signal(int)

    def __init__(self, parent: QObject) -> None:
        super().__init__(parent)
        self._scanner = Scanner()
        self._digit = 0
        self._alone = QTimer(self, singleShot=True, interval=ALONE_MS)
        self._alone.timeout.connect(self._on_alone)

    def take_key(self, event: QKeyEvent) -> bool:
        """Return whether this key ended a scanned code and means nothing else."""
        self._alone.stop()
        code = self._scanner.take_key(event)
        if code:
            self.scanned.emit(code)
        # `isdecimal` is true for the digits of other scripts too.
        elif event.text().isdecimal() and event.text().isascii() and not self._scanner.is_scanning:
            self._digit = int(event.text())
            # The first key of a scanned code may be a digit as well.
            self._alone.start()
        return bool(code)

    def stop(self) -> None:
        self._alone.stop()

    def _on_alone(self) -> None:
        self._scanner.forget()
        self.digit.emit(self._digit)
