"""Keeps the kiosk's window before everything else, as far as a program can."""

from PySide6.QtCore import QEvent, QObject, Qt, QTimer
from PySide6.QtWidgets import QWidget
from typing_extensions import override


class KeepOnTop(QObject):
    """Another window came to the front, or this one was made small: it comes back.

    Keys that the system takes for itself (Alt+Tab, Ctrl+Esc, the Windows key) never reach a program; what
    they bring up is covered again. To forbid them is for the system (docs/it-guide.md).
    """

    def __init__(self, window: QWidget) -> None:
        super().__init__(window)
        self._window = window
        self._on = False
        window.installEventFilter(self)

    def keep(self, *, on: bool) -> None:
        """From now on, or no longer: an officer has opened the way out."""
        self._on = on

    @override
    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if self._on and event.type() in (QEvent.Type.WindowDeactivate, QEvent.Type.WindowStateChange):
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
