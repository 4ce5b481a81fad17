"""The officer's exit: a hidden corner that is held, and then a PIN."""

from PySide6.QtCore import Qt, QTimer, Signal
from PySide6.QtGui import QMouseEvent
from PySide6.QtWidgets import QWidget
from typing_extensions import override

from ult_desktop.ui.kit import Theme


class ExitCorner(QWidget):
    """The invisible corner over the top left of the window.

    Signals:
        held: pressed without a break for the time given.
    """

    held = Signal()

    def __init__(self, theme: Theme, parent: QWidget, hold_ms: int) -> None:
        super().__init__(parent)
        self._theme = theme
        self.setProperty("overlay", True)
        self._timer = QTimer(self, singleShot=True, interval=hold_ms)
        self._timer.timeout.connect(self.held)
        self._pause = QTimer(self, singleShot=True)
        theme.changed.connect(self.place)
        self.place()

    def place(self) -> None:
        side = round(self._theme.target * 1.25)
        self.setGeometry(0, 0, side, side)
        self.raise_()

    def ignore(self, milliseconds: int) -> None:
        """Ignore every press for this many milliseconds: somebody has been guessing the PIN."""
        self._pause.start(milliseconds)

    @override
    def mousePressEvent(self, event: QMouseEvent) -> None:
        # A touch comes as a left button.
        if event.button() is Qt.MouseButton.LeftButton and not self._pause.isActive():
            self._timer.start()

    @override
    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        if not self.rect().contains(event.position().toPoint()):
            self._timer.stop()

    @override
    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        self._timer.stop()
