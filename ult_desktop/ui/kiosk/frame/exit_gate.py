"""The officer's exit: a hidden corner that is held, and then a PIN."""

from PySide6.QtCore import QEvent, QObject, Qt, QTimer, Signal
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
        self._rest = QTimer(self, singleShot=True)
        theme.changed.connect(self.place)
        self.place()

    def place(self) -> None:
        side = round(self._theme.target * 1.25)
        self.setGeometry(0, 0, side, side)
        self.raise_()

    def rest(self, milliseconds: int) -> None:
        """Ignore every press for this many milliseconds: somebody has been guessing the PIN."""
        self._rest.start(milliseconds)

    @override
    def mousePressEvent(self, event: QMouseEvent) -> None:
        # A touch comes as a left button.
        if event.button() is Qt.MouseButton.LeftButton and not self._rest.isActive():
            self._timer.start()

    @override
    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        if not self.rect().contains(event.position().toPoint()):
            self._timer.stop()

    @override
    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        self._timer.stop()


class KeepOnTop(QObject):
    """The watch that brings the kiosk's window back to the front, and back to its size when it was minimised.

    Keys that the system takes for itself (Alt+Tab, Ctrl+Esc, the Windows key) never reach a program; the
    windows that they open are covered again. Only the system can forbid them (docs/it-guide.md).
    """

    def __init__(self, window: QWidget) -> None:
        super().__init__(window)
        self._window = window
        self._on = False
        window.installEventFilter(self)

    def keep(self, *, on: bool) -> None:
        """Keep the window on top from now on, or stop: an officer has opened the exit."""
        self._on = on

    @override
    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if self._on and event.type() in (QEvent.Type.WindowDeactivate, QEvent.Type.WindowStateChange):
            # After the change, not during it: Qt is still in the middle of moving the focus.
            QTimer.singleShot(0, self, self._come_back)
        return False

    def _come_back(self) -> None:
        if not self._on:
            return
        if not self._window.windowState() & Qt.WindowState.WindowFullScreen or self._window.isMinimized():
            self._window.showFullScreen()
        if not self._window.isActiveWindow():
            self._window.raise_()
            self._window.activateWindow()
