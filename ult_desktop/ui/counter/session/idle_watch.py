"""Hands at this PC: when they last moved, and the key that locks at once."""

from PySide6.QtCore import QCoreApplication, QEvent, QObject, Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QWidget
from typing_extensions import override

from ult_desktop.core.stamps import MINUTE_MS, to_stamp
from ult_desktop.ui.kit.widgets.clock import Now

_HANDS = frozenset(
    {
        QEvent.Type.KeyPress,
        QEvent.Type.MouseButtonPress,
        QEvent.Type.MouseMove,
        QEvent.Type.Wheel,
        QEvent.Type.TouchBegin,
    }
)


class IdleWatch(QObject):
    """Watches the whole program, dialogs too, while somebody is signed in.

    Args:
        window: the counter's; a visitor's hands at the survey on a second screen are others.
        now: the injected clock.
        minutes: so long nothing is touched before `idle`; 0 is never.

    Signals:
        idle: nobody touched anything for that long.
        lock_pressed: Ctrl+L, also over a dialog, where no shortcut of the window reaches.
    """

    idle = Signal()
    lock_pressed = Signal()

    def __init__(self, window: QWidget, now: Now, minutes: int) -> None:
        super().__init__(window)
        self._frame = window
        self._now, self._limit_ms = now, minutes * MINUTE_MS
        self._touched_at = 0
        self._watching = False

    def start(self) -> None:
        self._touched_at = to_stamp(self._now())
        app = QCoreApplication.instance()
        if app is not None and not self._watching:
            app.installEventFilter(self)
        self._watching = True

    def stop(self) -> None:
        app = QCoreApplication.instance()
        if app is not None and self._watching:
            app.removeEventFilter(self)
        self._watching = False

    def look(self) -> None:
        """Once a second. A clock that was put back begins anew."""
        now = to_stamp(self._now())
        self._touched_at = min(self._touched_at, now)
        if self._watching and self._limit_ms and now - self._touched_at >= self._limit_ms:
            self.idle.emit()

    @override
    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if event.type() not in _HANDS or not belongs_to(watched, self._frame.window()):
            return False
        self._touched_at = to_stamp(self._now())
        if isinstance(event, QKeyEvent) and _is_lock_key(event):
            self.lock_pressed.emit()
            return True
        return False


def belongs_to(watched: QObject, window: QWidget) -> bool:
    """Whether that is the window, something in it, or a dialog over it."""
    widget = watched if isinstance(watched, QWidget) else None
    while widget is not None and widget is not window:
        widget = widget.parentWidget()
    return widget is window


def _is_lock_key(event: QKeyEvent) -> bool:
    return event.key() == Qt.Key.Key_L and event.modifiers() == Qt.KeyboardModifier.ControlModifier
