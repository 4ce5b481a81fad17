"""The detection of a visitor whose taps lead nowhere."""

from PySide6.QtCore import QElapsedTimer, QObject, Signal

_SEVERAL = 4  # who touches once and reads is not lost


class FruitlessTouches(QObject):
    """The counter of taps that changed nothing.

    Signals:
        lost: several, over the milliseconds given.
    """

    lost = Signal()

    def __init__(self, limit: int, parent: QObject) -> None:
        super().__init__(parent)
        self._limit = limit
        self._since = QElapsedTimer()
        self._count = 0

    def touch(self) -> None:
        if not self._count:
            self._since.start()
        self._count += 1
        if self._count >= _SEVERAL and self._since.elapsed() >= self._limit:
            self.forget()
            self.lost.emit()

    def forget(self) -> None:
        """Begin to count from 0: a tap led somewhere."""
        self._count = 0
