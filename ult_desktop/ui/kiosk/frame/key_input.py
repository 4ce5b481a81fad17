"""A scanner or a keyboard in front of a page that asks for nothing: a code, or the digit of a card."""

from PySide6.QtCore import QObject, QTimer, Signal
from PySide6.QtGui import QKeyEvent

from ult_desktop.ui.kiosk.typing.scanner import BURST_MS, Scanner


class HomeKeys(QObject):
    """A digit counts only when nothing follows it at once: a scanned code must not take a number.

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
        self._alone = QTimer(self, singleShot=True, interval=BURST_MS)
        self._alone.timeout.connect(self._was_alone)

    def heard(self, event: QKeyEvent) -> bool:
        """Whether this key ended a scanned code and means nothing else."""
        self._alone.stop()
        code = self._scanner.heard(event)
        if code:
            self.scanned.emit(code)
        elif event.text().isdecimal() and event.text().isascii() and not self._scanner.going_on:
            self._digit = int(event.text())
            self._alone.start()
        return bool(code)

    def stop(self) -> None:
        self._alone.stop()

    def _was_alone(self) -> None:
        self._scanner.forget()
        self.digit.emit(self._digit)
